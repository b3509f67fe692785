"""Fields of sixty-eight invented certificates in forty-eight layouts and eight languages, as text and as scans, through the pipeline.

The plain way measured beside it: labels of the fields in English and a colon, on the same text.
"""

import re
import tempfile
import tomllib
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.reporting.reading import Pipeline, told
from corpora.authored import AuthoredDocument
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


def certificates() -> list[dict[str, Any]]:
    """The certificates with their truth."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / "truth.toml").read_text(encoding="utf-8"))["certificate"]
    return found


def authored(certificate: dict[str, Any], number: int, render: str) -> AuthoredDocument:
    """The certificate as a document to render."""
    layout = (FOLDER / "layouts" / f"{certificate['layout']}.md").read_text(encoding="utf-8")
    printed = {key: value[0] if isinstance(value, list) else value for key, value in certificate.items()}
    body = ["@credential certification", *layout.format(**printed).split("\n")]
    parts = parse_body(body, certificate["layout"])
    name = f"{number:02d}-{certificate['layout']}"
    return AuthoredDocument(
        FOLDER / f"{name}.md", "certificates", f"{name}.pdf", render, "certificate", "static",
        str(certificate["layout"])[:2], parts,
    )  # fmt: skip


def truth(certificate: dict[str, Any]) -> dict[str, str]:
    """Field to the value that a reader should hand on."""
    layout = (FOLDER / "layouts" / f"{certificate['layout']}.md").read_text(encoding="utf-8")
    found = {"standard": "ISO 9001", "edition": "ISO 9001:2015"}
    for key, value in certificate.items():
        if key != "layout" and "{" + key + "}" in layout:
            found[key] = value[1] if isinstance(value, list) else value
    return found


def read_fields(report: DocumentReport) -> dict[str, str]:
    """The certificate fields of a report."""
    return {
        fact.role: fact.value
        for fact in report.facts
        if fact.kind == "certificate_field" and not fact.role.startswith(("surveillance", "accreditation_"))
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


def measure(pipeline: Pipeline) -> dict[str, Any]:
    """Field F1 as text and as scans, by field and by language, with the plain way on the same text."""
    listed = certificates()
    results: dict[str, Any] = {"certificates": len(listed), "layouts": len({c["layout"] for c in listed})}
    for way in _WAYS:
        with tempfile.TemporaryDirectory() as folder:
            for number, certificate in enumerate(listed, 1):
                render_document(authored(certificate, number, "pdf" if way == "text" else "scan"), Path(folder))
            reports = {report.path.split("-")[0]: report for report in pipeline.folder(Path(folder))}
        results[way] = _scored(listed, reports, way)
        told([way, str(results[way]["f1"])])
    return results


def _scored(listed: list[dict[str, Any]], reports: dict[str, DocumentReport], way: str) -> dict[str, Any]:
    ours: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    fields: dict[str, Counter[str]] = {}
    languages: dict[str, Counter[str]] = {}
    wrong = []
    for number, certificate in enumerate(listed, 1):
        report = reports[f"{number:02d}"]
        wanted, found = truth(certificate), read_fields(report)
        other = plain_way(report)
        for role in wanted.keys() | (found.keys() - {"site"}):
            verdict = _verdict(role, wanted, found, way)
            for counter in (
                ours,
                fields.setdefault(role, Counter()),
                languages.setdefault(certificate["layout"][:2], Counter()),
            ):
                counter.update(verdict)
            if "right" not in verdict:
                wrong.append(
                    f"{number:02d} {certificate['layout']} {role}: '{found.get(role, '')}' for '{wanted.get(role, '')}'"
                )
            if role in wanted or role in other:
                plain.update(_verdict(role, wanted, other, way))
    return {
        "f1": f1(ours),
        "plain way f1": f1(plain),
        "fields": {role: f1(counts) for role, counts in sorted(fields.items())},
        "languages": {name: f1(counts) for name, counts in sorted(languages.items())},
        "wrong": sorted(wrong),
    }


def _verdict(role: str, wanted: dict[str, str], found: dict[str, str], way: str) -> list[str]:
    if role in wanted and role in found and agrees(role, wanted[role], found[role], way):
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
            "  " + ", ".join(f"{role} {share:.2f}" for role, share in found["fields"].items()),
            "  " + ", ".join(f"{name} {share:.2f}" for name, share in found["languages"].items()),
            *(f"    {line}" for line in found["wrong"]),
        ]
    return told_lines
