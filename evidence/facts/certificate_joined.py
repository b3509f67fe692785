"""Names that a house style sets over two lines: ``MERIDIAN ASSURANCE`` over ``& CERTIFICATION SERVICES PTY LTD``.

Two lines are one name where the second cannot stand for itself: it begins with ``&``, or has nothing but words of a trade
and the form of a company; where the first is nothing but such a form; or where the paper has both as one name elsewhere.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from evidence.data import table
from evidence.facts.certificate_marks import Marks
from evidence.facts.certificate_names import TITLE, is_company, is_name, plain
from evidence.facts.certificate_pieces import ALIGNED, Piece
from evidence.facts.certificate_running import says_system
from evidence.facts.certificate_standards import STANDARD
from evidence.facts.text import words

NEAR, ALIKE = 1.0, 0.45
"""Heights of a letter between two lines of one name, and how much lower one may be: boxes of letters are measured as they come."""

LEAST_PLAIN = 12
"""Letters of a name that a paper says once in two lines and once in one."""

_CONNECTS = re.compile(r"(?:&|and|ve|dan|và|und|et|e)\s")
_LEADS_ON = re.compile(r"\s(?:&|and|ve|dan|và|und)$|[^\W\d_]-$")
_FORM_ALONE = re.compile(
    r"(?:công ty(?: (?:cổ phần|tnhh|trách nhiệm hữu hạn|một thành viên|mtv|hai thành viên|cp))*|pt\.?|cv\.?|บริษัท|"
    r"(?:trung tâm|viện)(?: chứng nhận| đánh giá| giám định)*|lembaga sertifikasi|lembaga|balai|สถาบัน|주식회사|株式会社|有限会社|一般財団法人|一般社団法人|公益財団法人)"
)


def joined(marks: Marks) -> Iterator[tuple[Piece, Piece]]:
    """Pairs of lines that are one name."""
    written = plain(marks.pieces.text.written)
    for upper_row, lower_row in pairwise(marks.pieces.rows):
        for upper in upper_row:
            lower = next((piece for piece in lower_row if _fits(upper, piece)), None)
            if lower is None or not _can_be_names(marks, upper, lower):
                continue
            whole = plain(upper.text + lower.text)
            if len(whole) >= LEAST_PLAIN and written.count(whole) > 1:
                yield upper, lower
            elif marks.label_of(upper) or not ALIKE <= lower.height / upper.height <= 1 / ALIKE:
                continue
            elif (
                _CONNECTS.match(lower.folded)
                or _LEADS_ON.search(upper.folded)
                or _FORM_ALONE.fullmatch(upper.folded)
                or (_is_rest(lower.folded) and len(upper.text.split()) > 1 and not is_company(upper.text))
            ):
                yield upper, lower


def _fits(upper: Piece, lower: Piece) -> bool:
    """Whether a line stands right under another, in its column and as large as it, or nearly so."""
    if upper.page != lower.page or upper.box is None or lower.box is None or not upper.height:
        return False
    near = lower.box.y0 - upper.box.y1 <= NEAR * max(upper.height, lower.height)
    aligned = abs(upper.box.x0 - lower.box.x0) <= ALIGNED
    middle = abs(upper.box.x0 + upper.box.x1 - lower.box.x0 - lower.box.x1) <= 2 * ALIGNED
    return near and (aligned or middle)


def _can_be_names(marks: Marks, upper: Piece, lower: Piece) -> bool:
    for piece in (upper, lower):
        label = marks.label_of(piece)
        if (label and (piece is lower or label.value is not None)) or (
            piece.text.rstrip().endswith((".", ":", ",")) and not is_company(piece.text)
        ):
            return False
        if STANDARD.search(piece.folded) or says_system().search(piece.folded) or len(piece.text) > 70:
            return False
        if TITLE.search(piece.folded[-12:]) and not is_company(piece.text) and piece is lower:
            return False
        if sum(map(str.isdigit, piece.text)) > 1 or not is_name(piece.text):
            return False
    titled = TITLE.search(upper.folded)
    return not (titled and titled.end() - titled.start() >= len(upper.text) - 2) and not upper.text[:1].islower()


def _is_rest(folded: str) -> bool:
    """Whether a line is nothing but words of a trade and the form of a company: ``certifications pvt. ltd.``."""
    rest = _trade().sub(" ", _GENERIC.sub(" ", folded))
    return is_company(folded) and not any(map(str.isalpha, rest))


_GENERIC = re.compile(
    r"(?<![^\W_])(?:services?|international|group|global|systems?|holdings?|solutions?|asia|pacific|vietnam|indonesia|malaysia|thailand|india|"
    r"limited|ltd|inc|incorporated|llc|plc|gmbh|co|company|corporation|corp|pte|pvt|pty|private|public|sdn|bhd|ag|as|a\.ş|şti|b\.v|s\.a|"
    r"joint stock|hizmetleri|ve|and|of|dan|và|&)\.?(?![^\W_])"
)


@cache
def _trade() -> re.Pattern[str]:
    return re.compile(rf"{words(tuple(table('certificate_places')['body']['names'])).pattern}[^\W\d_]*")
