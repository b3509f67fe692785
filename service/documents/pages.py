"""The pages of documents: one document with its passages, and a passage in its place."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from extractors.document import Block
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.documents.places import places_of
from service.errors import NotFound
from service.reviews.schemas import ReviewOut
from service.web.dependencies import Parts, Who
from service.web.frame import API, PageRoute, go_to, html
from service.web.rendering import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# Passages on one page: more make the browser slow and nobody reviews them in one go.
ON_A_PAGE = 100
# Decisions shown in a history.
HISTORY = 200
# Width of a page picture in pixels: sharp on a large screen, under a second to draw.
PICTURE_WIDTH = 1400
# Other kinds of a document are named from this probability.
OTHER_KIND = 0.15


@router.get("/documents/{document}", response_class=HTMLResponse)
def document_page(parts: Parts, scope: Who, document: str, offset: int = 0) -> HTMLResponse:
    """A document: what it is said to be, its passages in order, and the decisions of reviewers."""
    about = parts.documents.get(scope, document)
    first = max(0, offset)
    passages = parts.documents.passages(scope, document, offset=first, limit=ON_A_PAGE)
    history = parts.reviews.history(scope, document=document, limit=HISTORY).items
    others = sorted(about.kinds.items(), key=lambda pair: -pair[1])
    text = page(
        "document.html",
        section="suppliers",
        document=about,
        supplier=parts.suppliers.get(scope, about.supplier),
        passages=passages.items,
        total=passages.total,
        first=first,
        page_size=ON_A_PAGE,
        others=[(name, p) for name, p in others if name != about.kind and p >= OTHER_KIND],
        standing=standing_modes(history),
        decided={v.field for v in history if v.standing and v.passage is None},
        decisions=[v for v in history if v.standing and v.passage is None],
        history=history,
        raw_address=f"{API}/documents/{document}/raw",
    )
    return html(text)


def standing_modes(history: Sequence[ReviewOut]) -> dict[str, ReviewOut]:
    """The decision on the mode that stands, for each passage that has one."""
    return {v.passage: v for v in history if v.passage and v.standing and v.field == "mode"}


@router.get("/documents/{document}/passages/{passage}", response_class=HTMLResponse)
def passage_page(parts: Parts, scope: Who, document: str, passage: str) -> HTMLResponse:
    """A passage in its place: the page's picture with its outline, the sheet with its cells, the text around it."""
    about = parts.documents.get(scope, document)
    found = parts.documents.passages(scope, document, key=passage, limit=1).items
    if not found:
        raise NotFound("There is no such passage in this document.", "Open the document and choose a passage.")

    def blocks_of(part: int) -> list[Block]:
        try:
            return [Block.model_validate(block) for block in parts.documents.sheet(scope, document, part).blocks]
        except NotFound:
            return []  # the passage is shown alone

    def picture_of(number: int) -> str:
        return f"{API}/documents/{document}/pages/{number}.png?width={PICTURE_WIDTH}"

    history = parts.reviews.history(scope, document=document, passage=passage, limit=HISTORY).items
    text = page(
        "citation.html",
        section="suppliers",
        document=about,
        supplier=parts.suppliers.get(scope, about.supplier),
        passage=found[0],
        before=_neighbour(parts, scope, document, passage, -1),
        after=_neighbour(parts, scope, document, passage, 1),
        places=places_of(found[0], blocks_of, picture_of),
        standing=standing_modes(history).get(passage),
        history=history,
    )
    return html(text)


def _neighbour(parts: Services, scope: Scope, document: str, passage: str, step: int) -> str:
    """The id of the passage before or after: ids end in the passage's number in the document."""
    stem, _, number = passage.rpartition("-")
    if not number.isdecimal():
        return ""
    other = f"{stem}-{int(number) + step:04d}"
    return other if parts.documents.passages(scope, document, key=other, limit=1).items else ""


@router.post("/documents/{document}/retry")
def retry(parts: Parts, scope: Who, document: str) -> Response:
    """Read a file again."""
    again = parts.documents.retry(scope, document)
    return go_to(f"/suppliers/{again.supplier}")
