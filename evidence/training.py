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
from evidence.context import FAINT, answered, around_texts, criteria_context, document_summary, leaning, passage_context
from evidence.figures import Labels, cross_validated, figures_line, naming_point, risk_curve
from evidence.fitting import boost, boost_many, fit_head, fit_scaled, margins_of, temperature_of
from evidence.heads import Encoders, LinearHead, Matrix, ScaledHead, at_half, pooled, sigmoid, softmax
from evidence.model import CRITERIA, KINDS, MODES, READINGS
from evidence.passages import text_digest
from evidence.taught import EXCLUSIVE, taken_apart, targets, unread
from evidence.training_set import (
    Prepared,
    Settings,
    TrainingDocument,
    as_sent,
    folds_of,
    in_other_format,
    prepare,
)

READING_RISK = 0.03  # error allowed among the documents that are decided; an administrator may set another
PREVAILING = 2.0  # how much more a passage counts that has the mode of most of its document
# How much more a record counts: every second passage that readers of real papers labelled is one, every third of the corpus, which
# is written to show what is easily taken for one. (Shares of the classes may be set right by weights: Saerens et al., 2002.)
RECORDS = 1.4
ALONE = 0.35  # share of the texts that a round of teaching shows without what stands around them
_BARE_WEIGHT = 0.5  # a passage is shown to the first look with and without its surroundings


def train(
    documents: Sequence[TrainingDocument],
    encoders: Encoders,
    settings: Settings = Settings(),
    say: Callable[[str], None] = print,
) -> Artefact:
    """Train everything. Raises ValueError where there are fewer groups than folds."""
    corpus = prepare(documents, encoders, say)
    return fit(corpus, *fit_heads(corpus, settings), settings, say, teach(corpus, encoders, settings, say))


def fit(
    corpus: Prepared,
    heads: dict[str, dict[str, LinearHead]],
    logits: dict[str, Any],
    settings: Settings = Settings(),
    say: Callable[[str], None] = print,
    lesson: "Lessons | None" = None,
) -> Artefact:
    """Train the trees above the heads that ``fit_heads`` gave, and measure all of it on suppliers each model never saw."""
    documents = corpus.documents
    say(f"{len(documents)} documents, {len(corpus.drafts)} passages, {len(set(corpus.groups))} suppliers")
    folds = folds_of(corpus, settings)
    own = native(corpus, logits["mode"])
    placed = native(corpus, logits["placed_mode"])
    topic = sigmoid(native(corpus, logits["placed_criteria"]))
    kind_logits = native(corpus, logits["placed_kind"])

    lesson = lesson or Lessons({}, unread(len(own)), unread(len(own)))
    taught, taught_bare = taken_apart(lesson.placed), taken_apart(lesson.bare)

    table = tree_input(corpus.features, own, taught.modes, placed)
    bare = tree_input(corpus.bare, own, taught_bare.modes)
    both, twice = np.vstack([table, bare]), np.concatenate([corpus.modes, corpus.modes])
    alike = _prevailing(corpus)
    weights = np.concatenate([alike, _BARE_WEIGHT * alike])
    first_margins, bare_margins = (
        np.zeros((len(own), len(MODES)), np.float32),
        np.zeros((len(own), len(MODES)), np.float32),
    )
    for learn, judge in folds:
        chosen = np.concatenate([learn, learn + len(own)])
        booster = boost(both[chosen], twice[chosen], len(MODES), settings.first, settings, weights[chosen])
        first_margins[judge], bare_margins[judge] = (
            margins_of(booster, table[judge], len(MODES)),
            margins_of(booster, bare[judge], len(MODES)),
        )
    trees = {"passage": boost(both, twice, len(MODES), settings.first, settings, weights)}
    temperatures = {
        "passage": temperature_of(first_margins, corpus.modes),
        "bare": temperature_of(bare_margins, corpus.modes),
    }
    first = softmax(first_margins / temperatures["passage"])
    counted = ~np.array([documents[i].again for i in corpus.owner])
    say(figures_line("first look", corpus.modes[counted], first[counted]))

    look = FirstLook(corpus.features, first, topic, kind_logits, taught)
    context, rows = _contexts(corpus, look, logits["name"])
    second_margins = np.zeros((len(own), len(MODES)), np.float32)
    weights = alike
    for learn, judge in folds:
        booster = boost(context[learn], corpus.modes[learn], len(MODES), settings.second, settings, weights[learn])
        second_margins[judge] = margins_of(booster, context[judge], len(MODES))
    trees["context"] = boost(context, corpus.modes, len(MODES), settings.second, settings, weights)
    drawn = _leaning(corpus, np.log(np.maximum(answered(softmax(second_margins)), FAINT)))
    temperatures["context"] = temperature_of(drawn, corpus.modes, alike)
    second = softmax(drawn / temperatures["context"])
    say(figures_line("in context", corpus.modes[counted], second[counted]))

    groups = np.array([d.group for d in documents])
    by_document = list(GroupKFold(settings.folds, shuffle=True, random_state=settings.seed).split(rows, groups=groups))
    # A document counts once: in other formats its rows are nearly the same, and what is unusual in it weighed three times.
    sent = np.array([not d.again for d in documents])
    outcome: dict[str, Matrix] = {}
    scaled: dict[str, ScaledHead] = {}
    for name, target, classes in (("reading", corpus.readings, len(READINGS)), ("kind", corpus.kinds, len(KINDS))):
        scores = np.zeros((len(rows), classes), np.float32)
        for learn, judge in by_document:
            learn = learn[sent[learn]]
            booster = boost(rows[learn], target[learn], classes, settings.document, settings)
            head = fit_scaled(rows[learn], target[learn], classes, settings)
            by_trees = softmax(margins_of(booster, rows[judge], classes))
            scores[judge] = pooled(by_trees, softmax(head.logits(rows[judge])))
        trees[name] = boost(rows[sent], target[sent], classes, settings.document, settings)
        scaled[name] = fit_scaled(rows[sent], target[sent], classes, settings)
        temperatures[name] = temperature_of(scores[sent], target[sent])
        outcome[name] = softmax(scores / temperatures[name])
        say(f"{name}: accuracy {np.mean(outcome[name].argmax(1)[sent] == target[sent]):.3f}")

    about = np.vstack(
        [
            criteria_context(
                topic[corpus.rows(i)],
                taught.criteria[corpus.rows(i)],
                documents[i].drafts,
                second[corpus.rows(i)],
                outcome["kind"][i],
            )
            for i in range(len(documents))
            if len(corpus.rows(i))
        ]
    )
    topics = np.zeros((len(own), len(CRITERIA)), np.float32)
    for learn, judge in folds:
        booster = boost_many(about[learn], corpus.criteria[learn], settings)
        head = fit_scaled(about[learn], corpus.criteria[learn], len(CRITERIA), settings)
        topics[judge] = (margins_of(booster, about[judge], len(CRITERIA)) + head.logits(about[judge])) / 2
    topics = sigmoid(_leaning(corpus, topics))
    curve = risk_curve(outcome["reading"][sent], corpus.readings[sent])
    bare_topic = sigmoid(native(corpus, logits["criteria"]))
    both_ways = _with_bare(about, bare_topic, taught_bare.criteria, bare_margins)
    named_twice = np.vstack([corpus.criteria] * 2)
    trees["criteria"] = boost_many(both_ways, named_twice, settings)
    scaled["criteria"] = fit_scaled(both_ways, named_twice, len(CRITERIA), settings)
    thresholds = {
        "reading": confidence_for(curve, READING_RISK),
        "criteria": naming_point(topics[counted], corpus.criteria[counted]),
    }
    topics = at_half(topics, thresholds["criteria"])
    alone = answered(softmax(bare_margins / temperatures["bare"]))
    metrics = cross_validated(corpus, first, alone, second, topics, outcome, thresholds)
    metrics["reading_risk_curve"] = curve
    say(f"criteria micro-F1 {metrics['criteria_micro_f1']:.3f}")
    digest = text_digest(
        [f"{d.id}{m}{c}{x.text}" for d in documents for x, m, c in zip(d.drafts, d.modes, d.criteria, strict=True)]
    )
    return Artefact(heads, scaled, trees, thresholds, temperatures, metrics, digest, tuned=lesson.weights)


@dataclass(frozen=True)
class Lessons:
    """What teaching the encoder brought: its weights, and its logits for each passage in its place and as a bare text.

    Logits are n x ``taught.WIDTH``, of an encoder that never saw the supplier; NaN where the passage is not English.
    """

    weights: dict[str, Any]
    placed: Matrix
    bare: Matrix


def teach(corpus: Prepared, encoders: Encoders, settings: Settings, say: Callable[[str], None] = print) -> Lessons:
    """Teach the English encoder on all suppliers, and on each half of them for honest logits on the other half."""
    placed, bare = unread(len(corpus.drafts)), unread(len(corpus.drafts))
    english = np.flatnonzero([draft.language == "en" for draft in corpus.drafts])
    if encoders.tuner is None or len(set(corpus.groups[english])) < 2:
        return Lessons({}, placed, bare)
    say("teaching the encoder")
    around = [line for d in corpus.documents for line in around_texts(d.drafts, d.outside)]
    texts = [corpus.drafts[i].text for i in english]
    owner = corpus.owner[english]
    wanted = targets(corpus.modes[english], corpus.kinds[owner], corpus.readings[owner], corpus.criteria[english])
    # A round shows every document once: as it was sent, then in its other format. Small pieces bring time and nothing else.
    shown = [np.array([test(corpus.documents[i]) for i in owner]) for test in (as_sent, in_other_format)]
    lesson = encoders.tuner.lesson(
        [("", x) for x in texts] + list(zip((around[i] for i in english), texts, strict=True)), say
    )
    n = len(english)

    def taught(rows: Labels) -> dict[str, Any]:
        draw = np.random.default_rng(settings.seed)
        rounds = []
        for number in range(settings.rounds):
            chosen = rows[shown[number % 2][rows]]
            chosen = chosen if len(chosen) else rows[shown[0][rows]]
            rounds.append(np.where(draw.random(len(chosen)) < ALONE, chosen, chosen + n).tolist())
        return lesson.teach(rounds, np.vstack([wanted, wanted]), EXCLUSIVE, settings.seed)

    for learn, judge in GroupKFold(2, shuffle=True, random_state=settings.seed).split(
        english, groups=corpus.groups[english]
    ):
        weights = taught(learn)
        bare[english[judge]] = lesson.ask(weights, judge.tolist())
        placed[english[judge]] = lesson.ask(weights, (judge + n).tolist())
    return Lessons(taught(np.arange(n)), placed, bare)


def _with_bare(about: Matrix, topic: Matrix, taught: Matrix, bare_margins: Matrix) -> Matrix:
    """The criteria rows again as bare texts give them, so that one model answers both."""
    alone = np.hstack([topic] * 4 + [taught, softmax(bare_margins), np.full((len(topic), len(KINDS)), np.nan)]).astype(
        np.float32
    )
    return np.vstack([about, alone])


def fit_heads(
    corpus: Prepared, settings: Settings = Settings()
) -> tuple[dict[str, dict[str, LinearHead]], dict[str, Any]]:
    """Fit each head on all documents, and its out-of-fold logits for the stages above."""
    folds = folds_of(corpus, settings)
    passage_kinds = corpus.kinds[corpus.owner]
    targets = (
        ("mode", corpus.modes, len(MODES)),
        ("criteria", corpus.criteria, len(CRITERIA)),
        ("kind", passage_kinds, len(KINDS)),
    )
    heads: dict[str, dict[str, LinearHead]] = {"name": {}}
    logits: dict[str, Any] = {}
    english = next(iter(corpus.vectors))
    for encoder, vectors in corpus.vectors.items():
        # Heads learn from each text once; pieces of another size bring them nothing but time.
        known = ~np.isnan(vectors[:, 0]) & ~np.array([corpus.documents[i].again for i in corpus.owner])
        if encoder == english:
            known = _of_its_language(corpus, encoder, known, folds)
        for prefix, table in (("", vectors), ("placed_", np.hstack([vectors, corpus.places]))):
            for name, target, width in targets:
                found = np.zeros((len(table), width), np.float32)
                for learn, judge in folds:
                    learn = learn[known[learn]]
                    found[judge] = fit_head(table[learn], target[learn], width, settings).logits(table[judge])
                heads.setdefault(prefix + name, {})[encoder] = fit_head(table[known], target[known], width, settings)
                logits.setdefault(prefix + name, {})[encoder] = found
    groups = np.array([d.group for d in corpus.documents])
    named = np.zeros((len(corpus.documents), len(KINDS)), np.float32)
    for learn, judge in GroupKFold(settings.folds, shuffle=True, random_state=settings.seed).split(
        corpus.names, groups=groups
    ):
        named[judge] = fit_head(corpus.names[learn], corpus.kinds[learn], len(KINDS), settings).logits(
            corpus.names[judge]
        )
    heads["name"][english] = fit_head(corpus.names, corpus.kinds, len(KINDS), settings)
    logits["name"] = named
    return heads, logits


def _of_its_language(corpus: Prepared, encoder: str, known: Labels, folds: Sequence[tuple[Labels, Labels]]) -> Labels:
    """The passages (a mask) that the head of the English encoder learns from: it has no word of other languages, and what it
    learnt from them harmed it (docs/decisions/0026). All of them where few are English, as in the labels of a small house."""
    own = known & np.array([name == encoder for name in corpus.native])
    kinds = corpus.kinds[corpus.owner]
    learnt = [learn[own[learn]] for learn, _ in folds]
    enough = all(len(set(target[rows])) > 1 for rows in learnt for target in (corpus.modes, kinds))
    return own if enough else known


def native(corpus: Prepared, logits: dict[str, Matrix]) -> Matrix:
    """For each passage the logits of the encoder that its language uses when documents are judged."""
    width = next(iter(logits.values())).shape[1]
    found = np.zeros((len(corpus.drafts), width), np.float32)
    for encoder, values in logits.items():
        chosen = [i for i, name in enumerate(corpus.native) if name == encoder]
        found[chosen] = values[chosen]
    return found


def _contexts(corpus: Prepared, look: FirstLook, names: Matrix) -> tuple[Matrix, Matrix]:
    contexts, rows = [], []
    for index, document in enumerate(corpus.documents):
        chosen = corpus.rows(index)
        mine = look.of(list(chosen))
        summary = document_summary(document.drafts, mine.features, mine.modes, document.outside)
        contexts.append(passage_context(document.drafts, mine.features, mine.modes, mine.taught.paper, summary))
        rows.append(document_row(document.drafts, mine, document.outside, names[index]))
    return np.vstack(contexts), np.vstack(rows)


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
