"""Flags on what could not be read, and what was promised and not sent."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite
from evidence.data import table
from evidence.facts.text import fold, phrases
from evidence.flags.listed_papers import numbered_missing
from evidence.flags.registry import Finding, line_at, name_of, rule
from evidence.flags.sent_lists import asks_for_papers, unanswered
from evidence.model import DocumentReport, Passage
from evidence.remembered import remembered

_INDEX = phrases("coverage_flags", "index")
_ATTACHED = phrases("coverage_flags", "attached")
_SENT_LIST = phrases("coverage_flags", "sent_list")
_KINDS = tuple(table("words")["coverage_kinds"])


@rule("unreadable")
def unreadable(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Files and pages that could not be read, each with the reason."""
    for document in bundle.documents:
        if document.status == "failed":
            why = document.error.message if document.error else "The file could not be read."
            yield Finding({"name": name_of(document.path), "why": why})
        elif document.pages_read < document.pages:
            missing = document.pages - document.pages_read
            reason = document.not_read[0] if document.not_read else ""
            yield Finding(
                {
                    "name": name_of(document.path),
                    "why": f"{missing} of {document.pages} pages could not be read. {reason}".strip(),
                }
            )
        elif _hardly_any(document):
            yield Finding(
                {
                    "name": name_of(document.path),
                    "why": document.not_read[0] if document.not_read else "Hardly any text could be read.",
                }
            )
        elif _poor(document):
            yield Finding(
                {"name": name_of(document.path), "why": "The text was read with little certainty from a poor picture."},
                tuple(cite(document, p) for p in document.passages[:1]),
            )


POOR = 0.45
"""Mean word confidence of OCR below which what was read is more guess than text."""


LEAST_LETTERS = 20
"""Letters and digits of a scanned page below which hardly anything of it was read."""


def _hardly_any(document: DocumentReport) -> bool:
    """A scan, or a file read in part, of which next to nothing was read: said, never passed over in silence."""
    if document.status != "partial" and any(passage.source != "ocr" for passage in document.passages):
        return False
    letters = sum(char.isalnum() for passage in document.passages for char in passage.text)
    return letters < LEAST_LETTERS * max(1, document.pages_read)


def _poor(document: DocumentReport) -> bool:
    scores = [(p.confidence, len(p.text)) for p in document.passages if p.source == "ocr" and p.confidence is not None]
    total = sum(length for _, length in scores)
    return (
        bool(scores)
        and len(scores) * 2 >= len(document.passages)
        and sum(score * length for score, length in scores) / max(1, total) < POOR
    )


@rule("promised_document_missing")
def promised_document_missing(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A covering letter or index of the bundle promises a paper as attached, and nothing of that sort was sent.

    A master list of forms and records is no index of the bundle; only letters, mails and read-me files are.
    """
    for document in bundle.read:
        if asks_for_papers(document):
            continue
        left = unanswered(bundle, document)
        told = [
            Finding(
                {"name": name_of(document.path), "promise": entry.text},
                (cite(document, entry.passage, entry.line.strip()),),
            )
            for entry in left or ()
        ]
        told = told or [*_named_missing(bundle, document), *_attached_missing(bundle, document)]
        yield from told if told or left is not None else _promised_in_words(bundle, document)


def _named_missing(bundle: Bundle, document: DocumentReport) -> Iterator[Finding]:
    """Papers that a letter or list names by their files, or numbers as its files are numbered, that did not come."""
    listed = document.kind == "other" or _is_headed_list(document) or _is_titled_list(document)
    for promise, passage, line in numbered_missing(bundle, document) if listed else ():
        if not _LATER.search(fold(line)):
            yield Finding(
                {"name": name_of(document.path), "promise": promise}, (cite(document, passage, line.strip()),)
            )
    if _is_headed_list(document):
        yield from _files_missing(bundle, document) if _names_files_sent(bundle, document, 1) else ()
        return
    letter = document.kind == "other" and document.reading != "living" and _is_cover(document)
    if letter:
        yield from _numbers_missing(bundle, document)
    if letter or ((document.kind == "other" or document.reading == "static") and _names_files_sent(bundle, document)):
        yield from _files_missing(bundle, document)


def _promised_in_words(bundle: Bundle, document: DocumentReport) -> Iterator[Finding]:
    """What a letter that lists nothing says in its sentences to be enclosed, of a kind of which nothing came."""
    enclosed = document.kind == "procedure" and document.reading == "static" and _says_enclosed(document)
    if not enclosed and not (document.kind == "other" and document.reading != "living" and _is_cover(document)):
        return
    for passage in document.passages:
        for line in passage.text.splitlines():
            if _ATTACHED.search(fold(line)):
                yield from _promised_in(bundle, document, passage, line)


_CLAUSES = re.compile(rf"[,;，；、]|(?<=\s)\(?[a-h\d][.)](?=\s)|[.。](?=\s|$)|{phrases('trends', 'joining').pattern}")


def _promised_in(bundle: Bundle, cover: DocumentReport, passage: Passage, line: str) -> Iterator[Finding]:
    """The papers that a sentence of a letter names as enclosed and that did not come."""
    for clause in _CLAUSES.split(line):
        if _LATER.search(fold(clause)):
            continue
        for kind in _KINDS:
            wanted = phrases("coverage_kinds", kind)
            if wanted.search(fold(clause)) and not _sent(bundle, cover, kind, wanted):
                yield Finding({"name": name_of(cover.path), "promise": clause.strip()}, (cite(cover, passage, line),))
                break


_LATER = phrases("coverage_flags", "later")
"""A paper that is still to be sent, is shown on request or at the plant, or that there is none of."""


def _opens_list(folded: str) -> bool:
    """Whether a line says that what follows is enclosed: the lines of the list below it need not say so again.

    A row of a table opens none: in a master list a record may be one that is attached to another.
    """
    told = folded.rstrip()
    if told.endswith(":"):
        return (_ATTACHED.search(folded) or _INDEX.search(folded)) is not None
    return "|" not in told and told[-1:].isalnum() and _ATTACHED.search(folded) is not None


_FILE_NAME = re.compile(
    r"(?:^|[\n(,;:|\"“”「『«]|\s(?:and|và|dan|ve|及|和)\s)\s*(?:\d{1,2}\)\s*)?([^\n(),;:|]{3,90}?\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|zip|csv|tif))(?![a-z])"
)


def _is_headed_list(document: DocumentReport) -> bool:
    """Whether a paper of whatever kind is headed as the list of what was sent, and nothing happened in it: a short list of papers is
    read as one of those it names.
    """
    return document.reading != "living" and document.kind not in ("procedure", "manual") and _titled_as_list(document)


def _is_titled_list(document: DocumentReport) -> bool:
    """Whether a paper that was taken for a procedure, as a bare table of papers can be, is titled as the list of what was sent."""
    return document.reading == "static" and document.kind == "procedure" and _titled_as_list(document)


def _titled_as_list(document: DocumentReport) -> bool:
    opening = document.passages[0]
    first = fold(" ".join((*opening.heading[:1], *opening.text.splitlines()[:1])))
    size = sum(len(passage.text) for passage in document.passages)
    named = (_SENT_LIST.search(first) or _INDEX.search(first)) is not None
    return size < LONGEST_COVER and named and not _is_master_list(document)


def _is_master_list(document: DocumentReport) -> bool:
    """Whether a list of papers has a column for their editions: that of all papers in force, of which some were sent."""
    return any(
        _EDITIONS.fullmatch(fold(cell).strip(" .:"))
        for passage in document.passages
        for line in passage.text.splitlines()[:4]
        if "|" in line
        for cell in line.split("|")
    )


_EDITIONS = phrases("papers_flags", "editions")


LONGEST_COVER = 6000
"""Letters of a letter or list of what was sent."""


def _names_files_sent(bundle: Bundle, cover: DocumentReport, least: int = 2) -> bool:
    """Whether a paper names files that came with it, two at least: then it lists what was sent, in whatever words."""
    text = fold("\n".join(passage.text for passage in cover.passages))
    return (
        sum(fold(name_of(document.path)) in text for document in bundle.documents if document.path != cover.path)
        >= least
    )


_ENCLOSED = re.compile(
    r"[\s•*-]*([^\W\d_]{3,20}|(?:phụ lục|Phụ lục|PHỤ LỤC)|附件|附錄|附录|별첨|첨부|別紙)\.?(?: |(?<=[\u4e00-\u9fff가-힣]))(\d{1,2}|[A-Z]|[一二三四五六七八九])\s?[:：.)|–-]\s*(\S.{3,})"
)


def _numbers_missing(bundle: Bundle, cover: DocumentReport) -> Iterator[Finding]:
    """Papers that a letter numbers as its files are numbered (``Enclosure 4``), of which the file of one number did not come."""
    names = [fold(name_of(document.path)) for document in bundle.documents if document.path != cover.path]
    for passage in cover.passages:
        for line in passage.text.splitlines():
            if (match := _ENCLOSED.match(line)) is None:
                continue
            mark = re.compile(
                rf"{re.escape(fold(match[1]))}[\W_]{{0,2}}0*(\d{{1,2}}(?!\d)|[a-z](?![a-z])|[一二三四五六七八九])"
            )
            came = {found[1] for name in names if (found := mark.match(name))}
            told = _bare(f"{match[3]}.")
            number = fold(match[2]).lstrip("0")
            if len(came) > 1 and number not in came and not any(told in _bare(name) for name in names):
                yield Finding(
                    {"name": name_of(cover.path), "promise": line.strip(" •*-")}, (cite(cover, passage, line.strip()),)
                )


def _files_missing(bundle: Bundle, cover: DocumentReport) -> Iterator[Finding]:
    """Files that the letter names by their file names and that did not come, under no ending."""
    sent = _names_sent(bundle)
    for passage in cover.passages:
        for match in _FILE_NAME.finditer(fold(passage.text)):
            if _LATER.search(fold(line_at(passage.text, match.start(1)))):
                continue
            name = _LIST_MARK.sub("", passage.text[match.start(1) : match.end(1)].strip())
            wanted = _bare(name)
            if len(wanted) >= 3 and not any(wanted in other or (len(other) >= 6 and other in wanted) for other in sent):
                yield Finding(
                    {"name": name_of(cover.path), "promise": name},
                    (cite(cover, passage, passage.text[match.start(1) : match.end(1)]),),
                )


def _attached_missing(bundle: Bundle, document: DocumentReport) -> Iterator[Finding]:
    """Files that a record names in the words that say they are attached to it: ``see attached file "Xray 2207.pdf"``. A picture may
    stand in the record itself.
    """
    if document.reading == "static" or document.kind in ("procedure", "manual", "blank_form", "certificate"):
        return
    sent = _names_sent(bundle)
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            named = [] if len(line) > LONGEST_LINE else _NAMED_FILE.findall(line)
            if not named or not _ATTACHED.search(fold(line)) or _LATER.search(fold(line)):
                continue
            for name_told in named:
                wanted = _bare(name_told)
                if len(wanted) >= LEAST_NAMED and not any(wanted in name or name in wanted for name in sent if name):
                    yield Finding(
                        {"name": name_of(document.path), "promise": name_told}, (cite(document, passage, line.strip()),)
                    )


LONGEST_LINE, LEAST_NAMED = 600, 6
"""Letters of a line that names a file as attached, and letters and figures at least of its name."""

_NAMED_FILE = re.compile(
    r"[\"“”「『«(:：,，|]\s?([^\n\"“”「」『』«»();:：,，|]{3,80}\.(?:pdf|docx?|xlsx?|pptx?|zip|csv))(?![^\W_])"
)

_LIST_MARK = re.compile(r"^(?:\(?\d{1,2}[.)]|[-*•])\s+")


@remembered
def _names_sent(bundle: Bundle) -> list[str]:
    """The names of all files of a bundle as they are compared."""
    return [_bare(name_of(document.path)) for document in bundle.documents]


def _bare(name: str) -> str:
    """A file name for comparing: no ending, letters and digits only."""
    return "".join(char for char in fold(name).rsplit(".", 1)[0] if char.isalnum())


MOST_OPENING = 6
"""First lines of a letter in which it says that papers are enclosed."""


def _says_enclosed(document: DocumentReport) -> bool:
    """Whether the first lines of a paper say that what is listed below is enclosed."""
    opening = [line for passage in document.passages[:2] for line in passage.text.splitlines()][:MOST_OPENING]
    return any(_opens_list(fold(line)) and _ATTACHED.search(fold(line)) for line in opening)


_LETTERS = phrases("coverage_flags", "letters")


def _is_cover(document: DocumentReport) -> bool:
    name = name_of(document.path).lower()
    size = sum(len(passage.text) for passage in document.passages)
    return size < LONGEST_COVER and (
        _says_enclosed(document)
        or name.endswith((".txt", ".eml", ".msg", ".md", ".html"))
        or _LETTERS.search(fold(name)) is not None
        or any(
            word in name for word in ("readme", "read me", "index", "cover", "letter", "list", "清单", "daftar", "danh")
        )
    )


def _sent(bundle: Bundle, cover: DocumentReport, kind: str, pattern: re.Pattern[str]) -> bool:
    """Whether some other file is of the kind, carries the word in its name, or could not be read and so may be it."""
    for document in bundle.documents:
        if document.path == cover.path:
            continue
        if document.kind == kind or pattern.search(fold(document.path)):
            return True
        opening = fold(" ".join(passage.text for passage in document.passages[:2]))[:300]
        if pattern.search(opening) and document.kind not in ("manual", "procedure"):
            return True
    return False
