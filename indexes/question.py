"""A search as a person types it: free words, "quoted phrases", -excluded words, and what they mean for the index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from indexes.analysis import (
    analyse,
    carried,
    fold,
    identifiers,
    is_number,
    joined_numbers,
    without_identifiers,
    without_marks,
)
from indexes.small_words import STOP_WORDS, fillers, small_words, without_fillers
from indexes.tongues import tongue_of

# Characters of a query that are read; a longer one is a pasted document, and each word costs a look-up.
QUERY_CHARACTERS = 1_000
# Words of a query that are looked up, for the same reason.
QUERY_WORDS = 64

# Characters of a query in which numbers with spaces are looked for; who pastes a text does not type a number.
NUMBER_CHARACTERS = 200

# What a number is said to be the number of: `lot 24C07B2` asks for the number alone.
NUMBERED_THINGS = frozenset(("lot", "batch", "number", "no", "nr", "part", "order", "serial", "item", "code", "ref"))

_PART = regex.compile(
    r"""(?P<not>(?<!\S)-(?=[\p{L}"“„«「]|\p{N}+\p{L}))?"""
    r"""(?:["“”„«「](?P<phrase>[^"“”„«»「」]*)["“”»」]|(?P<word>[^\s"“”„«»「」]+)|(?P<quote>["“”„«»「」]))"""
)


@dataclass(frozen=True)
class Expansion:
    """Another name, from the termbase: a passage may use `phrase` where the question has `source`. Without a language it is
    a longer word that `source` stands in."""

    source: str
    phrase: str
    language: str


@dataclass(frozen=True)
class Question:
    """A query taken apart.

    `meaning` is the text for the embedder (without what is excluded), `words` and `stems` its content words for the
    lexical side, `phrases` must stand in a hit word for word, `excluded` must not, `expansions` may stand instead of
    words. `corrections` are (stem typed, stem meant) for words that no passage has; `only_numbers` says that nothing
    but lot, part or document numbers is asked for, so that nearness of meaning says nothing.
    """

    text: str
    meaning: str
    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    only_numbers: bool = False

    def terms_in(self, text: str) -> frozenset[str]:
        """The terms to mark in a passage: those of the question, and of the other names that stand in it as a whole."""
        own = carried(text)
        terms = {*self.stems, *self.words, *self.grams, *self.identifiers, *(stem for _, stem in self.corrections)}
        for expansion in self.expansions:
            whole, marked = _name(expansion.phrase, expansion.language)
            if own.issuperset(whole):
                terms.update(marked)
        return frozenset(terms) - (STOP_WORDS - {*self.words})

    def with_numbers(self, known: Callable[[str], bool]) -> "Question":
        """The question with the numbers that it may mean where it puts spaces into them, of those that are known."""
        meant = [name for name in joined_numbers(self.meaning[:NUMBER_CHARACTERS]) if known(name)]
        return replace(self, identifiers=tuple(dict.fromkeys((*self.identifiers, *meant))))

    @property
    def excluded_numbers(self) -> tuple[str, ...]:
        """The numbers left out, however a passage separates them: `-AB-1234` leaves out AB1234 too."""
        names = [identifiers(text) for text in self.excluded if not without_identifiers(text).strip()]
        return tuple(own[0] for own in names if own and is_number(own[0]))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.grams or self.identifiers or self.phrases)


@lru_cache(maxsize=10_000)  # the names of the termbase, of which a question brings in dozens
def _name(phrase: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The terms of another name, and those of them that are marked where it stands."""
    name = analyse(phrase)
    small = fillers(phrase, language)
    return frozenset((*name.stems, *name.grams)), frozenset((*(s for s in name.stems if s not in small), *name.grams))


def ask(text: str, expansions: Sequence[Expansion] = ()) -> Question:
    """Take a query apart; never fails, whatever is typed."""
    text = text[:QUERY_CHARACTERS].encode("utf-8", "replace").decode()
    meaning: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for part in _PART.finditer(text):
        said = (part["phrase"] if part["phrase"] is not None else part["word"] or "").strip()
        if not said:
            continue
        if part["not"]:
            excluded.append(said)
            continue
        meaning.append(said)
        if part["phrase"] is not None and analyse(said).terms:  # signs alone stand in no passage
            phrases.append(said)
    kept = " ".join(meaning)
    tongue = tongue_of(kept)
    own = small_words(tongue)
    small = fillers(kept, tongue, [expansion.source for expansion in expansions])
    analysis = analyse(without_fillers(kept, tongue))
    pairs = [pair for pair in zip(analysis.words, analysis.stems, strict=True) if pair[0] not in small]
    if not pairs and not analysis.grams:  # nothing but small words: then they are what is asked
        analysis = analyse(kept)
        pairs = list(zip(analysis.words, analysis.stems, strict=True))
    pairs = list(dict.fromkeys(pairs))[:QUERY_WORDS]
    return Question(
        text=text,
        meaning=kept,
        words=tuple(word for word, _ in pairs),
        stems=tuple(stem for _, stem in pairs),
        marked=tuple(
            dict.fromkeys(word for word in analysis.marked if not (word in own and without_marks(word) in small))
        )[:QUERY_WORDS],
        grams=tuple(dict.fromkeys(analysis.grams))[: 2 * QUERY_WORDS],
        identifiers=tuple(analysis.identifiers)[:QUERY_WORDS],
        phrases=tuple(phrases),
        excluded=tuple(excluded),
        expansions=tuple(expansions),
        only_numbers=bool(analysis.identifiers)
        and not analyse(without_identifiers(kept)).terms - STOP_WORDS - NUMBERED_THINGS,
    )


def folded(text: str) -> str:
    """A text as the termbase compares it: folded, single spaces."""
    return " ".join(fold(text).split())
