"""Rules of an assessment in a file: maximum ages, thresholds, flags switched off, the product bought, the reference date."""

import datetime
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import said_plainly, start_log, write
from service.errors import WrongUse

if TYPE_CHECKING:
    from evidence.settings import AssessmentSettings


@dataclass(frozen=True)
class Rules:
    """What a command judges by: the settings of the core, and the day where the file names one."""

    settings: "AssessmentSettings"
    reference_date: datetime.date | None = None


def rules_of(path: Path | None, product: str = "", aliases: tuple[str, ...] = ()) -> Rules:
    """The rules of a TOML or JSON file, with the product and names that the command line gave. Raises WrongUse."""
    from pydantic import ValidationError

    from evidence.settings import AssessmentSettings

    given = _read(path) if path else {}
    day = given.pop("reference_date", None)
    if product:
        given["product"] = product
    if aliases:
        given["aliases"] = aliases
    try:
        return Rules(AssessmentSettings.model_validate(given), _day(day))
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = str(first["msg"]).removeprefix("Value error, ")
        raise WrongUse(
            f"The rules cannot be used: {where + ': ' if where else ''}{said}.",
            "See 'livingproof rules' for what can be set.",
        ) from problem


def _read(path: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as problem:
        raise WrongUse(
            f"The file {path} holds no rules.", "Write TOML as 'livingproof rules' shows it, or JSON of the same names."
        ) from problem
    if not isinstance(found, dict):
        raise WrongUse(f"The file {path} holds no rules.", "Write TOML as 'livingproof rules' shows it.")
    return found


def _day(given: object) -> datetime.date | None:
    from service.texts import judging_day

    if given is None:
        return None
    return judging_day(given if isinstance(given, datetime.date) else str(given))


@said_plainly
def rules(
    output: Annotated[Path | None, typer.Option(help="File to write; without it standard output.")] = None,
) -> None:
    """Write what can be set for an assessment, with the values that hold where nothing is set.

    Take the file, change what you need, and give it to 'livingproof analyze --rules FILE'.

    \b
    Examples:
      livingproof rules --output rules.toml
      livingproof analyze papers/ --rules rules.toml
    """
    from evidence.settings import ages, thresholds

    start_log("ERROR")
    lines = [
        "# The day as of which papers are judged; without it today.",
        "# reference_date = 2026-03-31",
        "# What is bought, in words that a certificate's scope would use.",
        'product = ""',
        "# Other names under which the supplier or its site is certified.",
        "aliases = []",
        "# Red flags that are switched off, by their ids.",
        "silenced = []",
        "",
        "# Months that the newest evidence of an expectation may be old.",
        "[max_age_months]",
        *(f"{name} = {months}" for name, months in ages().items()),
        "",
        "# Thresholds of red flags.",
        "[thresholds]",
        *(f'"{name}" = {value:g}' for name, value in thresholds().items()),
    ]
    write(("\n".join(lines) + "\n").encode(), output)
