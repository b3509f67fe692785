"""The termbase: what a quality term is called in the languages of the suppliers, for finding across languages by words.

The data is a TOML file of `[[term]]` tables, each with a `name` and, per language (ISO 639-1), the phrases in use. A
phrase in a question brings in its other names, in every language, at a lower weight than what was typed.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from indexes.analysis import Analysis, analyse, fold, without_marks
from indexes.question import Expansion, Question, folded
from indexes.tongues import tongue_of

# Most other names brought in for one question: each is a look-up, and a question about everything is about nothing.
MOST_EXPANSIONS = 120
# Shortest word of another language that is recognised in an English question where it is typed without marks.
SHORTEST_FOREIGN = 5
# Languages that people type without their marks.
MARKED = frozenset({"vi"})
# Questions whose terms are kept: a search asks for them three times, and a person the same with another filter.
KEPT_QUESTIONS = 500
# Longest phrase, in words, that is recognised in a question.
LONGEST_PHRASE = 8


@dataclass(frozen=True)
class Term:
    """A notion and its names: `names[language]` are phrases, the usual one first."""

    id: str
    names: Mapping[str, tuple[str, ...]]


class Termbase:
    """Terms that can be recognised in a question."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(terms)
        self._by_stems: dict[tuple[str, ...], list[tuple[Term, str, str]]] = {}
        self._unspaced: list[tuple[str, Term, str]] = []
        for term in self.terms:
            for language, names in term.names.items():
                for name in names:
                    analysis = analyse(name)
                    if analysis.grams:
                        self._unspaced.append((folded(name), term, language))
                    elif analysis.stems:
                        self._by_stems.setdefault(tuple(analysis.stems), []).append((term, language, name))
        self._unspaced.sort(key=lambda entry: -len(entry[0]))
        self._recognised = lru_cache(maxsize=KEPT_QUESTIONS)(self._found)

    def expand(self, query: str) -> tuple[Expansion, ...]:
        """The other names of the terms in a query."""
        found: dict[tuple[str, str], Expansion] = {}
        for term, _, name in self._recognised(query):
            for other_language, others in term.names.items():
                for other in others:
                    if folded(other) != folded(name):
                        found.setdefault((other_language, folded(other)), Expansion(name, other, other_language))
        return tuple(found.values())[:MOST_EXPANSIONS]

    def in_english(self, question: Question) -> str:
        """The question for an English model: as typed, or its terms in English where it is put in another language."""
        recognised = self._recognised(question.meaning)
        foreign = [term for term, language, _ in recognised if language != "en"]
        if not foreign or any(language == "en" for _, language, _ in recognised):
            return question.meaning
        names = [term.names["en"][0] for term in foreign if term.names.get("en")]
        return " ".join(dict.fromkeys((*names, *question.identifiers[:1]))) or question.meaning

    def with_marks(self, text: str) -> str:
        """A question typed without the marks of its language, with those of the terms in it: `danh gia noi bo` as
        `đánh giá nội bộ`. A model of languages knows little of Vietnamese without them."""
        for _, language, name in self._recognised(text):
            plain = without_marks(fold(name))
            if language in MARKED and plain != fold(name):
                text = regex.sub(rf"(?<!\w){regex.escape(plain)}(?!\w)", name, text, flags=regex.IGNORECASE)
        return text

    def _found(self, query: str) -> tuple[tuple[Term, str, str], ...]:
        """(term, language, phrase) for each phrase found, the longest first, none inside another."""
        found: list[tuple[Term, str, str]] = []
        text = folded(query)
        # A phrase without spaces has signs beyond ASCII, and an English question has none of a thousand such phrases.
        for phrase, term, language in () if text.isascii() else self._unspaced:
            if phrase in text:
                found.append((term, language, phrase))
                text = text.replace(phrase, "\n")
        analysis = analyse(query)
        english = tongue_of(query) == "en"
        place = 0
        while place < len(analysis.stems):
            for length in range(min(LONGEST_PHRASE, len(analysis.stems) - place), 0, -1):
                entries = self._by_stems.get(tuple(analysis.stems[place : place + length]), ())
                fitting = [
                    entry
                    for entry in entries
                    if _spelt_so(entry[2], analysis, place, length)
                    and not (length == 1 and english and _chance(entry[1], analysis.words[place], analysis.marked))
                ]
                if fitting:
                    found.extend(fitting)
                    place += length
                    break
            else:
                place += 1
        return tuple(found)


def _chance(language: str, word: str, marked: Iterable[str]) -> bool:
    """Whether a short word of an English question is a name in another language by chance alone: `go` is no wood (gỗ), and
    `not` no Turkish grade."""
    return language != "en" and len(word) < SHORTEST_FOREIGN and word not in map(without_marks, marked)


def _spelt_so(name: str, analysis: Analysis, place: int, length: int) -> bool:
    """Whether the words typed agree with the marks of the name; words typed without any mark agree with all."""
    typed = analysis.words[place : place + length]
    marked = {without_marks(word): word for word in analysis.marked}
    named = {without_marks(word): word for word in analyse(name).marked}
    return all(marked.get(word, word) in (word, named.get(word, word)) for word in typed)


def load_termbase(path: Path) -> Termbase:
    """Read a termbase file; ValueError says what is wrong with it and at which term."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    terms = []
    for number, entry in enumerate(data.get("term", []), start=1):
        name = entry.get("name")
        names = {key: value for key, value in entry.items() if key != "name"}
        if not isinstance(name, str) or not names:
            raise ValueError(f"Term {number} of {path.name} needs a name and at least one language.")
        for language, phrases in names.items():
            if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase for phrase in phrases):
                raise ValueError(f"Term {name} of {path.name}: {language} must be a list of phrases.")
        terms.append(Term(name, {language: tuple(phrases) for language, phrases in names.items()}))
    if len({term.id for term in terms}) != len(terms):
        raise ValueError(f"Two terms of {path.name} have the same name.")
    return Termbase(terms)
