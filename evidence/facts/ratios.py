"""Percentages recomputed from the counts beside them, whatever the columns are called.

Fact: kind ``rates``, role ``ratio``, value as that of ``series``: ``{"checked", "wrong": [{"period", "made", "rejected",
"computed", "written"}]}``. That a column is the share of two others is shown by the rows themselves: it must hold in at
least half of them, and in two.
"""

import itertools
import json
import re
from collections.abc import Iterator

from evidence.data import table
from evidence.facts.grids import Grid, headed, upright
from evidence.facts.indicators import measure_of, says
from evidence.facts.numbers import Amount, amount, parse, uses_decimal_comma
from evidence.facts.sources import Source, cell_fact, fact
from evidence.facts.text import fold, late, lines, phrases, words
from evidence.facts.told_sums import rates_of_lines, shares_of_whole
from evidence.model import Fact, Passage

LEAST_ROWS = 3
"""Rows of a table whose shares are recomputed: two agree by chance."""

MOST_COLUMNS = 12
"""Columns, or rows, tried against each other."""

TOLERANCE = 0.02
"""Share by which a written percentage may miss its counts: rounding of the percentage and of the counts."""


def find_ratios(source: Source) -> Iterator[Fact]:
    """The shares of all tables that are columns, or rows, of counts and a percentage."""
    for whole in source.grids:
        grid = headed(whole)
        if grid.hidden:
            continue
        found = list(_of_grid(grid)) if len(grid.rows) >= LEAST_ROWS and len(grid.heads) <= MOST_COLUMNS else []
        if not found and whole.heads and len(whole.heads) > LEAST_ROWS and len(whole.rows) < MOST_COLUMNS:
            found = list(_of_grid(upright(whole)))  # months stand side by side, and what is counted below each other
        yield from found
        if not found and (ranked := shares_of_whole(grid)):
            yield ranked


_SENTENCES = re.compile(r"(?<=[^\W\d_]{2})[.!?;](?=\s|$)|(?<=[%\d])[.;](?=\s+[^\W\d_])|[。；\n]")
_WRITTEN = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%|%\s?(\d{1,2}(?:[.,]\d{1,3})?)(?![\d.,]*\d)")
_COUNT = re.compile(
    r"(?<![\dA-Za-zÀ-ỹ_.,/-])(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?![\d/%-]|\s?%|[.,]\d|\s?[年月日號号년월일])"
)

LEAST_MADE = 20
"""Pieces made or looked at from which a rate of them is told in per cent."""

LONGEST_SENTENCE = 300
"""Letters of a sentence that tells counts and their rate."""


MOST_FIELDS = 8
"""Fields one below the other that tell the counts of one day or lot and their rate."""


def find_told_ratios(source: Source) -> Iterator[Fact]:
    """Sentences and fields that tell what was made, what of it was rejected or good and the rate of that: ``made 10,000, rejected 320, a
    rate of 1.2 %``.
    """
    for passage in source.passages:
        if passage.hidden or passage.mode in ("template", "credential"):
            continue
        start = 0
        for end in (*(match.end() for match in _SENTENCES.finditer(passage.text)), len(passage.text)):
            text = passage.text[start:end]
            if "|" not in text and len(text) <= LONGEST_SENTENCE and (told := _told(source, text)):
                yield fact("rates", "told", told, passage, start, end, "%", 0.7)
            start = end
        yield from _in_fields(source, passage)
        yield from rates_of_lines(passage, source)


def _in_fields(source: Source, passage: Passage) -> Iterator[Fact]:
    """The counts and the rate that fields of one form tell, a figure each."""
    fields = [line for line in lines(passage.text) if _COUNT.search(line.text) or _WRITTEN.search(fold(line.text))]
    fields = [line for line in fields if not source.dates(line.text)]
    if not LEAST_ROWS <= len(fields) <= MOST_FIELDS or any(line.text.count("|") > 1 for line in fields):
        return
    rates = [line for line in fields if _WRITTEN.search(fold(line.text))]
    parts = [line for line in fields if line not in rates and _is_part(line.text)]
    made = [line for line in fields if line not in (*rates, *parts) and says(line.text, "made")]
    if len(rates) != 1 or len(made) != 1 or not parts or len(fields) != 2 + len(parts):
        return  # another count beside them, of pieces reworked or waiting, has its part in the rate
    if any(_REWORKED.search(fold(line.text)) for line in parts):
        return
    bad = [line for line in parts if says(line.text, "rejected")]
    if len(parts) > 1 and (len(bad) != 1 or len(parts) != len(("good", "bad"))):
        return
    kept = (made[0], (bad or parts)[0], rates[0])
    if told := _told(source, "; ".join(line.text for line in kept)):
        yield fact("rates", "told", told, passage, fields[0].start, fields[-1].start + len(fields[-1].text), "%", 0.7)


def _is_part(text: str) -> bool:
    return says(text, "rejected") or says(text, "good")


def _told(source: Source, text: str) -> str | None:
    """The counts of a sentence and the one rate that does not follow from them; None where there is none."""
    plain = text
    for day in source.dates(text):
        plain = plain[: day.start] + " " * (day.end - day.start) + plain[day.end :]
    rates, counts = list(_WRITTEN.finditer(fold(plain))), [match[1] for match in _COUNT.finditer(plain)]
    measure = measure_of(text) if len(rates) == 1 and len(counts) == 2 else None
    if measure is None or measure.id not in _OF_COUNTS or not says(text, "made") or not _is_part(text):
        return None
    if _AIMED.search(fold(plain)) or len(_units(plain)) > 1:
        return None
    before = text[: max(match.end() for match in _COUNT.finditer(plain)) + NEAR_COUNT]
    if measure.id == "first_pass_yield" and not (says(before, "made") and _is_part(before)):
        return None  # ``125 of 5,000 made were checked, yield 98 %``: nobody says that the 125 are the good ones
    digits = rates[0][1] or rates[0][2]
    written = parse(digits, "," in digits)
    taken, made = sorted(float(re.sub(r"[.,]", "", count)) for count in counts)
    if written is None or made < LEAST_MADE or taken == made:
        return None
    computed = taken / made * 100
    slack = max(3 * TOLERANCE * min(computed, 100 - computed), 0.6 * 10.0 ** -written[1])
    if abs(computed - written[0]) <= slack or abs(100 - computed - written[0]) <= slack:
        return None
    row = {"period": text.strip()[:24], "made": made, "rejected": taken, "computed": round(computed, 3)}
    value = {"checked": 1, "wrong": [row | {"written": written[0]}]}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _units(text: str) -> set[str]:
    """What the counts of a sentence are of, and its rate where it says so: pieces where nothing else is named."""
    folded = fold(text)
    behind = [_UNIT.match(folded, match.end()) for match in _COUNT.finditer(text)]
    named = [_UNIT_OF_RATE.search(folded)] if _UNIT_OF_RATE.search(folded) else []
    return {"" if match is None or _PIECE.fullmatch(match[1]) else match[1].rstrip("s") for match in [*behind, *named]}


_PIECE = words(
    (*table("measures")["piece_words"]["words"], *table("measures")["piece_words"]["signs"], "pieces", "units")
)
_UNITS = phrases("ratios", "units").pattern
_UNIT = late(rf"\s?((?:{_UNITS})(?![^\W\d_]))")
_UNIT_OF_RATE = late(rf"(?:{phrases('ratios', 'rate_of').pattern}) ((?:{_UNITS})(?![^\W\d_]))")
_REWORKED = phrases("accepted_counts", "reacted")
_AIMED = late(rf"{phrases('metrics_flags', 'target').pattern}|{phrases('series_lines', 'aimed').pattern}|[≤≥<>]")
"""Words and signs that make a rate one to be reached."""

NEAR_COUNT = 10
"""Letters behind a count that can say what it is of: ``1,128 pcs good``."""

_OF_COUNTS = ("reject_rate", "first_pass_yield")
"""Measures that are the share of one count in another."""


def _of_grid(grid: Grid) -> Iterator[Fact]:
    comma = uses_decimal_comma([cell.text for row in grid.rows for cell in row])
    columns: dict[int, dict[int, Amount]] = {}
    for index in range(len(grid.heads)):
        found = {at: number for at, cell in enumerate(grid.column(index)) if (number := amount(cell.text, comma))}
        if len(found) >= LEAST_ROWS:
            columns[index] = found
    shares = [
        index
        for index, values in columns.items()
        if not _RANGE.search(grid.heads[index])
        and ("%" in grid.heads[index] or sum(value.unit == "%" for value in values.values()) * 2 > len(values))
        and all(0 <= value.value <= 100 for value in values.values())
    ]
    parts = [index for index in columns if index not in shares and _PPM.search(fold(grid.heads[index]))]
    counts = [
        index
        for index, values in columns.items()
        if index not in (*shares, *parts) and all(value.value >= 0 and value.decimals == 0 for value in values.values())
    ]
    for share in (*shares, *parts):
        of = MILLION if share in parts else HUNDRED
        made = [
            one
            for whole, part in itertools.permutations(counts, 2)
            if (one := _checked(grid, columns[share], columns[whole], columns[part], of))
        ]
        if made:  # two stages that count nearly the same: the share is of the counts that fit it best
            best = min(made, key=_count_wrong)
            yield (_of_sums(grid, columns, share, counts, of) if _count_wrong(best) else None) or best


def _of_sums(grid: Grid, columns: dict[int, dict[int, Amount]], share: int, counts: list[int], of: int) -> Fact | None:
    """The share read as one of two parts together, where all rows fit it so: lots neither rejected nor late, of those received."""
    for whole, one, other in itertools.permutations(counts[:MOST_COUNTS], 3):
        if one < other:
            parts = {
                at: Amount(columns[one][at].value + columns[other][at].value)
                for at in columns[one].keys() & columns[other].keys()
            }
            found = _checked(grid, columns[share], columns[whole], parts, of)
            if found and not _count_wrong(found):
                return found
    return None


MOST_COUNTS = 6
"""Columns of counts of which two are put together."""


def _count_wrong(rates: Fact) -> int:
    return len(json.loads(rates.value)["wrong"])


HUNDRED, MILLION = 100, 1_000_000
"""Of how many a share is written: per cent, or parts per million."""

_RANGE = re.compile(r"\d\s?(?:-|–|~|±)\s?\d")
"""Between what a reading may lie, in its head: a content (C % 3.40-3.65) is no share of two counts."""
_PPM = re.compile(r"(?<![^\W_])(?:ppm|dppm)(?![^\W_])")


def _checked(
    grid: Grid, share: dict[int, Amount], whole: dict[int, Amount], part: dict[int, Amount], of: int
) -> Fact | None:
    right, near, wrong, no_part = 0, 0, [], 0
    for at in sorted(share.keys() & whole.keys() & part.keys()):
        made, taken, written = whole[at].value, part[at].value, share[at].value
        if not made or taken > made:
            no_part += taken > made
            continue
        computed = taken / made * of
        misses = [abs(computed - written), *([abs(of - computed - written)] if of == HUNDRED else [])]
        slack = 0.6 * 10.0 ** -share[at].decimals
        if min(misses) <= slack:
            right += 1
        elif misses[0] <= TOLERANCE * computed or (len(misses) > 1 and misses[1] <= TOLERANCE * (of - computed)):
            near += 1
        else:
            period = next((cell.text for cell in grid.rows[at] if cell.text), "")[:24]
            wrong.append(
                {"period": period, "made": made, "rejected": taken, "computed": round(computed, 3), "written": written}
                | ({"unit": "ppm"} if of == MILLION else {})
            )
    anchor = next((cell for row in grid.rows for cell in row if cell.passage is not None and cell.text), None)
    if (
        anchor is None
        or right < 2
        or right < len(wrong) + no_part + near // 2
        or right + near + len(wrong) < LEAST_ROWS
    ):
        return None
    value = json.dumps(
        {"checked": right + near + len(wrong), "wrong": wrong[:24]}, ensure_ascii=False, separators=(",", ":")
    )
    return cell_fact("rates", "ratio", value, anchor, "%" if of == HUNDRED else "ppm", 0.8)
