"""Training: labelled documents in, a checked artefact with honest figures out.

Every probability that one stage hands to the next is out of fold: a supplier's documents are judged by models that never saw
that supplier. So the second look learns from first looks as uncertain as they will be on a stranger's papers, and the figures
written into the artefact are those of unseen suppliers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from evidence.artefact import Artefact, confidence_for
from evidence.classifier import FirstLook, document_row, tree_input
from evidence.context import answered, criteria_context, leaning
from evidence.figures import Labels, cross_validated, figures_line, naming_point, risk_curve
from evidence.fitting import boost, boost_many, fit_scaled, margins_of, temperature_of
from evidence.head_fitting import fit_heads, native
from evidence.heads import Encoders, LinearHead, Matrix, ScaledHead, at_half, pooled, sigmoid, softmax
from evidence.imports import xgboost
from evidence.lessons import Lessons, teach
from evidence.model import CRITERIA, KINDS, MODES, READINGS
from evidence.passages import text_digest
from evidence.second_look import in_document, in_sheets
from evidence.taught import Taught, taken_apart, unread
from evidence.training_set import Prepared, Settings, TrainingDocument, folds_of, prepare

# Error allowed among the documents that are decided; an administrator may set another. Below the 0.03 that is promised: strangers'
# papers are read a little worse than those of suppliers kept back.
READING_RISK = 0.025
PREVAILING = 2.0  # how much more a passage counts that has the mode of most of its document
# How much more a record counts: every second passage that readers of real papers labelled is one, every third of the corpus, which
# is written to show what is easily taken for one. (Shares of the classes may be set right by weights: Saerens et al., 2002.)
RECORDS = 1.4
_BARE_WEIGHT = 0.5  # a passage is shown to the first look with and without its surroundings

Folds = Sequence[tuple[Labels, Labels]]  # rows to learn from and rows to judge
Say = Callable[[str], None]


def train(
    documents: Sequence[TrainingDocument], encoders: Encoders, settings: Settings = Settings(), say: Say = print
) -> Artefact:
    """Train everything. Raises ValueError where there are fewer groups than folds."""
    corpus = prepare(documents, encoders, say)
    return fit(corpus, *fit_heads(corpus, settings), settings, say, teach(corpus, encoders, settings, say))


def fit(
    corpus: Prepared,
    heads: dict[str, dict[str, LinearHead]],
    logits: dict[str, Any],
    settings: Settings = Settings(),
    say: Say = print,
    lesson: Lessons | None = None,
) -> Artefact:
    """Train the trees above the heads that ``fit_heads`` gave, and measure all of it on suppliers each model never saw."""
    documents = corpus.documents
    say(f"{len(documents)} documents, {len(corpus.drafts)} passages, {len(set(corpus.groups))} suppliers")
    lesson = lesson or Lessons({}, unread(len(corpus.drafts)), unread(len(corpus.drafts)))
    heard, folds = _Heard.of(corpus, logits, lesson), folds_of(corpus, settings)
    once = ~np.array([document.again for document in documents])
    counted = once[corpus.owner]

    passage = _passages_alone(corpus, heard, folds, settings)
    say(figures_line("first look", corpus.modes[counted], passage.placed[counted]))

    look = FirstLook(corpus.features, passage.placed, heard.topic, heard.kinds, heard.taught)
    second = _passages_in_context(corpus, look, folds, settings)
    say(figures_line("in context", corpus.modes[counted], second.found[counted]))

    rows = _document_rows(corpus, look, heard.names)
    judged = {
        name: _documents(corpus, rows, target, width, settings)
        for name, target, width in (("reading", corpus.readings, len(READINGS)), ("kind", corpus.kinds, len(KINDS)))
    }
    outcome = {name: judgement.found for name, judgement in judged.items()}
    wanted = {"reading": corpus.readings, "kind": corpus.kinds}
    for name, found in outcome.items():
        say(f"{name}: accuracy {np.mean(found.argmax(1)[once] == wanted[name][once]):.3f}")

    criteria = _criteria(corpus, heard, second.found, outcome["kind"], passage.bare_margins, folds, settings)
    curve = risk_curve(outcome["reading"][once], corpus.readings[once])
    thresholds = {
        "reading": confidence_for(curve, READING_RISK),
        "criteria": naming_point(criteria.found[counted], corpus.criteria[counted]),
    }
    topics = at_half(criteria.found, thresholds["criteria"])
    metrics = cross_validated(corpus, passage.placed, passage.bare, second.found, topics, outcome, thresholds)
    metrics["reading_risk_curve"] = curve
    say(f"criteria micro-F1 {metrics['criteria_micro_f1']:.3f}")
    above = {"context": second, **judged, "criteria": criteria}
    return Artefact(
        heads,
        {name: judgement.head for name, judgement in above.items() if judgement.head},
        {"passage": passage.trees, **{name: judgement.trees for name, judgement in above.items()}},
        thresholds,
        passage.temperatures | {n: j.temperature for n, j in above.items() if j.temperature},
        metrics,
        _training_digest(documents),
        tuned=lesson.weights,
    )


def _training_digest(documents: Sequence[TrainingDocument]) -> str:
    labelled = ((d, zip(d.drafts, d.modes, d.criteria, strict=True)) for d in documents)
    marks = ("~heads and trees alone", "")
    return text_digest([f"{d.id}{m}{c}{x.text}{marks[d.teaches_encoder]}" for d, rows in labelled for x, m, c in rows])


@dataclass(frozen=True)
class _Heard:
    """What heads and the taught encoder say of each passage (of each document: ``names``), none of which saw its supplier."""

    text: Matrix
    placed: Matrix
    topic: Matrix
    bare_topic: Matrix
    kinds: Matrix
    names: Matrix
    taught: Taught
    taught_bare: Taught

    @classmethod
    def of(cls, corpus: Prepared, logits: dict[str, Any], lesson: Lessons) -> "_Heard":
        return cls(
            native(corpus, logits["mode"]),
            native(corpus, logits["placed_mode"]),
            sigmoid(native(corpus, logits["placed_criteria"])),
            sigmoid(native(corpus, logits["criteria"])),
            native(corpus, logits["placed_kind"]),
            logits["name"],
            taken_apart(lesson.placed),
            taken_apart(lesson.bare),
        )


@dataclass(frozen=True)
class _PassageTrees:
    """The first look: its trees, and what they say out of fold of passages in their places and bare."""

    trees: xgboost.Booster
    temperatures: dict[str, float]
    placed: Matrix
    bare: Matrix
    bare_margins: Matrix


@dataclass(frozen=True)
class _Judgement:
    """A later stage: its trees, the linear head beside them, and the probabilities (n x classes) out of fold."""

    trees: xgboost.Booster
    found: Matrix
    temperature: float | None = None
    head: ScaledHead | None = None


def _out_of_fold(folds: Folds, width: int, judged: Callable[[Labels, Labels], Matrix]) -> Matrix:
    """What ``judged(rows to learn from, rows to judge)`` says of each row, n x ``width``."""
    found = np.zeros((sum(len(judge) for _, judge in folds), width), np.float32)
    for learn, judge in folds:
        found[judge] = judged(learn, judge)
    return found


def _passages_alone(corpus: Prepared, heard: _Heard, folds: Folds, settings: Settings) -> _PassageTrees:
    """The first look learns each passage twice: with what its place says, and as a bare text."""
    n, width = len(corpus.modes), len(MODES)
    placed = tree_input(corpus.features, heard.text, heard.taught.modes, heard.placed)
    bare = tree_input(corpus.bare, heard.text, heard.taught_bare.modes)
    both, twice = np.vstack([placed, bare]), np.concatenate([corpus.modes, corpus.modes])
    alike = _prevailing(corpus)
    weights = np.concatenate([alike, _BARE_WEIGHT * alike])

    def judged(learn: Labels, judge: Labels) -> Matrix:
        chosen = np.concatenate([learn, learn + n])
        booster = boost(both[chosen], twice[chosen], width, settings.first, settings, weights[chosen])
        return np.hstack([margins_of(booster, table[judge], width) for table in (placed, bare)])

    placed_margins, bare_margins = np.hsplit(_out_of_fold(folds, 2 * width, judged), 2)
    temperatures = {
        "passage": temperature_of(placed_margins, corpus.modes),
        "bare": temperature_of(bare_margins, corpus.modes),
    }
    return _PassageTrees(
        boost(both, twice, width, settings.first, settings, weights),
        temperatures,
        softmax(placed_margins / temperatures["passage"]),
        answered(softmax(bare_margins / temperatures["bare"])),
        bare_margins,
    )


def _passages_in_context(corpus: Prepared, look: FirstLook, folds: Folds, settings: Settings) -> _Judgement:
    """The second look: each passage with what the first look found in its neighbours and its whole paper; then both together.

    It learns passages in their documents, and judges those of a workbook in their sheets as well, as ``Classifier.judge`` does.
    """
    width, weights = len(MODES), _prevailing(corpus)
    whole, sheets = _contexts(corpus, look)

    def judged(learn: Labels, judge: Labels) -> Matrix:
        booster = boost(whole[learn], corpus.modes[learn], width, settings.second, settings, weights[learn])
        return np.hstack([margins_of(booster, view[judge], width) for view in (whole, sheets)])

    seen = softmax(pooled(*(softmax(view) for view in np.hsplit(_out_of_fold(folds, 2 * width, judged), 2))))
    drawn = _leaning(corpus, pooled(answered(look.modes), answered(seen)))
    temperature = temperature_of(drawn, corpus.modes, weights)
    trees = boost(whole, corpus.modes, width, settings.second, settings, weights)
    return _Judgement(trees, softmax(drawn / temperature), temperature)


def _documents(corpus: Prepared, rows: Matrix, target: Labels, width: int, settings: Settings) -> _Judgement:
    """Kind or reading of whole documents, by trees and a straight line together.

    A document counts once: in other formats its rows are nearly the same, and what is unusual in it weighed three times.
    """
    sent = ~np.array([document.again for document in corpus.documents])
    groups = np.array([document.group for document in corpus.documents])
    by_supplier = GroupKFold(settings.folds, shuffle=True, random_state=settings.seed)

    def judged(learn: Labels, judge: Labels) -> Matrix:
        learn = learn[sent[learn]]
        booster = boost(rows[learn], target[learn], width, settings.document, settings)
        head = fit_scaled(rows[learn], target[learn], width, settings)
        by_trees = softmax(margins_of(booster, rows[judge], width))
        return pooled(by_trees, softmax(head.logits(rows[judge])))

    scores = _out_of_fold(list(by_supplier.split(rows, groups=groups)), width, judged)
    temperature = temperature_of(scores[sent], target[sent])
    trees = boost(rows[sent], target[sent], width, settings.document, settings)
    head = fit_scaled(rows[sent], target[sent], width, settings)
    return _Judgement(trees, softmax(scores / temperature), temperature, head)


def _criteria(
    corpus: Prepared,
    heard: _Heard,
    modes: Matrix,
    kinds: Matrix,
    bare_margins: Matrix,
    folds: Folds,
    settings: Settings,
) -> _Judgement:
    """Criteria by trees and a straight line together; what ships learns them in context and bare, so that one model answers both."""
    width = len(CRITERIA)
    about = np.vstack(
        [
            criteria_context(heard.topic[own], heard.taught.criteria[own], document.drafts, modes[own], kinds[index])
            for index, document in enumerate(corpus.documents)
            if len(own := corpus.rows(index))
        ]
    )

    def judged(learn: Labels, judge: Labels) -> Matrix:
        booster = boost_many(about[learn], corpus.criteria[learn], settings)
        head = fit_scaled(about[learn], corpus.criteria[learn], width, settings)
        return np.asarray((margins_of(booster, about[judge], width) + head.logits(about[judge])) / 2)

    found = sigmoid(_leaning(corpus, _out_of_fold(folds, width, judged)))
    both_ways = _with_bare(about, heard.bare_topic, heard.taught_bare.criteria, bare_margins)
    named_twice = np.vstack([corpus.criteria] * 2)
    head = fit_scaled(both_ways, named_twice, width, settings)
    return _Judgement(boost_many(both_ways, named_twice, settings), found, head=head)


def _with_bare(about: Matrix, topic: Matrix, taught: Matrix, bare_margins: Matrix) -> Matrix:
    """The criteria rows again as bare texts give them, so that one model answers both."""
    alone = np.hstack([topic] * 4 + [taught, softmax(bare_margins), np.full((len(topic), len(KINDS)), np.nan)]).astype(
        np.float32
    )
    return np.vstack([about, alone])


def _contexts(corpus: Prepared, look: FirstLook) -> tuple[Matrix, Matrix]:
    """Each passage in its document, and in its sheet alone (the same where there is but one)."""
    whole, sheets = [], []
    for index, document in enumerate(corpus.documents):
        if document.drafts:
            seen = document.drafts, look.of(list(corpus.rows(index))), document.outside
            whole.append(in_document(*seen))
            alone = in_sheets(*seen)
            sheets.append(whole[-1] if alone is None else alone)
    return np.vstack(whole), np.vstack(sheets)


def _document_rows(corpus: Prepared, look: FirstLook, names: Matrix) -> Matrix:
    return np.vstack(
        [
            document_row(document.drafts, look.of(list(corpus.rows(index))), document.outside, names[index])
            for index, document in enumerate(corpus.documents)
        ]
    )


def _leaning(corpus: Prepared, scores: Matrix) -> Matrix:
    found = [leaning(d.drafts, scores[corpus.rows(i)]) for i, d in enumerate(corpus.documents) if d.drafts]
    return np.vstack(found)


def _prevailing(corpus: Prepared) -> Matrix:
    """Weights that make the corpus as uniform within its documents, and as full of records, as real folders are.

    The corpus packs legends, heads and rules into every record on purpose: 0.73 of its passages have the mode that prevails in their
    document, while readers of real papers find 0.86. Counted so often more, they come to the share that real papers have.
    """
    weights = np.ones(len(corpus.modes), dtype=np.float32)
    for index in range(len(corpus.documents)):
        rows = corpus.rows(index)
        if len(rows):
            most = np.bincount(corpus.modes[rows], minlength=len(MODES)).argmax()
            weights[rows] = np.where(corpus.modes[rows] == most, PREVAILING, 1.0)
    weights[corpus.modes == MODES.index("record")] *= RECORDS
    return weights / np.float32(weights.mean())
