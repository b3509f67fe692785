"""The sites a certificate covers besides the holder's own address: behind a label of their own (``Factory 2: Lot F7 ...``), or
in a list under a head (``Locations``), which an annex often is.

Nothing is a site that only looks like an address: the body has one too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evidence.data import table
from evidence.facts.certificate_marks import STREETS, Marks
from evidence.facts.certificate_names import is_company, plain
from evidence.facts.certificate_pieces import ALIGNED, Piece
from evidence.facts.certificate_settled import without_postcode
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.certificate_text import CertificateText
from evidence.facts.text import fold, words
from evidence.model import Fact

MOST_SITES = 100
"""Sites of one certificate; a bank with its branches has about as many."""

LEAST, LONGEST = 8, 220
"""Letters of an address."""

FAR = 5.0
"""Heights of a letter between two rows of one list."""

_STREET = re.compile(
    rf"{STREETS}|drive|highway|estate|zone|floor|building|district|province|khu|lô|phường|xã|huyện|quận|tỉnh|thành phố|kawasan"
    r"|desa|kota|kabupaten|อำเภอ|แขวง|เขต|[路号號區区镇鎮省市县縣村街]|[시도군구읍면동리로길](?=[\s\d])|caddesi|organize sanayi|sok\.|bulvar"
    r"|[都道府県町丁番]|\bno\.? ?\d|\b(?:plot|lot|unit|block|km) ?\d"
)
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-•●▪])\s+")
_ROLE = re.compile(r"\s*[\[(（][^\])）]{2,40}[\])）]$")


@dataclass
class _Site:
    piece: Piece
    start: int
    words: str


def find_sites(text: CertificateText, marks: Marks, address: str) -> Iterator[Fact]:
    """A fact for each site that is not the holder's own address, in the order of the paper."""
    known = {plain(address)} if address else set()
    found = sorted((*_labelled(marks), *_listed(marks)), key=lambda site: site.start)
    for site in found[:MOST_SITES]:
        value = without_postcode(site.words.strip(" ,;|"))
        letters = plain(value)
        if any(letters in other or (other and other in letters) for other in known):
            continue
        known.add(letters)
        if made := text.fact("site", site.start, site.piece.end, value, confidence=0.7):
            yield made


def is_address(folded: str) -> bool:
    """Whether words are an address: a street, a number or places, set apart by commas or told by two words for places."""
    signs = len({match[0] for match in _STREET.finditer(folded)})
    apart = sum(map(folded.count, (",", "，", "、", " - ")))
    return (
        LEAST <= len(folded) <= LONGEST
        and (signs >= 2 or (signs == 1 and apart > 0) or (apart >= 2 and any(map(str.isdigit, folded))))
        and not STANDARD.search(folded)
        and "@" not in folded
    )


def _labelled(marks: Marks) -> Iterator[_Site]:
    for piece in marks.pieces.all:
        label = _label().match(piece.folded)
        beside = marks.pieces.right(piece)
        if label and label.end() == len(piece.folded) and beside and is_address(beside.folded):
            yield _Site(beside, beside.start, beside.text)
        if label is None or not is_address(piece.folded[label.end() :]):
            continue
        start = piece.start + label.end()
        words_of = marks.pieces.text.written[start : piece.end]
        if piece.text[:1] in "(（" and words_of[-1:] in ")）":
            words_of = words_of[:-1]
        yield _Site(piece, start, words_of)


@cache
def _label() -> re.Pattern[str]:
    listed = words(tuple(table("certificate_places")["sites"]["labels"])).pattern
    return re.compile(
        rf"[(（•\s-]*(?:\d[.)]\s)?(?:제\s?\d\s?)?(?:{listed})(?:\s?(?:no\.?\s?)?\d{{1,2}}|\s[a-e])?(?:\s(?:address|địa chỉ|alamat|adresi))?(?:\s?/\s?[^:：\d]{{3,30}})?\s?[:：]\s*"
    )


def _listed(marks: Marks) -> Iterator[_Site]:
    """The addresses of the rows under a head, each with the lines that it goes on in."""
    rows = marks.pieces.rows
    for head_row in rows:
        head = next((piece for piece in head_row if _head().fullmatch(piece.folded.strip(" :：|"))), None)
        if head is None:
            continue
        last, open_site = head_row[0], None
        for row in rows[head_row[0].row + 1 :]:
            if row[0].page != last.page or marks.pieces.distance(last, row[0]) > FAR or _ends(marks, row):
                break
            last = row[0]
            under = next((piece for piece in row if _in_line(head, piece)), None)
            cell = next((piece for piece in row if is_address(_bare(piece))), under)
            rest = next((piece for piece in row if open_site and _goes_on(open_site, piece)), None)
            if rest is not None and open_site is not None:
                open_site.words = f"{open_site.words.rstrip()} {rest.text.strip()}"
            elif cell is not None:
                if open_site is not None and is_address(fold(open_site.words)):
                    yield open_site
                begin = cell.start + len(cell.text) - len(_bare(cell))
                open_site = _Site(cell, begin, _ROLE.sub("", marks.pieces.text.written[begin : cell.end]))
            elif open_site is not None and len(row) == 1 and not is_company(row[0].text):
                break
        if open_site is not None and is_address(fold(open_site.words)):
            yield open_site


def _in_line(head: Piece, piece: Piece) -> bool:
    """Whether a cell begins where the head of its column does."""
    return head.box is not None and piece.box is not None and abs(head.box.x0 - piece.box.x0) <= ALIGNED


@cache
def _head() -> re.Pattern[str]:
    listed = words(tuple(table("certificate_places")["sites"]["heads"])).pattern
    return re.compile(rf"(?:(?:name|name and|no\.?)\s)?(?:{listed})(?:\s?[/(（].{{0,30}})?")


def _bare(piece: Piece) -> str:
    """The folded words of a cell without its number in the list."""
    number = _NUMBERED.match(piece.folded)
    return piece.folded[number.end() :] if number else piece.folded


def _goes_on(site: _Site, line: Piece) -> bool:
    """Whether a line alone in its row is the rest of the address above it."""
    first = site.piece
    under = first.box is None or line.box is None or abs(first.box.x0 - line.box.x0) <= 3 * ALIGNED
    return under and site.words.rstrip().endswith((",", "，", "-")) and _NUMBERED.match(line.folded) is None


def _ends(marks: Marks, row: list[Piece]) -> bool:
    label = marks.label_of(row[0])
    other = label is not None and label.role not in ("address", "unknown", "other") and label.listed
    return other or bool(marks.source.dates(row[0].text) or STANDARD.search(row[0].folded))
