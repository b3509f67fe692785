"""Comparisons between laboratories judged against the figure that they found: an En of 1.4 said to be satisfactory."""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import fold, late, phrases
from evidence.flags.registry import Finding, name_of
from evidence.model import DocumentReport, Passage
from evidence.titles import records_nothing

WORST = {"En": 1.0, "z": 3.0}
"""Size from which a result is not satisfactory (ISO 13528): an En number above one, a z score of three."""

MOST = 50.0
"""Size above which a figure is no such number."""

_COMPARES = phrases("comparisons", "compares")
_GOOD, _REFUSED, _REACTION = (phrases("readings_flags", name) for name in ("judged", "refused", "reaction"))
_OUTLYING = phrases("comparisons", "outlying")
_SCORE = late(
    rf"[|(（]?\s?(?:abs\s?)?(?:(?P<en>e[ _]?n)|(?P<z>z|ζ|zeta)['’]?)\s?[|)）]?(?:[ -]?(?:{phrases('comparisons', 'number').pattern}))?"
    r"\s?(?:[(（\[][^)）\]]{0,16}[)）\]])?"
)
"""The head of a column of such numbers, with its limit in brackets or without."""

_FIGURE = re.compile(r"([-+−]?\d{1,2}[.,]\d{1,3})\s?\S?")
_NORM = late(rf"[≤<]|{phrases('metrics_flags', 'bound').pattern}|{phrases('metrics_flags', 'bound_behind').pattern}")


def comparisons(bundle: Bundle) -> Iterator[Finding]:
    """A comparison judged good, one of whose own numbers says that it is not, and no word of what was done about it."""
    for document in bundle.read:
        if records_nothing(document) or is_example(document) or not _is_comparison(document):
            continue
        lines = list(document.lines())
        told = [(passage, line) for passage, line in lines if not _sets_norm(line)]
        for passage, line, name, figure, behind in _scores(lines):
            value = abs(float(figure.replace("−", "-").replace(",", ".")))
            if not _is_beyond(name, value) or value > MOST:
                continue
            beside = [(p, one) for p, one in told if p.part == passage.part]
            good = next(((p, one) for p, one in beside if "|" not in one and _GOOD.search(fold(one))), None)
            verdict = any(_GOOD.search(fold(cell)) and not _REFUSED.search(fold(cell)) for cell in behind)
            lines_on_it = [one for _, one in (told if verdict else beside)]
            if not (verdict or good) or _is_answered(line, lines_on_it, verdict):
                continue
            places = [cite(document, passage, line)]
            if not verdict and good:
                places.append(cite(document, *good))
            what = f"a result with {name} = {figure} is judged good; {_asked(name)}"
            yield Finding({"name": name_of(document.path), "what": what}, tuple(places))
            break


def _is_answered(line: str, told: Sequence[str], verdict: bool) -> bool:
    """Whether a line says that a result was not good or what was done: any of its sheet, of one that its own row judges one that names it."""
    name = fold(line.split("|")[0].strip())
    return any(
        (_REFUSED.search(folded) or _REACTION.search(folded) or _OUTLYING.search(folded))
        and (not verdict or name in folded)
        for folded in map(fold, told)
    )


def _is_beyond(name: str, value: float) -> bool:
    return value > WORST[name] if name == "En" else value >= WORST[name]


def _asked(name: str) -> str:
    return "above 1 it does not agree with the reference" if name == "En" else "from 3 on it is not satisfactory"


def _is_comparison(document: DocumentReport) -> bool:
    """Whether a paper says in its name or in any of its lines that laboratories or results were compared."""
    texts = (document.path, *(text for p in document.passages for text in (*p.heading, p.text)))
    return any(_COMPARES.search(fold(text)) for text in texts)


def _sets_norm(line: str) -> bool:
    """Whether a line says from which number on what is good: it is the rule of the scheme, and no verdict."""
    folded = fold(line)
    if line.count("|") >= LEAST_CELLS:
        return False
    scale = (
        len(_WHOLE.findall(folded)) > 1
        and _GOOD.search(folded)
        and (_OUTLYING.search(folded) or _REFUSED.search(folded))
    )
    return bool(scale) or ("|" not in line and _NAMED.search(folded) is not None and _NORM.search(folded) is not None)


_WHOLE = re.compile(r"(?<![\d.,])\d(?:[.,]0)?(?![\d.,]*\d)")
_NAMED = late(r"(?<![^\W_])(?:e[ _]?n|z|ζ|zeta)(?![^\W_])")


def _scores(lines: Sequence[tuple[Passage, str]]) -> Iterator[tuple[Passage, str, str, str, list[str]]]:
    """The numbers of the rows of tables: their passage and line, En or z, the figure as written, the cells behind it."""
    at = width = 0
    name = ""
    for passage, line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < LEAST_CELLS:
            continue
        heads = [
            (index, match) for index, cell in enumerate(cells) if index and (match := _SCORE.fullmatch(fold(cell)))
        ]
        if heads and not any(_FIGURE.fullmatch(cell) for cell in cells):
            at, width, name = heads[-1][0], len(cells), "En" if heads[-1][1]["en"] else "z"
        elif at and at < len(cells) <= width and (figure := _FIGURE.fullmatch(cells[at])):
            yield passage, line, name, figure[1], cells[at + 1 :]


LEAST_CELLS = 3
"""Cells of a row of a comparison: what was measured, the own result and its number at least."""
