"""The report for a terminal: headline, expectations, red flags, documents, and what to ask for."""

import io
from itertools import pairwise

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evidence.model import Citation, Report
from evidence.wording import count_of
from extractors.locators import describe
from service.reports.brief import first_asks, pages_of
from service.reports.comparison import Change, Comparison
from service.reports.quoting import in_short
from service.reports.requests import letter_of, requests_of
from service.reports.terminal import Terminal
from service.reports.words import STATUS_WORDS, kind_words

# Colours only support what the words say already.
STATUS_STYLE = {
    "living": "green",
    "stale": "yellow",
    "partial": "yellow",
    "static_only": "red",
    "missing": "red",
    "undetermined": "dim",
}
HEADLINE_STYLE = {
    "living": "bold green",
    "partly living": "bold yellow",
    "audit-only": "bold red",
    "not enough evidence": "bold",
}
SEVERITY_STYLE = {"high": "bold red", "medium": "yellow", "low": "dim"}
# Quotes beyond this length are shortened in the terminal; the other formats hold them whole.
QUOTE_CHARACTERS = 160
QUOTES = 2
PIPE_COLUMNS = 120


def render_text(report: Report, width: int = PIPE_COLUMNS) -> str:
    """The report as plain text, for pipes and files."""
    sink = io.StringIO()
    print_report(report, Terminal(file=sink, width=width, force_terminal=False, color_system=None, highlight=False))
    return sink.getvalue()


def print_report(report: Report, console: Console) -> None:
    """The report on a console, in colour where it has any."""
    console.print(_head(report))
    if report.expectations:
        console.print(_expectations(report))
    if report.marks:
        console.print(_marks(report))
    console.print(_flags(report))
    console.print(_documents(report))
    asks = _asks(report)
    if asks:
        console.print(asks)


def _head(report: Report) -> Group:
    title = Text(report.supplier, style="bold")
    title.append(f"  as of {report.reference_date}", style="dim")
    headline = Text("Headline: ") + Text(report.headline, style=HEADLINE_STYLE.get(report.headline, "bold"))
    lines = [title, headline]
    if report.headline_reason:
        lines.append(Text(report.headline_reason))
    read = sum(d.status == "read" for d in report.documents)
    part = sum(d.status == "partial" for d in report.documents)
    failed = sum(d.status == "failed" for d in report.documents)
    pages, done = pages_of(report)
    files = f"{len(report.documents)} files: {read} read, {part} in part, {failed} not readable"
    coverage = f"{files}; {done} of {pages} pages, sheets and slides"
    lines.append(Text(coverage, style="dim"))
    first = first_asks(report, requests_of(report))
    if first:
        lines.append(Text("\nAsk for first", style="bold italic"))
    for number, one in enumerate(first, 1):
        lines.append(Text(f"  {number}. {one.title}: ", style="bold") + Text(one.ask, style="not bold"))
    return Group(*lines, Text(""))


def _expectations(report: Report) -> Table:
    table = Table(title="What buyers expect", title_justify="left", show_lines=True, expand=True)
    table.add_column("Expectation", ratio=3)
    table.add_column("Status", no_wrap=True)
    table.add_column("What was found", ratio=5)
    for item in report.expectations:
        found = Text(item.explanation)
        for citation in item.evidence[:QUOTES]:
            found.append("\n" + _cited(citation), style="dim")
        status = Text(STATUS_WORDS[item.status], style=STATUS_STYLE[item.status])
        table.add_row(item.expects or _words(item.id), status, found)
    return table


def _marks(report: Report) -> Table:
    table = Table(title="Marks of a living system", title_justify="left", expand=True)
    table.add_column("Mark", ratio=3)
    table.add_column("Seen", no_wrap=True)
    table.add_column("Why", ratio=5)
    for mark in report.marks:
        seen = Text("yes", style="green") if mark.seen else Text("no", style="red")
        table.add_row(mark.title, seen, mark.explanation)
    return table


def _flags(report: Report) -> Group:
    if not report.flags:
        return Group(Text("\nNo red flags.", style="green"))
    lines: list[Text | Padding] = [Text(f"\nRed flags ({len(report.flags)})", style="bold italic")]
    for flag in report.flags:
        head = Text(f"{flag.severity:>6}  ", style=SEVERITY_STYLE[flag.severity]) + Text(flag.title, style="bold")
        lines.append(head)
        body = Text(flag.explanation)
        for citation in flag.citations[:QUOTES]:
            body.append("\n" + _cited(citation, flag.explanation), style="dim")
        if len(flag.citations) > QUOTES:
            body.append(f"\nand {count_of(len(flag.citations) - QUOTES, 'more place')}", style="dim")
        lines.append(Padding(body, (0, 0, 0, 8)))
    return Group(*lines)


def _documents(report: Report) -> Table:
    table = Table(title="\nDocuments", title_justify="left", expand=True)
    table.add_column("File", ratio=5, overflow="fold")
    table.add_column("Kind", ratio=3)
    table.add_column("Reading", no_wrap=True)
    table.add_column("Evidence from", no_wrap=True)
    table.add_column("Read", ratio=3)
    for document in report.documents:
        if document.error:
            table.add_row(
                document.path, "", "", "", Text(f"{document.error.message} {document.error.remedy}", style="red")
            )
            continue
        period = " to ".join(dict.fromkeys(document.evidence_period or ()))
        read = f"{document.pages_read} of {document.pages}" if document.status == "partial" else "whole"
        table.add_row(document.path, kind_words(document), document.reading, period, read)
    return table


def _asks(report: Report) -> Group | None:
    letter = letter_of(report)
    lines = [*letter.records, *letter.questions]
    if not lines:
        return None
    told = [
        Padding(Text(" ".join(text for text in (line.ask, line.since, line.files) if text)), (0, 0, 0, 2))
        for line in lines
    ]
    return Group(Text("\nWhat to ask the supplier for", style="bold italic"), *told)


def _cited(citation: Citation, sentence: str = "") -> str:
    quote = in_short(citation.quote, QUOTE_CHARACTERS, sentence)
    return f"“{quote}” {citation.document}, {describe(citation.locator)}"


def _words(identifier: str) -> str:
    return identifier.replace("_", " ")


def render_comparison(comparison: Comparison, width: int = PIPE_COLUMNS) -> str:
    """Reports side by side as plain text."""
    sink = io.StringIO()
    console = Terminal(file=sink, width=width, force_terminal=False, color_system=None, highlight=False)
    table = Table(expand=True, show_lines=True)
    table.add_column("", ratio=2)
    for column in comparison.columns:
        table.add_column(Text(f"{column.name}\n{column.headline}"), ratio=2)
    table.add_row("As of", *(column.reference_date for column in comparison.columns))
    table.add_row("Living", *(f"{c.living} of {c.expectations}" for c in comparison.columns))
    for row in comparison.expectations:
        table.add_row(Text(row.title), *(Text(cell.word if cell else "") for cell in row.cells))
    table.add_row("Marks seen", *(f"{c.marks_seen} of 4" for c in comparison.columns))
    read = (
        f"{count_of(c.documents, 'file')}, {c.pages_read} of {count_of(c.pages, 'page')}" for c in comparison.columns
    )
    table.add_row("Read", *read)
    table.add_row("Main quality figure", *(Text(column.figure or "none") for column in comparison.columns))
    flags = (", ".join(f"{n} {severity}" for severity, n in c.flags.items() if n) or "none" for c in comparison.columns)
    table.add_row("Red flags", *flags)
    for flag in comparison.flags:
        table.add_row(Text(flag.title), *(Text(flag.severity if raised else "") for raised in flag.raised))
    console.print(table)
    for (first, second), changed in zip(pairwise(comparison.columns), comparison.changes, strict=False):
        console.print(Text(f"\nFrom {first.name} to {second.name}", style="bold"))
        for change in changed:
            console.print(Text(f" - {change_words(change)}"))
        if not changed:
            console.print(Text(" - nothing changed"))
    return sink.getvalue()


def change_words(change: Change) -> str:
    """A change in a sentence."""
    match change.kind:
        case "flag_new":
            return f"New red flag ({change.after}): {change.title}. {change.explanation}"
        case "flag_gone":
            return f"Red flag gone: {change.title}."
        case "stale":
            return f"Went stale: {change.title}, {change.before} before. {change.explanation}"
        case "improved":
            return f"Improved: {change.title}, from {change.before} to {change.after}. {change.explanation}"
        case "worse":
            return f"Worse: {change.title}, from {change.before} to {change.after}. {change.explanation}"
    return f"{change.title}: from {change.before} to {change.after}. {change.explanation}"
