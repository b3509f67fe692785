"""The command search: over the data folder, or over a running service."""

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.analyze import parse_day
from service.cli.output import said_plainly, start_log
from service.errors import NotFound, NotReady, ServiceError, WrongUse

if TYPE_CHECKING:
    from service.search.schemas import SearchAnswer

HTTP_SECONDS = 60.0


@said_plainly
def search(
    query: Annotated[str, typer.Argument(help="Plain words, phrases in quotes, numbers.", show_default=False)],
    supplier: Annotated[str | None, typer.Option(help="Name of a supplier.")] = None,
    criterion: Annotated[str | None, typer.Option(help="What the passage is about, such as corrective_action.")] = None,
    mode: Annotated[str | None, typer.Option(help="What the passage does: record, prescription, template ...")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of document, such as internal_audit_record.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Evidence that reaches to this day or later.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Evidence that begins on this day or earlier.")] = None,
    limit: Annotated[int, typer.Option(help="Hits at most.", min=1, max=200)] = 20,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    data: Annotated[Path | None, typer.Option("--data", help="Data folder to search without a service.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Address of a running service to ask instead.")] = None,
) -> None:
    """Find evidence in what was read so far.

    \b
    Examples:
      livingproof search "who checked that the vent cleaning worked"
      livingproof search '"lot 24-118" porosity' --supplier "Song Cam Castings" --mode record
      livingproof search "internal audit" --from 2025-01-01 --format json --url http://127.0.0.1:8321
    """
    start_log("ERROR")
    if form not in ("text", "json"):
        raise WrongUse("Hits are shown as text or json.", "Choose --format text or --format json.")
    only = {"criterion": criterion, "mode": mode, "kind": kind}
    given: dict[str, Any] = {name: value for name, value in only.items() if value}
    for name, day in (("since", parse_day(since)), ("until", parse_day(until))):
        if day:
            given[name] = day
    answer = _over_http(url, query, supplier, given, limit) if url else _here(data, query, supplier, given, limit)
    if form == "json":
        typer.echo(answer.model_dump_json())
        return
    _print(answer)


def _here(data: Path | None, query: str, supplier: str | None, given: dict[str, Any], limit: int) -> "SearchAnswer":
    from pydantic import ValidationError

    from service.bootstrap import services
    from service.search.schemas import SearchFilter
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
            found = parts.suppliers.by_name(who, supplier)
            if found is None:
                raise NotFound(f"There is no supplier called {supplier}.")
            given["supplier"] = found.id
        try:
            only = SearchFilter(**given)
        except ValidationError as problem:
            raise WrongUse(_said(problem.errors()[0])) from problem
        return parts.search.search(who, query, only, limit)
    finally:
        parts.close()


def _said(error: Any) -> str:
    return f"The option {error['loc'][0]} is not right: {error['msg']}."


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
                listed = _json(client.get("/suppliers", params={"search": supplier, "limit": 500}))["items"]
                ids = [item["id"] for item in listed if item["name"] == supplier]
                if not ids:
                    raise NotFound(f"There is no supplier called {supplier}.")
                asked["supplier"] = ids[0]
            answer = _json(client.get("/search", params={"q": query, "limit": limit, **asked}))
    except (httpx.HTTPError, ValueError) as problem:
        raise NotReady(f"The service at {url} does not answer.", "Check the address and that it runs.") from problem
    return SearchAnswer.model_validate(answer)


def _json(response: Any) -> Any:
    body = json.loads(response.content)
    if response.status_code >= 400:
        raise ServiceError(body.get("message"), body.get("remedy"), body.get("code"))
    return body


def _print(answer: "SearchAnswer") -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    if not answer.hits:
        console.print("Nothing relevant was found.")
    for number, hit in enumerate(answer.hits, 1):
        head = Text(f"{number:>2}  ", style="dim") + Text(hit.path, style="bold") + Text(f", {hit.place}")
        console.print(head.append(f"  {hit.supplier_name} · {hit.mode}", style="dim"))
        body = Text("    " + " ".join(hit.text.split()))
        if hit.matched_terms:
            body.highlight_words(hit.matched_terms, style="bold yellow", case_sensitive=False)
        console.print(body)
    if not answer.complete:
        console.print("The index is still catching up: newer documents may be missing.", style="dim")
