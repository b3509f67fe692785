"""The search index: words and meaning together, derived from the database and thrown away without loss.

The database is the truth: it holds each passage with its vectors. The index is filled from it, carries a `mark` that
says up to which change of the database it has got, and can be made again at any time. Applying a change twice does no
harm, so after a crash the owner applies everything since the mark.

On disk: `state.json` names the current generation, `generation-N/` holds it. A rebuild writes generation N+1 beside and
switches by replacing `state.json`, so searches go on meanwhile. One process writes (it holds a lock on the folder), any
number read and call `refresh`. Without a folder everything is in memory, for a process that fills its own index.
"""

import contextlib
import fcntl
import json
import logging
import os
import shutil
import threading
import time
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from indexes.analysis import spans
from indexes.embedder import Embedder
from indexes.errors import IndexBusy, WrongShape
from indexes.generation import Generation, Vector, rows_of
from indexes.lexical import LEXICAL_FORMAT
from indexes.question import Question, ask
from indexes.ranking import BACKGROUND, Candidates, Ranking, rank
from indexes.terms import Termbase
from indexes.windows import encode_windows

logger = logging.getLogger(__name__)

# Passages written at once in a rebuild: large enough that a commit costs nothing, small enough for the memory.
REBUILD_BATCH = 2_000
# Hits each leg hands to the fusion. A passage outside the first 100 of every leg is not among the first 20 of any
# fusion.
DEPTH = 100
ENGLISH = frozenset({"", "en", "und"})


@dataclass(frozen=True)
class IndexItem:
    """A passage for the index: its number in the database, text, language (ISO 639-1), heading and vectors.

    Without vectors they are computed here; with them each must be of a model this index has.
    """

    id: int
    text: str
    language: str = "en"
    title: str = ""
    vectors: tuple[Vector, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A passage found: `score` 0 to 1 (order, not probability), the words of the passage that matched, and the score
    each leg (`words`, `meaning`, `languages`) gave it."""

    id: int
    score: float
    matched_terms: tuple[str, ...] = ()
    legs: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Verification:
    """What `verify` found: counts of each part and the ids that stand in one part and not in another."""

    counts: dict[str, int]
    without_vector: tuple[int, ...] = ()
    without_words: tuple[int, ...] = ()
    not_indexed: tuple[int, ...] = ()
    not_in_database: tuple[int, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is missing, left over or damaged."""
        return not (
            self.without_vector or self.without_words or self.not_indexed or self.not_in_database or self.damaged
        )


class HybridIndex:
    """Search by words and by meaning over the passages of one workspace."""

    def __init__(
        self,
        folder: Path | None,
        embedder: Embedder,
        multilingual: Embedder | None = None,
        *,
        termbase: Termbase | None = None,
        ranking: Ranking | None = None,
    ) -> None:
        self.embedder = embedder
        self.multilingual = multilingual
        self.termbase = termbase or Termbase()
        self.ranking = ranking or Ranking()
        self.mark = 0
        self.damaged: tuple[str, ...] = ()
        self._folder = folder
        self._dimensions = {model.name: model.dimension for model in (embedder, multilingual) if model is not None}
        self._lock = threading.RLock()
        self._held: weakref.finalize | None = None
        self._generation = 0
        self._backgrounds: dict[str, np.ndarray] = {}
        self._live = Generation(None, self._dimensions)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()

    def __len__(self) -> int:
        return len(self._live.lexical)

    def vectors_for(
        self, texts: Sequence[str], languages: Sequence[str], titles: Sequence[str] | None = None
    ) -> list[tuple[Vector, ...]]:
        """The vectors of passages, for the database: of English by the one model, of the rest by the other.

        A passage up to 600 characters has one row, a longer one more (`indexes.windows`).
        """
        titles = [""] * len(texts) if titles is None else titles
        if not len(texts) == len(languages) == len(titles):
            raise WrongShape(f"{len(texts)} texts need as many languages and titles.")
        found: list[tuple[Vector, ...]] = [()] * len(texts)
        foreign = [self.multilingual is not None and language not in ENGLISH for language in languages]
        for model, wanted in ((self.embedder, False), (self.multilingual, True)):
            rows = [row for row, is_foreign in enumerate(foreign) if is_foreign is wanted]
            if model is None or not rows:
                continue
            made = encode_windows(model, [titles[row] for row in rows], [texts[row] for row in rows])
            for row, values in zip(rows, made, strict=True):
                found[row] = (Vector(model.name, values),)
        return found

    def upsert(self, items: Sequence[IndexItem]) -> None:
        """Put passages in; one of the same id is replaced. They are found as soon as this returns."""
        if not items:
            return
        with self._lock:
            self._claim()
            self._write(self._live, items)

    def remove(self, ids: Iterable[int]) -> None:
        """Take passages out; they are not found from the moment this returns."""
        gone = np.array(list(ids), dtype=np.int64)
        if not len(gone):
            return
        with self._lock:
            self._claim()
            for dense in self._live.dense.values():
                dense.remove(gone)
            self._live.lexical.remove(gone.tolist())

    def flush(self, mark: int | None = None) -> None:
        """Put everything on disk, and the mark up to which the database has been applied."""
        with self._lock:
            self.mark = self.mark if mark is None else mark
            if self._folder is not None:
                self._claim()
                self._live.save()
                self._write_state()

    def rebuild(self, items: Iterable[IndexItem], mark: int = 0) -> int:
        """Make the index anew from all passages, how many there are; searches use the old one until it is complete."""
        with self._lock:
            self._claim()
            number = self._generation + 1
            folder = self._folder / f"generation-{number}" if self._folder else None
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            fresh = Generation(folder, self._dimensions)
            iterator = iter(items)
            while batch := list(islice(iterator, REBUILD_BATCH)):
                self._write(fresh, batch)
            if folder is not None:
                fresh.save()
            self._live, self._generation, self.mark, self.damaged = fresh, number, mark, ()
            if self._folder is not None:
                self._write_state()
                self._sweep()
            return len(fresh.lexical)

    def refresh(self) -> None:
        """See what the writing process has flushed since."""
        if self._folder is None or self._held is not None:
            return
        with self._lock:
            self._open()

    def close(self) -> None:
        """Give the folder free for another writer."""
        with self._lock:
            if self._held is not None:
                self._held()
                self._held = None

    def search(self, query: str, allowed_ids: Iterable[int] | np.ndarray | None = None, limit: int = 20) -> list[Hit]:
        """The best passages for a query as a person types it; none where nothing is relevant.

        `allowed_ids` restricts the answer to these passages, None to nothing. Quoted phrases must stand in a hit,
        words with a minus before must not.
        """
        question = ask(query, self.termbase.expand(query))
        if question.empty or limit < 1:
            return []
        allowed = None
        if allowed_ids is not None:
            listed = allowed_ids if isinstance(allowed_ids, np.ndarray) else np.array(list(allowed_ids), dtype=np.int64)
            allowed = np.unique(listed.astype(np.int64))
        live = self._live
        question = live.lexical.corrected(question)
        ranked = rank(question, self._candidates(live, question, max(DEPTH, limit), allowed), self.ranking)[:limit]
        texts = live.lexical.texts([found.id for found in ranked])
        return [
            Hit(found.id, found.score, _surface(texts[found.id], question), found.legs)
            for found in ranked
            if found.id in texts
        ]

    def verify(self, expected: Iterable[int] | None = None) -> Verification:
        """Compare the parts of the index with each other and, where they are given, with the ids of the database."""
        with self._lock:
            words = set(self._live.lexical.ids().tolist())
            vectors = {number for dense in self._live.dense.values() for number in dense.ids().tolist()}
            counts = {"words": len(words), **{model: len(dense) for model, dense in self._live.dense.items()}}
            wanted = words | vectors if expected is None else set(expected)
            return Verification(
                counts=counts,
                without_vector=tuple(sorted(words - vectors)),
                without_words=tuple(sorted(vectors - words)),
                not_indexed=tuple(sorted(wanted - words - vectors)),
                not_in_database=tuple(sorted((words | vectors) - wanted)),
                damaged=self.damaged,
            )

    def _candidates(self, live: Generation, question: Question, depth: int, allowed: np.ndarray | None) -> Candidates:
        """What each leg finds, and what it gives to the finds of the others: a missing score is not a score of nothing."""
        lexical = live.lexical
        words = {hit.id: hit.score for hit in lexical.search(question, depth, allowed)}
        asked: dict[str, np.ndarray] = {}
        nearest: dict[str, dict[int, float]] = {}
        background: dict[str, float] = {}
        for leg, model in self._legs():
            if not len(live.dense[model.name]):
                continue
            meaning = self.termbase.in_english(question) if leg == "meaning" else question.meaning
            asked[leg] = model.encode_queries([meaning])[0]
            background[leg] = float(np.mean(self._background(model) @ asked[leg]))
            nearest[leg] = _scores(live.dense[model.name].search(asked[leg], depth, allowed))
        near = {number for found in nearest.values() for number in found}
        kept = sorted(words.keys() | lexical.keeping(sorted(near), question))
        for leg, model in self._legs():
            if leg in asked:
                lacking = np.array([number for number in kept if number not in nearest[leg]], dtype=np.int64)
                nearest[leg] |= _scores(live.dense[model.name].search(asked[leg], len(lacking), lacking))
        lacking = np.array([number for number in kept if number not in words], dtype=np.int64)
        words |= {hit.id: hit.score for hit in lexical.search(question, len(lacking), lacking)}
        return Candidates(
            ids=kept,
            words=words,
            nearest=nearest,
            background=background,
            rarity=lexical.rarity(question),
            carried=lexical.carrying(kept, question),
            named=lexical.naming(kept, question),
        )

    def _legs(self) -> list[tuple[str, Embedder]]:
        models = (("meaning", self.embedder), ("languages", self.multilingual))
        return [(leg, model) for leg, model in models if model is not None]

    def _background(self, model: Embedder) -> np.ndarray:
        """The vectors of texts about nothing in particular, made once for each model."""
        if model.name not in self._backgrounds:
            self._backgrounds[model.name] = model.encode(BACKGROUND)
        return self._backgrounds[model.name]

    def _write(self, generation: Generation, items: Sequence[IndexItem]) -> None:
        latest = {item.id: item for item in items}
        lacking = [item for item in latest.values() if not item.vectors]
        made = self.vectors_for(
            [item.text for item in lacking], [item.language for item in lacking], [item.title for item in lacking]
        )
        vectors = {number: item.vectors for number, item in latest.items()}
        vectors |= {item.id: found for item, found in zip(lacking, made, strict=True)}
        rows = {model: rows_of(vectors, model, dimension) for model, dimension in self._dimensions.items()}
        for number, found in vectors.items():
            for vector in found:
                if vector.model not in rows:
                    raise WrongShape(f"Passage {number} has vectors of {vector.model}, which this index does not use.")
        for model, dense in generation.dense.items():
            dense.remove(np.array(sorted(latest), dtype=np.int64))  # the model of a passage may have changed
            dense.add(*rows[model])
        generation.lexical.upsert([(item.id, item.title, item.text) for item in latest.values()])

    def _claim(self) -> None:
        """Become the one process that writes the folder; IndexBusy where another is."""
        if self._folder is None or self._held is not None:
            return
        lock = os.open(self._folder / "writer.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            os.close(lock)
            raise IndexBusy("Another process is writing this search index.") from problem
        self._held = weakref.finalize(self, os.close, lock)  # an index that is forgotten does not keep the folder
        self._open()  # the writer before us may have written since we read

    def _open(self) -> None:
        assert self._folder is not None
        state = self._read_state()
        number = int(state.get("generation", 0))
        if number != self._generation or self._live.folder is None:
            self._live = self._open_generation(self._folder / f"generation-{number}")
            self._generation = number
        self._live.lexical.refresh()
        damaged = self._live.load() if state else []
        self.damaged = tuple(damaged)
        # A part that is gone must be filled again: the mark falls back to the beginning.
        self.mark = 0 if damaged else int(state.get("mark", 0))

    def _open_generation(self, folder: Path) -> Generation:
        try:
            return Generation(folder, self._dimensions)
        except ValueError as problem:  # what tantivy raises for files it cannot read
            aside = folder.with_name(f"{folder.name}.damaged-{time.time_ns()}")
            folder.replace(aside)
            logger.error("The lexical index in %s cannot be read (%s) and was set aside.", folder, problem)
            return Generation(folder, self._dimensions)

    def _read_state(self) -> dict:
        assert self._folder is not None
        try:
            state = json.loads((self._folder / "state.json").read_text())
            generation = int(state["generation"])
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        if state.get("models") == self._dimensions and state.get("format") == LEXICAL_FORMAT:
            return dict(state)
        return {"generation": generation + 1}  # of other models or another format: begin anew beside it

    def _write_state(self) -> None:
        assert self._folder is not None
        state = {
            "format": LEXICAL_FORMAT,
            "generation": self._generation,
            "mark": self.mark,
            "models": self._dimensions,
        }
        scratch = self._folder / f".state.{os.getpid()}"
        with scratch.open("w") as file:
            json.dump(state, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(self._folder / "state.json")

    def _sweep(self) -> None:
        """Remove earlier generations; a reader that still has one open keeps its mapped files until it refreshes."""
        assert self._folder is not None
        for folder in self._folder.glob("generation-*"):
            if folder.name != f"generation-{self._generation}" and ".damaged-" not in folder.name:
                with contextlib.suppress(OSError):
                    shutil.rmtree(folder)


def _scores(found: tuple[np.ndarray, np.ndarray]) -> dict[int, float]:
    return dict(zip(found[0].tolist(), found[1].tolist(), strict=True))


def _surface(text: str, question: Question) -> tuple[str, ...]:
    """The words of a text that answer the question's, as they stand in it, each once."""
    return tuple(dict.fromkeys(text[start:end] for start, end in spans(text, question.terms_in(text))))
