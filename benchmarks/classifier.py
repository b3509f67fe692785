"""How well passages are told apart, ours beside the plain ways, all trained on the same documents and judged on suppliers they never saw.

    python -m benchmarks.classifier [--seeds 5] [--views]   five-fold by supplier, once a seed; then the corpus's test split
    python -m benchmarks.classifier --ablate                the same without one part at a time
    python -m benchmarks.classifier --lean                  how far a passage should lean on its sheet or section
    python -m benchmarks.classifier --speed                 passages a second and memory at a worker's batch
    python -m benchmarks.classifier --encoder               what teaching the encoder brings
    python -m benchmarks.classifier --real                  the labelled papers beside the repository, where they are

Without ``--views`` each document is learnt from once, as its author sends it, which takes a quarter of the time or so. The
shipped model (``make model``) learns from two more views of each document.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from benchmarks import classifier_encoder, classifier_real, classifier_speed
from benchmarks.classifier_peers import bag_of_words, by_rules
from corpora.dataset import training_documents
from corpora.train import CACHE, MODEL, encoders, quiet, split, views
from evidence.artefact import Artefact, ModelError
from evidence.classifier import Classifier
from evidence.evaluation import evaluate
from evidence.features import NAMES, STRUCTURE_START
from evidence.figures import Labels, macro_f1
from evidence.head_fitting import fit_heads, native
from evidence.heads import Encoders, LinearHead, Matrix
from evidence.model import MODES
from evidence.training import fit
from evidence.training_set import Prepared, Settings, TrainingDocument, folds_of, prepare

FIRST_SEED = 7  # that of the shipped model
_GRAMMAR = list(range(NAMES.index("verb_share"), STRUCTURE_START))
_SIGNS = [i for i, name in enumerate(NAMES) if name.startswith(("sign_", "density_"))]
_STRUCTURE = list(range(STRUCTURE_START, len(NAMES)))

Heads = dict[str, dict[str, LinearHead]]


@dataclass(frozen=True)
class Line:
    """Macro-F1 over the four frequent modes and F1 of ``record``, a value a seed."""

    macro: list[float]
    record: list[float]

    def text(self) -> str:
        """Mean and spread."""
        return "   ".join(f"{np.mean(v):.3f} ± {np.std(v):.3f}" for v in (self.macro, self.record))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", type=int, default=5, help="how many ways the suppliers are dealt into five folds")
    parser.add_argument("--views", action="store_true", help="learn from each document in other formats and sizes too")
    for name in ("ablate", "speed", "encoder", "real", "lean"):
        parser.add_argument(f"--{name}", action="store_true")
    options = parser.parse_args()
    if options.speed:
        classifier_speed.show(MODEL, CACHE)
        return
    if options.lean:
        classifier_real.leaning(MODEL, CACHE)
        return
    if options.real:
        classifier_real.show(MODEL, CACHE, training_set())
        return
    coders = encoders()
    documents = views(split("train")) if options.views else training_set()
    corpus = prepare(documents, coders, quiet)
    print(f"{len(documents)} documents, {len(corpus.drafts)} passages, {len(set(corpus.groups))} suppliers", flush=True)
    if options.ablate:
        ablate(corpus)
    elif options.encoder:
        classifier_encoder.show(corpus, coders)
    else:
        apart = training_documents(split("test"), CACHE / "corpus", quiet)
        on_test_split(corpus, across_seeds(corpus, options.seeds), coders, apart)


def training_set() -> list[TrainingDocument]:
    """Every document that may be learnt from, once."""
    return training_documents(split("train"), CACHE / "corpus", quiet)


def across_seeds(corpus: Prepared, seeds: int) -> Artefact:
    """Print the table of grouped cross-validation; gives back the model of the first seed."""
    lines: dict[str, Line] = defaultdict(lambda: Line([], []))
    others: dict[str, list[float]] = defaultdict(list)
    kept: Artefact | None = None
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        settings = replace(Settings(), seed=seed)
        heads, logits = fit_heads(corpus, settings)
        for name, found in _plain_ways(corpus, logits, settings):
            macro, record = scores(corpus, found)
            lines[name].macro.append(macro)
            lines[name].record.append(record)
        artefact = fit(corpus, heads, logits, settings, quiet)
        for name, macro, record in (
            ("ours, bare passage", "bare_macro_f1", "bare_record_f1"),
            ("ours, first look", "first_macro_f1", "first_record_f1"),
            ("ours, in its document", "macro_f1", "record_f1"),
        ):
            lines[name].macro.append(artefact.metrics[macro])
            lines[name].record.append(artefact.metrics[record])
        for name in ("criteria_micro_f1", "reading_accuracy", "kind_accuracy"):
            others[name].append(artefact.metrics[name])
        kept = kept or artefact
        print(f"seed {seed}: " + ", ".join(f"{name} {line.macro[-1]:.3f}" for name, line in lines.items()), flush=True)
    print(f"\nfive-fold by supplier, {seeds} seeds: mean ± spread     macro-F1        record F1")
    for name, line in lines.items():
        print(f"  {name:44} {line.text()}")
    for name, values in others.items():
        print(f"  ours: {name:38} {np.mean(values):.3f} ± {np.std(values):.3f}")
    assert kept is not None
    return kept


def scores(corpus: Prepared, found: Labels) -> tuple[float, float]:
    """Macro-F1 and record F1 of out-of-fold answers, documents seen again left out."""
    counted = ~np.array([corpus.documents[i].again for i in corpus.owner])
    return both(corpus.modes[counted], found[counted])


def both(wanted: Labels, found: Labels) -> tuple[float, float]:
    """Macro-F1 over the frequent modes and F1 of ``record``."""
    return macro_f1(wanted, found), float(f1_score(wanted == 0, found == 0, zero_division=0))


def _plain_ways(corpus: Prepared, logits: dict[str, Any], settings: Settings) -> Iterator[tuple[str, Labels]]:
    """Each plain way with its answers, given by models that never saw the supplier."""
    texts = [draft.text for draft in corpus.drafts]
    yield "keyword rules", by_rules(texts)
    found = np.zeros(len(texts), np.int64)
    for learn, judge in folds_of(corpus, settings):
        bag = bag_of_words().fit([texts[i] for i in learn], corpus.modes[learn])
        found[judge] = bag.predict([texts[i] for i in judge])
    yield "TF-IDF + logistic regression", found
    yield "embeddings + logistic regression", native(corpus, logits["mode"]).argmax(1)
    yield "the same, file name and headings embedded too", native(corpus, logits["placed_mode"]).argmax(1)


def on_test_split(
    corpus: Prepared, artefact: Artefact, coders: Encoders, documents: Sequence[TrainingDocument]
) -> None:
    """Print the figures of all ways on the suppliers that nobody trains on."""
    drafts = [draft for d in documents for draft in d.drafts]
    wanted = np.array([MODES.index(m) for d in documents for m in d.modes])  # type: ignore[arg-type]
    print(f"\ntest split, {len(documents)} documents, {len(drafts)} passages        macro-F1   record F1")

    def line(name: str, macro: float, record: float) -> None:
        print(f"  {name:52} {macro:.3f}      {record:.3f}", flush=True)

    line("keyword rules", *both(wanted, by_rules([d.text for d in drafts])))
    bag = bag_of_words().fit([d.text for d in corpus.drafts], corpus.modes)
    line("TF-IDF + logistic regression", *both(wanted, bag.predict([d.text for d in drafts])))
    line("embeddings + logistic regression", *both(wanted, _by_head(artefact, drafts, coders)))
    for name, model in (("ours, trained on the same", artefact), ("ours, as shipped", _shipped())):
        if model is not None:
            figures = evaluate(Classifier(model, encoders(keep=False)), documents)
            line(name, figures["macro_f1"], figures["record_f1"])


def _by_head(artefact: Artefact, drafts: Sequence[Any], coders: Encoders) -> Labels:
    vectors = coders.encode(drafts)
    heads = artefact.heads["mode"]
    rows = [heads[name].logits(row[None, :])[0] for row, name in zip(vectors.rows, vectors.encoders, strict=True)]
    return np.asarray(np.stack(rows).argmax(1))


def _shipped() -> Artefact | None:
    from evidence import artefact as artefacts

    try:
        return artefacts.load(MODEL)
    except ModelError as problem:
        print(f"  the shipped model is left out: {problem}")
        return None


def ablate(corpus: Prepared) -> None:
    """Print what each part brings: the same cross-validation with one part taken away."""
    settings = Settings()
    heads, logits = fit_heads(corpus, settings)
    print(
        "\nfive-fold by supplier, one seed                bare  first look  in its document  criteria  reading   kind"
    )

    def line(name: str, changed: Prepared, answers: dict[str, Any], chosen: Settings = settings) -> None:
        metrics = fit(changed, heads, answers, chosen, quiet).metrics
        values = [
            metrics[key]
            for key in (
                "bare_macro_f1",
                "first_macro_f1",
                "macro_f1",
                "criteria_micro_f1",
                "reading_accuracy",
                "kind_accuracy",
            )
        ]
        print(f"  {name:42} " + "     ".join(f"{v:.3f}" for v in values), flush=True)

    line("all of it", corpus, logits)
    for name, columns in (("signs", _SIGNS), ("grammar", _GRAMMAR), ("structure (cells, layout)", _STRUCTURE)):
        line(f"without {name}", _blank(corpus, columns), logits)
    silent = {name: _zeros(found) for name, found in logits.items()}
    placed = [name for name in logits if name.startswith("placed_")]
    line("without text heads", corpus, {**logits, "mode": silent["mode"], "criteria": silent["criteria"]})
    line("without place heads and file name", corpus, {
        **logits, "name": silent["name"], **{name: logits[name.removeprefix("placed_")] for name in placed},
    })  # fmt: skip
    line("without any embedding: features alone", corpus, silent)
    # So little freedom leaves a constant, which the temperature takes out again: the trees alone.
    line("without the straight line beside the trees", corpus, logits, replace(settings, scaled_strength=1e-9))


def _zeros(found: Any) -> Any:
    return {k: np.zeros_like(v) for k, v in found.items()} if isinstance(found, dict) else np.zeros_like(found)


def _blank(corpus: Prepared, columns: list[int]) -> Prepared:
    """The corpus with some features unknown."""

    def without(table: Matrix) -> Matrix:
        changed = table.copy()
        changed[:, columns] = np.nan
        return changed

    return replace(corpus, features=without(corpus.features), bare=without(corpus.bare))


if __name__ == "__main__":
    main()
