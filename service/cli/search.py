"""The command search: over the data folder, or over a running service."""

import datetime
import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.analyze import parse_day
from service.cli.output import said_plainly, start_log, write
from service.errors import NotFound, NotReady, ServiceError, WrongUse

if TYPE_CHECKING:
    from service.search.schemas import SearchAnswer

HTTP_SECONDS = 60.0
# Suppliers looked at for a name; the interface gives no more at once.
MOST_SUPPLIERS = 500


@said_plainly
def search(
    query: Annotated[str, typer.Argument(help="Plain words, phrases in quotes, numbers.", show_default=False)],
    supplier: Annotated[str | None, typer.Option(help="Name of a supplier.")] = None,
    criterion: Annotated[str | None, typer.Option(help="What the passage is about, such as corrective_action.")] = None,
    mode: Annotated[str | None, typer.Option(help="What the passage does: record, prescription, template ...")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of document, such as internal_audit_record.")] = None,
    bundle: Annotated[str | None, typer.Option(help="Id of a bundle.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the passage, such as vi.")] = None,
    flag: Annotated[str | None, typer.Option(help="Cited by this red flag, such as no_root_cause.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Evidence that reaches to this day or later.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Evidence that begins on this day or earlier.")] = None,
    limit: Annotated[int, typer.Option(help="Hits at most.", min=1, max=200)] = 20,
    form: Annotated[str, typer.Option("--format", help="text, json, csv or xlsx.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", help="File to write instead of the screen.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Data folder to search without a service.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Address of a running service to ask instead.")] = None,
) -> None:
    """Find evidence in what was read so far.

    \b
    Examples:
      livingproof search "who checked that the vent cleaning worked"
      livingproof search '"lot 24-118" porosity' --supplier "Song Cam Castings" --mode record
      livingproof search "internal audit" --from 2025-01-01 --format json --url http://127.0.0.1:8321
      livingproof search "closed without root cause" --flag no_root_cause --format xlsx --output hits.xlsx
    """
    start_log("ERROR")
    if form not in ("text", "json", "csv", "xlsx"):
        raise WrongUse("Hits are shown as text, json, csv or xlsx.", "Choose one of these for --format.")
    if form == "xlsx" and output is None:
        raise WrongUse("A workbook cannot be shown on the screen.", "Name a file with --output.")
    only = {"criterion": criterion, "mode": mode, "kind": kind, "bundle": bundle, "language": language, "flag": flag}
    given: dict[str, Any] = {name: value for name, value in only.items() if value}
    for name, day in (("since", parse_day(since)), ("until", parse_day(until))):
        if day:
            given[name] = day
    answer = _over_http(url, query, supplier, given, limit) if url else _here(data, query, supplier, given, limit)
    if form == "text":
        _print(answer, output)
        return
    from service.search.export import export

    content = answer.model_dump_json().encode() if form == "json" and output is None else export(answer, form)
    write(content if output or content.endswith(b"\n") else content + b"\n", output)


def _here(data: Path | None, query: str, supplier: str | None, given: dict[str, Any], limit: int) -> "SearchAnswer":
    from service.bootstrap import services
    from service.search.schemas import SearchFilter
    from service.search.service import SearchService
    from service.settings import settings_with
    from service.work.queue import FakeQueue

    settings = settings_with(data=data)
    if settings.database_url is None and not (settings.data / "livingproof.sqlite3").exists():
        raise NotFound(
            f"Nothing was read into {settings.data} yet.",
            "Start 'livingproof serve' and send a bundle, or name --data.",
        )
    parts = services(settings, queue=FakeQueue())
    try:
        who = parts.accounts.local()
        if supplier:
            listed = parts.suppliers.list(who, search=supplier, limit=MOST_SUPPLIERS).items
            given["supplier"] = _chosen(supplier, [(item.id, item.name) for item in listed])
        only = SearchFilter(**given)
        answer = parts.search.search(who, query, only, limit)
        if not answer.complete:
            # The running service has not written its newest index out yet: one of our own is complete.
            own = SearchService(parts.database, parts.index.in_memory(), settings.limits)
            answer = own.search(who, query, only, limit)
        return answer
    finally:
        parts.close()


def _chosen(name: str, known: list[tuple[str, str]]) -> str:
    """The id of the supplier of this name, or of the only one whose name contains it. Raises NotFound, WrongUse."""
    same = [found for found in known if found[1].casefold() == name.strip().casefold()]
    fitting = same or known
    if not fitting:
        raise NotFound(f"There is no supplier called {name}.", "Look at the suppliers on the web page.")
    if len(fitting) > 1:
        names = ", ".join(shown for _, shown in fitting[:5])
        raise WrongUse(f"Several suppliers are called so: {names}.", "Write the whole name.")
    return fitting[0][0]


def _over_http(url: str, query: str, supplier: str | None, given: dict[str, Any], limit: int) -> "SearchAnswer":
    import httpx

    from service.search.schemas import SearchAnswer
    from service.settings import settings_with

    token = settings_with().api_token
    headers = {"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}
    asked = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in given.items()}
    try:
        with httpx.Client(base_url=f"{url.rstrip('/')}/api/v1", headers=headers, timeout=HTTP_SECONDS) as client:
            if supplier:
                listed = _json(client.get("/suppliers", params={"search": supplier, "limit": MOST_SUPPLIERS}))["items"]
                asked["supplier"] = _chosen(supplier, [(item["id"], item["name"]) for item in listed])
            answer = _json(client.get("/search", params={"q": query, "limit": limit, **asked}))
    except (httpx.HTTPError, ValueError) as problem:
        raise NotReady(f"The service at {url} does not answer.", "Check the address and that it runs.") from problem
    return SearchAnswer.model_validate(answer)


def _json(response: Any) -> Any:
    body = json.loads(response.content)
    if response.status_code >= 400:
        raise ServiceError(body.get("message"), body.get("remedy"), body.get("code"))
    return body


def _print(answer: "SearchAnswer", output: Path | None = None) -> None:
    from rich.text import Text

    from indexes.analysis import places
    from service.reports.terminal import Terminal

    # Not on a terminal, lines are not cut: whoever reads them with a program wants whole sentences.
    stream = StringIO() if output else None
    console = Terminal(highlight=False, file=stream)
    wide = None if console.is_terminal else 10_000
    console.width = wide or console.width
    if not answer.count:
        console.print(answer.nothing_relevant or "Nothing relevant was found.")
    if answer.unknown:
        console.print(f"In no paper: {', '.join(answer.unknown)}.", style="dim")
    for document in answer.documents:
        head = Text(document.path, style="bold").append(f"  {document.supplier_name}", style="not bold")
        console.print(head.append(f" · {document.kind.replace('_', ' ')}, {document.reading}", style="not bold dim"))
        for hit in document.hits:
            said = " · decided by a reviewer" if hit.decided else ""
            console.print(Text(f"  {hit.place} · {hit.mode}{said} · {hit.passage}", style="dim"))
            body = Text("    " + " ".join(hit.quote.split()))
            for start, end in places(body.plain, hit.matched_terms):
                body.stylize("bold yellow", start, end)
            console.print(body)
    if not answer.complete:
        console.print("The index is still catching up: newer documents may be missing.", style="dim")
    if output and stream:
        write(stream.getvalue().encode(), output)
