"""Does the corpus teach shortcuts? The checks of its datasheet, with the shipped model and with models trained without what they judge.

    python -m benchmarks.leaks [--only gap|twins|masks|swaps|phrases|held]

`gap`: a bag of words on the corpus and on other organisations' papers. `twins`: titles, file names, lengths alone. `masks`: digits,
names or dates taken out of the test split. `swaps`: twins that change names and titles. `phrases`: what stands in one mode only, and
the shares of modes. `held`: one document kind, one language, one industry that training never saw.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.model_selection import GroupKFold

from benchmarks.classifier_peers import bag_of_words
from benchmarks.classifier_real import SHARED
from corpora import shortcuts
from corpora.authored import load_corpus
from corpora.dataset import training_documents
from corpora.train import CACHE, MODEL, encoders, quiet, split
from evidence.classifier import Classifier
from evidence.evaluation import evaluate
from evidence.figures import macro_f1
from evidence.model import MODES
from evidence.passages import Draft
from evidence.signs import BY_NAME
from evidence.training import train
from evidence.training_set import Settings, TrainingDocument

CHECKS = ("gap", "twins", "masks", "swaps", "phrases", "held")
HELD = (("kind", "calibration_record"), ("language", "tr"), ("industry", "electronics"))
FEWER_FOLDS = Settings(folds=3)  # enough where only one figure of a whole training is asked for
PHRASE_DOCUMENTS = 8  # in so many documents of so many suppliers a phrase of one mode only is a shortcut
LONGEST_PHRASES = 4  # words

MASKS: dict[str, tuple[re.Pattern[str], ...]] = {
    "digits": (re.compile(r"\d"),),
    "names": (BY_NAME["person"].pattern, BY_NAME["capital_pair"].pattern),
    "dates": (BY_NAME["full_date"].pattern, BY_NAME["month_year"].pattern, BY_NAME["year"].pattern),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", choices=CHECKS)
    options = parser.parse_args()
    for name in CHECKS:
        if options.only in (None, name):
            globals()[name]()


def documents_of(name: str) -> list[TrainingDocument]:
    """One side of the corpus, each document once."""
    return training_documents(split(name), CACHE / "corpus", quiet)


def gap() -> None:
    """Print what a bag of words reaches on the corpus, suppliers apart, and on the labelled papers beside the repository."""
    documents = documents_of("train")
    texts = [draft.text for d in documents for draft in d.drafts]
    modes = np.array([MODES.index(m) for d in documents for m in d.modes])  # type: ignore[arg-type]
    groups = [d.group for d in documents for _ in d.drafts]
    found = np.zeros(len(texts), np.int64)
    for learn, judge in GroupKFold(5, shuffle=True, random_state=7).split(texts, groups=groups):
        found[judge] = bag_of_words().fit([texts[i] for i in learn], modes[learn]).predict([texts[i] for i in judge])
    print(
        f"bag of words, corpus by supplier                macro-F1 {macro_f1(modes, found):.3f}  n={len(texts)}",
        flush=True,
    )
    labels = SHARED / "real" / "passages.jsonl"
    if labels.exists():
        rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
        answers = bag_of_words().fit(texts, modes).predict([row["text"] for row in rows])
        wanted = np.array([MODES.index(row["mode"]) for row in rows])
        print(
            f"bag of words, papers of other organisations     macro-F1 {macro_f1(wanted, answers):.3f}  n={len(rows)}"
        )


def twins() -> None:
    """Print what titles, file names and lengths alone tell within twin families; one in two is chance."""
    suppliers = load_corpus()
    for name, told in (
        ("titles", shortcuts.told_by_title),
        ("file names", shortcuts.told_by_file_name),
        ("lengths", shortcuts.told_by_length),
    ):
        share, pairs = told(suppliers)
        print(f"twins told apart by {name:12} {share:.3f} of {pairs} pairs", flush=True)


def masks() -> None:
    """Print the test split as it is and with digits, names or dates taken out of texts and cells."""
    documents = documents_of("test")
    classifier = Classifier.load(MODEL, encoders(keep=False))
    wanted = np.array([MODES.index(m) for d in documents for m in d.modes])  # type: ignore[arg-type]
    plain = _modes(classifier, documents)
    print(f"test split as it is      macro-F1 {macro_f1(wanted, plain):.3f}  n={len(wanted)}", flush=True)
    for name, patterns in MASKS.items():
        bare = [replace(d, drafts=tuple(_masked(x, patterns) for x in d.drafts)) for d in documents]
        found = _modes(classifier, bare)
        lost = Counter(MODES[int(k)] for k in plain[found != plain])
        changed = np.mean(found != plain)
        print(
            f"without {name:16} macro-F1 {macro_f1(wanted, found):.3f}  verdicts changed {changed:.1%} {dict(lost)}",
            flush=True,
        )


def _masked(draft: Draft, patterns: Sequence[re.Pattern[str]]) -> Draft:
    def clean(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub("", text)
        return text

    cells = tuple(cell.model_copy(update={"text": clean(cell.text)}) for cell in draft.cells)
    return replace(draft, text=clean(draft.text) or " ", cells=cells)


def _modes(classifier: Classifier, documents: Sequence[TrainingDocument]) -> np.ndarray:
    return np.array([MODES.index(p.mode) for d in documents for p in classifier.judge(d.drafts, d.outside)[0].passages])


def swaps() -> None:
    """Print how often the verdict on a twin stays when it carries the file name and title of the other."""
    _swaps(Classifier.load(MODEL, encoders(keep=False)), documents_of("test"), "test split, shipped model")


def _swaps(classifier: Classifier, documents: Sequence[TrainingDocument], where: str) -> None:
    families: dict[str, list[TrainingDocument]] = defaultdict(list)
    for document in documents:
        if document.family:
            families[document.family].append(document)
    kept = total = before = 0
    for family in families.values():
        for one in family:
            for other in family:
                if {one.reading, other.reading} != {"living", "static"}:
                    continue
                title = other.drafts[0].title
                changed = tuple(replace(x, title=title, heading=(title,) if title else ()) for x in one.drafts)
                outside = replace(one.outside, path=other.outside.path)
                total += 1
                before += classifier.judge(one.drafts, one.outside)[0].document.reading == one.reading
                kept += classifier.judge(changed, outside)[0].document.reading == one.reading
    print(f"twins under each other's name ({where}): right {kept} of {total}; under their own {before}", flush=True)


def phrases() -> None:
    """Print phrases that stand in one mode only, and the shares of modes, readings and kinds."""
    documents = documents_of("train")
    modes: dict[str, Counter[str]] = defaultdict(Counter)
    papers: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for draft, mode in zip(document.drafts, document.modes, strict=True):
            words = re.findall(r"[^\W\d_]+", draft.text.lower())
            runs = {
                " ".join(words[i : i + n]) for n in range(2, LONGEST_PHRASES + 1) for i in range(len(words) - n + 1)
            }
            for run in runs:
                modes[run][mode] += 1
                papers[run].add(document.group)
    lone = [
        (len(papers[run]), run, next(iter(counts)))
        for run, counts in modes.items()
        if len(counts) == 1 and len(papers[run]) >= PHRASE_DOCUMENTS
    ]
    print(f"phrases of {PHRASE_DOCUMENTS} suppliers or more that stand in one mode only: {len(lone)}")
    for suppliers, run, mode in sorted(lone, reverse=True)[:20]:
        print(f"  {suppliers:3} suppliers  {mode:12} {run}")
    for name, values in (
        ("modes", [m for d in documents for m in d.modes]),
        ("readings", [d.reading for d in documents]),
        ("kinds", [d.kind for d in documents]),
    ):
        print(name, {key: f"{n / len(values):.0%}" for key, n in Counter(values).most_common()})


def held() -> None:
    """Print figures on a whole kind, language and industry left out of training; then the rest of the corpus beside it by cross-validation."""
    documents = documents_of("train")
    coders = encoders()
    for facet, value in HELD:
        rest = [d for d in documents if d.facets[facet] != value]
        apart = [d for d in documents if d.facets[facet] == value]
        artefact = train(rest, coders, FEWER_FOLDS, quiet)
        classifier = Classifier(artefact, encoders(keep=False))
        figures = evaluate(classifier, apart)
        print(
            f"without {facet} {value}: {len(apart)} documents, macro-F1 {figures['macro_f1']:.3f}, record F1 {figures['record_f1']:.3f}, "
            f"reading {figures['reading_accuracy']:.3f}; other suppliers {artefact.metrics['macro_f1']:.3f}",
            flush=True,
        )
        if facet != "kind":
            _swaps(classifier, apart, f"{facet} {value}, never trained on")


if __name__ == "__main__":
    main()
