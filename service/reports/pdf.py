"""The report as PDF, set by Typst. All that comes from files reaches the typesetter as data, never as markup."""

import datetime
import json
import logging
import re
from pathlib import Path
from typing import Any

from evidence.wording import shortened
from extractors.scratch import Scratch
from service.errors import ServiceError
from service.reports.cuts import CUT_WIDTH
from service.reports.drawing import clean
from service.reports.fonts import families, fonts
from service.reports.layout import blocks_of
from service.reports.requests import Letter, Line, letter_of
from service.reports.view import LINKS_NOTE, QUOTES_SHOWN, Quote, ReportView, tone_of
from service.reports.words import STATUS_MEANING, STATUS_WORDS, day_words, kind_words, period_words

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
# Quotes printed with an expectation and with a flag: paper is read, the page and the workbook are searched.
QUOTES_PER_EXPECTATION, QUOTES_PER_FLAG = QUOTES_SHOWN, 3
# Letters of a word that stand on one line of the narrowest column; beyond, a word may break anywhere.
UNBROKEN = 18
# Letters of a supplier's name that stand in the foot of a page on one line; a longer one is set smaller at the head.
LONGEST_IN_FOOT = 70
_LONG_WORD = re.compile(rf"[!-~]{{{UNBROKEN},}}")
_BREAK = "\u200b"


def render_pdf(view: ReportView) -> bytes:
    """The report as PDF. Deterministic: the same view and fonts give the same bytes. Raises ServiceError where it cannot be set."""
    import typst

    with Scratch("pdf") as folder:
        data = _data(view, folder)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (folder / "report.typ").write_bytes(TEMPLATE.read_bytes())
        printed = datetime.datetime.combine(view.printed, datetime.time(), datetime.UTC)
        try:
            made = typst.Compiler(str(folder / "report.typ"), root=str(folder), font_paths=fonts()).compile(
                format="pdf", timestamp=printed
            )
        except typst.TypstError as problem:
            logger.error("the report could not be set: %s", getattr(problem, "diagnostic", problem))
            raise ServiceError(
                "The report could not be set as PDF.", "Take the HTML form, and report this to the maintainers.",
                "pdf_not_set",
            ) from problem  # fmt: skip
    assert isinstance(made, bytes)
    return made


def breakable(text: str) -> str:
    """The text with places at which a long file name or code may break; nothing to see is added."""
    return _LONG_WORD.sub(_broken, clean(text))


def _broken(match: re.Match[str]) -> str:
    word = re.sub(r"(?<=[/_.\-|,;:])(?=[^/_.\-|,;:])", _BREAK, match[0])
    return _BREAK.join(
        _BREAK.join(piece[n : n + UNBROKEN] for n in range(0, len(piece), UNBROKEN)) for piece in word.split(_BREAK)
    )


def _data(view: ReportView, folder: Path) -> dict[str, Any]:
    report = view.report
    pictures = _Pictures(folder)
    return {
        "fonts": families(),
        "title": clean(f"{report.supplier}: {report.headline}"),
        "supplier": breakable(report.supplier),
        "supplier-short": breakable(shortened(report.supplier, LONGEST_IN_FOOT)),
        "long-name": len(report.supplier) > LONGEST_IN_FOOT,
        "day": day_words(view.day),
        "printed": day_words(view.printed),
        "headline": report.headline,
        "reason": breakable(view.reason),
        "statuses": [{"status": status, "word": word, "count": count} for status, word, count in view.statuses],
        "meanings": [{"status": s, "word": word, "meaning": STATUS_MEANING[s]} for s, word in STATUS_WORDS.items()],
        "expectations": [
            {
                "title": row.title, "expects": row.item.expects, "status": row.item.status, "word": row.word,
                "provided": breakable(row.item.provided or row.item.explanation), "gap": row.item.gap or "None seen.",
                "explanation": breakable(row.item.explanation), "rule": row.item.rule.replace("_", " "),
                "quotes": [pictures.quote(quote) for quote in row.quotes[:QUOTES_PER_EXPECTATION]],
            }
            for row in view.expectations
        ],
        "marks": [
            {"title": mark.item.title, "seen": mark.item.seen, "explanation": breakable(mark.item.explanation)}
            for mark in view.marks
        ],
        "first": [{"title": one.title, "ask": breakable(one.ask)} for one in view.first],
        "requests": len(view.requests),
        "severities": [
            {"severity": severity, "titles": [flag.item.title for flag in flags]}
            for severity, flags in view.severities
            if flags
        ],
        "flags": [
            {
                "severity": flag.item.severity, "title": flag.item.title,
                "explanation": breakable(flag.item.explanation), "innocent": flag.item.innocent,
                "ask": breakable(flag.item.ask),
                "quotes": [pictures.quote(quote) for quote in flag.quotes[:QUOTES_PER_FLAG]],
            }
            for flag in view.flags
        ],
        "coverage": {
            "files": len(report.documents), "failed": view.failed, "pages": view.pages, "read": view.pages_read,
            "unread": [
                {"document": breakable(one.document), "what": breakable(f"{one.what} {one.remedy}".strip())}
                for one in view.unread
            ],
        },
        "timeline": pictures.drawing(view.timeline),
        "timeline_note": view.timeline_note, "links_note": LINKS_NOTE, "method": view.method,
        "charts": [
            {"picture": pictures.drawing(drawn), "sentence": breakable(figure.sentence), "where": breakable(figure.where)}
            for figure, drawn in view.charts
        ],
        "no_charts": view.no_charts,
        "more_figures": max(0, len(view.figures) - len(view.charts)),
        "graph": pictures.drawing(view.graph) if view.graph else None,
        "decisions": [[breakable(text) for text in entry] for entry in view.decisions],
        "certificates": [
            {
                "document": breakable(one.document), "expired": one.expired,
                "fields": [[words, breakable(value)] for words, value in one.fields],
            }
            for one in view.certificates
        ],
        "letter": _letter(letter_of(report)),
        "documents": [
            {
                "path": breakable(document.path), "kind": kind_words(document), "reading": document.reading,
                "tone": tone_of(document),
                "period": period_words(document.evidence_period), "read": f"{document.pages_read} of {document.pages}",
                "error": breakable(f"{document.error.message} {document.error.remedy}") if document.error else None,
            }
            for document in report.documents
        ],
    }  # fmt: skip


def _letter(letter: Letter) -> dict[str, Any]:
    def told(line: Line) -> dict[str, Any]:
        notes = [breakable(text) for text in line.notes]
        return {"title": line.title, "ask": breakable(line.ask), "notes": notes}

    return {
        "records_title": letter.records_title, "records": [told(line) for line in letter.records],
        "questions_title": letter.questions_title, "questions": [told(line) for line in letter.questions],
        "intro": breakable(letter.intro), "closing": letter.closing,
    }  # fmt: skip


class _Pictures:
    """Pictures and drawings as files beside the template, each under a number: no name from a supplier reaches the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[bytes, str] = {}

    def quote(self, quote: Quote) -> dict[str, Any]:
        """A quote with the name of its picture and the share of the page's width that it takes."""
        cut = quote.cut
        return {
            "blocks": [
                {"text": breakable(block.text), "rows": [[breakable(cell) for cell in row] for row in block.rows]}
                for block in blocks_of(quote.text)
            ],
            "where": breakable(f"{quote.document}, {quote.place}. {quote.decided}".removesuffix(". ")),
            "picture": self._file(cut.content, cut.media_type.partition("/")[2]) if cut else None,
            "above": quote.above, "share": min(1.0, cut.width / CUT_WIDTH) if cut else 0,
        }  # fmt: skip

    def drawing(self, svg: str) -> str:
        """The name of a drawing."""
        return self._file(svg.encode(), "svg")

    def _file(self, content: bytes, suffix: str) -> str:
        if content not in self._names:
            self._names[content] = f"{len(self._names) + 1}.{suffix}"
            (self._folder / self._names[content]).write_bytes(content)
        return self._names[content]
