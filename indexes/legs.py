"""The embedders of an index and how their vectors are compared: `meaning` for English, `languages` for all tongues."""

import contextlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence

import numpy as np

from indexes.codes import CODES_FORMAT
from indexes.embedder import Embedder
from indexes.errors import WrongShape
from indexes.generation import Vector
from indexes.lexical import LEXICAL_FORMAT
from indexes.ranking import BACKGROUND, BACKGROUND_LANGUAGES
from indexes.tongues import tongue_of
from indexes.windows import encode_windows, window_characters

# Questions whose vectors are kept: a person asks the same again with one filter after another, and two models take 20 ms
# for it. 2 kB each.
KEPT_QUESTIONS = 1_000
ENGLISH = frozenset({"", "en", "und"})


class Legs:
    """The English embedder and, where there is one, the multilingual; iterated as (name of the leg, embedder)."""

    def __init__(self, embedder: Embedder, multilingual: Embedder | None = None) -> None:
        self.embedder = embedder
        self.multilingual = multilingual
        self._backgrounds: dict[str, np.ndarray] = {}
        self._asked: OrderedDict[tuple[str, str], np.ndarray] = OrderedDict()

    def __iter__(self) -> Iterator[tuple[str, Embedder]]:
        models = (("meaning", self.embedder), ("languages", self.multilingual))
        return iter([(leg, model) for leg, model in models if model is not None])

    @property
    def dimensions(self) -> dict[str, int]:
        """Length of the vectors of each embedder, by its name."""
        return {model.name: model.dimension for _, model in self}

    @property
    def format(self) -> str:
        """Names how words are cut and vectors coded and compared: an index of another format is made anew."""
        return "-".join(
            [f"{LEXICAL_FORMAT}.{CODES_FORMAT}", *filter(None, (getattr(model, "alignment", "") for _, model in self))]
        )

    def vectors_for(
        self, texts: Sequence[str], languages: Sequence[str], titles: Sequence[str] | None = None
    ) -> list[tuple[Vector, ...]]:
        """The vectors of passages, for the database: of English by both models, of the rest by the multilingual one.

        A passage up to 600 characters (2,000 for the multilingual model) has one row, a longer one more (`indexes.windows`).
        """
        titles = [""] * len(texts) if titles is None else titles
        if not len(texts) == len(languages) == len(titles):
            raise WrongShape(f"{len(texts)} texts need as many languages and titles.")
        found: list[tuple[Vector, ...]] = [()] * len(texts)
        english = [row for row, language in enumerate(languages) if self.multilingual is None or language in ENGLISH]
        for model, rows in ((self.embedder, english), (self.multilingual, list(range(len(texts))))):
            if model is None or not rows:
                continue
            some = [titles[row] for row in rows], [texts[row] for row in rows]
            made = encode_windows(model, *some, window_characters(model))
            for row, values in zip(rows, made, strict=True):
                found[row] = (*found[row], Vector(model.name, values))
        return found

    def asked(self, model: Embedder, text: str) -> np.ndarray:
        """The vector of a question as the vectors of this model are compared; that of the newest questions is kept."""
        kept = self._asked.get((model.name, text))
        if kept is not None:
            return kept
        row: np.ndarray = aligned(model, model.encode_queries([text]), [tongue_of(text)], questions=True)[0]
        self._asked[model.name, text] = row
        while len(self._asked) > KEPT_QUESTIONS:
            with contextlib.suppress(KeyError):  # another thread may have been faster
                self._asked.popitem(last=False)
        return row

    def forget(self) -> None:
        """Keep no questions, for who measures what a new one costs."""
        self._asked.clear()

    def nearness_to_anything(self, model: Embedder, row: np.ndarray) -> float:
        """The mean cosine of a question with texts about nothing in particular, embedded once for each model."""
        if model.name not in self._backgrounds:
            self._backgrounds[model.name] = aligned(model, model.encode(BACKGROUND), BACKGROUND_LANGUAGES)
        return float(np.mean(self._backgrounds[model.name] @ row))


def aligned(model: Embedder, rows: np.ndarray, languages: Sequence[str], *, questions: bool = False) -> np.ndarray:
    """Vectors as they are compared: those of the multilingual model are laid over each other (`Alignment`)."""
    settle = getattr(model, "aligned", None)
    made: np.ndarray = settle(rows, languages, questions=questions) if settle is not None else rows
    return made
