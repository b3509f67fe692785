"""The lexical side of search: exact words, numbers and phrases, ranked by BM25, on tantivy.

The fields of a passage are those of `indexes.lexical_fields`.
"""

import contextlib
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Occur, Query

from indexes.analysis import analyse, near_enough, stems
from indexes.codes import among
from indexes.lexical_fields import Words, language_of, schema, terms_of, write
from indexes.question import Expansion, Question

logger = logging.getLogger(__name__)

# Part of the folder's name: raise it when the fields or their analysis change, so that an old index is made anew.
LEXICAL_FORMAT = 5
# Bytes tantivy's writer may hold before it writes a segment (15 MB is its minimum for a thread).
WRITER_BYTES = 50_000_000
# The same while a whole index is made: a million passages then come out as a handful of segments.
FILLING_BYTES = 150_000_000
# Up to this many allowed ids the filter goes into the query (10 ms at 20,000); beyond, hits are filtered afterwards.
FILTER_IN_QUERY = 5_000
# Ids lie together where the numbers between the first and the last are at most this many times as many.
TOGETHER = 8
# How deep a filtered search reads before it gives up finding allowed hits, and by how much deeper each time it tries.
DEEPEST, DEEPER = 20_000, 3
# With so many hits it does not read deeper once more: what is not among them in any leg is not shown in front.
ENOUGH = 100
# How much deeper than its share of all passages says a filtered search reads at first: hits are not spread evenly.
FILTER_MARGIN = 1.5
# Questions about each passage that one search answers: the score of a passage is then the sum of a power of two for each
# yes, and so many of them are exact in the 32 bits of a score.
ASKED_AT_ONCE = 24
# Pairs that a single sign of Chinese is looked for in: passages are kept as pairs of signs.
LONGER_GRAMS = 20
# Words shorter than this are not taken for mistyped: too many others are one letter away.
SHORTEST_MISTYPED = 4
# From this length on two wrong letters are forgiven.
TWO_ERRORS_FROM = 8


@dataclass(frozen=True)
class LexicalWeights:
    """What a match in each field counts against a match of a stem, which counts 1.

    Chosen on the training half of SciFact (words, title, neighbours) and by the rule that a rarer kind of match says
    more (identifiers, marks).
    """

    words: float = 0.3
    marked: float = 0.3
    grams: float = 0.7
    identifiers: float = 2.0
    title: float = 0.2
    neighbours: float = 0.1
    expansions: float = 0.5
    typing_errors: float = 0.5


@dataclass(frozen=True)
class LexicalHit:
    """A passage with its BM25 score: larger is better, no upper bound."""

    id: int
    score: float


@dataclass(frozen=True)
class Traits:
    """What is known of some passages for a question: `carried` says of each of its terms (stem, gram, identifier, stem
    meant) which of them carry it, `named` of each phrase that the termbase knows which of them have another name for it,
    `papers` numbers the paper each stands in (0: alone), `languages` are their ISO 639-1 codes ("" where unknown)."""

    carried: Mapping[str, set[int]]
    named: Mapping[str, set[int]]
    papers: Mapping[int, int]
    languages: Mapping[int, str]


class LexicalIndex:
    """BM25 over passages, in a folder or (folder None) in memory.

    One writer at a time, also across processes: tantivy locks the folder while a change is written. Readers see a
    change as soon as `upsert` or `remove` returns; those of another process after `refresh`.
    """

    def __init__(self, folder: Path | None = None, weights: LexicalWeights | None = None) -> None:
        self.weights = weights or LexicalWeights()
        self.folder = folder
        self._schema = schema()
        if folder is None:
            self._index = tantivy.Index(self._schema)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def refresh(self) -> None:
        """See what another process has written."""
        self._index.reload()

    def upsert(
        self,
        items: Iterable[tuple[int, str, str]],
        papers: Mapping[int, int] | None = None,
        languages: Mapping[int, str] | None = None,
    ) -> None:
        """Write (id, title, text); a passage of the same id is replaced. All of them become visible at once.

        `papers` numbers the paper each passage stands in (0, or no number, for one that stands alone), `languages` gives
        their codes.
        """
        with self._writing(WRITER_BYTES) as writer:
            known = list(items)
            self._delete(writer, [number for number, _, _ in known])
            write(writer, Words(known, papers or {}, languages or {}))
            writer.commit()

    @contextlib.contextmanager
    def filling(self) -> Iterator[Callable[[Words], None]]:
        """Gives what takes in the batches of an empty index; all become visible at once, at the end. A passage of the same
        id is replaced.

        One writer for all batches: a commit for each would write many small segments and merge them again and again.
        """
        largest = -1
        with self._writing(FILLING_BYTES) as writer:

            def put(batch: Words) -> None:
                nonlocal largest
                numbers = [number for number, _, _ in batch.items]
                self._delete(writer, [number for number in numbers if number <= largest])
                write(writer, batch)
                largest = max([largest, *numbers])

            yield put
            writer.commit()

    @contextlib.contextmanager
    def _writing(self, memory: int) -> Iterator[tantivy.IndexWriter]:
        with self._lock:
            writer = self._index.writer(memory, 1)
            try:
                yield writer
            finally:
                writer.wait_merging_threads()
            self._index.reload()

    def remove(self, ids: Iterable[int]) -> None:
        """Forget passages; ids that are not there do not matter."""
        with self._writing(WRITER_BYTES) as writer:
            self._delete(writer, list(ids))
            writer.commit()

    def clear(self) -> None:
        """Forget every passage."""
        with self._writing(WRITER_BYTES) as writer:
            writer.delete_all_documents()
            writer.commit()

    def ids(self) -> np.ndarray:
        """The ids of all passages, int64, ascending."""
        searcher = self._index.searcher()
        count = int(searcher.num_docs)
        if not count:
            return np.empty(0, dtype=np.int64)
        hits = searcher.search(Query.all_query(), count, count=False).hits
        return np.sort(_ids(searcher, hits))

    def search(self, question: Question, limit: int, allowed: np.ndarray | None = None) -> list[LexicalHit]:
        """The best passages that carry words of the question, hold its phrases and none of its excluded words."""
        searcher = self._index.searcher()
        wanted = self._wanted(question)
        if wanted is None or limit < 1 or (allowed is not None and not len(allowed)):
            return []
        clauses = [(Occur.Must, wanted), *self._conditions(question)]
        if allowed is not None and len(allowed) <= FILTER_IN_QUERY:
            clauses.append((Occur.Must, self._among(allowed)))
            allowed = None
        query = Query.boolean_query(clauses)
        depth = limit
        if allowed is not None:  # read as deep at once as it takes where the hits are spread evenly
            share = len(allowed) / max(1, int(searcher.num_docs))
            depth = min(DEEPEST, max(limit, int(FILTER_MARGIN * limit / max(share, limit / DEEPEST))))
        while True:
            hits = searcher.search(query, depth, count=False).hits
            ids = _ids(searcher, hits)
            kept = np.arange(len(ids)) if allowed is None else np.flatnonzero(among(ids, allowed))
            if len(kept) >= min(limit, ENOUGH) or len(hits) < depth or depth >= DEEPEST:
                break
            depth = min(DEEPEST, depth * DEEPER)
        return [LexicalHit(int(ids[row]), float(hits[row][0])) for row in kept[:limit]]

    def scores(self, ids: Sequence[int], question: Question) -> dict[int, float]:
        """The scores of those of the passages that are there, hold the question's phrases and none of its excluded words;
        0 for one that carries none of its words."""
        if not len(ids):
            return {}
        searcher = self._index.searcher()
        clauses = [(Occur.Must, self._among(ids)), *self._conditions(question)]
        wanted = self._wanted(question)
        if wanted is not None:
            clauses.append((Occur.Should, wanted))
        hits = searcher.search(Query.boolean_query(clauses), len(ids), count=False).hits
        return {number: float(hit[0]) for number, hit in zip(_ids(searcher, hits).tolist(), hits, strict=True)}

    def traits(self, ids: Sequence[int], question: Question) -> Traits:
        """What is known of the passages for the question."""
        terms = [("stems", stem) for stem in question.stems] + [("grams", gram) for gram in question.grams]
        terms += [("identifiers", name) for name in question.identifiers]
        terms += [("stems", meant) for _, meant in question.corrections]
        phrases: dict[str, list[Query]] = {}
        for expansion in question.expansions:
            phrase = self._phrase(expansion.phrase, stemmed=True)
            if phrase is not None:
                phrases.setdefault(expansion.source, []).append(phrase)
        ways = [self._term(field, term, 1.0) for field, term in terms]
        ways += [Query.boolean_query([(Occur.Should, way) for way in some]) for some in phrases.values()]
        searcher = self._index.searcher()
        found, numbers, hits = self._matching(searcher, ids, ways)
        addresses = [address for _, address in hits]
        papers = searcher.fast_field_values("paper", addresses)
        languages = searcher.fast_field_values("language", addresses)
        carried: dict[str, set[int]] = {}
        for (_, term), own in zip(terms, found, strict=False):
            carried.setdefault(term, set()).update(own)
        return Traits(
            carried,
            dict(zip(phrases, found[len(terms) :], strict=True)),
            {number: int(paper or 0) for number, paper in zip(numbers, papers, strict=True)},
            {number: language_of(int(code or 0)) for number, code in zip(numbers, languages, strict=True)},
        )

    def _matching(
        self, searcher: tantivy.Searcher, ids: Sequence[int], ways: Sequence[Query]
    ) -> tuple[list[set[int]], list[int], list]:
        """For each query which of the passages match it; and the passages that are there, by number and as (score, address)."""
        found: list[set[int]] = []
        numbers, hits = np.empty(0, dtype=np.int64), []
        for start in range(0, max(1, len(ways)), ASKED_AT_ONCE):
            some = ways[start : start + ASKED_AT_ONCE]
            clauses = [(Occur.Must, self._among(ids))]
            clauses += [(Occur.Should, Query.const_score_query(way, 2.0**place)) for place, way in enumerate(some)]
            hits = searcher.search(Query.boolean_query(clauses), max(1, len(ids)), count=False).hits
            numbers = _ids(searcher, hits)
            answers = np.array([score for score, _ in hits], dtype=np.int64)
            found += [set(numbers[answers & (1 << place) != 0].tolist()) for place in range(len(some))]
        return found, numbers.tolist(), hits

    def texts(self, ids: Sequence[int]) -> dict[int, str]:
        """The stored texts of these passages."""
        searcher = self._index.searcher()
        hits = searcher.search(self._among(ids), max(1, len(ids)), count=False).hits
        found = zip(_ids(searcher, hits).tolist(), hits, strict=True)
        return {number: searcher.doc(hit[1]).get_first("text") or "" for number, hit in found}

    def rarity(self, question: Question) -> dict[str, float]:
        """How much each term of the question says: BM25's inverse document frequency, 0 for a term in every passage."""
        searcher = self._index.searcher()
        count = max(1, int(searcher.num_docs))
        fields = (("stems", question.stems), ("grams", question.grams), ("identifiers", question.identifiers))
        rarity = {}
        for name, terms in fields:
            for term in terms:
                found = min(count, searcher.doc_freq(name, term))
                rarity[term] = log(1 + (count - found + 0.5) / (found + 0.5))
        return rarity

    def corrected(self, question: Question) -> Question:
        """The question as this index can answer it: with the nearest words for those that no passage has, and without the
        other names that no passage can have."""
        searcher = self._index.searcher()
        corrections = []
        named = {stem for expansion in question.expansions for stem in analyse(expansion.source).stems}
        for word, stem in zip(question.words, question.stems, strict=True):
            if len(word) < SHORTEST_MISTYPED or not word.isalpha() or searcher.doc_freq("stems", stem):
                continue
            if stem in named:  # a term of the termbase is spelt right, the passages only use another name
                continue
            errors = 1 if len(word) < TWO_ERRORS_FROM else 2
            query = Query.fuzzy_term_query(self._schema, "words", word, errors)
            texts = [searcher.doc(address).get_first("text") or "" for _, address in searcher.search(query, 10).hits]
            found = (own for text in texts for own in set(analyse(text).words))
            near = [own for own in found if own[0] == word[0] and near_enough(word, own, errors)]
            if near:
                corrections.append((stem, stems([Counter(sorted(near)).most_common(1)[0][0]])[0]))
        known: dict[tuple[str, str], bool] = {}
        kept = [
            expansion
            for expansion in question.expansions
            if all(_carried(searcher, term, known) for term in terms_of(expansion.phrase))
        ]
        kept += [
            Expansion(gram, pair, "")
            for gram in question.grams
            if len(gram) == 1
            for pair, _ in searcher.terms_with_prefix("grams", gram, limit=LONGER_GRAMS)
            if pair != gram
        ]
        found_too = question.with_numbers(lambda name: bool(searcher.doc_freq("identifiers", name)))
        return replace(found_too, corrections=tuple(corrections), expansions=tuple(kept))

    def _wanted(self, question: Question) -> Query | None:
        weights = self.weights
        clauses: list[Query] = []
        for word, stem in zip(question.words, question.stems, strict=True):
            clauses.append(self._term("stems", stem, 1.0))
            clauses.append(self._term("words", word, weights.words))
            clauses.append(self._term("title", stem, weights.title))
        for pair in zip(question.stems, question.stems[1:], strict=False):
            if pair[0] != pair[1]:  # two words of the question near each other, as in a sequential dependence model
                near = Query.phrase_query(self._schema, "stems", list(pair), _NEAR)
                clauses.append(Query.boost_query(near, weights.neighbours))
        clauses += [self._term("stems", meant, weights.typing_errors) for _, meant in question.corrections]
        clauses += [self._term("marked", word, weights.marked) for word in question.marked]
        clauses += [self._term("grams", gram, weights.grams) for gram in question.grams]
        clauses += [self._term("identifiers", name, weights.identifiers) for name in question.identifiers]
        for expansion in question.expansions:
            phrase = self._phrase(expansion.phrase, stemmed=True)
            if phrase is not None:
                clauses.append(Query.boost_query(phrase, weights.expansions))
        clauses += [phrase for text in question.phrases if (phrase := self._phrase(text)) is not None]
        return Query.boolean_query([(Occur.Should, clause) for clause in clauses]) if clauses else None

    def _conditions(self, question: Question) -> list[tuple[Occur, Query]]:
        conditions = []
        for texts, occur in ((question.phrases, Occur.Must), (question.excluded, Occur.MustNot)):
            for text in texts:
                phrase = self._phrase(text)
                if phrase is not None:
                    conditions.append((occur, Query.const_score_query(phrase, 0.0)))
        for name in question.excluded_numbers:
            conditions.append((Occur.MustNot, self._term("identifiers", name, 1.0)))
        return conditions

    def _phrase(self, text: str, *, stemmed: bool = False) -> Query | None:
        """Words in this order, and the same for the scripts without spaces; None where the text has neither."""
        analysis = analyse(text)
        parts = []
        words, name = (analysis.stems, "stems") if stemmed else (analysis.words, "words")
        for field, terms in ((name, words), ("grams", analysis.grams)):
            if len(terms) == 1:  # tantivy panics on a phrase of one word
                parts.append(self._term(field, terms[0], 1.0))
            elif terms:
                parts.append(Query.phrase_query(self._schema, field, list(terms)))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])

    def _term(self, field: str, term: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, field, term, "freq"), weight)

    def _among(self, ids: Sequence[int] | np.ndarray) -> Query:
        """Passages of these ids: by a clause for each, or as a set of terms where they lie together, as a supplier's do. A
        set walks the tree of all numbers: 19 ms for 1,000 scattered ones among a million (clauses: 9), 3 for 1,000 in a
        row (clauses: 5)."""
        listed = ids.tolist() if isinstance(ids, np.ndarray) else list(ids)
        if listed and max(listed) - min(listed) < TOGETHER * len(listed):
            return Query.const_score_query(Query.term_set_query(self._schema, "id", listed), 0.0)
        each = [(Occur.Should, Query.term_query(self._schema, "id", number, "basic")) for number in listed]
        return Query.const_score_query(Query.boolean_query(each), 0.0)

    def _delete(self, writer: tantivy.IndexWriter, ids: list[int]) -> None:
        if ids:
            writer.delete_documents_by_query(Query.term_set_query(self._schema, "id", ids))


def _carried(searcher: tantivy.Searcher, term: tuple[str, str], known: dict[tuple[str, str], bool]) -> bool:
    """Whether any passage carries a term."""
    if term not in known:
        known[term] = bool(searcher.doc_freq(*term))
    return known[term]


# Words that may stand between two neighbours of the question.
_NEAR = 3


def _ids(searcher: tantivy.Searcher, hits: list) -> np.ndarray:
    return np.array(searcher.fast_field_values("id", [address for _, address in hits]), dtype=np.int64)
