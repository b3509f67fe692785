"""The classifier: passages to mode and criteria, documents and their parts to kind and reading, with reasons.

Two looks. The first judges each passage by itself: its signs, its grammar, the cells around it, its topic. The second sees what
the first said of the neighbours, the sheet and the whole document, because a form is told from a record by its surroundings. They
count half each: what the second learns of the papers around holds less for a stranger's than what a passage shows itself.
The document is judged from its passages, each sheet or page run likewise, and abstains where the probabilities do not decide.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evidence import artefact as artefacts
from evidence.alike import alike, alike_texts, in_place
from evidence.bare import bare_draft
from evidence.context import (
    Outside,
    answered,
    around_texts,
    criteria_context,
    document_summary,
    leaning,
    of_paper,
    place_text,
)
from evidence.features import NAMES, grammar, measure, without_context
from evidence.heads import Encoders, Matrix, Vectors, at_half, head_logits, pooled, sigmoid, softmax
from evidence.imports import xgboost
from evidence.model import CRITERIA, KINDS, MODES, READINGS, Kind, PartReading, Passage, Reading, Reason
from evidence.passages import Draft
from evidence.reasons import reasons_for, surroundings
from evidence.second_look import in_document, in_sheets
from evidence.sections import page_sections
from evidence.taught import Taught, taken_apart, unread
from extractors.document import Part

_TOPICS = (("criteria", len(CRITERIA)), ("kind", len(KINDS)))
SHORTEST_PART = 80  # characters below which a sheet is an empty leaf and takes no side


@dataclass(frozen=True)
class DocumentVerdict:
    """Kind and reading of a document or part, with the probabilities behind them."""

    kind: Kind
    kinds: dict[str, float]
    reading: Reading
    readings: dict[str, float]


@dataclass(frozen=True)
class Judged:
    """A document as the classifier sees it: its passages with verdicts, and the verdict on the whole and on each part."""

    passages: tuple[Passage, ...]
    document: DocumentVerdict
    parts: tuple[PartReading, ...]


@dataclass(frozen=True)
class FirstLook:
    """Each passage by itself: features, mode probabilities, what its vector says of criteria and document kind, and what the
    taught encoder says of the passage and its paper."""

    features: Matrix
    modes: Matrix
    topic: Matrix
    kinds: Matrix
    taught: Taught
    table: Matrix | None = None

    def of(self, rows: Sequence[int]) -> "FirstLook":
        """The same for some of the passages."""
        index = list(rows)
        return FirstLook(
            self.features[index], self.modes[index], self.topic[index], self.kinds[index], self.taught.of(index)
        )


def tree_input(features: Matrix, text: Matrix, taught: Matrix, placed: Matrix | None = None) -> Matrix:
    """What the first look sees: features, what the linear heads and the taught encoder say of the text, and of it in its place.

    Without ``placed`` the place is unknown, as it is for a bare passage.
    """
    unknown = np.full_like(text, np.nan)
    return np.hstack([features, text, taught, unknown if placed is None else placed]).astype(np.float32)


def document_row(drafts: Sequence[Draft], look: FirstLook, outside: Outside, name_logits: Matrix) -> Matrix:
    """What the document is judged from: the summary of the first look, its topics, and what its name says."""
    sizes = np.array([min(600, len(d.text)) for d in drafts], dtype=np.float32)
    share = (sizes / max(1.0, float(sizes.sum())))[:, None]
    kinds = np.nansum(look.kinds * share, axis=0)
    return np.concatenate(
        [
            document_summary(drafts, look.features, look.modes, outside),
            kinds,
            name_logits,
            np.nansum(look.topic * share, axis=0),
            of_paper(drafts, look.taught.paper),
        ]
    ).astype(np.float32)


def predict(booster: xgboost.Booster, table: Matrix, classes: int, temperature: float = 1.0) -> Matrix:
    """Probabilities, n x classes, softened or sharpened by the temperature found on held-out suppliers."""
    margins = booster.predict(xgboost.DMatrix(table), output_margin=True)
    return softmax(np.asarray(margins, dtype=np.float32).reshape(len(table), classes) / temperature)


def name_text(drafts: Sequence[Draft], outside: Outside) -> str:
    """File name and title as one line for the encoder."""
    title = drafts[0].title if drafts else ""
    return f"{outside.name_text}. {title}".strip(" .") or "document"


class Classifier:
    """Holds a trained model and the encoders it was trained with. Keeps no state between calls."""

    def __init__(self, artefact: artefacts.Artefact, encoders: Encoders, risk: float | None = None) -> None:
        self.artefact = artefact
        self.encoders = encoders
        self.tuned = encoders.tuner.encoder(artefact.tuned) if encoders.tuner and artefact.tuned else None
        self.decides_from = artefact.thresholds["reading"]
        if risk is not None:
            self.decides_from = artefacts.confidence_for(artefact.metrics.get("reading_risk_curve", []), risk)

    @classmethod
    def load(cls, folder: Path, encoders: Encoders, risk: float | None = None) -> "Classifier":
        """Load from disk. Raises ``artefact.ModelError`` if the model does not fit this code or these encoders.

        ``risk`` is the error allowed among the documents that are decided living or static; None takes the model's own.
        """
        artefact = artefacts.load(folder)
        if encoders.english.name not in artefact.heads["mode"]:
            known = ", ".join(sorted(artefact.heads["mode"]))
            raise artefacts.ModelError(
                "model_does_not_fit",
                f"The model was trained with the encoders {known}, not with {encoders.english.name}.",
            )
        return cls(artefact, encoders, risk)

    @property
    def version(self) -> str:
        """The model version that stands beside every verdict."""
        return self.artefact.version

    def classify_texts(self, texts: Sequence[str]) -> list[Passage]:
        """Bare texts without a document: mode and criteria as well as they can be told."""
        drafts = [bare_draft(str(i), text) for i, text in enumerate(texts)]
        if not drafts:
            return []
        look, _ = self.first_look(drafts)
        # Without neighbours the context of the criteria is the passage itself, and the kind of its document unknown.
        unknown = np.full((len(drafts), len(KINDS)), np.nan)
        own = np.hstack([look.topic] * 4 + [look.taught.criteria, look.modes, unknown]).astype(np.float32)
        criteria = self._criteria_named(self._criteria(own))
        return list(self._passages(drafts, look, answered(look.modes), criteria))

    def judge(
        self, drafts: Sequence[Draft], outside: Outside, parts: Sequence[Part] = ()
    ) -> tuple[Judged, Vectors | None]:
        """A whole document; with it the vectors of its passages, which search stores. An empty one is ``undetermined``."""
        if not drafts:
            return Judged((), DocumentVerdict("other", {}, "undetermined", {}), ()), None
        look, vectors = self.first_look(drafts, outside)
        both = pooled(answered(look.modes), answered(self._second_look(drafts, look, outside)))
        modes = softmax(leaning(drafts, both) / self.artefact.temperatures["context"])
        name = self._name_logits(drafts, outside)
        verdict = self._verdict(document_row(drafts, look, outside, name))
        kinds = np.array([verdict.kinds[k] for k in KINDS], dtype=np.float32)
        about = criteria_context(look.topic, look.taught.criteria, drafts, modes, kinds)
        criteria = self._criteria_named(leaning(drafts, self._criteria(about)))
        passages = self._passages(drafts, look, modes, criteria)
        return Judged(passages, verdict, self._parts(drafts, look, outside, name, verdict, parts)), vectors

    def first_look(self, drafts: Sequence[Draft], outside: Outside | None = None) -> tuple[FirstLook, Vectors]:
        """Judge each passage by itself; without ``outside`` as a bare string, whatever the drafts know of their cells."""
        heads, same = self.artefact.heads, alike_texts(drafts)
        read = [drafts[at] for at in same.first]
        # The taught encoder leaves Python alone while it computes, and takes as long as grammar and vectors together.
        with ThreadPoolExecutor(max_workers=1) as beside:
            asked = beside.submit(self._taught, drafts, outside)
            features = measure(drafts, same.spread(grammar(read)))
            vectors = self.encoders.encode(read).of(same.reading)
            taught = asked.result()
        text = head_logits(heads["mode"], vectors, len(MODES))
        if outside is None:
            table, temperature = (
                tree_input(without_context(features), text, taught.modes),
                self.artefact.temperatures["bare"],
            )
            criteria, kinds = (head_logits(heads[name], vectors, width) for name, width in _TOPICS)
        else:
            placed = vectors.beside(self.encoders.places([place_text(draft, outside) for draft in drafts]))
            table = tree_input(features, text, taught.modes, head_logits(heads["placed_mode"], placed, len(MODES)))
            temperature = self.artefact.temperatures["passage"]
            criteria, kinds = (head_logits(heads[f"placed_{name}"], placed, width) for name, width in _TOPICS)
        modes = predict(self.artefact.trees["passage"], table, len(MODES), temperature)
        return FirstLook(features, modes, sigmoid(criteria), kinds, taught, table), vectors

    def _second_look(self, drafts: Sequence[Draft], look: FirstLook, outside: Outside) -> Matrix:
        """Mode probabilities of each passage in its document; in a workbook of several sheets these and those in its sheet, alike."""
        views = in_document(drafts, look, outside), in_sheets(drafts, look, outside)
        trees = self.artefact.trees["context"]
        return softmax(pooled(*(predict(trees, view, len(MODES)) for view in views if view is not None)))

    def _taught(self, drafts: Sequence[Draft], outside: Outside | None) -> Taught:
        """What the taught encoder says; nothing of what is not English."""
        found = unread(len(drafts))
        rows = [i for i, draft in enumerate(drafts) if draft.language == "en"]
        if self.tuned is not None and rows:
            around = [""] * len(drafts) if outside is None else around_texts(drafts, outside)
            same = alike(in_place(drafts, around, rows))
            read = [rows[at] for at in same.first]
            found[rows] = same.spread(self.tuned.encode([(around[i], drafts[i].text) for i in read]))
        return taken_apart(found)

    def _passages(
        self, drafts: Sequence[Draft], look: FirstLook, modes: Matrix, criteria: Matrix
    ) -> tuple[Passage, ...]:
        """The verdicts with their reasons: what the first look's trees weighed, and whether the second overruled it."""
        assert look.table is not None
        data = xgboost.DMatrix(look.table)
        # Without exact Shapley values, which would cost more than the verdict itself.
        pulls = self.artefact.trees["passage"].predict(data, pred_contribs=True, approx_contribs=True)
        given = modes.argmax(1)
        found = []
        for index, draft in enumerate(drafts):
            best = int(given[index])
            mode, pull = MODES[best], pulls[index, best]
            around = surroundings(list(look.modes[index]), best, mode)
            topic = float(pull[len(NAMES) : -1].sum())
            reasons = reasons_for(draft, mode, pull[: len(NAMES)], topic, around)
            found.append(_passage(draft, modes[index], criteria[index], reasons))
        return tuple(found)

    def _name_logits(self, drafts: Sequence[Draft], outside: Outside) -> Matrix:
        encoder = self.encoders.english
        return self.artefact.heads["name"][encoder.name].logits(encoder.encode([name_text(drafts, outside)]))[0]

    def _verdict(self, row: Matrix) -> DocumentVerdict:
        kinds, readings = self._told("kind", row, len(KINDS)), self._told("reading", row, len(READINGS))
        best = int(readings.argmax())
        reading: Reading = READINGS[best] if readings[best] >= self.decides_from else "undetermined"
        return DocumentVerdict(KINDS[int(kinds.argmax())], _named(KINDS, kinds), reading, _named(READINGS, readings))

    def _told(self, what: str, row: Matrix, classes: int) -> Matrix:
        """Probabilities of the kinds or readings of a document."""
        table, artefact = row[None, :], self.artefact
        opinions = predict(artefact.trees[what], table, classes), softmax(artefact.scaled[what].logits(table))
        return softmax(pooled(*opinions) / artefact.temperatures[what])[0]

    def _parts(
        self,
        drafts: Sequence[Draft],
        look: FirstLook,
        outside: Outside,
        name: Matrix,
        whole: DocumentVerdict,
        parts: Sequence[Part],
    ) -> tuple[PartReading, ...]:
        """Sheets live or not one by one, and so do the papers of a merged file; the pages of one paper share its fate."""
        sheets = [part for part in parts if part.kind == "sheet"]
        if not sheets:
            sections = page_sections(drafts) if any(part.kind == "page" for part in parts) else ()
            if len(sections) < 2:
                return ()
            runs = [(s.name, s.first, False, range(s.first, s.last + 1)) for s in sections]
        else:
            runs = [(p.name, p.number, p.hidden, range(p.number, p.number + 1)) for p in sheets]
        found = []
        for called, number, hidden, numbers in runs:
            rows = [i for i, draft in enumerate(drafts) if draft.part in numbers]
            verdict = DocumentVerdict("other", {}, "undetermined", {})
            if len(runs) == 1 and rows:
                verdict = whole
            elif sum(len(drafts[i].text) for i in rows) >= SHORTEST_PART:
                alone = Outside(outside.path, outside.media_type, 1)
                verdict = self._verdict(document_row([drafts[i] for i in rows], look.of(rows), alone, name))
            found.append(
                PartReading(name=called, number=number, kind=verdict.kind, reading=verdict.reading, hidden=hidden)
            )
        return tuple(found)

    def _criteria(self, table: Matrix) -> Matrix:
        margins = self.artefact.trees["criteria"].predict(xgboost.DMatrix(table), output_margin=True)
        by_trees = np.asarray(margins, dtype=np.float32).reshape(len(table), len(CRITERIA))
        return np.asarray((by_trees + self.artefact.scaled["criteria"].logits(table)) / 2, dtype=np.float32)

    def _criteria_named(self, margins: Matrix) -> Matrix:
        return at_half(sigmoid(margins), self.artefact.thresholds["criteria"])


def _named(names: Sequence[str], row: Matrix) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, row, strict=True)}


def _passage(draft: Draft, modes: Matrix, criteria: Matrix, reasons: tuple[Reason, ...]) -> Passage:
    mode = MODES[int(modes.argmax())]
    return Passage(
        id=draft.id, text=draft.text, locators=draft.locators, part=draft.part, heading=draft.heading, language=draft.language,
        source="ocr" if draft.source == "ocr" else "text", confidence=draft.confidence, hidden=draft.hidden, mode=mode,
        modes=_named(MODES, modes), criteria=_named(CRITERIA, criteria), reasons=reasons,
        places=draft.places,
    )  # fmt: skip
