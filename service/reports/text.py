"""The report for a terminal: headline, expectations, red flags, documents, and what to ask for."""

import io

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evidence.model import Citation, Report
from extractors.locators import describe
from service.reports.requests import asks_of

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
STATUS_WORDS = {
    "living": "living", "stale": "stale", "partial": "partial", "static_only": "static only", "missing": "missing",
    "undetermined": "undetermined",
}  # fmt: skip
# Quotes beyond this length are shortened in the terminal; the other formats hold them whole.
QUOTE_CHARACTERS = 160
QUOTES = 2
PIPE_COLUMNS = 120


def render_text(report: Report, width: int = PIPE_COLUMNS) -> str:
    """The report as plain text, for pipes and files."""
    sink = io.StringIO()
    print_report(report, Console(file=sink, width=width, force_terminal=False, color_system=None, highlight=False))
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
    pages, done = sum(d.pages for d in report.documents), sum(d.pages_read for d in report.documents)
    files = f"{len(report.documents)} files: {read} read, {part} in part, {failed} not readable"
    coverage = f"{files}; {done} of {pages} pages, sheets and slides"
    lines.append(Text(coverage, style="dim"))
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
            body.append("\n" + _cited(citation), style="dim")
        if len(flag.citations) > QUOTES:
            body.append(f"\nand {len(flag.citations) - QUOTES} more places", style="dim")
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
        table.add_row(document.path, _words(document.kind), document.reading, period, read)
    return table


def _asks(report: Report) -> Group | None:
    asks = asks_of(report)
    if not asks:
        return None
    return Group(Text("\nWhat to ask the supplier for", style="bold italic"), *(Text(f" - {ask}") for ask in asks))


def _cited(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    if len(quote) > QUOTE_CHARACTERS:
        quote = quote[: QUOTE_CHARACTERS - 1].rstrip() + "…"
    return f"“{quote}” {citation.document}, {describe(citation.locator)}"


def _words(identifier: str) -> str:
    return identifier.replace("_", " ")
