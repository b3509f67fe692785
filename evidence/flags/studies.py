"""Studies of gauges and of processes, judged against the figure that they found: a gauge error of 44 % said to be suitable."""

import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.case_heads import ticked
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.flags.row_verdicts import is_verdict
from evidence.flags.told_tables import sentences
from evidence.flags.trends import AHEAD, NOT
from evidence.model import DocumentReport, Passage
from evidence.titles import records_nothing

_REACTION, _SPREAD = phrases("readings_flags", "reaction"), phrases("readings_flags", "spread")

_WORST_GAUGE = 30.0
"""Percent of gauge repeatability and reproducibility above which a gauge is not acceptable (AIAG, Measurement Systems
Analysis).
"""


_ACCEPTED, _REFUSED = (phrases("readings_flags", name) for name in ("accepted", "refused"))
_NORM = late(r"[^\n.;。；]*\d ?%[^\n.;。；]*\d ?%[^\n.;。；]*|[^\n.;。；%]*% ?\d[^\n.;。；%]*% ?\d[^\n.;。；]*")
"""A line that tells from which percentage on what is accepted is the norm, no verdict."""

_SCALE = late(
    r"(?:(?<=[.。\n])|^)[^\d\n.。]{0,60}(?<!\d)(?<!\d[.,])10(?![\d.,]*\d)(?:[^\d\n.。]{1,60}(?<!\d)(?<!\d[.,])(?:10|30)(?![\d.,]*\d)){0,2}"
    r"[^\d\n.。]{1,60}(?<!\d)(?<!\d[.,])30(?![\d.,]*\d)[^\d\n.。]{0,60}"
)
"""A sentence with the figures of the scale alone, in whatever words and signs: up to 10 good, 10 to 30 with conditions, from 30 on not."""

_BOUND = late(rf"[≤≥<>]|{phrases('metrics_flags', 'bound').pattern}|{phrases('metrics_flags', 'bound_behind').pattern}")
_CHOICES = late(r"\s/\s|[;；]")


def _without_norms(folded: str) -> str:
    """A text without the lines that tell from which figure on what is good: ``below 10 good / above 30 bad`` is no verdict."""
    kept = []
    folded = _SCALE.sub(" ", folded)
    for line in _NORM.sub(" ", folded).split("\n"):
        line = "|".join(cell for cell in line.split("|") if not _is_norm(cell))
        choices = [part for part in _CHOICES.split(line) if any(char.isdigit() for char in part)]
        kept.append(" " if len(choices) > 1 and sum(bool(_BOUND.search(part)) for part in choices) > 1 else line)
    return "\n".join(kept)


def _is_norm(cell: str) -> bool:
    """Whether a cell says of two ranges of figures and more what each is worth: ``≤10 good, 10-30 with conditions, >30 bad``."""
    parts = [part for part in _NORM_PARTS.split(cell) if any(char.isdigit() for char in part)]
    return len(parts) > 1 and all(_RANGED.search(part) and _WORDED.search(part) for part in parts)


_NORM_PARTS = late(r"[,;；，、](?!\d)|(?<!\d)[,;；，、]|\s/\s")
_RANGED = late(rf"\d\s?%?\s?[-–~～]\s?\d|{_BOUND.pattern}")
_WORDED = late(r"[^\W\d_]{2}")


_CAPABLE = 1.0
"""Cpk below which a process makes pieces outside its limits (AIAG, Statistical Process Control)."""

_BETWEEN = rf"(?:(?!{phrases('readings_flags', 'aside').pattern})[^\d\n.;。；<>≤≥]){{0,24}}?"
"""What may stand between the name of an index and its figure: a bar, a colon, ``came out at``, but no bound, target or part of it."""

_INDEX = "cpk|ppk|cmk|cgk"
"""Indices of a process, a machine and a gauge: each is one where what is spread just fills what is allowed."""

_CPK = late(rf"(?<![^\W_])(?:{_INDEX}){_BETWEEN}(?<![\d.,])(\d[.,]\d{{1,3}})(?![\d.,]*\d)")


NAMES_INDEX = re.compile(_INDEX)

_STUDY_FIELD = late(
    rf"(?:^|\| )\W{{0,2}}(?:{_INDEX}|gr&r|grr|r&r)\W{{0,3}}\| \W{{0,2}}\d{{1,3}}[.,]?\d* ?%?(?: \||$)", re.MULTILINE
)


def _is_study(document: DocumentReport) -> bool:
    """Whether a paper taken for a rule has a day and a figure in the field of an index or in the row of a gauge error: what somebody
    measured, and no rule.
    """
    return any(fact.kind == "date" and fact.role == "evidence" for fact in document.facts) and any(
        _STUDY_FIELD.search(folded) or _gauge_row(folded, None)[0]
        for folded in (fold(passage.text) for passage in document.passages)
    )


_REQUIRED = late(
    rf"(?:[≥>]=?|{phrases('readings_flags', 'aside').pattern}|{phrases('metrics_flags', 'bound').pattern})[^\d\n]{{0,16}}(1[.,]\d{{1,2}}|2[.,]0{{1,2}})(?![\d.,]*\d)|"
    r"(?<![\d.,])(1[.,]\d{1,2}|2[.,]0{1,2}) ?(?:以上|이상|or more|or above|min\b|trở lên|ve üzeri|ke atas|ขึ้นไป)"
)


def _required(texts: Sequence[str]) -> float:
    """The index that a paper asks for, where it tells one above that from which a process is capable at all."""
    named = [line for text in texts for line in text.splitlines() if NAMES_INDEX.search(line) or "|" not in line]
    found = {float((m[1] or m[2]).replace(",", ".")) for line in named for m in _REQUIRED.finditer(line)}
    return max(found.pop(), _CAPABLE) if len(found) == 1 else _CAPABLE


def capabilities(bundle: Bundle) -> Iterator[Finding]:
    """A process judged capable whose own index says that it is not."""
    for document in bundle.read:
        if (records_nothing(document) and not _is_study(document)) or is_example(document):
            continue
        shown = [(p, fold(p.text)) for p in document.shown]
        if not any(NAMES_INDEX.search(folded) for _, folded in shown):
            continue
        text = [(p, _without_norms(folded)) for p, folded in shown]
        whole = _SPREAD.sub(" ", " ".join(folded for _, folded in text))
        least = _required([folded for _, folded in shown])
        judged = None if _REACTION.search(whole) else (_capable_row(document, least) or _capable_all(document, least))
        if judged:
            yield judged
            continue
        found = [(p, match) for p, folded in text for match in _CPK.finditer(folded) if not _is_aside(match)]
        capable = next((p for p, folded in text if CAPABLE_WORDS.search(folded)), None)
        if len(found) != 1 or capable is None or _REFUSED.search(whole) or _REACTION.search(whole):
            continue
        place, match = found[0]
        if float(match[1].replace(",", ".")) < least:
            what = f"a {match[0][:3].capitalize()} of {match[1]} is judged capable; {_why(least)}"
            yield Finding(
                {"name": name_of(document.path), "what": what}, (cite(document, place), cite(document, capable))
            )


def _why(least: float) -> str:
    return f"{least:g} is asked" if least > _CAPABLE else f"below {_CAPABLE:.0f} pieces fall outside the limits"


def _capable_row(document: DocumentReport, least: float) -> Finding | None:
    """The first feature of a list, one a row, that is judged capable with an index below one, or below that which the paper asks for:
    ``Char. | Cp | Cpk | Status``.
    """
    for passage, line, figure, behind in _index_rows(document, least):
        if any(CAPABLE_WORDS.search(cell) or is_verdict(cell) for cell in behind) and not _REFUSED.search(fold(line)):
            what = f"a capability index of {figure} is judged capable; {_why(least)}"
            return Finding({"name": name_of(document.path), "what": what}, (cite(document, passage, line),))
    return None


def _index_rows(document: DocumentReport, least: float) -> Iterator[tuple[Passage, str, str, list[str]]]:
    """The rows of a list of features whose index is below the least: passage, line, figure and the cells behind it."""
    at = width = 0
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            cells = [fold(cell).strip() for cell in line.split("|")]
            headed = [index for index, cell in enumerate(cells) if index and _INDEX_HEAD.match(cell)]
            if headed and not any(map(str.isdigit, line)):
                at, width = headed[-1], len(cells)
                continue
            figure = _INDEX_CELL.fullmatch(cells[at]) if at and len(cells) == width else None
            if figure and float(figure[0].replace(",", ".")) < least:
                yield passage, line, figure[0], cells[at + 1 :]


def _capable_all(document: DocumentReport, least: float) -> Finding | None:
    """A sentence that says of all features of a list that they are capable, or that they reach the index that it names, while one does
    not; none where its row says anything of it.
    """
    rows = [one for one in _index_rows(document, least) if not any(any(map(str.isalpha, cell)) for cell in one[3])]
    for passage, text in sentences(document) if rows else ():
        folded = fold(text)
        said = CAPABLE_WORDS.search(folded) or (NAMES_INDEX.search(folded) and _REQUIRED.search(folded))
        if not said or not _ALL.search(folded) or any(words.search(folded) for words in _NOT_ALL):
            continue
        _, line, figure, _ = rows[0]
        what = f"a capability index of {figure} stands in the list, and all are judged capable; {_why(least)}"
        places = (cite(document, rows[0][0], line), cite(document, passage, text))
        return Finding({"name": name_of(document.path), "what": what}, places)
    return None


_ALL = phrases("said_met", "all")
_NOT_ALL = (
    phrases("said_met", "others"),
    phrases("said_met", "except"),
    phrases("limit_places", "asked"),
    _REFUSED,
    AHEAD,
    NOT,
)
"""What leaves something out of a sentence over all, or says what must be."""

_INDEX_HEAD = late(rf"(?:{_INDEX})\W{{0,4}}$")
_INDEX_CELL = late(r"\d[.,]\d{1,3}")

CAPABLE_WORDS = phrases("readings_flags", "capable")

_ASIDE = late(rf"(?:{phrases('readings_flags', 'aside').pattern})[^.;。；\n|]{{0,12}}$")


def _is_aside(match: re.Match[str]) -> bool:
    """Whether words right before an index make its figure a bound, an aim or an earlier state: ``before the change Cpk 0.82``."""
    return _ASIDE.search(match.string[max(0, match.start() - 30) : match.start()]) is not None


def gauge_studies(bundle: Bundle) -> Iterator[Finding]:
    """A gauge accepted with an error beyond what is ever accepted."""
    for document in bundle.read:
        if is_example(document):
            continue
        if found := _in_summary(document):
            yield found
            continue
        if records_nothing(document) and not _is_study(document):
            continue
        text = [(p, fold("\n".join(map(ticked, p.text.split("\n"))))) for p in document.shown]
        errors = list(_errors(text))
        if not errors:
            continue
        accepted = next(
            (
                passage
                for passage, folded in text
                if _ACCEPTED.search(_without_norms(folded)) and not _REFUSED.search(_without_norms(folded))
            ),
            None,
        )
        for passage, share in errors if accepted else ():
            if accepted is not None and _WORST_GAUGE < float(share.replace(",", ".") or 0) <= MOST_ERROR:
                yield Finding(
                    {
                        "name": name_of(document.path),
                        "what": f"a gauge error of {share.replace(',', '.')} % is accepted; more than {_WORST_GAUGE:.0f} % never is",
                    },
                    (cite(document, passage), cite(document, accepted)),
                )
                break


def _errors(text: Sequence[tuple[Passage, str]]) -> Iterator[tuple[Passage, str]]:
    """The gauge error of each passage that tells one; a table with a column of percentages may run on from the passage before."""
    at: int | None = None
    for passage, folded in text:
        match = _GAUGE_ERROR.search(_without_norms(folded)) if _SPEAKS_OF_GAUGE.search(folded) else None
        row, at = _gauge_row(folded, at)
        if match := match or row:
            brought = _BROUGHT.match(_without_norms(folded), match.end())  # from 45.4 % to 11.6 %
            yield passage, brought[1] if brought else match[match.lastindex or 0]


def _in_summary(document: DocumentReport) -> Finding | None:
    """The first gauge of a list of studies, one a row, that is accepted with such an error: ``% R&R | ndc | Decision``."""
    at = width = 0
    for passage in document.passages:
        for line in () if passage.hidden else passage.text.splitlines():
            cells = [fold(cell).strip() for cell in line.split("|")]
            headed = [
                index
                for index, cell in enumerate(cells)
                if index and "%" in cell and _GAUGE_NAME.search(cell) and not any(map(str.isdigit, cell))
            ]
            if len(headed) == 1 and len(cells) > headed[0] + 1 and not any(map(str.isdigit, "".join(cells[1:]))):
                at, width = headed[0], len(cells)
                continue
            share = _SHARE_CELL.fullmatch(cells[at]) if at and len(cells) == width else None
            verdicts = [cell for cell in cells[at + 1 :] if any(map(str.isalpha, cell))]
            if share is None or len(verdicts) != 1 or any(map(str.isdigit, verdicts[0])):
                continue  # a condition, with its day or its number of repeats
            said = verdicts[0]
            if _ACCEPTED.search(said) and not _REFUSED.search(said) and not _REACTION.search(said):
                error = float(share[1].replace(",", "."))
                if _WORST_GAUGE < error <= MOST_ERROR:
                    what = f"a gauge error of {error:g} % is accepted; more than {_WORST_GAUGE:.0f} % never is"
                    return Finding({"name": name_of(document.path), "what": what}, (cite(document, passage, line),))
    return None


MOST_ERROR = 200.0
"""Percent above which a figure is no gauge error."""

_SPEAKS_OF_GAUGE = late(rf"r&r|grr|gauge|gage|measurement|{phrases('studies', 'gauge_error').pattern}")
_GAUGE_ERROR = late(
    r"(?:% ?(?:gr&r|grr|r&r|gage r&r|gauge r&r|total r&r)|(?:gr&r|grr|r&r)\s?%)\s{0,2}[:=|"
    r"]?\s{0,2}(\d{1,3}(?:[.,]\d+)?)|(?:gr&r|grr|r&r)[^\d\n|%]{1,16}%[^\d\n|%]{0,24}[:=|]\s?(\d{1,3}(?:[.,]\d+)?)|"
    r"total (?:gauge|gage|measurement)[^\d\n.]{0,30}\s(?P<told>\d{1,3}(?:[.,]\d+)?) ?%|"
    rf"(?:gr&r|grr|r&r|{phrases('studies', 'gauge_error').pattern}){_BETWEEN}(?<![\d.,])(?:(?P<said>\d{{1,3}}(?:[.,]\d+)?) ?%|%\s?(?P<signed>\d{{1,3}}(?:[.,]\d+)?))"
)
_BROUGHT = late(
    rf"\s?%?\s{{0,2}}(?:->|→|=>|{phrases('readings_flags', 'brought_to').pattern})\s{{0,3}}(\d{{1,3}}(?:[.,]\d+)?)(?=\s?%)"
)
_GAUGE_NAME = late(
    rf"(?<![^\W_])(?:gr&r|grr|r&r|ga(?:u)?ge r&r|r ?& ?r)(?![^\W_])|{phrases('studies', 'gauge_error').pattern}"
)
_REMARK = late(r"[(\uff08][^()\uff08\uff09]{0,20}[)\uff09]")
_WITH_SIGN = late(r"\d{1,3}(?:[.,]\d+)? ?%")
_SHARE_CELL = late(r"(\d{1,3}(?:[.,]\d+)?) ?%?")


def _gauge_row(folded: str, at: int | None) -> tuple[re.Match[str] | None, int | None]:
    """The gauge error of a table with a column of percentages: that of its last column, the share of the tolerance; with that column,
    which ``at`` tells of the lines before.
    """
    for line in folded.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        bare = [_REMARK.sub(" ", cell) for cell in cells]
        shares = [index for index, cell in enumerate(bare) if "%" in cell and not any(char.isdigit() for char in cell)]
        name = _name_of_row(cells)
        if _GAUGE_NAME.search(name) and (beside := _beside_sign(cells)):
            return _SHARE_CELL.fullmatch(beside), at
        if len(cells) >= LEAST_CELLS and shares:
            at = shares[-1]
        elif at is not None and at < len(cells) and _GAUGE_NAME.search(name):
            return _SHARE_CELL.fullmatch(cells[at]), at
        elif _GAUGE_NAME.search(name) and len(cells) > LEAST_CELLS and _WITH_SIGN.fullmatch(cells[-1]):
            return _SHARE_CELL.fullmatch(cells[-1]), at
    return None, at


def _name_of_row(cells: Sequence[str]) -> str:
    """What a row is of: its first cell, or that behind the number of the row."""
    return cells[1] if len(cells) > 1 and (not cells[0] or cells[0].rstrip(".").isdigit()) else cells[0]


def _beside_sign(cells: Sequence[str]) -> str:
    """The figure right behind a cell of a row that says of what it is a percentage: ``GRR | 0.0012 | % of variation | 44.0``."""
    return next(
        (
            cell
            for sign, cell in itertools.pairwise(cells)
            if "%" in sign
            and not any(char.isdigit() for char in _REMARK.sub(" ", sign))
            and _SHARE_CELL.fullmatch(cell)
        ),
        "",
    )


LEAST_CELLS = 2
"""Cells of a row that heads a column of percentages: the name of the part of the spread and its share."""
