"""The command ``livingproof``: what it can do and where each command lives. Heavy parts load when a command runs."""

import signal
from types import FrameType

import typer

from service.cli import care
from service.cli.analyze import analyze, classify
from service.cli.reports import compare, request, schema
from service.cli.rules import rules
from service.cli.search import search
from service.cli.serve import serve, worker
from service.cli.show import show
from service.cli.training import evaluate, train

app = typer.Typer(
    name="livingproof",
    help="Reads a supplier's quality papers and shows which of them come from a living quality system.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    analyze,
    request,
    compare,
    rules,
    schema,
    classify,
    search,
    serve,
    worker,
    care.doctor,
    show,
    train,
    evaluate,
):
    app.command()(command)
app.add_typer(care.index, name="index")


def run() -> None:
    """Entry of the console script."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    app()


def _end(number: int, frame: FrameType | None) -> None:
    """End in order, so that nothing lies about: by itself a signal ends Python at once, with its folders left behind."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    run()
