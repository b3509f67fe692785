"""Write the figures of the shipped model into the model card: ``python -m benchmarks.model_card`` after ``make model``.

Cross-validation comes from ``corpora/models/default/model.json``, the rest from judging the corpus's test split. Only what stands between
the two marks of ``docs/model-card.md`` is replaced: failures and warnings are written by people.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpora.dataset import training_documents
from corpora.train import CACHE, MODEL, encoders, quiet, split
from evidence.artefact import Artefact
from evidence.classifier import Classifier
from evidence.evaluation import evaluate

CARD = Path(__file__).resolve().parent.parent / "docs" / "model-card.md"
BEGIN, END = "<!-- figures: python -m benchmarks.model_card -->", "<!-- end of figures -->"
MODES_SHOWN = ("record", "prescription", "template", "other", "credential", "claim")


def main() -> None:
    """Judge the test split and rewrite the card."""
    classifier = Classifier.load(MODEL, encoders(keep=False))
    figures = evaluate(classifier, training_documents(split("test"), CACHE / "corpus", quiet))
    card = CARD.read_text(encoding="utf-8")
    before, after = card.split(BEGIN)[0], card.split(END)[1]
    CARD.write_text(f"{before}{BEGIN}\n\n{text(classifier.artefact, figures)}\n{END}{after}", encoding="utf-8")
    print(text(classifier.artefact, figures))


def text(artefact: Artefact, figures: Mapping[str, Any]) -> str:
    """The figures as Markdown."""
    m = artefact.metrics
    languages = sorted(m["by_language"].items(), key=lambda pair: -pair[1])
    modes = figures["by_mode"]
    rows = [
        f"**Suppliers it never saw**, model `{artefact.version}`: {m['documents']:,} documents of {m['suppliers']} suppliers, {m['passages']:,} passages, five folds by supplier.",
        "",
        "| figure | value |",
        "|---|---|",
        f"| passages in their document, macro-F1 over four modes | {m['macro_f1']:.3f} |",
        f"| without neighbours · bare passages | {m['first_macro_f1']:.3f} · {m['bare_macro_f1']:.3f} |",
        f"| F1 {' · '.join(MODES_SHOWN)} | {' · '.join(format(m['by_mode'][k], '.2f') for k in MODES_SHOWN)} |",
        f"| criteria, micro-F1 | {m['criteria_micro_f1']:.3f} |",
        f"| living against static | {m['reading_accuracy']:.3f}; decided {m['reading_decided']:.1%}, wrong among them {m['reading_error_among_decided'] or 0:.1%} |",
        f"| kind | {m['kind_accuracy']:.3f} |",
        f"| accuracy by language | {' · '.join(f'{name} {value:.2f}' for name, value in languages)} |",
        "",
        f"**The test split**, which nobody trains on: {figures['documents']} documents, {figures['passages']} passages; `make evaluate` prints it.",
        "",
        "| figure | value |",
        "|---|---|",
        f"| passages in their document, macro-F1 · accuracy · record F1 | {figures['macro_f1']:.3f} · {figures['accuracy']:.3f} · {figures['record_f1']:.3f} |",
        f"| calibration error (15 bins) · error among the surest 80 % | {figures['calibration_error']:.3f} · {figures['error_at_80_coverage']:.3f} |",
        f"| criteria, micro-F1 | {figures['criteria_micro_f1']:.3f} |",
        f"| living against static · decided · wrong among decided | {figures['reading_accuracy']:.3f} · {figures['decided']:.3f} · {figures['error_among_decided']:.3f} |",
        f"| kind | {figures['kind_accuracy']:.3f} |",
        f"| F1 by mode (passages) | {' · '.join(f'{k} {modes[k][0]:.2f} ({modes[k][1]})' for k in MODES_SHOWN)} |",
        *(f"| {label} | {_facet(figures, name)} |" for name, label in (
            ("language", "accuracy by language (passages)"), ("format", "accuracy by format (passages)"), ("kind", "kind told right (documents)"),
        )),
        "",
        *(f"Wrong or left open: `{line}`." for line in figures["errors"]),
    ]  # fmt: skip
    return "\n".join(rows) + "\n"


def _facet(figures: Mapping[str, Any], wanted: str) -> str:
    """All values of one facet, the most frequent first."""
    found = [(k.split(" ", 1)[1], *v) for k, v in figures["by"].items() if k.startswith(f"{wanted} ")]
    return " · ".join(
        f"{name.replace('_', ' ')} {hit:.2f} ({n})" for name, hit, n in sorted(found, key=lambda r: -r[2])
    )


if __name__ == "__main__":
    main()
