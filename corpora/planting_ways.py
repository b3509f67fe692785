"""Sentences of the way of figures, wrong or right, planted below the sheets of many hands."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpora.authored import AuthoredSupplier
from corpora.blocks import AuthoredBlock, Label
from corpora.planting import LEAST_FIGURES, Planted, drawn_for, months_of, with_document

CONTRADICTED = ("conclusion_contradicts_data",)

MOVED, STEADY = 0.1, 0.75
"""Part of its first figure by which a column has moved, and of the pairs of its figures of which the later one lies on that side."""

FALLEN: Mapping[str, tuple[str, str]] = {
    "en": ("{name} has come down month by month.", "{name} has gone up month by month."),
    "id": ("{name} terus menurun dari bulan ke bulan.", "{name} terus meningkat dari bulan ke bulan."),
    "ms": ("{name} semakin menurun setiap bulan.", "{name} semakin meningkat setiap bulan."),
    "tr": ("{name} yıl başından beri azalmıştır.", "{name} yıl başından beri artmıştır."),
    "th": ("{name} มีแนวโน้มลดลงอย่างต่อเนื่อง", "{name} มีแนวโน้มเพิ่มขึ้นอย่างต่อเนื่อง"),
    "vi": ("{name} giảm dần qua các tháng.", "{name} tăng dần qua các tháng."),
    "zh": ("{name}逐月下降。", "{name}逐月上升。"),
    "ko": ("{name} 매월 감소하고 있음.", "{name} 매월 증가하고 있음."),
    "ja": ("{name}は毎月減少している。", "{name}は毎月増加している。"),
}
"""That what is named has fallen, and that it has risen."""


def way_told(supplier: AuthoredSupplier, *, right: bool) -> Iterator[Planted]:
    """Below each sheet of months a sentence on a column or row that rises or falls: that it has fallen, or risen, as it has not, or as it has."""
    for place, document in enumerate(supplier.documents):
        if document.kind != "metrics_record" or document.language not in FALLEN:
            continue
        columns: dict[str, list[float]] = defaultdict(list)
        for block in document.blocks():
            for name, _, cell in months_of(block):
                columns[name].append(_value(cell))
        moved = [(name, way) for name, values in sorted(columns.items()) if (way := _way(values))]
        if not moved:
            continue
        name, way = drawn_for(document).choice(moved)
        said = FALLEN[document.language][(way > 0) is right].format(name=name.replace("%", "").strip())
        last = document.parts[-1]
        told = AuthoredBlock("paragraph", Label("record", ("quality_metrics",)), said)
        parts = (*document.parts[:-1], replace(last, blocks=(*last.blocks, told)))
        yield Planted(
            with_document(supplier, place, replace(document, parts=parts)), said, () if right else CONTRADICTED
        )


def _value(cell: str) -> float:
    return float(re.sub(r"[.,](?=\d{3}(?!\d))", "", cell.rstrip(" %")).replace(",", "."))


def _way(values: Sequence[float]) -> int:
    """1 for figures that rise, -1 for figures that fall, 0 for those that do neither surely."""
    moved = values[-1] - values[0]
    base = 100 - values[0] if min(values) >= 80 and max(values) <= 100 else values[0]
    if len(values) < LEAST_FIGURES or abs(moved) < MOVED * base or not moved:
        return 0
    pairs = list(itertools.combinations(values, 2))
    sign = 1 if moved > 0 else -1
    return sign if sum((later - earlier) * sign > 0 for earlier, later in pairs) >= STEADY * len(pairs) else 0
