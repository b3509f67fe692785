"""KPI series out of sixty sheets, tables and charts of our own: twelve layouts, five languages, exact values and periods.

The figures come from a seeded generator, so that no rule can know them. The plain way measured beside it: the longest row or
column of numbers of the document's text.
"""

import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from benchmarks.reporting.reading import Pipeline
from corpora.authored import AuthoredDocument
from corpora.markup import parse_body
from corpora.month_names import MONTHS, SHORT
from corpora.render.bundle import render_document
from evidence.model import DocumentReport

GOAL = 0.95


@dataclass(frozen=True)
class Voice:
    """A measure as one factory calls it, and how it writes months."""

    language: str
    measure: str
    label: str
    title: str
    month: str
    target: str
    names: tuple[str, ...]
    comma: bool = False
    decimals: int = 2
    high: float = 6.0


_EN, _ID = SHORT, tuple(MONTHS["id"])
VOICES = (
    Voice("en", "reject_rate", "Reject rate %", "Internal rejects", "Month", "Target", tuple(f"{m} 2026" for m in _EN)),
    Voice("vi", "reject_rate", "Tỷ lệ lỗi (%)", "Theo dõi lỗi", "Tháng", "Mục tiêu", tuple(f"{n:02d}/2026" for n in range(1, 13)), True),
    Voice("id", "ppm", "PPM pelanggan", "Mutu pengiriman", "Bulan", "Sasaran", tuple(f"{m} 2026" for m in _ID), False, 0, 900),
    Voice("zh", "on_time_delivery", "准时交货率(%)", "交付指标", "月份", "目标", tuple(f"2026年{n}月" for n in range(1, 13)), False, 1, 99),
    Voice("en", "complaints", "Customer complaints", "Complaints by month", "Month", "Goal", tuple(f"2026-{n:02d}" for n in range(1, 13)), False, 0, 30),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A file with one series: what it must give."""

    name: str
    voice: Voice
    periods: tuple[str, ...]
    values: tuple[float, ...]

    @property
    def written(self) -> list[str]:
        """The values as the factory writes them."""
        texts = [f"{value:.{self.voice.decimals}f}" for value in self.values]
        return [text.replace(".", ",") for text in texts] if self.voice.comma else texts

    @property
    def months(self) -> list[str]:
        """The months as the factory writes them."""
        return [self.voice.names[int(period[5:]) - 1] for period in self.periods]


def _down(case: Case, target: bool = False, title: bool = False) -> str:
    voice = case.voice
    heads = [voice.month, voice.label, *([voice.target] if target else [])]
    rows = [
        [month, value, *([_goal(voice)] if target else [])]
        for month, value in zip(case.months, case.written, strict=True)
    ]
    return _table(case, [heads, *rows], title)


def _across(case: Case, target: bool = False, title: bool = False) -> str:
    voice = case.voice
    rows = [[voice.title, *case.months], [voice.label, *case.written]]
    if target:
        rows.append([voice.target, *[_goal(voice)] * len(case.months)])
    return _table(case, rows, title)


def _table(case: Case, rows: list[list[str]], title: bool) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if title:
        lines.insert(0, "| " + " | ".join([case.voice.title, *["<"] * (len(rows[0]) - 1)]) + " |")
    return "\n".join(lines)


def _goal(voice: Voice) -> str:
    text = f"{voice.high * 0.8:.{voice.decimals}f}"
    return text.replace(".", ",") if voice.comma else text


LAYOUTS: dict[str, tuple[str, Callable[[Case], str] | None]] = {
    "sheet-down": ("xlsx", _down),
    "sheet-down-target": ("xlsx", lambda case: _down(case, target=True)),
    "sheet-across": ("xlsx", _across),
    "sheet-across-title": ("xlsx", lambda case: _across(case, target=True, title=True)),
    "old-sheet": ("xls", lambda case: _down(case, title=True)),
    "csv": ("csv", _down),
    "pdf-down": ("pdf", lambda case: _down(case, target=True)),
    "pdf-across": ("pdf", _across),
    "word": ("docx", lambda case: _across(case, target=True)),
    "slide-table": ("pptx", _down),
    "slide-chart": ("pptx", None),
    "sheet-chart": ("xlsx", None),
}


def cases() -> list[Case]:
    """Sixty cases, the same each time."""
    dice = random.Random(20261125)
    found = []
    for layout in LAYOUTS:
        for number, voice in enumerate(VOICES):
            count = dice.randint(6, 10)
            first = dice.randint(1, 12 - count)
            level = voice.high
            values = tuple(
                round(level * (1 - 0.03 * at) * dice.uniform(0.82, 1.0), voice.decimals) for at in range(count)
            )
            periods = tuple(f"2026-{month:02d}" for month in range(first, first + count))
            found.append(Case(f"{layout}-{number}", voice, periods, values))
    return found


def write(case: Case, folder: Path) -> Path:
    """The file of a case."""
    layout = case.name.rsplit("-", 1)[0]
    render, table = LAYOUTS[layout]
    path = folder / f"{case.name}.{render}"
    if table is None:
        (_slide_chart if render == "pptx" else _sheet_chart)(case, path)
        return path
    head = ["=== Data"] if render in ("xlsx", "xls", "pptx") else []
    body = [*head, "@record quality_metrics", f"# {case.voice.title}", "", *table(case).split("\n")]
    parts = parse_body(body, case.name, sheets=bool(head))
    return render_document(
        AuthoredDocument(Path(f"{case.name}.md"), "series", path.name, render, "metrics_record", "living", case.voice.language, parts),
        folder,
    )  # fmt: skip


def _slide_chart(case: Case, path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = case.voice.title
    data = CategoryChartData()
    data.categories = case.months
    data.add_series(case.voice.label, case.values)
    slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, Inches(1), Inches(2), Inches(8), Inches(4.5), data)
    deck.save(str(path))


def _sheet_chart(case: Case, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    shown, data = book.add_worksheet("Chart"), book.add_worksheet("Data")
    shown.write(0, 0, case.voice.title)
    data.write_row(0, 0, [case.voice.month, case.voice.label])
    for row, (month, value) in enumerate(zip(case.months, case.values, strict=True), 1):
        data.write(row, 0, month)
        data.write(row, 1, value)
    chart = book.add_chart({"type": "line"})
    last = len(case.values)
    chart.add_series({"name": ["Data", 0, 1], "categories": ["Data", 1, 0, last, 0], "values": ["Data", 1, 1, last, 1]})
    shown.insert_chart("B3", chart)
    book.close()


def ours(report: DocumentReport, case: Case) -> bool:
    """Whether the report holds the series of the case, exactly: measure, months and values."""
    import json

    for fact in report.facts:
        if fact.kind == "series" and fact.role == case.voice.measure:
            value = json.loads(fact.value)
            if tuple(value["periods"]) == case.periods and tuple(value["values"]) == case.values:
                return True
    return False


def plain_way(report: DocumentReport, case: Case) -> bool:
    """Whether the numbers of one line, or the last numbers of consecutive lines, are the values."""
    text = "\n".join(passage.text for passage in report.passages)
    rows = [
        [float(n.replace(",", ".")) for n in re.findall(r"(?<![\w/-])\d+(?:[.,]\d+)?(?![\w/-])", line)]
        for line in text.splitlines()
    ]
    columns = [row[-1] for row in rows if row]
    wanted = list(case.values)
    return any(row[-len(wanted) :] == wanted for row in rows) or columns[-len(wanted) :] == wanted


def measure(pipeline: Pipeline) -> dict[str, Any]:
    """Exact series by layout."""
    listed = cases()
    with tempfile.TemporaryDirectory() as folder:
        for case in listed:
            write(case, Path(folder))
        reports = {report.path.rsplit(".", 1)[0]: report for report in pipeline.folder(Path(folder))}
    right = {case.name: ours(reports[case.name], case) for case in listed}
    layouts = {
        layout: sum(ok for name, ok in right.items() if name.rsplit("-", 1)[0] == layout) / len(VOICES)
        for layout in LAYOUTS
    }
    return {
        "cases": len(listed),
        "exact": round(sum(right.values()) / len(listed), 4),
        "plain way": round(sum(plain_way(reports[case.name], case) for case in listed) / len(listed), 4),
        "layouts": layouts,
        "wrong": [name for name, ok in right.items() if not ok],
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    by_layout = ", ".join(f"{name} {share:.1f}" for name, share in figures["layouts"].items())
    return [
        f"series: {figures['exact']:.3f} exact (goal {GOAL}) on {figures['cases']} sheets and charts; plain way "
        f"{figures['plain way']:.3f}; {by_layout}",
        *([f"  wrong: {', '.join(figures['wrong'])}"] if figures["wrong"] else []),
    ]
