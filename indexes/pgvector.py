"""The search index on Postgres with pgvector: for workspaces that outgrow one machine.

The same questions, answers and order of work as on FAISS and tantivy (`indexes.hybrid`). Each index is a schema of its own,
so that no query can touch the vectors of another workspace, and so that workspaces can be put on different servers.
Vectors are kept in 16-bit floats (`halfvec`) under an HNSW graph, whose candidates are scored exactly by what is stored.

The caller hands in what opens a psycopg connection: this room knows no address and no driver.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from indexes.dense import BEST_WINDOW, ROOM
from indexes.embedder import Embedder
from indexes.errors import IndexBusy, WrongShape
from indexes.generation import Generation
from indexes.hybrid import REBUILD_BATCH, HybridIndex
from indexes.items import ChangesOf, IndexItem, put_words
from indexes.pgwords import PgWords, tables
from indexes.ranking import Ranking
from indexes.terms import Termbase

# Candidates the graph gives for each hit wanted; pgvector's default of 40 in all loses a tenth of the nearest.
DEEPER = 4
# The most that one search of the graph may hold.
MOST_CANDIDATES = 1_000
# Up to this many allowed ids they are scored one by one, which is exact and quicker than the graph.
EXACT_LIMIT = 5_000
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")

Connect = Callable[[], Any]


class Sessions:
    """One connection for all threads of this process, opened when first used and again after it was lost."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._connection: Any = None
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def __call__(self) -> Iterator[Any]:
        """A transaction; nested ones are part of the outer."""
        with self._lock:
            if self._connection is None or self._connection.closed:
                self._connection = self._connect()
            with self._connection.transaction():
                yield self._connection

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


class PgVectors:
    """The vectors of one model in a schema (see `indexes.dense.VectorIndex`)."""

    def __init__(self, session: Sessions, schema: str, number: int, dimension: int) -> None:
        self._session = session
        self._table = f"{schema}.vectors_{number}"
        self.dimension = dimension
        # The texts among some ids that are nearest, with the score of `indexes.dense.by_text`.
        self._best = (
            f"SELECT id, {BEST_WINDOW} * max(score) + {1 - BEST_WINDOW} * coalesce(max(score) FILTER (WHERE place = 0), max(score)) "
            f"AS worth FROM (SELECT id, place, -(vector <#> %s::halfvec) AS score FROM {self._table} WHERE id = ANY(%s)) AS windows "
            "GROUP BY id ORDER BY worth DESC, id LIMIT %s"
        )
        # Vectors beside a trained part: there is none here, the graph takes in each vector as it comes.
        self.loose = 0
        with session() as connection:
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS {self._table} (id bigint NOT NULL, place smallint NOT NULL, "
                f"vector halfvec({dimension}) NOT NULL, PRIMARY KEY (id, place))"
            )
            connection.execute(
                f"CREATE INDEX IF NOT EXISTS vectors_{number}_near ON {self._table} USING hnsw (vector halfvec_ip_ops)"
            )

    def __len__(self) -> int:
        with self._session() as connection:
            return int(connection.execute(f"SELECT count(DISTINCT id) FROM {self._table}").fetchone()[0])

    def ids(self) -> np.ndarray:
        """The ids that are there, int64, ascending."""
        with self._session() as connection:
            rows = connection.execute(f"SELECT DISTINCT id FROM {self._table} ORDER BY id").fetchall()
        return np.array([row[0] for row in rows], dtype=np.int64)

    def add(self, ids: np.ndarray, vectors: np.ndarray) -> None:
        """Put vectors under ids; WrongShape where they do not fit."""
        ids, vectors = np.asarray(ids, dtype=np.int64), np.asarray(vectors, dtype=np.float32)
        if vectors.shape != (len(ids), self.dimension):
            raise WrongShape(f"{len(ids)} ids need {len(ids)} x {self.dimension} vectors, not {vectors.shape}.")
        if not len(ids):
            return
        if ids.min() < 0 or not np.isfinite(vectors).all():
            raise WrongShape("Ids count from 0 and vectors are finite numbers.")
        if np.unique(ids, return_counts=True)[1].max() > ROOM:
            raise WrongShape(f"A text has at most {ROOM} vectors.")
        places: dict[int, int] = {}
        rows = []
        for number, row in zip(ids.tolist(), vectors, strict=True):
            places[number] = places.get(number, -1) + 1
            rows.append((number, places[number], _text(row)))
        with self._session() as connection, connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table} WHERE id = ANY(%s)", (list(places),))
            with cursor.copy(f"COPY {self._table} (id, place, vector) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    def remove(self, ids: np.ndarray) -> int:
        """Take ids out; how many were there."""
        listed = [int(number) for number in ids]
        with self._session() as connection:
            query = (
                f"WITH gone AS (DELETE FROM {self._table} WHERE id = ANY(%s) RETURNING id) "
                "SELECT count(DISTINCT id) FROM gone"
            )
            return int(connection.execute(query, (listed,)).fetchone()[0])

    def search(
        self, vector: np.ndarray, limit: int, allowed: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ids (int64) and scores (float32, -1 to 1) of the nearest, best first."""
        query = np.asarray(vector, dtype=np.float32).reshape(-1)
        if len(query) != self.dimension:
            raise WrongShape(f"The question has {len(query)} dimensions, the index {self.dimension}.")
        if limit < 1 or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        given = _text(query)
        with self._session() as connection:
            if allowed is not None and len(allowed) <= EXACT_LIMIT:
                among = allowed.tolist()
            else:
                deep = min(MOST_CANDIDATES, max(40, limit * DEEPER))
                connection.execute(f"SET LOCAL hnsw.ef_search = {deep}")
                connection.execute("SET LOCAL hnsw.iterative_scan = 'strict_order'")
                condition = "" if allowed is None else "WHERE id = ANY(%s)"
                near = f"SELECT id FROM {self._table} {condition} ORDER BY vector <#> %s::halfvec LIMIT %s"
                values = (given, deep) if allowed is None else (allowed.tolist(), given, deep)
                among = list({row[0] for row in connection.execute(near, values).fetchall()})
            # The windows of a text belong together: those of each text found are scored all, where they lie.
            rows = connection.execute(self._best, (given, among, limit)).fetchall()
        ids = np.array([number for number, _ in rows], dtype=np.int64)
        return ids, np.array([score for _, score in rows], dtype=np.float32)

    def clear(self) -> None:
        """Forget every vector."""
        with self._session() as connection:
            connection.execute(f"DELETE FROM {self._table}")


class PgGeneration(Generation):
    """Words and vectors of a schema; there is one generation, which transactions keep whole."""

    def __init__(self, session: Sessions, schema: str, dimensions: dict[str, int]) -> None:
        self.folder = None
        self.dimensions = dimensions
        self.codes = {}
        self.lexical = PgWords(session, schema)  # type: ignore[assignment]
        numbers = {model: _number(session, schema, model) for model in dimensions}
        self.dense = {
            model: PgVectors(session, schema, numbers[model], dimension)  # type: ignore[misc]
            for model, dimension in dimensions.items()
        }


class PgIndex(HybridIndex):
    """A search index in a schema of a Postgres database; the same methods as `HybridIndex`.

    `mark` stands in the database, so any number of processes see the same, and a change is applied by the first to
    hear of it, in one transaction: there or not there, never half.
    """

    def __init__(
        self,
        connect: Connect,
        schema: str,
        embedder: Embedder,
        multilingual: Embedder | None = None,
        *,
        termbase: Termbase | None = None,
        ranking: Ranking | None = None,
    ) -> None:
        super().__init__(None, embedder, multilingual, termbase=termbase, ranking=ranking)
        if not _NAME.fullmatch(schema):
            raise ValueError(f"{schema!r} is no name of a schema")
        self._schema = schema
        self._session = Sessions(connect)
        with self._session() as connection:
            # Two processes that start together would both make the tables; the lock ends with the transaction.
            connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (schema,))
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            connection.execute(f"CREATE TABLE IF NOT EXISTS {schema}.mark (version bigint NOT NULL)")
            connection.execute(f"ALTER TABLE {schema}.mark ADD COLUMN IF NOT EXISTS format text NOT NULL DEFAULT ''")
            connection.execute(f"CREATE TABLE IF NOT EXISTS {schema}.models (number serial, name text PRIMARY KEY)")
            connection.execute(tables(schema))
            self._live = PgGeneration(self._session, schema, self._dimensions)

    @property
    def mark(self) -> int:
        """The change of the database up to which this index has got; 0 where its words were cut or its vectors compared in an older way, so
        that it is made anew."""
        with self._session() as connection:
            query = f"SELECT version FROM {self._schema}.mark WHERE format = %s"
            row = connection.execute(query, (self.legs.format,)).fetchone()
        return int(row[0]) if row else 0

    @property
    def unwritten(self) -> bool:
        """Nothing waits to be written: Postgres has it."""
        return False

    @property
    def crowded(self) -> bool:
        """The graph takes in each vector as it comes."""
        return False

    def upsert(self, items: Any) -> None:
        """Put passages in; one of the same id is replaced."""
        with self._session():
            ready = self._with_vectors(items)
            self._put_vectors(self._live, ready)
            put_words(self._live, ready)

    def remove(self, ids: Iterable[int]) -> None:
        """Take passages out."""
        gone = np.array(list(ids), dtype=np.int64)
        with self._session():
            for dense in self._live.dense.values():
                dense.remove(gone)
            self._live.lexical.remove(gone.tolist())

    def catch_up(self, until: int, changes: ChangesOf) -> bool:
        """Take in what changed up to a version of the database, in one transaction."""
        try:
            with self._session():
                self._claim()
                mark = self.mark
                if mark < until:
                    self._apply(changes(mark, until), words_too=True)
                    self._note(until)
        except IndexBusy:
            return False
        return True

    def flush(self, mark: int | None = None) -> None:
        """Note the mark; everything else is in the database already."""
        if mark is not None:
            with self._session():
                self._note(mark)

    def rebuild(self, items: Iterable[IndexItem], mark: int = 0, *, only_if: Callable[[], bool] | None = None) -> int:
        """Make the index anew in one transaction; searches use the old one until it is committed. Raises IndexBusy."""
        with self._session():
            self._claim()
            if only_if is not None and not only_if():
                return len(self)
            self._live.lexical.clear()
            for dense in self._live.dense.values():
                dense.clear()
            iterator = iter(items)
            while batch := list(islice(iterator, REBUILD_BATCH)):
                self.upsert(batch)
            self._note(mark)
        return len(self)

    def refresh(self) -> None:
        """Each search sees what is committed."""

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def _claim(self) -> None:
        """Be the one process that writes, until the transaction ends; IndexBusy where another is."""
        with self._session() as connection:
            got = connection.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", (self._schema,)).fetchone()[0]
        if not got:
            raise IndexBusy("Another process is writing this search index.")

    def _note(self, mark: int) -> None:
        with self._session() as connection:
            connection.execute(f"DELETE FROM {self._schema}.mark")
            query = f"INSERT INTO {self._schema}.mark (version, format) VALUES (%s, %s)"
            connection.execute(query, (mark, self.legs.format))


def _number(session: Sessions, schema: str, model: str) -> int:
    """The number of a model in a schema: tables of vectors are called by it."""
    with session() as connection:
        connection.execute(f"INSERT INTO {schema}.models (name) VALUES (%s) ON CONFLICT DO NOTHING", (model,))
        row = connection.execute(f"SELECT number FROM {schema}.models WHERE name = %s", (model,)).fetchone()
    return int(row[0])


def _text(row: np.ndarray) -> str:
    return "[" + ",".join(f"{value:.7g}" for value in row.tolist()) + "]"
