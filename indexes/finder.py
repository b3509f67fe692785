"""From a question to hits: what each leg finds, ranked as one list, with the words that matched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import log

import numpy as np

from indexes.analysis import analyse, fold, spans
from indexes.embedder import Embedder
from indexes.generation import Generation
from indexes.legs import Legs, aligned
from indexes.lexical import Traits
from indexes.question import Question, ask
from indexes.ranking import Candidates, Ranking, rank
from indexes.small_words import RELATIONS
from indexes.terms import Termbase
from indexes.together import together
from indexes.tongues import tongue_of

# Hits each leg hands to the fusion. A passage outside the first 100 of every leg is not among the first 20 of any
# fusion.
DEPTH = 100
# Characters of a passage that are looked for by "more like this": a passage has 500, a pasted log has no end.
LIKE_CHARACTERS = 600


@dataclass(frozen=True)
class Hit:
    """A passage found: `score` 0 to 1 (order, not probability), the words of the passage that matched, and the score
    each leg (`words`, `meaning`, `languages`) gave it."""

    id: int
    score: float
    matched_terms: tuple[str, ...] = ()
    legs: dict[str, float] = field(default_factory=dict)


class Finder:
    """Finds passages in a generation of an index."""

    def __init__(self, legs: Legs, termbase: Termbase, ranking: Ranking) -> None:
        self.legs = legs
        self.termbase = termbase
        self.ranking = ranking
        # The newest question as its index can answer it: who searched asks next which of its words stand nowhere.
        self._newest: tuple[Generation, str, Question] | None = None

    def search(
        self,
        live: Generation,
        query: str,
        allowed_ids: Iterable[int] | np.ndarray | None = None,
        limit: int = 20,
        marked: int | None = None,
    ) -> list[Hit]:
        """The best passages for a query as a person types it; none where nothing is relevant.

        `allowed_ids` restricts the answer to these passages, None to nothing. Quoted phrases must stand in a hit,
        words with a minus before must not. The first `marked` hits say which words matched (None for all): to find them
        takes longer than the hits themselves, and of hundreds of hits a page shows twenty.
        """
        question = ask(query, self.termbase.expand(query))
        if question.empty or limit < 1:
            return []
        allowed = _sorted(allowed_ids)
        question = live.lexical.corrected(question)
        self._newest = live, query, question
        ranked = rank(question, self._candidates(live, question, max(DEPTH, limit), allowed), self.ranking, limit)
        return self._hits(live, [(found.id, found.score, found.legs) for found in ranked], question, marked)

    def unknown(self, live: Generation, query: str) -> tuple[str, ...]:
        """The words and numbers of a query, as typed and each once, that stand in no passage, neither as such nor under another
        name nor in another spelling."""
        # Another thread may have asked meanwhile, and what is asked again later may have come in since.
        newest, self._newest = self._newest, None
        if newest is not None and newest[0] is live and newest[1] == query:
            question = newest[2]
        else:
            question = live.lexical.corrected(ask(query, self.termbase.expand(query)))
        nowhere = _nowhere(len(live.lexical))
        meant = {typed for typed, _ in question.corrections}
        lacking = {term for term, rarity in live.lexical.rarity(question).items() if rarity >= nowhere} - meant
        for expansion in question.expansions:  # those that are left stand in some passage
            lacking -= analyse(expansion.source).terms
        # Of scripts without spaces each two signs are a term, and a pair that stands nowhere may only cross two words.
        lacking -= {*question.grams}
        said = dict.fromkeys(query[start:end] for start, end in spans(query, frozenset(lacking)))
        return tuple(word for word in said if fold(word) not in RELATIONS)

    def like(
        self,
        live: Generation,
        number: int,
        text: str,
        vectors: Mapping[str, bytes],
        allowed_ids: Iterable[int] | np.ndarray | None = None,
        limit: int = 20,
        marked: int | None = None,
    ) -> list[Hit]:
        """Passages that say nearly what this one says, best first and without it; `vectors` are its own by model, as
        the database keeps them. None where nothing comes near."""
        question = ask(text[:LIKE_CHARACTERS].replace('"', " "))
        listed = _sorted(allowed_ids)
        found: dict[int, float] = {}
        for leg, model in self.legs:
            own = vectors.get(model.name)
            dense = live.dense[model.name]
            raw = np.frombuffer(own, dtype="<f4")[: model.dimension] if own else model.encode([text])[0]
            row = aligned(model, raw.reshape(1, -1), [tongue_of(text)])[0]
            near = _scores(dense.search(row, max(DEPTH, limit) + 1, listed))
            background = self.legs.nearness_to_anything(model, row)
            floor = self.ranking.like_meaning if leg == "meaning" else self.ranking.like_languages
            for other, cosine in near.items():
                if other != number and cosine - background >= floor:
                    found[other] = max(found.get(other, 0.0), (cosine - background) / max(1e-6, 1.0 - background))
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return self._hits(
            live, [(other, min(1.0, score), {"meaning": score}) for other, score in ranked], question, marked
        )

    @staticmethod
    def _hits(
        live: Generation,
        ranked: Sequence[tuple[int, float, dict[str, float]]],
        question: Question,
        marked: int | None,
    ) -> list[Hit]:
        """Hits of (id, score, legs); the first ones with the words that matched."""
        texts = live.lexical.texts([number for number, _, _ in ranked[:marked]])
        return [
            Hit(number, score, _surface(texts[number], question) if number in texts else (), legs)
            for number, score, legs in ranked
        ]

    def _candidates(self, live: Generation, question: Question, depth: int, allowed: np.ndarray | None) -> Candidates:
        """What each leg finds, and what it gives to the finds of the others: a missing score is not a score of nothing.

        The models, the vectors and the full text leave Python alone while they work, so they look beside each other.
        """
        lexical = live.lexical
        asked: dict[str, np.ndarray] = {}
        nearest: dict[str, dict[int, float]] = {}
        background: dict[str, float] = {}

        def look(leg: str, model: Embedder) -> None:
            meaning = (
                self.termbase.in_english(question) if leg == "meaning" else self.termbase.with_marks(question.meaning)
            )
            asked[leg] = self.legs.asked(model, meaning)
            background[leg] = self.legs.nearness_to_anything(model, asked[leg])
            nearest[leg] = _scores(live.dense[model.name].search(asked[leg], depth, allowed))

        legs = [(leg, model) for leg, model in self.legs if len(live.dense[model.name])]
        words: dict[int, float] = {}

        def read() -> None:
            words.update((hit.id, hit.score) for hit in lexical.search(question, depth, allowed))

        # The multilingual model takes longest, so it begins.
        together(*(partial(look, *leg) for leg in legs[1:]), read, *(partial(look, *leg) for leg in legs[:1]))
        near = {number for found in nearest.values() for number in found} - words.keys()
        found = sorted(words.keys() | near)
        known: list[Traits] = []
        others: dict[int, float] = {}

        def complete(leg: str, model: Embedder) -> None:
            lacking = np.array([number for number in found if number not in nearest[leg]], dtype=np.int64)
            nearest[leg] |= _scores(live.dense[model.name].search(asked[leg], len(lacking), lacking))

        together(
            lambda: known.append(lexical.traits(found, question)),
            lambda: others.update(lexical.scores(sorted(near), question)),
            *(partial(complete, *leg) for leg in legs),
        )
        traits = known[0]
        words |= {number: score for number, score in others.items() if score > 0.0}
        return Candidates(
            ids=sorted(words.keys() | others.keys()),
            words=words,
            nearest=nearest,
            background=background,
            rarity=lexical.rarity(question),
            carried=traits.carried,
            named=traits.named,
            papers=traits.papers,
            languages=traits.languages,
        )


def _nowhere(passages: int) -> float:
    """The rarity (`LexicalIndex.rarity`) of a term that no passage carries; a little less, for what rounding takes."""
    return log(1 + (max(1, passages) + 0.5) / 0.5) - 1e-6


def _sorted(ids: Iterable[int] | np.ndarray | None) -> np.ndarray | None:
    """Ids as the parts of the index take them: int64, ascending, each once."""
    if ids is None:
        return None
    listed = np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), dtype=np.int64)
    return listed if np.all(listed[1:] > listed[:-1]) else np.unique(listed)


def _scores(found: tuple[np.ndarray, np.ndarray]) -> dict[int, float]:
    return dict(zip(found[0].tolist(), found[1].tolist(), strict=True))


def _surface(text: str, question: Question) -> tuple[str, ...]:
    """The words of a text that answer the question's, as they stand in it, each once."""
    return tuple(dict.fromkeys(text[start:end] for start, end in spans(text, question.terms_in(text))))
