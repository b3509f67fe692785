"""How commands speak: results on standard output, everything else on standard error, errors with code and remedy."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import typer

from service.errors import NoRoom, ServiceError, is_of_a_full_disk
from service.reports.drawing import clean

P = ParamSpec("P")
R = TypeVar("R")

INTERRUPTED = 130  # what shells report for a program ended by Ctrl-C


def fail(error: ServiceError) -> typer.Exit:
    """Say an error on standard error; the caller raises what comes back."""
    typer.echo(clean(f"{error.message}\n{error.remedy} [{error.code}]"), err=True)
    return typer.Exit(error.exit_code)


def said_plainly(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose errors reach the person as a sentence and a remedy, never as a traceback."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> R:
        try:
            return command(*arguments, **options)
        except ServiceError as problem:
            logging.getLogger(__name__).debug("the command failed", exc_info=True)
            raise fail(problem) from problem
        except KeyboardInterrupt as stop:
            raise typer.Exit(INTERRUPTED) from stop
        except Exception as trouble:
            if not is_of_a_full_disk(trouble):
                raise
            raise fail(NoRoom()) from trouble

    return run


class _Plain(logging.Formatter):
    """Entries without signs that a terminal obeys: a library may log the name of a supplier's file, and somebody reads the log."""

    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record))


def start_log(level: str = "WARNING") -> None:
    """Log to standard error in one line an entry."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in ("alembic", "httpx", "botocore", "aiobotocore", "s3fs"):
        logging.getLogger(name).setLevel(logging.WARNING)


def write(content: bytes, output: Path | None) -> None:
    """Write a result whole: to standard output, or to a file that appears only when it is complete."""
    if output is None:
        with no_reader_left():
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        return
    partial = output.with_name(output.name + ".part")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as problem:
        partial.unlink(missing_ok=True)
        raise ServiceError(
            f"The file {output} cannot be written.", "Choose another place with --output.", "cannot_write"
        ) from problem


@contextmanager
def no_reader_left() -> Iterator[None]:
    """`livingproof ... | head` closes the pipe early: that is no error."""
    try:
        yield
    except BrokenPipeError:
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115  the interpreter flushes it at the end
