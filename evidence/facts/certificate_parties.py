"""Who holds a certificate and who issued it, weighed together: every name on the page is a candidate for both.

What speaks for a holder: its label, a sentence that leads to it, an address right below, large letters. What speaks for a
body: its label, that it certifies, letters at the head or under the signature, words of its trade in its name. The two best
that are not the same company are taken; where nothing but the form of a company speaks, nothing is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from evidence.data import table
from evidence.facts.certificate_joined import joined
from evidence.facts.certificate_marks import (
    SITUATED,
    STREETS,
    TO_ADDRESS,
    Label,
    Marks,
    Place,
    begins_with,
    ends_with,
    stem_ahead,
)
from evidence.facts.certificate_names import CUT, HONORIFIC, OFFICE, TITLE, is_company, is_name, plain
from evidence.facts.certificate_pieces import ALIGNED, SPACED, Piece, is_wide
from evidence.facts.certificate_running import before_accreditation, makes_something, says_system, whose_system
from evidence.facts.certificate_signs import MOTTO, is_accreditor
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.text import fold, late, phrases, words

LONGEST_NAME = 100
"""Letters of a line that holds a name."""

LEAST = 5.0
"""Points below which a name is not told: its form and its place at the head of the page alone are not enough."""

_WITHIN = late(
    r"(?<![^\W_])(?:(?:PT|CV)\.? (?:[A-Z][\w.&-]*[ ,]?){2,6}|[A-ZÇĞİÖŞÜÀ-Ỹ][\w.&'’-]*(?:,? (?:(?:&|and|ve|of|for|und) )?[A-ZÇĞİÖŞÜÀ-Ỹ(][\w.&'’()-]*){0,8}? "
    r"(?:(?:San|Tic)\. )*(?:Co\.?, ?Ltd\.?|(?:Limited|Anonim|LİMİTED|ANONİM) (?:Şirketi|ŞİRKETİ)|(?:Pvt|Pte)\.? Ltd\.?|(?:Private |Public Company )?Limited|Ltd\. ?Şti\.|A\.Ş\.|Sdn\. ?Bhd\.|Ltd\.?|Inc\.?|"
    r"Incorporated|Corporation|Corp\.|GmbH|AG|B\.V\.|S\.A\.S\.|SAS|S\.A\.|S\.p\.A\.|S\.r\.l\.|S\.R\.L\.|L\.L\.C\.|LLC|plc|AS)(?![^\W_])|"
    r"บริษัท .{2,60}?จำกัด(?: \(มหาชน\))?|[\u4e00-\u9fff（）()]{3,30}?(?:有限责任公司|股份有限公司|有限公司|研究院|中心)|"
    r"(?:\([주재사]\)|주식회사 )[가-힣]{2,20}|[가-힣]{2,20}(?: 주식회사|\(주\)|협회)|[가-힣]{0,12}(?:인증|품질|평가|보증|표준|심사|시험)[가-힣]{0,4}원)"
)
"""A company within a line, by the form that begins or ends its name."""

_FORMLESS = late(
    r"(?:協会|財団法人|機構|研究所|センター|(?:인증|품질|평가|보증|표준|심사|시험)[가-힣]{0,4}원(?![가-힣])|협회|认证中心|研究院|สถาบัน|^trung tâm|^viện|^lembaga|^institut)"
)
_PERSON = late(
    rf"^{HONORIFIC.pattern}|^[(（]?(?:นาย|นาง|ดร)|{OFFICE.pattern}|"
    r"(?<![^\W_])(?:representative|viện trưởng|ketua|pegawai|imza|seal|signed)(?![^\W_])|签发人|이사장|원장|ลงชื่อ|理事長|社長"
)
"""Whoever signs, and what stands beside a signature."""

_BRANCH = late(r"^\s?[-–,(]\s?[^,;:]{2,24} (?:branch|office|division)\)?")
"""Which part of a body certifies, behind its name."""

_LEADS_ON = late(r"(?:by|of|oleh|nama|pihak|adına|der|von|ในนาม|ออกโดย)\s?$")
"""How words end that lead to a body and are no part of its name."""

_BRACKET = late(r"\s*[(（]([^()（）]{2,12})[)）]$")
_OFFICE_BEHIND = late(
    r"(?<=\S\S\S)\s*(?:대표이사|이사장|원장|대표|代表取締役|理事長|取締役|董事长|总经理|總經理)(?:$|\s.*)"
)
"""Who signs, behind the name of the body."""


@dataclass
class Name:
    """A name on the page with what speaks for its being the holder's and the body's."""

    place: Place
    written: str
    piece: Piece
    holder: float = 0.0
    body: float = 0.0
    labelled: set[str] = field(default_factory=set)
    below: Piece | None = None
    """The second line of a name that is set over two."""

    @property
    def last(self) -> Piece:
        """The piece in which the name ends."""
        return self.below or self.piece

    @cached_property
    def plain(self) -> str:
        """Its folded letters and figures."""
        return plain(self.written)


class Parties:
    """The names of a certificate, weighed."""

    def __init__(self, marks: Marks) -> None:
        self.marks, self.pieces = marks, marks.pieces
        self.text = marks.pieces.text
        self.names = self._weighed()

    def best(self) -> tuple[Name | None, Name | None]:
        """The holder and the body."""
        found: tuple[float, Name | None, Name | None] = 0.0, None, None
        for holder in (None, *(name for name in self.names if name.holder >= LEAST)):
            for body in (None, *(name for name in self.names if name.body >= LEAST)):
                points = (holder.holder if holder else 0.0) + (body.body if body else 0.0)
                if points > found[0] and not (
                    holder and body and (holder.plain in body.plain or body.plain in holder.plain)
                ):
                    found = points, holder, body
        return found[1], found[2]

    def _weighed(self) -> list[Name]:
        whole = [
            Name((upper.start, lower.end), f"{upper.text} {lower.text}", upper, below=lower)
            for upper, lower in joined(self.marks)
        ]
        within = {piece.start for name in whole for piece in (name.piece, name.last)}
        names = [name for piece in self.pieces.all if piece.start not in within for name in self._names(piece)]
        names = [*whole, *names]
        written = self.text.folded.replace("\n", " ")
        for name in names:
            self._weigh(name)
            times = written.count(fold(name.written))
            if times > 1:
                name.body += min(times - 1, 2) * 1.0
        for full in names:  # the same name with the form of its company stands for the one without, as in a letterhead
            short = [name.body for name in names if name.plain != full.plain and full.plain.startswith(name.plain)]
            if short and _WITHIN.fullmatch(full.written):
                full.body = max(full.body, *short) + 0.5
        return names

    def _names(self, piece: Piece) -> Iterator[Name]:
        label = self.marks.label_of(piece)
        if label and label.value is None:
            return
        start, labelled = piece.start, set()
        if lead := stem_ahead("holder").match(self.text.folded, start, piece.end):
            start, labelled = lead.end(), {"holder"}
        if label and label.value is not None:
            if label.role not in ("holder", "body"):
                return
            start, labelled = label.value, {label.role}
        lead = begins_with("body", "leads").match(self.text.folded, start, piece.end)
        if lead and (_LEADS_ON.search(lead[0]) or self.text.folded[lead.end() : lead.end() + 2].strip()[:1] == ":"):
            start = lead.end()
        words_of = self.text.written[start : piece.end].strip().rstrip(":：")
        found = [match.span() for match in _WITHIN.finditer(words_of)]
        alone = self._alone(words_of)
        if alone and (not found or found[0][0] == 0 or labelled or len(words_of) <= found[-1][1] + 4):
            found = [(0, alone)]
        for first, last in found:
            name = words_of[first:last].rstrip(" ,，")
            start_of = self.text.written.find(name, start)
            if (
                is_name(name)
                and start_of >= 0
                and not is_accreditor(name)
                and not _PERSON.search(fold(name))
                and not MOTTO.match(fold(name))
            ):
                yield Name((start_of, start_of + len(name)), name, piece, labelled=set(labelled))

    def _alone(self, written: str) -> int:
        """Letters of a name that stands alone in a piece; 0 if what stands there is none."""
        folded = fold(written)
        cut = CUT.match(written)
        end = min(len(cut[0].rstrip()) if cut else len(written), before_accreditation(folded))
        if address := TO_ADDRESS.search(folded, 3):
            end = min(end, address.start())
        name, folded = written[:end], folded[:end]
        if SPACED.fullmatch(folded) or re.match(r"(?:we|kami|biz),? ", folded):
            return 0
        if not 3 <= len(name) <= LONGEST_NAME or sum(map(str.isdigit, name)) > 4 or STANDARD.search(folded):
            return 0
        if (
            re.search(r"[、。;；]|，.*，|\s[·•|]\s", name)
            or self.marks.source.dates(name)
            or says_system().search(folded)
            or _sentence().search(folded)
        ):
            return 0
        if TITLE.search(folded) and not is_company(name) and not _FORMLESS.search(folded):
            return 0
        if written[:1].islower() or (name.endswith((".", ":", "：", "。")) and not is_company(name)):
            return 0
        if (bracket := _BRACKET.search(name)) and is_accreditor(bracket[1]):
            return bracket.start()
        if office := _OFFICE_BEHIND.search(name):
            return office.start()
        return end

    def _weigh(self, name: Name) -> None:
        piece, folded = name.piece, fold(name.written)
        before, behind = self._before(name), self._behind(name)
        institute = bool(_FORMLESS.search(folded))
        form = is_company(name.written) or institute or _WITHIN.fullmatch(name.written) is not None
        alone = name.place[1] - name.place[0] >= len(piece.text) - 4
        trade = bool(_trade().search(folded))
        name.holder += (2.5 if form else 0.0) + (1.5 if alone else 0.0)
        name.body += (1.5 if form else 0.0) + (2.5 if trade else 0.0) + (2.0 if institute else 0.0)
        for role in name.labelled | self._pointed(piece):
            if not (form or (trade if role == "body" else self._listed(role, piece))):
                continue
            setattr(name, role, getattr(name, role) + 6.0)
            other = "body" if role == "holder" else "holder"
            setattr(name, other, getattr(name, other) - 4.0)
        if ends_with("holder").search(before):
            name.holder += 4.5
            name.body -= 3.0
        if ends_with("body").search(before):
            name.body += 5.0
            name.holder -= 4.0
        if begins_with("body", "certifies").match(behind):
            name.body += 5.0
            name.holder -= 5.0
        elif begins_with("ends", "begins").match(behind):
            name.holder += 1.0
        if whose_system().match(
            f"{behind} {below[0][0].folded if (below := self.pieces.rows[name.last.row + 1 :]) else ''}"
        ):
            name.holder += 4.0
            name.body -= 3.0
        if alone and self.address_below(name.last):
            name.holder += 2.0
        if piece.large:
            name.holder += 1.5
        if trade:
            name.holder -= 2.5
        if institute:
            name.holder -= 5.5
        if self.pieces.is_small(piece):
            name.holder -= 2.0
        self._by_place(name, alone, form)

    @cached_property
    def _standard_row(self) -> list[Piece] | None:
        return next((row for row in self.pieces.rows if STANDARD.search(row[0].folded)), None)

    @cached_property
    def _title_row(self) -> list[Piece] | None:
        rows = self.pieces.rows
        return next((row for row in rows if TITLE.search(row[0].folded) and not is_company(row[0].text)), None)

    def _by_place(self, name: Name, alone: bool, form: bool) -> None:
        standard, title, row = self._standard_row, self._title_row, name.piece.row
        if title and row < title[0].row and alone:
            name.body += 2.5
            name.holder -= 2.0
        if title and row == title[0].row + 1 and alone and form:
            name.body += 1.5
        if row >= len(self.pieces.rows) * 0.6:
            name.holder -= 2.0
            name.body += 1.5 if form and alone else 0.0
        if name.piece.page != self.pieces.rows[0][0].page:
            name.holder -= 4.0
            name.body -= 2.0
        if standard and row < standard[0].row and alone:
            name.holder += 1.0

    def _listed(self, role: str, piece: Piece) -> bool:
        """Whether a listed label points at a piece or stands in it: words such as ``name`` lead to people too."""
        return any(
            label.listed and label.role == role and piece.start in (label.piece.start, aim) for label, aim in self._aims
        )

    def _pointed(self, piece: Piece) -> set[str]:
        return {label.role for label, aim in self._aims if label.value is None and aim == piece.start}

    @cached_property
    def _aims(self) -> list[tuple[Label, int | None]]:
        """The labels of holder and body, and where the name begins that each points at."""
        found: list[tuple[Label, int | None]] = []
        for label in self.marks.labels:
            if label.role in ("holder", "body"):
                first = next(self.marks.values(label, lambda value: self._alone(value.text) > 0), None)
                found.append((label, first.start if first else None))
        return found

    def _before(self, name: Name) -> str:
        """The words right before a name: in its piece, else those of the piece to the left, else of the row above."""
        lead = self.text.folded[name.piece.start : name.place[0]]
        if lead.strip(" ,:：("):
            return lead
        row = self.pieces.rows[name.piece.row]
        if name.piece.column:
            return row[name.piece.column - 1].folded
        if own := name.piece.box:  # a side column may stand between two lines of this one
            for upper in self.pieces.above(name.piece, 3):
                if upper.box and min(own.x1, upper.box.x1) > max(own.x0, upper.box.x0) and not _is_sign(upper):
                    return upper.folded
        for above in (1, 2):
            if name.piece.row - above < 0:
                return ""
            last = self.pieces.rows[name.piece.row - above]
            if last[0].page != name.piece.page:
                return ""
            if not (above == 1 and _is_sign(last[-1])):
                return " ".join(piece.folded for piece in last)
        return ""

    def _behind(self, name: Name) -> str:
        rest = _BRANCH.sub("", self.text.folded[name.place[1] : name.last.end])
        if rest.strip(" .,;:)") or name.last.row + 1 >= len(self.pieces.rows):
            return rest
        return self.pieces.rows[name.last.row + 1][0].folded

    def address_below(self, piece: Piece) -> list[Piece]:
        """The lines of an address under a name, without its name in a second language or brackets."""
        found: list[Piece] = []
        rows = self.pieces.rows[piece.row + 1 : piece.row + 9]
        last = piece
        for row in rows:
            if found and is_wide(found[-1].text) and not is_wide(row[0].text):
                break  # the address in a second language
            line = next((one for one in row if _under(piece, one, found)), None)
            if (
                line is None
                or (line.column and line.column >= piece.column)
                or self.pieces.distance(last, line) > (1.9 if not found else 1.3)
            ):
                break
            last = line
            kind = self._kind_of_line(line)
            if kind == "skip" and not found:
                continue
            if kind != "address" or (found and _NEXT_SITE.match(line.folded)):
                break
            found.append(line)
        told = " ".join(line.text for line in found)
        return found if _ADDRESS.search(fold(told)) or told.count(",") >= 2 else []

    def _kind_of_line(self, line: Piece) -> str:
        folded, label = line.folded, self.marks.label_of(line)
        if SITUATED.match(folded):
            return "address"
        if label:
            return (
                "address" if label.role == "address" and label.value else "skip" if label.role == "address" else "end"
            )
        if _NO_ADDRESS.search(folded):
            return "skip"
        if (line.text[:1] in "(（" and line.text[-1:] in ")）") or (
            is_company(line.text) and not _ADDRESS.search(folded)
        ):
            return "skip"
        begins = begins_with("ends", "begins").match(folded)
        if STANDARD.search(folded) or says_system().search(folded) or self.marks.source.dates(line.text):
            return "end"
        if makes_something(folded) and not _ADDRESS.search(folded):
            return "end"
        if begins and not re.match(r"\s*(?:no|at)(?![^\W_])", folded) and not line.text[:1].isupper():
            return "end"
        if ends_with("scope").search(folded) or phrases("certificates", "certifies").search(folded):
            return "end"
        return "address"


_NEXT_SITE = late(r"[^\W\d_][^:：,，]{1,24}[:：]\s*\S")
"""A line under an address with a label of its own: the next site, or the address in another language."""

_NO_ADDRESS = late(
    r"social credit code|统一社会信用代码|统一代码|uscc|mã số thuế|npwp|vergi no|사업자등록|tax (?:id|code)|^\W*(?:head office|factory)[ /a-z]*$"
)
_ADDRESS = late(
    rf"{STREETS}|\d|estate|khu|phường|xã|huyện|tỉnh|kawasan|desa|อำเภอ|[路号號区區镇鎮省市县縣]|[시도군구]\s|sok\.|[都道府県町村]"
)


def looks_like_address(folded: str) -> bool:
    """Whether a line lists places and names a street, a number or a district."""
    return folded.count(",") >= 2 and _ADDRESS.search(folded) is not None


def _is_sign(piece: Piece) -> bool:
    return not any(map(str.isalnum, piece.text))


def _under(piece: Piece, line: Piece, found: list[Piece]) -> bool:
    if piece.box is None or line.box is None:
        return line.column == (piece.column if not found else found[-1].column)
    aligned = abs(piece.box.x0 - line.box.x0) <= 2 * ALIGNED or line.column == piece.column == 0
    middle = abs(piece.box.x0 + piece.box.x1 - line.box.x0 - line.box.x1) <= 4 * ALIGNED
    return aligned or middle


@cache
def _trade() -> re.Pattern[str]:
    data = table("certificate_places")["body"]
    return re.compile(f"{words(tuple(data['names'])).pattern}|{'|'.join(map(fold, data['glued']))}")


@cache
def _sentence() -> re.Pattern[str]:
    """A line that says something is no name."""
    return re.compile(
        rf"(?<![^\W_])(?:(?:has been|have been|the following|hereby|đã được|phù hợp|telah|dinyatakan|yang|dengan)(?![^\W_])|(?:is|are|was|this|these|we)\s(?=[a-z]))|"
        rf"{phrases('certificates', 'conforms').pattern}|ได้รับ|เป็นไปตาม|符合|建立|本证书|适合|合하|합니다|ます。|ました"
    )
