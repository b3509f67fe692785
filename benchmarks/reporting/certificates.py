"""Fields of invented certificates in a dozen languages, as text and as scans, through the pipeline: sixty-eight in forty-eight
layouts of blocks, and sheets, each laid out by place as its own house would.

The plain way measured beside it: labels of the fields in English and a colon, on the same text.
"""

import re
import tempfile
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import AuthoredDocument, AuthoredPart
from corpora.markup import parse_body
from corpora.render.bundle import render_document
from evidence.model import DocumentReport

FOLDER = Path("corpora/certificates")
GOALS = {"text": 0.95, "scan": 0.88}
EXACT = ("issue", "expiry", "original", "accreditation", "edition")
"""Fields that have a normal form; the others are compared by their letters and digits."""

ALIKE = {"text": 0.95, "scan": 0.85}
"""How much of the letters of a name must agree: a scan may lose a letter in ten without the field being wrong."""

_WAYS = ("text", "scan")


@dataclass(frozen=True)
class Paper:
    """A certificate to be read: what it looks like and what it says."""

    name: str
    group: str
    """Layouts, or the set of sheets: a set was written whole before the reader saw any of it."""
    language: str
    truth: dict[str, tuple[str, ...]]
    """Field to the values that a reader may hand on; a sheet may show two days that are both called its issue."""
    loose: bool
    """No certificate of ISO 9001: whatever is read, it must not be that standard. Other fields do not count."""
    document: Callable[[str], AuthoredDocument]
    """The document to render: ``pdf`` or ``scan``."""
    sites: tuple[str, ...] = ()
    """Addresses besides the holder's own."""


def papers() -> list[Paper]:
    """All certificates with their truth."""
    listed: list[dict[str, Any]] = tomllib.loads((FOLDER / "truth.toml").read_text(encoding="utf-8"))["certificate"]
    found = []
    for number, certificate in enumerate(listed, 1):
        name = f"{number:02d}-{certificate['layout']}"
        language = certificate["layout"][:2]
        found.append(
            Paper(name, "layouts", language, _truth(certificate), False, partial(_of_layout, certificate, name))
        )
    return [*found, *map(_sheet, sorted((FOLDER / "sheets").glob("*.txt")))]


def _of_layout(certificate: dict[str, Any], name: str, render: str) -> AuthoredDocument:
    layout = (FOLDER / "layouts" / f"{certificate['layout']}.md").read_text(encoding="utf-8")
    printed = {key: value[0] if isinstance(value, list) else value for key, value in certificate.items()}
    body = ["@credential certification", *layout.format(**printed).split("\n")]
    return _document(name, render, parse_body(body, certificate["layout"]), {})


def _document(name: str, render: str, parts: tuple[AuthoredPart, ...], front: dict[str, Any]) -> AuthoredDocument:
    return AuthoredDocument(
        FOLDER / f"{name}.md", "certificates", f"{name}.pdf", render, "certificate", "static",
        name.split("-")[1], parts, front=front,
    )  # fmt: skip


def _sheet(path: Path) -> Paper:
    _, head, sheet = path.read_text(encoding="utf-8").split("+++\n", 2)
    told = tomllib.loads(head)
    loose = bool(told.pop("other", False))
    sites = told.pop("sites", None)
    truth: dict[str, tuple[str, ...]] = {"standard": ("ISO 9001",), "edition": ("ISO 9001:2015",)}
    if told.pop("none", False) or loose or "standard" in told:
        truth = {}
    truth |= {key: tuple(value) if isinstance(value, list) else (value,) for key, value in told.items()}

    def document(render: str) -> AuthoredDocument:
        return _document(path.stem, render, (), {"sheet": sheet})

    return Paper(
        path.stem, f"sheets {path.stem[0]}", path.stem.split("-")[1], truth, loose, document, tuple(sites or ())
    )  # fmt: skip


def _truth(certificate: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    layout = (FOLDER / "layouts" / f"{certificate['layout']}.md").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {"standard": ("ISO 9001",), "edition": ("ISO 9001:2015",)}
    for key, value in certificate.items():
        if key != "layout" and "{" + key + "}" in layout:
            found[key] = (value[1] if isinstance(value, list) else value,)
    return found


def read_fields(report: DocumentReport) -> dict[str, str]:
    """The certificate fields of a report."""
    found = {
        fact.role: fact.value
        for fact in report.facts
        if fact.kind == "certificate_field" and not fact.role.startswith(("surveillance", "accreditation_"))
    }
    # of a certificate of several standards the one that is asked for
    return found | {
        fact.role: fact.value for fact in report.facts if fact.role in ("standard", "edition") and "9001" in fact.value
    }


def agrees(role: str, wanted: str, found: str, way: str) -> bool:
    """Whether a field was read right."""
    if role in EXACT:
        return wanted == found
    left, right = _letters(wanted), _letters(found)
    if role == "number":
        return left == right
    return left == right or SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE[way]


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in plain if char.isalnum())


_LABELS = {
    "holder": r"(?:organisation|holder|certificate holder)",
    "scope": r"scope[a-z ]*",
    "number": r"certificate (?:no\.?|number)",
    "issue": r"(?:date of issue|issue date)",
    "expiry": r"(?:valid until|expiry date)",
    "body": r"(?:issued by|certification body)",
}


def plain_way(report: DocumentReport) -> dict[str, str]:
    """English labels and a colon."""
    text = "\n".join(passage.text for passage in report.passages)
    found = {}
    for role, label in _LABELS.items():
        if match := re.search(label + r"\s*[:|]\s*(.+)", text, re.IGNORECASE):
            found[role] = match[1].strip()
    if match := re.search(r"ISO 9001:(\d{4})", text):
        found |= {"standard": "ISO 9001", "edition": match[0]}
    return found


def measure(pipeline: Pipeline, sets: Sequence[str] = ()) -> dict[str, Any]:
    """Field F1 as text and as scans, by set, field and language, with the plain way on the same text; of some sets alone
    (``layouts``, ``sheets e``) where they are named, as all scans take half an hour.
    """
    listed = [paper for paper in papers() if not sets or paper.group in sets]
    results: dict[str, Any] = {
        "certificates": len(listed),
        "layouts": len({paper.name.split("-", 1)[1] if paper.group == "layouts" else paper.name for paper in listed}),
    }
    for way in _WAYS:
        with tempfile.TemporaryDirectory() as folder:
            for paper in listed:
                render_document(paper.document("pdf" if way == "text" else "scan"), Path(folder))
            reports = {Path(report.path).stem: report for report in pipeline.folder(Path(folder))}
        results[way] = _scored(listed, reports, way)
        told([way, str(results[way]["f1"])])
    return results


def _scored(listed: list[Paper], reports: dict[str, DocumentReport], way: str) -> dict[str, Any]:
    ours: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    fields: dict[str, Counter[str]] = {}
    languages: dict[str, Counter[str]] = {}
    groups: dict[str, Counter[str]] = {}
    wrong = []
    for paper in listed:
        report, wanted = reports[paper.name], paper.truth
        found, other = read_fields(report), plain_way(report)
        for role in _counted(paper, found):
            verdict = _verdict(role, wanted, found, way)
            for counter in (
                ours,
                fields.setdefault(role, Counter()),
                languages.setdefault(paper.language, Counter()),
                groups.setdefault(paper.group, Counter()),
            ):
                counter.update(verdict)
            if "right" not in verdict:
                asked = " or ".join(wanted.get(role, ("",)))
                wrong.append(f"{paper.name} {role}: '{found.get(role, '')}' for '{asked}'")
            if role in wanted or role in other:
                plain.update(_verdict(role, wanted, other, way))
    return {
        "f1": f1(ours),
        "plain way f1": f1(plain),
        "sets": {name: f1(counts) for name, counts in sorted(groups.items())},
        "fields": {role: f1(counts) for role, counts in sorted(fields.items())},
        "languages": {name: f1(counts) for name, counts in sorted(languages.items())},
        "sites": _sites(listed, reports, way, wrong),
        "wrong": sorted(wrong),
    }


def _sites(listed: list[Paper], reports: dict[str, DocumentReport], way: str, wrong: list[str]) -> str:
    """How many of the further sites on sheets were read, and how many that are none."""
    counts: Counter[str] = Counter()
    for paper in listed:
        found = [fact.value for fact in reports[paper.name].facts if fact.role == "site"]
        missed = [site for site in paper.sites if not any(agrees("site", site, value, way) for value in found)]
        stray = [value for value in found if not any(agrees("site", site, value, way) for site in paper.sites)]
        counts.update({"asked": len(paper.sites), "right": len(paper.sites) - len(missed), "false": len(stray)})
        wrong += [f"{paper.name} site: '' for '{site}'" for site in missed]
        wrong += [f"{paper.name} site: '{value}' for ''" for value in stray]
    return f"{counts['right']} of {counts['asked']}, {counts['false']} that are none"


def _counted(paper: Paper, found: dict[str, str]) -> set[str]:
    if paper.loose:
        return {role for role in ("standard", "edition") if "9001" in found.get(role, "")}
    return paper.truth.keys() | (found.keys() - {"site"})


def _verdict(role: str, wanted: dict[str, tuple[str, ...]], found: dict[str, str], way: str) -> list[str]:
    if role in wanted and role in found and any(agrees(role, value, found[role], way) for value in wanted[role]):
        return ["right"]
    return [word for word, there in (("missed", role in wanted), ("false", role in found)) if there]


def f1(counts: Counter[str]) -> float:
    """The F measure of right, missed and false fields."""
    whole = 2 * counts["right"] + counts["missed"] + counts["false"]
    return round(2 * counts["right"] / whole, 3) if whole else 1.0


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    told_lines = []
    for way in _WAYS:
        found = figures[way]
        told_lines += [
            f"certificates as {way}: field F1 {found['f1']:.3f} (goal {GOALS[way]}), plain way {found['plain way f1']:.3f}, on "
            f"{figures['certificates']} certificates in {figures['layouts']} layouts",
            "  " + ", ".join(f"{name} {share:.3f}" for name, share in found["sets"].items()),
            f"  further sites: {found['sites']}",
            "  " + ", ".join(f"{role} {share:.2f}" for role, share in found["fields"].items()),
            "  " + ", ".join(f"{name} {share:.2f}" for name, share in found["languages"].items()),
            *(f"    {line}" for line in found["wrong"]),
        ]
    return told_lines
