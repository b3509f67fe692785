"""The commands around reports: what to request from a supplier, reports side by side, and the shape of a report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import said_plainly, start_log, write
from service.errors import WrongUse

if TYPE_CHECKING:
    from evidence.model import Report


@said_plainly
def request(
    paths: Annotated[
        list[Path], typer.Argument(help="A report as JSON, or the papers of one supplier.", show_default=False)
    ],
    language: Annotated[str, typer.Option(help="en, vi, id, th or zh.")] = "en",
    supplier: Annotated[
        str | None, typer.Option(help="The supplier's name; without it the name of the first path.")
    ] = None,
    reference_date: Annotated[
        str | None, typer.Option(help="The day as of which the papers are judged, YYYY-MM-DD; without it today.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="File to write; without it standard output.")] = None,
) -> None:
    """Write what to request from the supplier, as a letter ready to send.

    \b
    Examples:
      livingproof request report.json --language vi
      livingproof request papers/ --supplier "Song Cam Castings" --language zh --output request.txt
    """
    from service.cli.analyze import assessed
    from service.reports.requests import LANGUAGES, letter_of, write_letter

    start_log("ERROR")
    if language not in LANGUAGES:
        raise WrongUse(f"There is no letter in '{language}'.", f"Choose one of {', '.join(LANGUAGES)}.")
    if len(paths) == 1 and paths[0].suffix.lower() == ".json" and paths[0].is_file():
        report = read_report(paths[0])
    else:
        with assessed(paths, supplier, reference_date) as made:
            report = made.report
    write(write_letter(letter_of(report, language)).encode(), output)


@said_plainly
def compare(
    reports: Annotated[list[Path], typer.Argument(help="Reports as JSON, two or more.", show_default=False)],
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    output: Annotated[Path | None, typer.Option(help="File to write; without it standard output.")] = None,
) -> None:
    """Set reports side by side: several suppliers, or one supplier at several times.

    Reports of one supplier are ordered by their reference date, and what changed between them is said.

    \b
    Examples:
      livingproof compare song-cam.json an-phu.json
      livingproof compare 2025.json 2026.json --format json
    """
    from service.reports.comparison import compare as set_beside
    from service.reports.text import render_comparison

    start_log("ERROR")
    if len(reports) < 2 or form not in ("text", "json"):
        raise WrongUse("Two reports or more can be compared, as text or json.")
    read = [read_report(path) for path in reports]
    same = len({report.supplier for report in read}) == 1
    if same:
        read.sort(key=lambda report: report.reference_date)
    made = set_beside(read, [report.reference_date for report in read] if same else (), over_time=same)
    content = made.model_dump_json() + "\n" if form == "json" else render_comparison(made)
    write(content.encode(), output)


@said_plainly
def schema(
    output: Annotated[Path | None, typer.Option(help="File to write; without it standard output.")] = None,
) -> None:
    """Write the JSON Schema of a report.

    \b
    Examples:
      livingproof schema
      livingproof schema --output report.schema.json
    """
    from service.reports.schema import write_schema

    write(write_schema().encode(), output)


def read_report(path: Path) -> "Report":
    """A report that ``analyze --format json`` wrote. Raises WrongUse."""
    from pydantic import ValidationError

    from evidence.model import Report

    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as problem:
        raise WrongUse(f"The file {path} cannot be read.", "Check the path.") from problem
    except ValidationError as problem:
        raise WrongUse(
            f"The file {path} is no report.", "Write one with 'livingproof analyze PATH --format json --output FILE'."
        ) from problem
