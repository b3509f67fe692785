"""The commands that look after an installation: doctor, index rebuild, index verify."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import said_plainly, start_log
from service.cli.serve import Data
from service.errors import NotFound, NotReady, WrongUse

if TYPE_CHECKING:
    from service.doctor import Check
    from service.search.keeper import IndexKeeper

SIGNS = {"ok": typer.colors.GREEN, "warn": typer.colors.YELLOW, "fail": typer.colors.RED}
index = typer.Typer(help="Look after the search index, which is made from the database.", no_args_is_help=True)


@said_plainly
def doctor(
    data: Data = None,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more on standard error.")] = False,
) -> None:
    """Say what is installed, what can be reached, and what to do about the rest.

    Each check is ok, warn (the service works, something is missing) or fail (something must be done first), with what
    to do. Ends with 1 when a check fails. The first time it converts a language model, which takes a minute.

    \b
    Examples:
      livingproof doctor
      livingproof doctor --data /srv/livingproof
      livingproof doctor --format json | jq '.checks[] | select(.state != "ok")'
    """
    from service.doctor import examine
    from service.settings import settings_with

    start_log("INFO" if verbose else "CRITICAL")
    if form not in ("text", "json"):
        raise WrongUse("Checks are shown as text or json.", "Choose --format text or --format json.")
    health = examine(settings_with(data=data), tell=_show if form == "text" else None)
    if form == "json":
        typer.echo(health.model_dump_json(indent=2))
    if health.state == "fail":
        raise typer.Exit(1)


def _show(check: "Check") -> None:
    typer.echo(f"{typer.style(f'{check.state:<5}', fg=SIGNS[check.state])} {check.name}: {check.message}")
    if check.remedy:
        typer.echo(f"      {check.remedy}")


@index.command()
@said_plainly
def rebuild(data: Data = None) -> None:
    """Make the search index anew from the database.

    Searches go on with the old index meanwhile, also those of a running service, which then takes up the new one.

    \b
    Examples:
      livingproof index rebuild
      livingproof index rebuild --data /srv/livingproof
    """
    from indexes.errors import IndexBusy, WritingFailed

    with _keeper(data) as keeper:
        try:
            number = sum(keeper.rebuild(workspace) for workspace in keeper.workspaces())
        except IndexBusy as problem:
            raise NotReady(
                "Another process is writing the search index just now.",
                "Try again in a moment; it catches up by itself in any case.",
                "index_busy",
            ) from problem
        except WritingFailed as problem:
            raise NotReady(
                "The process that writes the words of the new index ended before it was done; the old index stays.",
                "Look at the memory and the disk of the machine, then try again.",
                problem.code,
            ) from problem
    typer.echo(f"The index holds {number} passages.")


@index.command()
@said_plainly
def verify(data: Data = None) -> None:
    """Compare the search index with the database; ends with 1 where they differ.

    What was stored since the index was last used is taken in first, as any search does.

    \b
    Examples:
      livingproof index verify
      livingproof index verify --data /srv/livingproof || livingproof index rebuild --data /srv/livingproof
    """
    sound = True
    with _keeper(data) as keeper:
        for workspace in keeper.workspaces():
            complete = keeper.catch_up(workspace)
            found = keeper.verify(workspace)
            for name, number in found.counts.items():
                typer.echo(f"{name}: {number} passages")
            if not complete:
                typer.echo("The running service is writing the index; what it has not written out yet is not counted.")
                continue
            if found.sound:
                continue
            sound = False
            lacking = {*found.not_indexed, *found.without_vector, *found.without_words}
            typer.echo(f"{len(lacking)} passages are missing, {len(found.not_in_database)} are left over.")
            for name in found.damaged:
                typer.echo(f"The file {name} is damaged.")
    typer.echo("The index holds what the database holds." if sound else "Run 'livingproof index rebuild'.")
    if not sound:
        raise typer.Exit(1)


@contextmanager
def _keeper(data: Path | None) -> "Iterator[IndexKeeper]":
    """The indexes of a data folder; nothing is made where there is no database yet."""
    from service.bootstrap import services
    from service.settings import settings_with
    from service.work.queue import FakeQueue

    start_log("ERROR")
    settings = settings_with(data=data)
    if settings.database_url is None and not (settings.data / "livingproof.sqlite3").exists():
        raise NotFound(f"Nothing was read into {settings.data} yet.", "Start 'livingproof serve', or name --data.")
    parts = services(settings, queue=FakeQueue())
    try:
        yield parts.index
    finally:
        parts.close()
