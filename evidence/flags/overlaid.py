"""Words typed over a page that is a picture: what the file itself says where the scan says otherwise, or nothing."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite
from evidence.facts.text import fold, late, phrases
from evidence.flags.authenticity import letters_of
from evidence.flags.registry import Finding, name_of, rule
from evidence.lots import is_lot
from evidence.model import Citation, DocumentReport, Passage
from evidence.tested import tests_in

LEAST_SCANNED = 60
"""Letters of the scan below which a page is not mainly a scanned text."""


@rule("text_over_scan")
def text_over_scan(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A page that is mainly a picture, read by OCR, with a few typed words of the file's own over it that are matter of the
    record and that no line of the scan says so.
    """
    for document in bundle.read:
        for part in sorted({passage.part for passage in document.passages if passage.source == "ocr"}):
            passages = [p for p in document.passages if p.part == part and not p.hidden]
            scan = "\n".join(p.text for p in passages if p.source == "ocr")
            typed = [p for p in passages if p.source == "text"]
            amount = sum(len(p.text) for p in typed)
            if not typed or letters_of(scan) < LEAST_SCANNED or amount * 2 > letters_of(scan):
                continue
            shown = _Scan(scan)
            laid = next((p for p in typed if _is_laid_over(document, p, shown)), None)
            if laid is not None:
                beside = _beside(document, [p for p in passages if p.source == "ocr"], laid)
                words = {"name": name_of(document.path), "text": _in_short(laid.text)}
                yield Finding(
                    {**words, "scan": f"; the scan itself reads '{_in_short(beside.quote)}'" if beside else ""},
                    (cite(document, laid), beside),
                )
                break


def _in_short(text: str) -> str:
    return " ".join(text.split())[:80].rstrip()


def _beside(document: DocumentReport, scanned: list[Passage], typed: Passage) -> Citation | None:
    """The line of the scan that tells of what typed words tell of, for whoever compares the two: the one that has most of their
    figures and words, or the one that refuses where they are a verdict alone. None where no line has any.
    """
    told, found, most = fold(typed.text), None, 0
    named = _said(_VERDICT.sub(" ", told))
    for passage in scanned:
        begin = 0
        for line in passage.text.splitlines(keepends=True):
            own, likeness = fold(line), 0
            if named & _said(own):
                likeness = sum(map(len, _said(told) & _said(own)))
            elif not named and _refuses([own]):
                likeness = 1
            if likeness > most:
                found, most = cite(document, passage, line.rstrip(), begin), likeness
            begin += len(line)
    return found


def _said(line: str) -> frozenset[str]:
    """The figures and words of a line, as they compare."""
    return _figures(line) | frozenset(_WORD.findall(line))


class _Scan:
    """What a scan says, line by line: a row of a table is a line."""

    def __init__(self, text: str) -> None:
        self.text = fold(text)
        self.lines = [(line, _figures(line)) for line in self.text.splitlines()]
        self.figures = {figure for _, figures in self.lines for figure in figures}
        self.sentences = [line for line, _ in self.lines if line.count("|") < LEAST_CELLS - 1]
        self.words = frozenset(_WORD.findall(self.text))
        self.signs = re.sub(r"[\W_]+", "", self.text)


def _is_laid_over(document: DocumentReport, typed: Passage, scan: _Scan) -> bool:
    """Whether typed words are matter of the record that the scan does not show so: a value, a verdict, a day of what was done, the
    lot it is to stand for. What offices lay over scans every day is none: numbers of pages, copies and files, stamps of receipt.
    """
    told = fold(typed.text)
    if _OF_AN_OFFICE.search(told) or _OF_A_RECEIPT.search(told):
        return False
    return _names_the_goods(document, typed, scan) or any(_is_matter(line, scan) for line in told.splitlines())


_OF_AN_OFFICE = phrases("papers_flags", "laid_by_offices")
_OF_A_RECEIPT = phrases("traceability_flags", "incoming")
"""Words of whoever received the paper with its goods."""


def _is_matter(told: str, scan: _Scan) -> bool:
    """Whether a typed line says what no line of the scan says: figures that are passed, have the unit or the name of what the scan
    tells of, or go on its readings; a verdict where the scan refuses; or that something is corrected.
    """
    told = _OF_A_FAX.sub(r"\1 ", told)
    figures = _figures(told)
    passed = bool(_VERDICT.search(told)) and not _REFUSED.search(told)
    if _ANEW.search(told) and (passed or figures):
        return True
    if so := _so(told, figures, scan, passed):
        whole = not figures or all(line in scan.sentences for line in so)
        return passed and (
            _refuses(so)
            or (whole and _refuses(scan.sentences))
            or _is_missing(told, scan, so if all("|" in line for line in so) else [])
        )
    if passed and any(not _DAY.fullmatch(figure) for figure in figures):
        return True
    if _is_of_a_row(told, scan):
        return True
    new = figures - scan.figures
    if new and _is_of_another_test(told, scan):
        return True
    decimals = sum(bool(_DECIMAL.fullmatch(figure)) for figure in new)
    return bool(new) and (
        (decimals > 0 and decimals + sum(bool(_DAY.fullmatch(figure)) for figure in new) >= LEAST_VALUES)
        or _is_measured(told, new, scan)
        or _is_named(told, new, scan)
        or _goes_on(told, scan)
    )


def _so(told: str, figures: frozenset[str], scan: _Scan, passed: bool) -> list[str]:
    """The lines of the scan that say the figures of a typed line: of what is passed by its name, those that bear the name."""
    named = [word for word in _WORD.findall(_VERDICT.sub(" ", told)) if passed and word in scan.words]
    of_it = [(line, known) for line, known in scan.lines if known and named and all(word in line for word in named)]
    return [line for line, known in of_it or scan.lines if figures <= known]


def _is_of_another_test(told: str, scan: _Scan) -> bool:
    """Whether a typed line gives a test of which the scan tells nothing, with its figure behind it: ``colour fastness to washing 4-5``."""
    known = tests_in(scan.text)
    behind = (told[end:] for test, end in tests_in(told).items() if test not in known)
    between = (match[1] for text in behind if (match := _RESULT.match(text)))
    return any(not _OF_NOTHING.search(words) for words in between)


_RESULT = re.compile(r"([^\d|,;]{1,30})\d")


def _is_of_a_row(told: str, scan: _Scan) -> bool:
    """Whether a typed line is the head of a row of the scan and a figure that the row does not hold."""
    for line, known in scan.lines:
        head, bar, _ = line.partition("|")
        head = head.strip()
        if bar and len(head) > 1 and told.startswith(head) and (value := _VALUE.fullmatch(told[len(head) :])):
            return not _figures(value[1]) <= known
    return False


_WORD = re.compile(r"[^\W\d_]{2,40}")
_VALUE = re.compile(r"[ :=]{1,3}([+-]?\d{1,5}(?:[.,]\d{1,4})?) ?(?:[^\W\d_]{1,4}|%)?\W{0,2}")


def _refuses(lines: list[str]) -> bool:
    """Whether lines refuse something and pass nothing, once what they refuse is left out: *不合格* holds *合格*."""
    return any(_REFUSED.search(_COUNTED.sub(" ", line)) for line in lines) and not any(
        _VERDICT.search(_REFUSED.sub(" ", line)) for line in lines
    )


def _is_missing(told: str, scan: _Scan, rows: list[str]) -> bool:
    """Whether a typed line is the verdict, called so or behind what ``rows`` of the scan count, of readings of which the scan tells none."""
    figures = _figures(told)
    counted = bool(figures and rows) and any(word in scan.words for word in _WORD.findall(_VERDICT.sub(" ", told)))
    called = not figures and _CALLED.search(told) is not None
    return (called or counted) and len(scan.figures) >= LEAST_RUN and not _VERDICT.search(scan.text)


_CALLED = phrases("accepted_counts", "verdict")

_VERDICT = phrases("readings_flags", "judged")
"""Words by which a result is passed: typed beside a figure they are a result, whatever its unit."""

_REFUSED = phrases("denied", "bad_verdict")
_COUNTED = late(r"[^\W\d_]{2,40}[ :|]{1,3}\d")
"""A word with how many there were of it: *rejected: 0*."""

_ANEW = phrases("papers_flags", "written_anew")

LEAST_VALUES = 2
"""Figures with decimals, and a day beside them, that the scan does not have, from which they are results whatever they are called."""

_OF_A_FAX = re.compile(
    r"(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),? \d{1,2}[.:]\d\d(?:[.:]\d\d)?(?![\w.,])|\+\d{1,3}[ -]\(?\d[\d() -]{5,16}"
)
"""The hour behind a day, and the number of a telephone."""


def _figures(line: str) -> frozenset[str]:
    """The numbers, days and codes of a line, as they compare whatever OCR makes of their signs; numbers of editions are none."""
    found = (match[0].strip(".,:;/-+()'") for match in _FIGURE.finditer(_EDITION.sub(" ", line)))
    return frozenset(_UNIT_BEHIND.sub("", figure).replace(",", ".").translate(_CONFUSED) for figure in found)


_FIGURE = re.compile(r"[a-z]{0,6}[-./]?\d[a-z\d.,/:-]{0,30}|\d")
_UNIT_BEHIND = re.compile(r"(?<=\d)[a-z]{1,4}$")
_CONFUSED = str.maketrans("oilsb", "01158")
_EDITION = late(
    r"(?<![^\W\d_])(?:rev|ver|version|v|ed|edition|issue|form|iso|clause|版|판|ฉบับ|phiên bản|lần)(?![^\W\d_])\W{0,3}[\d.:-]{1,12}"
)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d")
_DECIMAL = re.compile(r"\d{1,5}\.\d{1,4}")


def _is_measured(told: str, new: frozenset[str], scan: _Scan) -> bool:
    """Whether a new figure has the unit of a test, or the one that figures of the scan have. Weights and lengths of what is delivered
    are written by whoever received it, where the scan has none.
    """
    units = {unit for value, unit in _MEASURED.findall(told) if _figures(value) & new}
    if any(_OF_A_TEST.fullmatch(unit) for unit in units):
        return True
    return any(re.search(rf"\d ?{re.escape(unit)}(?![^\W_])", scan.text) for unit in units)


_MEASURED = late(
    r"(?<![\w.,/-])(\d{1,5}(?:[.,]\d{1,4})?) ?(%|(?:°|℃|[^\W\d_]){1,6}(?:/(?:[^\W\d_]){1,3}[23²³]?)?)(?![^\W_])"
)
_OF_A_TEST = late(
    r"%|[mkg]?pa|[mk]?n|n/mm[2²]?|j|kj/m2|bhn|hbn|hbw?|hr[abc]|hv|shore|bar|psi|°[cf]?|℃"
    r"|mm|[µμ]m|microns?|mikron|m?g/(?:l|kg|m2|m²)|pp[mb]|[mk]?v|m?a|[kmµ]?ω|k?ohms?|[km]?hz|db|rpm|cst|ntu|cfu|cfu/g|gsm|kgf|nm|l/h|ml"
)
"""Units in which things are tested."""


def _is_named(told: str, new: frozenset[str], scan: _Scan) -> bool:
    """Whether a new figure stands right behind a word that the scan has too, as a unit or as what it tells of: what is called so there
    has no such figure. A name in the field of a form is what nothing is told of.
    """
    for match in _NAMED.finditer(_OF_NOTHING.sub(" ", told)):
        signed = _DAY.search(match[2]) and _OF_SIGNING.fullmatch(match[1])
        if not signed and _figures(match[2]) & new and _tells_of(match[1], scan):
            return True
    return False


def _tells_of(word: str, scan: _Scan) -> bool:
    least = LEAST_LETTERS if word.isascii() and not _OF_A_TEST.fullmatch(word) else LEAST_SIGNS
    if len(word) < least:
        return False
    same = re.compile(rf"(?<![^\W\d_]){re.escape(word)}")
    return any(
        line.count("|") != 1 or figures or same.search(line.partition("|")[0])
        for line, figures in scan.lines
        if same.search(line)
    )


_NAMED = late(r"([^\W\d_]{2,40})[\W_]{1,4}([a-z]{0,4}-?\d[\w.,/-]{0,20})")
_OF_SIGNING = phrases("paper_days", "signed_by")
_OF_NOTHING = phrases("papers_flags", "names_no_figure")
"""Words that stand before any number or day, as *no.* and *date*."""

LEAST_LETTERS, LEAST_SIGNS = 4, 2
"""Letters of a word before a figure that names what was read, in plain Latin letters and in others."""


def _goes_on(told: str, scan: _Scan) -> bool:
    """Whether a typed line ends in one figure that goes on a run of readings of the scan: of as many decimals, among them or near,
    and none of them.
    """
    last = _LAST.search(_EDITION.sub(" ", told))
    if last is None:
        return False
    decimals = len(re.split("[.,]", last[1])[1])
    run = [
        float(one.replace(",", "."))
        for one in _DECIMALS.findall(scan.text)
        if len(re.split("[.,]", one)[1]) == decimals
    ]
    value, room = float(last[1].replace(",", ".")), max(run, default=0.0) - min(run, default=0.0)
    if len(run) < LEAST_RUN or value in run or not 0 < max(run) < MOST_APART * min(run):
        return False
    return min(run) - room <= value <= max(run) + room


_LAST = re.compile(r"(?<![\d.,/-])(\d{1,5}[.,]\d{1,4})\s*$")
_DECIMALS = re.compile(r"(?<![\w.,/-])\d{1,5}[.,]\d{1,4}(?![\w/-]|[.,]\d)")
LEAST_CELLS = 3
"""Cells of a line from which it is the row of a table and no sentence or field."""

LEAST_RUN = 3
"""Readings of the scan that one typed figure can go on."""

MOST_APART = 2
"""Times the least of them that the largest may be, to be readings of one thing."""


def _names_the_goods(document: DocumentReport, typed: Passage, scan: _Scan) -> bool:
    """Whether typed words give the lot or the product for which the scan, which names none of that kind or another, is to stand. Who
    types a field for the lot, its label and a day with it, lays it over the one that the scan has, whatever that tells now.
    """
    known = "" if _is_field_of_lot(document, typed) else scan.signs
    return any(
        fact.passage == typed.id
        and (is_lot(fact) or fact.role == "part")
        and re.sub(r"[\W_]+", "", fold(fact.value)) not in known
        for fact in document.facts
    )


def _is_field_of_lot(document: DocumentReport, typed: Passage) -> bool:
    """Whether typed words are the fields of a lot and of a day, with their labels, and nothing else."""
    told = [fact.quote for fact in document.facts if fact.passage == typed.id and (is_lot(fact) or fact.kind == "date")]
    dated = any(fact.kind == "date" and fact.passage == typed.id for fact in document.facts)
    rest = typed.text
    for quote in told:
        rest = rest.replace(quote, " ", 1)
    return dated and len(set(told)) > 1 and not any(map(str.isdigit, rest)) and any(map(str.isalpha, rest))
