"""The commands that look after an installation: doctor, index rebuild, index verify, train, evaluate."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import said_plainly, start_log
from service.cli.serve import Data
from service.errors import NotReady

index = typer.Typer(help="Look after the search index, which is made from the database.", no_args_is_help=True)


@said_plainly
def doctor(
    data: Data = None,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Say what is installed, what can be reached, and what to do about the rest.

    Ends with 0 when the service can work, with 1 when something must be done first.

    \b
    Examples:
      livingproof doctor
      livingproof doctor --format json
    """
    from service.doctor import examine
    from service.settings import settings_with

    start_log("CRITICAL")
    health = examine(settings_with(data=data))
    if form == "json":
        typer.echo(health.model_dump_json(indent=2))
    else:
        signs = {"well": ("ok", typer.colors.GREEN), "limited": ("--", typer.colors.YELLOW)}
        for check in health.checks:
            sign, colour = signs.get(check.state, ("!!", typer.colors.RED))
            typer.echo(f"{typer.style(sign, fg=colour)}  {check.name}: {check.message}")
            if check.remedy:
                typer.echo(f"      {check.remedy}")
    if health.state == "broken":
        raise typer.Exit(1)


@index.command()
@said_plainly
def rebuild(data: Data = None) -> None:
    """Make the search index anew from the database.

    \b
    Examples:
      livingproof index rebuild
      livingproof index rebuild --data /srv/livingproof
    """
    from indexes.errors import IndexBusy
    from service.bootstrap import services
    from service.settings import settings_with
    from service.work.queue import FakeQueue

    start_log("ERROR")
    parts = services(settings_with(data=data), queue=FakeQueue())
    try:
        number = parts.index.rebuild(parts.accounts.local().workspace)
    except IndexBusy as problem:
        raise NotReady(
            "The running service is writing the search index.", "Stop it first; it catches up by itself in any case."
        ) from problem
    finally:
        parts.close()
    typer.echo(f"The index holds {number} passages.")


@index.command()
@said_plainly
def verify(data: Data = None) -> None:
    """Compare the search index with the database; ends with 1 where they differ.

    \b
    Examples:
      livingproof index verify
    """
    from service.bootstrap import services
    from service.settings import settings_with
    from service.work.queue import FakeQueue

    start_log("ERROR")
    parts = services(settings_with(data=data), queue=FakeQueue())
    try:
        found = parts.index.verify(parts.accounts.local().workspace)
    finally:
        parts.close()
    for name, number in found.counts.items():
        typer.echo(f"{name}: {number} passages")
    if found.sound:
        typer.echo("The index holds what the database holds.")
        return
    lacking = len(found.not_indexed) + len(found.without_vector) + len(found.without_words)
    typer.echo(f"{lacking} passages are missing, {len(found.not_in_database)} are left over.")
    typer.echo("Run 'livingproof index rebuild'.")
    raise typer.Exit(1)


@said_plainly
def train(
    model: Annotated[Path, typer.Option("--model", help="Folder to write the new model to.")],
    suppliers: Annotated[
        Path | None, typer.Option("--suppliers", help="Folder of labelled documents; without it those that ship.")
    ] = None,
) -> None:
    """Train the classifier from labelled documents.

    The new model is used when LIVINGPROOF_MODEL names its folder.

    \b
    Examples:
      livingproof train --model models/mine
      livingproof train --model models/mine --suppliers labelled/
    """
    from service.bootstrap import train_model
    from service.settings import settings_with

    start_log("WARNING")
    train_model(settings_with(), suppliers, model, typer.echo)


@said_plainly
def evaluate(
    model: Annotated[
        Path | None, typer.Option("--model", help="Folder of the model; without it the one in use.")
    ] = None,
    suppliers: Annotated[
        Path | None, typer.Option("--suppliers", help="Folder of labelled documents; without it those that ship.")
    ] = None,
) -> None:
    """Score a model on labelled documents that it was not trained on.

    \b
    Examples:
      livingproof evaluate
      livingproof evaluate --model models/mine --suppliers labelled/
    """
    from service.bootstrap import evaluate_model
    from service.settings import settings_with

    start_log("WARNING")
    typer.echo(evaluate_model(settings_with(model=model), suppliers))
