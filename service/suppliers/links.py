"""Where the pages of the service show what a citation quotes."""

from collections.abc import Callable

from evidence.model import Citation
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.documents.schemas import DocumentOut

# Documents fetched at once.
AT_ONCE = 200


def documents_of(parts: Services, scope: Scope, supplier: str) -> list[DocumentOut]:
    """All documents of a supplier."""
    found: list[DocumentOut] = []
    while True:
        some = parts.documents.list(scope, supplier=supplier, offset=len(found), limit=AT_ONCE)
        found += some.items
        if not some.items or len(found) >= some.total:
            return found


def link_to(documents: list[DocumentOut]) -> Callable[[Citation], str]:
    """Addresses of citations. A passage's id begins with its file's fingerprint, which parts files of one name."""
    known = {(document.path, document.sha256[:12]): document.id for document in documents}
    by_path = {document.path: document.id for document in documents}

    def link(citation: Citation) -> str:
        if citation.passage:
            document = known.get((citation.document, citation.passage.rpartition("-")[0]))
            if document:
                return f"/documents/{document}/passages/{citation.passage}"
        document = by_path.get(citation.document)
        return f"/documents/{document}" if document else ""

    return link


def citation_links(parts: Services, scope: Scope, supplier: str) -> Callable[[Citation], str]:
    """Addresses of the citations in a supplier's report."""
    return link_to(documents_of(parts, scope, supplier))
