"""Bundles and documents over HTTP."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

from service.documents.schemas import (
    BundleList,
    BundleOut,
    BundleProgress,
    DocumentDetail,
    DocumentList,
    DocumentOut,
    PassageList,
    Sheet,
)
from service.documents.stream import progress_events
from service.errors import NotFound
from service.web.dependencies import Limit, Offset, Parts, Who
from service.web.upload import receive_files

router = APIRouter(tags=["documents"])

# A change number beyond any: the bundle without its files.
NOTHING_NEWER = 2**31 - 1
# Digits of a change number; a header with more is nobody's that we gave out.
LONGEST_NUMBER = 10

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "Files and archives; a name may carry folders, parted by slashes.",
                        },
                        "password": {
                            "type": "array",
                            "items": {"type": "string", "format": "password"},
                            "description": "Passwords of protected files; the field may come several times.",
                        },
                    },
                }
            }
        },
    }
}


@router.post(
    "/suppliers/{supplier}/bundles", summary="Send a bundle", status_code=202, tags=["bundles"], openapi_extra=UPLOAD
)
async def send_bundle(parts: Parts, who: Who, supplier: str, request: Request) -> BundleOut:
    """Many files and archives in one go. They are hashed and counted while they come in, then read in the background."""
    bundle = await receive_files(
        request, who, parts.uploads, lambda files, fields: parts.intake.receive(who, supplier, files, fields.passwords)
    )
    return parts.documents.bundle(who, bundle)


@router.get("/bundles", summary="List bundles", tags=["bundles"])
def list_bundles(
    parts: Parts, who: Who, supplier: str | None = None, offset: Offset = 0, limit: Limit = 100
) -> BundleList:
    """Submissions, the newest first."""
    return parts.documents.bundles(who, supplier, offset, limit)


@router.get("/bundles/{bundle}", summary="Look at a bundle", tags=["bundles"])
def get_bundle(
    parts: Parts,
    who: Who,
    bundle: str,
    since: Annotated[int, Query(description="Only files that changed after this change number.")] = -1,
) -> BundleProgress:
    """How far a submission is: the state and stage of every file, and the reason of every failure."""
    return parts.documents.bundle(who, bundle, since)


@router.get(
    "/bundles/{bundle}/events",
    summary="Follow a bundle",
    tags=["bundles"],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events progress and, at last, end."}},
)
async def follow_bundle(
    parts: Parts,
    who: Who,
    bundle: str,
    since: Annotated[int, Query(description="Change number to resume from; the header Last-Event-ID wins.")] = -1,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """Server-sent events: each change of each file as it happens, resumable from the last one seen."""
    parts.documents.bundle(who, bundle, since=NOTHING_NEWER)
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit():
        since = min(int(last_event_id[:LONGEST_NUMBER]), NOTHING_NEWER)
    events = progress_events(parts.documents, who, bundle, since, parts.settings.limits.stream_seconds)
    return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@router.post("/bundles/{bundle}/retry", summary="Try failed files again", tags=["bundles"])
def retry_bundle(parts: Parts, who: Who, bundle: str) -> BundleOut:
    """All failed files of a submission are put into the queue again."""
    parts.documents.retry_bundle(who, bundle)
    return parts.documents.bundle(who, bundle, since=NOTHING_NEWER)


@router.delete("/bundles/{bundle}", summary="Delete a bundle", status_code=204, tags=["bundles"])
def delete_bundle(parts: Parts, who: Who, bundle: str) -> None:
    """Removes its documents, their passages and decisions, and files that nothing else names."""
    parts.documents.delete_bundle(who, bundle)


@router.get("/documents", summary="List documents")
def list_documents(
    parts: Parts,
    who: Who,
    supplier: str | None = None,
    bundle: str | None = None,
    state: str | None = None,
    kind: str | None = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> DocumentList:
    """Documents in the order they came in."""
    return parts.documents.list(who, supplier, bundle, state, kind, offset, limit)


@router.get("/documents/{document}", summary="Look at a document")
def get_document(parts: Parts, who: Who, document: str) -> DocumentDetail:
    """What a file is, what was read in it and what was not, with its facts."""
    return parts.documents.get(who, document)


@router.get("/documents/{document}/passages", summary="Read a document's passages")
def list_passages(
    parts: Parts,
    who: Who,
    document: str,
    part: Annotated[int | None, Query(ge=1, description="Page, sheet or slide.")] = None,
    mode: str | None = None,
    offset: Offset = 0,
    limit: Limit = 200,
) -> PassageList:
    """Passages in reading order with place, verdict and reasons; a reviewer's decision stands where there is one."""
    return parts.documents.passages(who, document, part, mode, None, offset, limit)


@router.post("/documents/{document}/retry", summary="Read a document again", status_code=202)
def retry_document(parts: Parts, who: Who, document: str) -> DocumentOut:
    """Puts a finished document into the queue again; what was read before is replaced."""
    return parts.documents.retry(who, document)


@router.get(
    "/documents/{document}/raw",
    summary="Download the file",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The bytes as they were sent."}},
)
def download(parts: Parts, who: Who, document: str) -> StreamingResponse:
    """The bytes as they were sent, always as a download: a supplier's file is never shown by the browser."""
    shown, chunks = parts.documents.raw(who, document)
    name = shown.path.rpartition("/")[2]
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Length": str(shown.size),
        "Content-Security-Policy": "sandbox",
    }
    return StreamingResponse(chunks, media_type="application/octet-stream", headers=headers)


@router.get("/documents/{document}/sheets/{part}", summary="Read a sheet as it was found")
def get_sheet(parts: Parts, who: Who, document: str, part: Annotated[int, Path(ge=1)]) -> Sheet:
    """The blocks and cells of a sheet, slide or section, to show a citation in its surroundings."""
    return parts.documents.sheet(who, document, part)


@router.get(
    "/documents/{document}/pages/{part}.png",
    summary="See a page",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}, "description": "The page."}},
)
def get_page(
    parts: Parts,
    who: Who,
    document: str,
    part: Annotated[int, Path(ge=1)],
    width: Annotated[int, Query(ge=1, le=3000)] = 1200,
) -> Response:
    """A page of a PDF, or a picture file, as PNG."""
    content = parts.pictures.picture(who, document, part, width)
    return Response(content, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@router.get(
    "/documents/{document}/pages/{part}.svg",
    summary="See a page with a passage outlined",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}, "description": "The page with the passage outlined."}},
)
def get_outlined_page(
    parts: Parts,
    who: Who,
    document: str,
    part: Annotated[int, Path(ge=1)],
    passage: Annotated[str, Query(description="The passage's id in reports.")],
    width: Annotated[int, Query(ge=1, le=3000)] = 1200,
) -> Response:
    """The page picture with the boxes of a passage drawn over it."""
    found = parts.documents.passages(who, document, key=passage).items
    if not found:
        raise NotFound("There is no such passage in this document.")
    drawn = parts.pictures.outlined(who, document, part, found[0].locators, width)
    headers = {"Content-Security-Policy": "default-src 'none'; img-src data:"}
    return Response(drawn, media_type="image/svg+xml", headers=headers)
