"""The lexical side of search on Postgres: the same terms as on tantivy, in `tsvector` columns of our own making.

Postgres' dictionaries are not used: the terms come from `indexes.analysis`, so that both sides cut a text the same way.
Passages are ranked by how rare the terms are that they carry, and among equals by Postgres' cover density.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log
from typing import Any

import numpy as np

from indexes.analysis import analyse, near_enough, stems
from indexes.lexical import (
    LONGER_GRAMS,
    SHORTEST_MISTYPED,
    TWO_ERRORS_FROM,
    LexicalHit,
    LexicalWeights,
    Traits,
)
from indexes.question import Expansion, Question

FIELDS = ("words", "stems", "marked", "grams", "identifiers")
COLUMNS = ("id", "text", *FIELDS, "paper", "language")
# Positions that Postgres keeps of one term.
MOST_POSITIONS = 255
# The largest position it keeps.
LARGEST_POSITION = 16_383
# Where a count stops: how rare a term is that stands in more passages no longer matters.
COUNTED = 20_000
# Words of the vocabulary looked at for a mistyped one.
NEAR_WORDS = 20


def tables(schema: str) -> str:
    """The tables of the lexical side in a schema."""
    columns = ", ".join(f"{name} tsvector NOT NULL" for name in FIELDS)
    indexes = ";".join(
        f"CREATE INDEX IF NOT EXISTS passages_{name} ON {schema}.passages USING gin ({name})" for name in FIELDS
    )
    return (
        f"CREATE TABLE IF NOT EXISTS {schema}.passages (id bigint PRIMARY KEY, text text NOT NULL, {columns});{indexes};"
        f"ALTER TABLE {schema}.passages ADD COLUMN IF NOT EXISTS paper bigint NOT NULL DEFAULT 0;"
        f"ALTER TABLE {schema}.passages ADD COLUMN IF NOT EXISTS language text NOT NULL DEFAULT '';"
        f"CREATE TABLE IF NOT EXISTS {schema}.vocabulary (word text PRIMARY KEY);"
        f"CREATE INDEX IF NOT EXISTS vocabulary_near ON {schema}.vocabulary USING gin (word gin_trgm_ops)"
    )


class PgWords:
    """Terms of passages in a schema; `session` gives connections in transactions (`indexes.pgvector`)."""

    def __init__(self, session: Any, schema: str, weights: LexicalWeights | None = None) -> None:
        self._session = session
        self._table = f"{schema}.passages"
        self._vocabulary = f"{schema}.vocabulary"
        self.weights = weights or LexicalWeights()

    def __len__(self) -> int:
        return int(self._one(f"SELECT count(*) FROM {self._table}"))

    def refresh(self) -> None:
        """Nothing to do: each statement sees what is committed."""

    def upsert(
        self,
        items: Iterable[tuple[int, str, str]],
        papers: Mapping[int, int] | None = None,
        languages: Mapping[int, str] | None = None,
    ) -> None:
        """Write (id, title, text); a passage of the same id is replaced. `papers` numbers the paper each stands in,
        `languages` gives their codes."""
        rows, words = [], set()
        for number, title, text in {item[0]: item for item in items}.values():
            title, text = (part.replace("\0", " ").encode("utf-8", "replace").decode() for part in (title, text))
            found = analyse(f"{title}\n{text}" if title else text)
            about = (papers or {}).get(number, 0), (languages or {}).get(number, "")
            rows.append((number, text, *(vector(getattr(found, name)) for name in FIELDS), *about))
            words.update(found.words)
        if not rows:
            return
        sets = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
        marks = ", ".join(["%s", "%s", *("%s::tsvector" for _ in FIELDS), "%s", "%s"])
        with self._session() as connection, connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._table} ({', '.join(COLUMNS)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {sets}",
                rows,
            )
            cursor.execute(
                f"INSERT INTO {self._vocabulary} SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (sorted(words),)
            )

    def remove(self, ids: Iterable[int]) -> None:
        """Forget passages."""
        with self._session() as connection:
            connection.execute(f"DELETE FROM {self._table} WHERE id = ANY(%s)", (list(ids),))

    def clear(self) -> None:
        """Forget every passage."""
        with self._session() as connection:
            connection.execute(f"DELETE FROM {self._table}")
            connection.execute(f"DELETE FROM {self._vocabulary}")

    def ids(self) -> np.ndarray:
        """The ids of all passages, int64, ascending."""
        return self._ids(f"SELECT id FROM {self._table} ORDER BY id", ())

    def search(self, question: Question, limit: int, allowed: np.ndarray | None = None) -> list[LexicalHit]:
        """The passages that carry the rarest terms of the question, hold its phrases and none of its excluded words."""
        terms = self._terms(question)
        if limit < 1 or not terms or (allowed is not None and not len(allowed)):
            return []
        scores, values = _scored(question, terms)
        wanted, given = [], []
        for name in FIELDS:
            own = [lexeme(term) for field, term, _ in terms if field == name]
            if own:
                wanted.append(f"{name} @@ %s::tsquery")
                given.append(" | ".join(own))
        conditions, more = self._conditions(question)
        query = f"SELECT id, {scores} AS score FROM {self._table} WHERE ({' OR '.join(wanted)})"
        query += "".join(f" AND {condition}" for condition in conditions)
        values += [*given, *more]
        if allowed is not None:
            query += " AND id = ANY(%s)"
            values.append(allowed.tolist())
        with self._session() as connection:
            rows = connection.execute(f"{query} ORDER BY score DESC, id LIMIT %s", (*values, limit)).fetchall()
        return [LexicalHit(int(number), float(score)) for number, score in rows]

    def scores(self, ids: Sequence[int], question: Question) -> dict[int, float]:
        """The scores of those of the passages that are there, hold the question's phrases and none of its excluded words;
        0 for one that carries none of its words."""
        if not len(ids):
            return {}
        scores, values = _scored(question, self._terms(question))
        conditions, given = self._conditions(question)
        query = f"SELECT id, {scores} FROM {self._table} WHERE id = ANY(%s)"
        query += "".join(f" AND {condition}" for condition in conditions)
        with self._session() as connection:
            rows = connection.execute(query, (*values, [int(number) for number in ids], *given)).fetchall()
        return {int(number): float(score) for number, score in rows}

    def traits(self, ids: Sequence[int], question: Question) -> Traits:
        """What is known of the passages for the question."""
        terms = [("stems", stem) for stem in question.stems] + [("grams", gram) for gram in question.grams]
        terms += [("identifiers", name) for name in question.identifiers]
        terms += [("stems", meant) for _, meant in question.corrections]
        asked = [(term, [f"{name} @@ %s::tsquery"], [lexeme(term)]) for name, term in terms]
        for expansion in question.expansions:
            conditions, values = _phrase(expansion.phrase, stemmed=True)
            if conditions:
                asked.append((expansion.source, conditions, values))
        columns = "".join(f", ({' AND '.join(conditions)})" for _, conditions, _ in asked)
        query = f"SELECT id, paper, language{columns} FROM {self._table} WHERE id = ANY(%s)"
        given = [value for _, _, values in asked for value in values]
        with self._session() as connection:
            rows = connection.execute(query, (*given, [int(number) for number in ids])).fetchall()
        carried: dict[str, set[int]] = {term: set() for _, term in terms}
        named: dict[str, set[int]] = {name: set() for name, _, _ in asked[len(terms) :]}
        for place, (name, _, _) in enumerate(asked):
            own = {int(row[0]) for row in rows if row[3 + place]}
            (carried if place < len(terms) else named)[name] |= own
        return Traits(
            carried, named, {int(row[0]): int(row[1]) for row in rows}, {int(row[0]): str(row[2]) for row in rows}
        )

    def texts(self, ids: Sequence[int]) -> dict[int, str]:
        """The stored texts of these passages."""
        with self._session() as connection:
            query = f"SELECT id, text FROM {self._table} WHERE id = ANY(%s)"
            return {int(number): text for number, text in connection.execute(query, (list(ids),)).fetchall()}

    def rarity(self, question: Question) -> dict[str, float]:
        """How much each term of the question says: inverse document frequency, 0 for a term in every passage."""
        count = max(1, len(self))
        fields = (("stems", question.stems), ("grams", question.grams), ("identifiers", question.identifiers))
        return {term: self._idf(name, term, count) for name, terms in fields for term in terms}

    def corrected(self, question: Question) -> Question:
        """The question with the nearest words of the index for those that no passage has, and with the pairs that its single
        signs of Chinese stand in."""
        corrections = []
        named = {stem for expansion in question.expansions for stem in analyse(expansion.source).stems}
        for word, stem in zip(question.words, question.stems, strict=True):
            if len(word) < SHORTEST_MISTYPED or not word.isalpha() or stem in named or self._count("stems", stem, 1):
                continue
            errors = 1 if len(word) < TWO_ERRORS_FROM else 2
            with self._session() as connection:
                rows = connection.execute(
                    f"SELECT word FROM {self._vocabulary} WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT %s",
                    (word, word, NEAR_WORDS),
                ).fetchall()
            near = [own for (own,) in rows if own[0] == word[0] and near_enough(word, own, errors)]
            if near:
                corrections.append((stem, stems([near[0]])[0]))
        found_too = question.with_numbers(lambda name: bool(self._count("identifiers", name, 1)))
        expansions = [*question.expansions, *(pair for gram in question.grams for pair in self._pairs(gram))]
        return replace(found_too, corrections=tuple(corrections), expansions=tuple(expansions))

    def _pairs(self, gram: str) -> list[Expansion]:
        """The pairs of signs in which a single one is looked for: passages are kept as pairs. None for a pair."""
        if len(gram) > 1:
            return []
        query = (
            f"SELECT lexeme FROM (SELECT grams FROM {self._table} WHERE grams @@ %s::tsquery LIMIT %s) AS found, "
            "unnest(found.grams) WHERE starts_with(lexeme, %s) AND lexeme <> %s "
            "GROUP BY lexeme ORDER BY count(*) DESC, lexeme LIMIT %s"
        )
        with self._session() as connection:
            rows = connection.execute(query, (f"{lexeme(gram)}:*", COUNTED, gram, gram, LONGER_GRAMS)).fetchall()
        return [Expansion(gram, pair, "") for (pair,) in rows]

    def _terms(self, question: Question) -> list[tuple[str, str, float]]:
        """(field, term, score) of every term that is looked for."""
        weights, count = self.weights, max(1, len(self))
        terms = [("stems", stem, 1.0) for stem in question.stems]
        terms += [("stems", meant, weights.typing_errors) for _, meant in question.corrections]
        terms += [("words", word, weights.words) for word in question.words]
        terms += [("marked", word, weights.marked) for word in question.marked]
        terms += [("grams", gram, weights.grams) for gram in question.grams]
        terms += [("identifiers", name, weights.identifiers) for name in question.identifiers]
        for expansion in question.expansions:
            own = analyse(expansion.phrase)
            share = weights.expansions / max(1, len(own.stems) + len(own.grams))
            terms += [("stems", stem, share) for stem in own.stems] + [("grams", gram, share) for gram in own.grams]
        known: dict[tuple[str, str], float] = {}
        for name, term, weight in terms:
            known[name, term] = max(known.get((name, term), 0.0), weight)
        return [(name, term, weight * self._idf(name, term, count)) for (name, term), weight in known.items()]

    def _idf(self, name: str, term: str, count: int) -> float:
        found = min(count, self._count(name, term, COUNTED))
        return log(1 + (count - found + 0.5) / (found + 0.5))

    def _count(self, name: str, term: str, most: int) -> int:
        query = f"SELECT count(*) FROM (SELECT 1 FROM {self._table} WHERE {name} @@ %s::tsquery LIMIT %s) AS found"
        return int(self._one(query, (lexeme(term), most)))

    def _conditions(self, question: Question) -> tuple[list[str], list[Any]]:
        conditions: list[str] = []
        values: list[Any] = []
        for texts, negated in ((question.phrases, ""), (question.excluded, "NOT ")):
            for text in texts:
                parts, given = _phrase(text)
                if parts:
                    conditions.append(f"{negated}({' AND '.join(parts)})")
                    values += given
        for name in question.excluded_numbers:
            conditions.append("NOT identifiers @@ %s::tsquery")
            values.append(lexeme(name))
        return conditions, values

    def _ids(self, query: str, values: Sequence[Any]) -> np.ndarray:
        with self._session() as connection:
            return np.array([row[0] for row in connection.execute(query, tuple(values)).fetchall()], dtype=np.int64)

    def _one(self, query: str, values: Sequence[Any] = ()) -> Any:
        with self._session() as connection:
            return connection.execute(query, tuple(values)).fetchone()[0]


def _scored(question: Question, terms: Sequence[tuple[str, str, float]]) -> tuple[str, list[Any]]:
    """What scores a passage by these terms, as an expression with its values."""
    scores, values = ["0"], []
    for name, term, weight in terms:
        scores.append(f"CASE WHEN {name} @@ %s::tsquery THEN %s ELSE 0 END")
        values += [lexeme(term), weight]
    near = " | ".join(lexeme(stem) for stem in question.stems) or None
    return f"({' + '.join(scores)}) + COALESCE(ts_rank_cd(stems, %s::tsquery, 32), 0)", [*values, near]


def lexeme(term: str) -> str:
    """A term as Postgres reads it inside a tsvector or tsquery."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(terms: Sequence[str]) -> str:
    """Terms in order as the text of a tsvector, with their positions."""
    places: dict[str, list[int]] = {}
    for place, term in enumerate(terms, start=1):
        own = places.setdefault(term, [])
        if len(own) < MOST_POSITIONS and place <= LARGEST_POSITION:
            own.append(place)
    return " ".join(
        f"{lexeme(term)}:{','.join(map(str, own))}" if own else lexeme(term) for term, own in places.items()
    )


def _phrase(text: str, *, stemmed: bool = False) -> tuple[list[str], list[str]]:
    """Conditions for words in this order, and the same for the scripts without spaces."""
    found = analyse(text)
    conditions, values = [], []
    for name, terms in (("stems", found.stems) if stemmed else ("words", found.words), ("grams", found.grams)):
        if terms:
            conditions.append(f"{name} @@ %s::tsquery")
            values.append(" <-> ".join(lexeme(term) for term in terms))
    return conditions, values
