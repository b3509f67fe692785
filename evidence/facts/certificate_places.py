"""The fields of a certificate by place: what stands beside, below or above its label, under the name it belongs to, after the
words that lead to it.

Labels and sentences are read first (``certificates.py``); what is found here goes before it where a label points at it, and
fills what they left open.
"""

import re
from dataclasses import replace
from functools import cached_property

from evidence.facts.certificate_grid import of_grid
from evidence.facts.certificate_marks import (
    CODE,
    LIKELY,
    SURE,
    Label,
    Marks,
    Place,
    Value,
    begins_with,
    ends_sentence,
    ends_with,
    is_of_others,
    without_label,
)
from evidence.facts.certificate_names import TITLE, is_company
from evidence.facts.certificate_parties import Name, Parties, looks_like_address
from evidence.facts.certificate_pieces import SPACED, Piece, Pieces, is_wide
from evidence.facts.certificate_placed_days import PlacedDays
from evidence.facts.certificate_running import GOES_ON, makes_something, mentions_accreditation, says_system
from evidence.facts.certificate_signs import sign_of
from evidence.facts.certificate_sites import is_address
from evidence.facts.certificate_standards import NUMBERED, STANDARD
from evidence.facts.certificate_text import CertificateText, listed_labels
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases

LEAST_CODE, LONGEST_CODE = 4, 30
"""Letters and figures of the number of a certificate."""

_FOR = re.compile(r"(?:for (?:the (?:field|scope|activities) of )?|untuk |cho |bagi )")
_DASH = re.compile(r"[\s:–—-]*")
MOST_TOKENS, SHORTEST_SIGN = 5, 2
"""Words of a line in which a sign of an accreditation body stands for itself; signs of two letters are too common."""
_TITLED = re.compile(r"(?:[A-Z][a-z]{3,}\s)+(?=(?:[A-Z]{1,6}\s)?\S*\d)")
"""Words in running letters before a code: ``Certificate BD24/8183``."""

TELEPHONE = re.compile(r"\+\d[\d ()-]{7,}|0\d{2,4}(?:[ -]\d{3,4}){2}|0\d{4}[ -]\d{6}")
"""A number that can be called, of which the first group is longer than the two figures that numbers of certificates begin with."""

MOST_AROUND = 4
"""Letters around a code that stands alone: ``제 … 호``."""

MOST_RUNNING = 4
"""Lines of a sentence within which an address ends."""

LEAST_SCOPE, LONGEST_HEAD = 6, 32
"""Letters of a scope, and of the label in a cell before it."""


class Places:
    """The fields of a certificate by place."""

    def __init__(self, source: Source, text: CertificateText) -> None:
        self.source, self.text = source, text
        self.pieces = Pieces(source.document, text)
        self.marks = Marks(source, self.pieces)
        self.parties = Parties(self.marks)
        self.days = PlacedDays(self.marks)

    @cached_property
    def _best(self) -> tuple[Name | None, Name | None]:
        return self.parties.best()

    def fields(self) -> dict[str, Value]:
        """Every field that was found."""
        holder, body = self._best
        found = {
            "holder": _of_name(holder, holder.holder if holder else 0),
            "body": _of_name(body, body.body if body else 0),
            "number": self.number(),
            "address": self.address(holder),
            "scope": self.scope(holder, body),
        }
        told = {role: value for role, value in found.items() if value} | self.days.fields()
        told |= of_grid(
            self.pieces,
            self.marks.label_of,
            lambda words: [day.value for day in self.days.within(words)],
            lambda piece: self._code(piece.start, piece.end),
        )
        if any(piece.box for piece in self.pieces.all):
            return told
        # a paper without places, as office files are: only the order of its lines speaks
        return {role: replace(value, confidence=min(value.confidence, LIKELY)) for role, value in told.items()}

    # --- number

    def number(self) -> Value | None:
        """A code at which a label points; else the only code that stands alone."""
        for label in self.marks.labels:
            if label.role != "number" or is_of_others(label.piece.folded[: self._head(label)]):
                continue
            if label.value is not None:
                if place := self._code(label.value, label.piece.end):
                    return self._value(place, SURE)
                continue
            for piece in self.marks.values(label, lambda piece: self._code(piece.start, piece.end) is not None):
                if place := self._code(piece.start, piece.end):
                    return self._value(place, SURE)
        alone = [
            place
            for piece in self.pieces.all
            if self.marks.label_of(piece) is None
            and (place := self._code(piece.start, piece.end))
            and place[1] - place[0] >= len(piece.text) - MOST_AROUND
            and sum(map(str.isdigit, piece.text)) >= 3
            and not self._of_others(piece)
        ]
        codes = {self.text.written[slice(*place)] for place in alone}
        return self._value(alone[0], LIKELY) if len(codes) == 1 else None

    def _head(self, label: Label) -> int:
        return (label.value if label.value is not None else label.piece.end) - label.piece.start

    def _of_others(self, piece: Piece) -> bool:
        row = " ".join(one.folded for one in self.pieces.rows[piece.row])
        around = [*self.pieces.above(piece, 1), *self.pieces.below(piece, 1)]
        near = " ".join((row, *(one.folded for one in around)))
        return mentions_accreditation(near) or is_of_others(row)

    def _code(self, start: int, end: int) -> Place | None:
        if standard := STANDARD.match(self.text.folded, start, end):
            start = standard.end() + len(_DASH.match(self.text.written, standard.end(), end)[0])  # type: ignore[index]
        for role, begins, ends in listed_labels(self.text.folded[start:end]):
            if role == "number" and begins == 0:
                start += ends + len(_DASH.match(self.text.written[start + ends : end].replace(".", " "))[0])  # type: ignore[index]
            break
        written = self.text.written[start:end]
        if numbered := re.match(r"[제第]\s?(?=[A-Z\d])", written):
            start, written = start + numbered.end(), written[numbered.end() :]
        if titled := _TITLED.match(written):
            start, written = start + titled.end(), written[titled.end() :]
        lead = re.match(r"(?:No|Nr|N[°º]?|№|Số)\.?\s*[:：]?\s+(?=\S)", written)
        start += lead.end() if lead else 0
        match = CODE.match(self.text.written, start, end)
        if match is None or self.text.doubtful(match[0]):
            return None
        kept = re.sub(r"\s?[호号號]$", "", match[0]).rstrip(" .-/")

        kept = re.split(r"\s(?=[A-ZÀ-Ỹ]?[a-zà-ỹ]{2,})", kept)[0]
        figures = sum(map(str.isdigit, kept))
        days = self.source.dates(self.text.written[start:end])
        if figures < 2 or not sum(map(str.isalnum, kept)) >= LEAST_CODE or len(kept) > LONGEST_CODE:
            return None
        if (days and days[0].start < len(kept)) or NUMBERED.search(fold(kept)) or re.match(r"iso\b", fold(kept)):
            return None
        if TELEPHONE.fullmatch(kept):
            return None
        return start, start + len(kept)

    # --- accreditation

    def accreditation(self) -> tuple[int, int, str] | None:
        """A short sign of an accreditation body that stands for itself, with no more than a number: ``NSC QMS 007``."""
        for piece in self.pieces.all:
            tokens = list(re.finditer(r"[^\s\-_]+", piece.text))
            # Behind a label it belongs to that: a number of a document may begin so.
            alone = len(tokens) <= MOST_TOKENS and ":" not in piece.folded
            for token in tokens if alone else ():
                sign = token[0] if token.start() else token[0].rstrip(",;，；")  # SAS behind a name is its form
                identity = sign_of(sign) if len(sign) > SHORTEST_SIGN else None
                if identity:
                    return piece.start + token.start(), piece.start + token.end(), identity
        return None

    # --- address

    def address(self, holder: Name | None) -> Value | None:
        """What stands under the holder, or at which a label of an address points."""
        if holder:
            tail = self.text.written[holder.place[1] : holder.last.end].strip(" ,，;")
            if tail and (running := self._running_address(holder)):
                return running
            lines = self.parties.address_below(holder.last) if not tail else []
            if lines:
                first = self.marks.label_of(lines[0])
                begin = first.value if first and first.value is not None else lines[0].start
                begin = without_label(self.text, "address", begin, lines[0].end)

                texts = [
                    self.text.written[begin : lines[0].end],
                    *(line.text for line in lines[1:] if not self.marks.label_of(line)),
                ]
                return Value(begin, lines[0].end, _joined(texts), SURE)
        for label in self.marks.labels:
            if label.role == "address" and label.value is None:
                piece = next(self.marks.values(label, _is_address), None)
                if piece:
                    sure = label.listed or self.pieces.right(label.piece) is piece
                    begin = without_label(self.text, "address", piece.start, piece.end)
                    return self._lines(piece, begin, SURE if sure else LIKELY)

        return None

    def _running_address(self, holder: Name) -> Value | None:
        """The address behind the holder in one sentence that runs over lines: ``..., địa chỉ: Lô 9, ...``."""
        rest = self.text.folded[holder.place[1] : holder.last.end]
        gap = len(rest) - len(rest.lstrip(" ,，;"))
        start = without_label(self.text, "address", holder.place[1] + gap, holder.last.end)
        if start == holder.place[1] + gap:
            return None
        said = self.text.written[start : holder.last.end]
        last = holder.last
        for row in self.pieces.rows[holder.last.row + 1 : holder.last.row + MOST_RUNNING]:
            if len(row) > 1 or row[0].page != last.page or self.pieces.distance(last, row[0]) > 1:
                break
            last = row[0]
            said = f"{said} {last.text}"
        folded = fold(said)
        standard = STANDARD.search(folded)
        stops = [match.start() for match in ends_sentence().finditer(folded) if match.start() >= LEAST_SCOPE]
        cut = said[: min([*stops[:1], standard.start() if standard else len(said), len(said)])].rstrip(" ,，;.")
        if not is_address(fold(cut)):
            return None
        return Value(start, min(holder.last.end, start + len(cut)), cut, SURE)

    def _lines(self, piece: Piece, start: int, confidence: float, scope: bool = False) -> Value:
        texts, last = [self.text.written[start : piece.end]], piece
        for line in self.pieces.follow(piece):
            code = self._code(line.start, line.end)
            if (
                self.marks.label_of(line)
                or not self._goes_on(line)
                or (code and code[1] - code[0] > len(line.text) / 2)
            ):
                break
            if scope and (_ENDS_SCOPE.match(line.folded) or GOES_ON.match(line.folded)):
                break
            if scope and not self._runs_on(last, line):
                break
            if scope and _other_tongue(texts[-1], line.text):
                break
            last = line

            if (is_wide(piece.text) and not is_wide(line.text)) or (
                _MARKED.search(piece.text) and not _LETTERS.search(line.text)
            ):
                break  # the same in a second language
            texts.append(line.text)
        return Value(start, piece.end, _joined(texts), confidence)

    def _runs_on(self, last: Piece, line: Piece) -> bool:
        """Whether a sentence set over lines runs on: its first word below had no room above."""
        if (
            line.text[:1].islower()
            or last.text.rstrip().endswith((",", ";", "&", "-", "、", "，", "；"))
            or last.box is None
            or line.box is None
        ):
            return True
        wide = (line.box.x1 - line.box.x0) / max(1, len(line.text))
        first = 1 if is_wide(line.text) else len(line.text.split(" ")[0]) + 1
        left, right = min(last.box.x0, line.box.x0), max(last.box.x1, line.box.x1)
        return (right - left) - (last.box.x1 - last.box.x0) < first * wide

    def _goes_on(self, line: Piece) -> bool:
        folded = line.folded
        return not (
            STANDARD.search(folded)
            or self.days.within(line.text)
            or (begins_with("ends", "begins").match(folded) and not line.text[:1].islower())
            or says_system().search(folded)
            or (line.text[:1] in "(（" and line.text[-1:] in ")）")
            or re.match(r"(?:ea|iaf|nace|naics)(?: code)?\s?[:：\d]", folded)
        )

    # --- scope

    def scope(self, holder: Name | None, body: Name | None) -> Value | None:
        """What a label of the scope points at, what stands after the words that lead to it, else the lines that name a trade."""
        for label in self.marks.labels:
            if label.role == "scope" and label.value is not None and SPACED.match(label.piece.folded):
                return self._lines(label.piece, label.value, SURE, scope=True)
            if label.role != "scope" or label.value is not None:
                continue
            if piece := next(self.marks.values(label, self._can_be_scope), None):
                return self._lines(piece, piece.start, SURE, scope=True)
        for label in self.marks.labels:
            value = self.pieces.right(label.piece) if label.role == "unknown" else None
            if value and makes_something(value.folded) and self._can_be_scope(value):
                return self._lines(value, value.start, SURE, scope=True)
        for row, below in zip(self.pieces.rows, self.pieces.rows[1:], strict=False):
            first = below[0]
            if (
                ends_with("scope").search(row[-1].folded)
                and self._can_be_scope(first)
                and len(row[-1].text) > len("scope")
            ) and (makes_something(first.folded) or row[-1].text.rstrip().endswith((":", "："))):
                return self._lines(first, first.start, SURE - 0.1, scope=True)
        names = {name.piece.start for name in (holder, body) if name}
        for row in self.pieces.rows:
            piece = row[-1]
            if (
                (len(row) == 1 or self._is_field(row))
                and piece.start not in names
                and makes_something(piece.folded)
                and self._stands_alone(piece)
            ):
                lead = _FOR.match(piece.folded)
                return self._lines(piece, piece.start + (lead.end() if lead else 0), LIKELY, scope=True)
        return None

    def _stands_alone(self, piece: Piece) -> bool:
        """Whether a line can be a scope that nothing leads to: no sentence, no name, no small print."""
        above = self.pieces.rows[piece.row - 1][-1].text.rstrip() if piece.row else "."
        goes_on = piece.text[:1].islower() and above[-1:].isalpha()  # the middle of a sentence
        return (
            self._can_be_scope(piece)
            and not goes_on
            and self.marks.label_of(piece) is None
            and not is_company(piece.text)
            and not looks_like_address(piece.folded)
            and not self.pieces.is_small(piece)
            and not piece.text.rstrip().endswith((":", "："))
            and len(piece.text) >= LEAST_SCOPE * 2
            and not piece.folded.startswith(("this ", "the validity"))
        )

    def _is_field(self, row: list[Piece]) -> bool:
        """Whether a row is a label in words that nobody has listed and what it says: ``Business certified | Casting of pipes``."""
        head = row[0]
        named = len(head.text) <= LONGEST_HEAD and not any(map(str.isdigit, head.text)) and not is_company(head.text)
        return len(row) == len((head, row[-1])) and named and self.marks.label_of(head) is None

    def _can_be_scope(self, piece: Piece) -> bool:
        folded = piece.folded
        return (
            len(piece.text) >= LEAST_SCOPE
            and piece.start not in self.marks.pure
            and not STANDARD.search(folded)
            and not self.days.within(piece.text)
            and not says_system().search(folded)
            and not _VISITS.match(folded)
            and self._code(piece.start, piece.end) is None
            and not (TITLE.search(folded) and not makes_something(folded))
            and not mentions_accreditation(folded)
            and (makes_something(folded) or not looks_like_address(folded))
        )

    def _value(self, place: Place, confidence: float) -> Value:
        return Value(*place, " ".join(self.text.written[slice(*place)].split()), confidence)


_VISITS = phrases("certificates", "surveillance")
_ENDS_SCOPE = re.compile(
    r"(?:kapsami(?:nda|yla|ndaki)|konusunda|konularinda|alaninda|faaliyetlerinde|faaliyetleri ile ilgili)(?![^\W_])"
)
"""What ends a scope at the beginning of the line below it, in folded letters."""


_TONGUES = (
    re.compile(r"(?<![^\W_])(?:and|of|for|the|with)(?![^\W_])"),
    re.compile(r"(?<![^\W_])(?:dan|untuk|dengan|serta|bagi|và|của|cho|bằng|ve|için|ile)(?![^\W_])"),
)
"""Small words of English, and of the other tongues served that are written in its letters."""


def _other_tongue(above: str, line: str) -> bool:
    """Whether a line begins anew in another language than the one above it."""
    if not line[:1].isupper():
        return False
    spoken = [[bool(tongue.search(fold(text))) for tongue in _TONGUES] for text in (above, line)]
    return spoken[0] != spoken[1] and all(sum(one) == 1 for one in spoken)


_MARKED = re.compile(r"(?:[\u00c0-\u024f\u1ea0-\u1ef9][^\n]*){6}")
_LETTERS = re.compile(r"[^\x00-\x7f]|^.{0,24}$")
"""A line full of Vietnamese or Turkish letters, and one that has any or is too short to have: another language begins without."""


def _of_name(name: Name | None, points: float) -> Value | None:
    if name is None:
        return None
    return Value(*name.place, " ".join(name.written.split()), SURE if points >= 8 else LIKELY)


def _joined(texts: list[str]) -> str:
    """Lines as one value: with a comma where the line ends a part of an address, with a blank or nothing else."""
    made = texts[0].strip()
    for text in texts[1:]:
        made = made.rstrip() + ("" if made.endswith(("-",)) and not made.endswith(" -") else " ") + text.strip()
    return " ".join(made.split())


def _is_address(piece: Piece) -> bool:
    return len(piece.text) > 12 or piece.text.count(",") >= 2
