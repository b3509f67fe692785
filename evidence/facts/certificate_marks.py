"""Which pieces of a certificate are labels, and what stands where a label points: behind it, beside it, below or above it.

A label is one of the listed ones, or a few words with a word in them by which its field is told. Where its value stands
is found by place, and by what the value can be: a day, a code, a name.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from evidence.data import table
from evidence.facts.certificate_names import CUT, TITLE, is_name
from evidence.facts.certificate_pieces import ALIGNED, SPACED, Piece, Pieces
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.certificate_text import CertificateText, listed_labels, with_toneless
from evidence.facts.sources import Source
from evidence.facts.text import fold, late, phrases, words

DAYS = ("original", "issue", "expiry")

SURE, LIKELY = 0.9, 0.65
"""Confidence of a value at which a label points, and of one told by its place alone."""

LONGEST_LABEL, MOST_WORDS = 60, 8
"""Letters and words of a label that nobody has listed."""

CODE = late(
    r"(?=[^\n]*\d)(?:[ก-ฮ]{1,4}\.? ?(?=\d))?[A-Z0-9๐-๙ĐÖ第제][\w./\-‐–]*(?: ?[/\-] ?[\w./\-]+)*(?: [A-Z0-9][\w./\-]*){0,5}(?: 호| 号| 號)?"
)
"""A number of a certificate: capitals, figures and signs, in words of such."""

_SPREAD = late(
    rf"(?P<label>{SPACED.pattern}|(?:[\u3040-\u30ff\u4e00-\u9fff가-힣]{{1,4}} ){{1,6}}[\u3040-\u30ff\u4e00-\u9fff가-힣]{{1,4}})\s{{0,8}}[:：]\s*(?=\S)"
)
"""A label whose letters are set apart; a scan may bring some of them together again: ``인증 범 위 :``."""

_DAY_WORD = late(r"date|ngày|tanggal|tarikh|วันที่|日期|일자|인증일|만료일|日$|tarih|until|expir")
_LEADING = late(r"[\s•●▪■◆*\-–—(（【\[]*(?:\d{1,2}[.)]\s+)?")
_PARTS = late(r"\s*[/／|(（]\s*|(?<=[\u0e00-\ud7a3])\s+(?=[a-z])|(?<=[a-z])\s+(?=[\u0e00-\ud7a3])")
_TRANSLATED = late(r"(?:\s*[/／|(（【\]】][^:：\d\n]{2,44}[)）]?\s*(?=[:：]|$))?")
_UP_TO_COLON = late(r"[^:：\d\n]{0,30}[:：]\s*")


@dataclass(frozen=True)
class Label:
    """A label: its field, its piece, and where in the text its value begins if it stands in the same piece."""

    role: str
    piece: Piece
    value: int | None = None
    listed: bool = True
    leads: bool = False
    """Whether it is the end of a sentence, which leads on and never back."""


Place = tuple[int, int]


@dataclass(frozen=True)
class Value:
    """What a field says: where its first piece stands, its words, and how sure that is."""

    start: int
    end: int
    words: str
    confidence: float


class Marks:
    """The labels of a certificate and the values they point at."""

    def __init__(self, source: Source, pieces: Pieces) -> None:
        self.source, self.pieces = source, pieces

    @cached_property
    def labels(self) -> list[Label]:
        """All labels in the order of the text."""
        found = [label for piece in self.pieces.all if (label := self._label(piece))]
        known = {label.piece.start for label in found}
        return sorted((*found, *self._in_column_of(known)), key=lambda label: label.piece.start)

    def _in_column_of(self, known: set[int]) -> Iterator[Label]:
        """Pieces that nobody knows in a column of labels: ``For what``, ``Where``."""
        heads = [
            row[0] for row in self.pieces.rows if len(row) == 2 and row[0].box and len(row[0].text) <= LONGEST_LABEL / 2
        ]
        for head in heads:
            column = [one for one in heads if head.box and one.box and abs(one.box.x0 - head.box.x0) < ALIGNED]
            near = any(one.start in known and abs(one.row - head.row) <= 2 for one in column)
            if (
                near
                and head.start not in known
                and sum(one.start in known for one in column) >= max(2, len(column) / 2)
            ):
                yield Label("unknown", head, None, False)

    @cached_property
    def pure(self) -> dict[int, Label]:
        """Pieces that are labels and nothing else, by their start."""
        return {label.piece.start: label for label in self.labels if label.value is None}

    @cached_property
    def _marked(self) -> dict[int, Label]:
        return {label.piece.start: label for label in self.labels}

    def label_of(self, piece: Piece) -> Label | None:
        """The label a piece is or begins with."""
        return self._marked.get(piece.start)

    def _label(self, piece: Piece) -> Label | None:
        folded = piece.folded
        if SPACED.fullmatch(folded.strip(" :：")):
            together = folded.replace(" ", "")
            role = next((role for role, begins, _ in listed_labels(together) if begins == 0), None)
            return Label(role, piece) if role else None
        spread = _SPREAD.match(folded)
        if spread:  # ``인 증 번 호 : KR-Q-11842``
            together = spread["label"].replace(" ", "")
            role = next((role for role, begins, _ in listed_labels(together) if begins == 0), None)
            if role or SPACED.fullmatch(spread["label"]):
                return Label(role, piece, piece.start + spread.end()) if role else None
        if TITLE.fullmatch(folded.strip()) and self.pieces.right(piece) is None:
            return None
        if role := self._of_parts(folded):
            return Label(role, piece)
        lead = _LEADING.match(folded)
        first = lead.end() if lead else 0
        for role, begins, ends in listed_labels(folded):
            if begins > first:
                break
            if role in DAYS or (role == "other" and not STANDARD.search(folded)):
                stem = _day_role(folded[:ends])
                role = stem if stem in DAYS and role in DAYS else role
            return self._listed(piece, role, ends)
        return self._unlisted(piece)

    def _of_parts(self, folded: str) -> str | None:
        """The field of a label in two languages, one of which is listed: ``覆盖范围 Scope``, ``Merkez Adres / Head Office``."""
        head = folded.strip(" :：.()（）")
        if len(head) > LONGEST_LABEL or any(map(str.isdigit, head)):
            return None
        parts = [part.strip(" :：.()（）") for part in _PARTS.split(head)]
        if len(parts) < 2:
            return None
        for part in parts:
            for role, begins, ends in listed_labels(part):
                if begins == 0 and ends == len(part) and role != "other":
                    return _day_role(head) or role if role in DAYS else role
        return None

    def _listed(self, piece: Piece, role: str, ends: int) -> Label | None:
        folded = piece.folded
        rest = folded[ends:]
        if role in DAYS:
            told = _day_role(re.split(r"[:：\d]", folded)[0])
            if told == "none":
                return Label("none", piece)
            role = told if told == "original" else role
        after = ends + len(_TRANSLATED.match(rest)[0])  # type: ignore[index]
        if colon := _UP_TO_COLON.match(folded, after):
            after = colon.end()
        while after < len(folded) and folded[after] in " :：.]】)）/":
            after += 1
        plain = role in (*DAYS, "number") and not any(map(str.isdigit, folded[after:]))
        return Label(role, piece, piece.start + after if after < len(folded) and not plain else None)

    def _unlisted(self, piece: Piece) -> Label | None:
        folded = piece.folded
        head, colon, tail = re.match(r"([^:：\n]*)([:：]?)\s*(.*)", folded, re.DOTALL).groups()  # type: ignore[union-attr]
        if (
            colon
            and tail
            and (re.match(r"\d", tail) is None or not self.source.dates(tail))
            and len(head) > LONGEST_LABEL
        ):
            return None
        if not (2 <= len(head) <= LONGEST_LABEL and len(head.split()) <= MOST_WORDS) or STANDARD.search(head):
            return None
        value = piece.start + len(folded) - len(tail) if tail else None
        if not colon and (whole := CUT.match(piece.text)) and len(whole[0].rstrip()) >= len(piece.text) - 1:
            return None  # the name of a company may hold any word
        if numbered := _bare_number().match(folded):
            return Label("number", piece, piece.start + numbered.end(), False)
        if any(map(str.isdigit, head)) or (TITLE.fullmatch(head.strip()) and not colon):
            return None
        told = _number().match(head.strip(" ("))
        if told and not _others().search(head) and (colon or _ends_with_number(head)):
            return Label("number", piece, value, False)
        if _ends_listed(head, "number") and not _others().search(head):
            return Label("number", piece, value, False)
        if ends_with("scope").search(head) and not tail and (colon or len(head.split()) > 2):
            return Label("scope", piece, None, False, True)
        titled = TITLE.match(head.strip()) and not colon and not _DAY_WORD.search(head)
        day = None if titled else _day_role(head)
        if day and (not tail or self.source.dates(tail)):
            return Label(day, piece, value, False)
        beside = piece.column == 0 and len(head.split()) <= 4 and self.pieces.right(piece) is not None
        if beside and not tail and len(self.pieces.rows[piece.row]) == 2:
            # the sentence of the certificate set in two columns: ``granted to | X``, ``whose offices are at | Y``, ``for | Z``
            leads = [role for role in ("holder", "scope", "address", "body") if _is_lead(role).fullmatch(head.strip())]
            if leads:
                return Label(leads[0], piece, None, False, True)
        if colon or "/" in head or beside or piece.box is None:
            stems = table("certificate_labels")["stems"]
            found = [role for role in ("holder", "address", "scope", "body") if words(tuple(stems[role])).search(head)]
            if len(found) == 1 and (colon or len(head.split()) <= 6) and (not tail or not is_long_name(head)):
                return Label(found[0], piece, value, False)
        return None

    def values(self, label: Label, fits: Callable[[Piece], bool]) -> Iterator[Piece]:
        """The pieces a label may point at that can be its value, the likeliest first: beside, below, above."""
        pieces = self.pieces
        beside = pieces.right(label.piece)
        if beside and beside.start not in self.pure and fits(beside):
            yield beside
        found: list[tuple[float, Piece]] = []
        for lower in pieces.below(label.piece):
            other = self.pure.get(lower.start)
            if other and other.role != label.role:
                break
            if fits(lower):
                found.append((pieces.distance(label.piece, lower), lower))
                break
            if other is None and not is_translation(lower):
                break
        for upper in () if label.leads else pieces.above(label.piece):
            if upper.start in self.pure:
                break
            if fits(upper):
                beside_label = pieces.rows[upper.row][: upper.column]
                small = pieces.is_small(label.piece) and not pieces.is_small(upper)
                if not any(piece.start in self.pure for piece in beside_label):
                    found.append((pieces.distance(upper, label.piece) + (-1.0 if small else 0.35), upper))
            break
        yield from (piece for _, piece in sorted(found, key=lambda entry: entry[0]))


def is_translation(piece: Piece) -> bool:
    """Whether a line can be the label above it in a second language: short, no figures."""
    return len(piece.text) <= LONGEST_LABEL and not any(map(str.isdigit, piece.text))


def is_long_name(head: str) -> bool:
    """Whether words before a colon are a name that only looks like a label."""
    return len(head.split()) > 6 and is_name(head)


def _ends_listed(head: str, role: str) -> bool:
    """Whether words end in a listed label: the words before it only say which one, as in ``scope certificate number``."""
    return any(found == role and ends == len(head.rstrip()) and begins for found, begins, ends in listed_labels(head))


def _ends_with_number(head: str) -> bool:
    return bool(re.search(rf"(?:{_number().pattern})[\s.#)]*$", head))


@cache
def _stems(group: str, name: str) -> re.Pattern[str]:
    return words(tuple(table("certificate_places")[group][name]))


@cache
def _bare_number() -> re.Pattern[str]:
    """A word for a number and the code right behind it: ``Ref. IN/Q/23``."""
    return re.compile(
        rf"[\s(]*(?:{_number().pattern})[\s.]{{1,3}}(?=[a-z0-9./-]*\d[a-z0-9./-]*(?: [a-z0-9./-]*\d[a-z0-9./-]*){{0,3}}\s*\)?$)"
    )


def _number() -> re.Pattern[str]:
    return _stems("number", "stems")


def _others() -> re.Pattern[str]:
    return _stems("number", "others")


def is_of_others(folded: str) -> bool:
    """Whether words say that a code is no number of a certificate."""
    return bool(_others().search(folded))


_AGAIN = late(
    r"re-?certif|renew|resertif|sertifikasi ulang|tái chứng nhận|ต่ออายุ|再认证|再認證|更新|갱신|yeniden belgelen|yenile"
)
"""What makes of a first one the first of those that followed: ``first recertification``."""


def _day_role(label: str) -> str | None:
    """What a label of a day says the day is: ``none`` where it is one of no field."""
    if _AGAIN.search(label) and not _stems("days", "none").search(label) and not _stems("days", "expiry").search(label):
        return "issue"
    for role in ("none", "original", "start", "expiry", "issue"):
        if _stems("days", role).search(label):
            return "issue" if role == "start" else role
    return None


_VISIT = phrases("certificates", "surveillance")


def day_role(label: str) -> str | None:
    """What the words before a day say it is, by the one that stands nearest to it."""
    folded = fold(label)
    found = [
        (match.start(), match.end(), "issue" if role == "start" else role)
        for role in ("none", "original", "expiry", "start", "issue")
        for match in _stems("days", role).finditer(folded)
    ]
    found += [(match.start(), match.end(), "none") for match in _VISIT.finditer(folded)]
    if not found:
        return None
    begins, _, best = max(found, key=lambda entry: entry[1])
    if best == "issue":  # ``first granted``: the word before it says which issue
        best = next((role for _, end, role in found if role in ("none", "original") and 0 <= begins - end <= 2), best)
    return best


@cache
def ends_with(group: str, name: str = "leads") -> re.Pattern[str]:
    """Words that lead to what stands next, at the end of a line."""
    return re.compile(
        rf"(?:{words(with_toneless(table('certificate_places')[group][name])).pattern})(?: (?:the|a|an|its|their))?[\s:：,，;/]*$"
    )


@cache
def _is_lead(role: str) -> re.Pattern[str]:
    """Words that as a whole lead to a field."""
    return re.compile(
        rf"(?:and |which |to )?(?:{words(tuple(table('certificate_places')[role]['leads'])).pattern})(?: (?:the|a|an|its|their))?"
    )


@cache
def ends_sentence() -> re.Pattern[str]:
    """How a sentence goes on behind an address, anywhere in it; words that addresses have too are left out."""
    listed = table("certificate_places")["ends"]["begins"]
    kept = [
        word
        for word in listed
        if word not in ("the", "a", "an", "an", "is", "for", "with", "of", "có", "cho", "với") or len(word) > 4
    ]
    return re.compile(
        rf"[,;]?\s(?:{words(tuple(kept)).pattern}|trong lĩnh vực|về lĩnh vực|cho lĩnh vực|dalam bidang|for the)(?![^\W_])"
    )


@cache
def begins_with(group: str, name: str) -> re.Pattern[str]:
    """Words at the beginning of a line."""
    return re.compile(rf"[\s,，(（]*(?:{words(tuple(table('certificate_places')[group][name])).pattern})")


@cache
def stem_ahead(role: str) -> re.Pattern[str]:
    """Words of a label right before its value, without a sign between them: ``사업자명 동해스프링공업``."""
    stems = words(tuple(table("certificate_labels")["stems"][role])).pattern
    return re.compile(rf"(?:(?:{stems})\s?(?:และ|/|&|and |dan |và )?\s?){{1,3}}(?:(?<=\s)|[:：]\s*)(?=\S{{2}})")


def without_label(text: CertificateText, role: str, start: int, end: int) -> int:
    """Where the words of a field begin behind those of its label."""
    lead = stem_ahead(role).match(text.folded, start, end) or SITUATED.match(text.folded, start, end)
    return lead.end() if lead else start


SITUATED = late(
    r"[(（]?(?:(?:having|with) its [a-z ]{3,30} at|(?:yang )?(?:beralamat|berkedudukan|berlokasi) (?:di|pada)|(?:located|situated) (?:at|in)|at|"
    r"(?:có )?(?:địa chỉ|trụ sở) tại|ตั้งอยู่(?:เลขที่|ที่)?|เลขที่)\s+"
)

STREETS = (
    r"street|road|lane|avenue|industrial|park|jl\.|jalan|đường|kcn|ถนน|ตำบล|หมู่|จังหวัด|cad\.|mah\.|osb|stra(?:ß|ss)e\b|"
    + (r"\b(?:via|viale|rua|rue|calle|avenida|rodovia|carretera)\b")
)
"""Words of a street, an estate or a district in the languages of certificates, as alternatives of a pattern."""

TO_ADDRESS = late(
    r"\s?[,，;]\s?(?=(?:có )?(?:địa chỉ|trụ sở)|(?:yang )?beralamat|located|situated|having its|ที่อยู่|ตั้งอยู่|地址|adres)"
)
"""Where an address begins in the line of a name."""
