"""From what each leg found to one list, and to nothing where nothing is relevant."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexes.analysis import analyse, spans
from indexes.fusion import best_first, between, by_score
from indexes.question import Question

# Everyday sentences about nothing that a quality paper says, in the languages served. How near a question comes to
# these is how near it comes to anything: a model of 4-bit weights puts some questions at 0.85 from every text there
# is.
BACKGROUND = (
    "The weather was fine and we went to the lake.",
    "My sister likes music and plays the piano.",
    "The football match ended in a draw.",
    "He bought bread and apples at the market.",
    "The film was long but the actors were good.",
    "Chúng tôi đi chơi biển vào cuối tuần.",
    "Con mèo nằm ngủ trên ghế.",
    "Anak-anak bermain di taman setelah hujan.",
    "เมื่อวานฝนตกหนักมาก",
    "ฉันชอบกินข้าวผัด",
    "今天天气很好，我们去公园散步。",
    "她喜欢唱歌和跳舞。",
    "주말에 가족과 함께 영화를 봤다.",
    "Akşam yemeğinde balık ve salata yedik.",
    "Rapat warga diadakan di balai desa.",
    "12 34 56",
)


@dataclass(frozen=True)
class Ranking:
    """How the legs are weighed, and when a passage is too far from the question to be shown.

    The weights of words and meaning were chosen on the training half of SciFact. The floors were set on our own
    corpus with 24 questions that it answers and 24 about the weather, cooking and the like: the best cosine above the
    background was 0.31 to 0.66 for the former and under 0.36 for 23 of the latter (multilingual: 0.065 to 0.137 and
    0.03 to 0.092), so the cosine alone cannot tell, and the words decide with it.
    """

    words: float = 0.3
    meaning: float = 0.7
    numbers: float = 0.3
    # A question is answered when one passage reaches one of these; else nothing is shown.
    answered_meaning: float = 0.40
    answered_languages: float = 0.09
    answered_coverage: float = 0.65
    # What covering every word of the question adds to the cosine, for the floors above.
    words_help_meaning: float = 0.15
    words_help_languages: float = 0.03
    # Once a question is answered, a passage is shown from here on.
    shown_meaning: float = 0.25
    shown_languages: float = 0.07
    shown_coverage: float = 0.30


# Brings cosines of multilingual-e5 above the background (0.02 for anything, 0.12 for an answer) to those of MiniLM.
_LANGUAGES_OFFSET, _LANGUAGES_SCALE = 0.02, 5.5
# What a word found by its likeness counts against the word itself: alone it is an answer, among strangers it is not.
_GUESSED = 0.7


@dataclass(frozen=True)
class Candidates:
    """What the legs found.

    BM25 scores, cosines by leg, how near the question comes to anything (by leg), the texts, and how rare each term of
    the question is.
    """

    words: Mapping[int, float]
    nearest: Mapping[str, Mapping[int, float]]
    background: Mapping[str, float]
    texts: Mapping[int, str]
    rarity: Mapping[str, float]


@dataclass(frozen=True)
class Ranked:
    """A passage in its place."""

    id: int
    score: float
    matched: tuple[str, ...]
    legs: dict[str, float]


@dataclass(frozen=True)
class _Seen:
    """One candidate: cosines above the background, share of the question's words covered, whether a number is named."""

    meaning: float
    languages: float
    coverage: float
    numbered: bool


def rank(question: Question, candidates: Candidates, ranking: Ranking) -> list[Ranked]:
    """The relevant candidates, best first; none where no passage answers the question."""
    names = _other_names(question)
    seen = {number: _seen(question, names, number, text, candidates) for number, text in candidates.texts.items()}
    if not question.phrases and not any(_answers(one, ranking) for one in seen.values()):
        return []
    legs = _legs(candidates, seen)
    weights = {
        "words": ranking.words,
        "meaning": ranking.meaning,
        "languages": ranking.meaning,
        "numbers": ranking.numbers,
    }
    terms = frozenset({*question.stems, *question.words, *question.grams, *question.identifiers})
    terms = terms.union((meant for _, meant in question.corrections), *(name for _, ways in names for name in ways))
    ranked = []
    for number, score in best_first(by_score(legs, weights)):
        if not question.phrases and not _shown(seen[number], question, ranking):
            continue
        text = candidates.texts[number]
        matched = tuple(dict.fromkeys(text[start:end] for start, end in spans(text, terms)))
        own = {leg: found[number] for leg, found in legs.items() if number in found}
        ranked.append(Ranked(number, min(1.0, score), matched, own))
    return ranked


def _legs(candidates: Candidates, seen: Mapping[int, _Seen]) -> dict[str, dict[int, float]]:
    """The scores of each leg between 0 and 1: BM25 by the best of the question, cosines as they are."""
    best = max(candidates.words.values(), default=0.0) or 1.0
    meaning, languages = (candidates.nearest.get(leg, {}) for leg in ("meaning", "languages"))
    above = candidates.background.get("languages", 0.0) + _LANGUAGES_OFFSET
    return {
        "words": {number: score / best for number, score in candidates.words.items()},
        "meaning": {number: between(cosine, 0.0, 1.0) for number, cosine in meaning.items()},
        "languages": {
            number: between(cosine, above, above + 1 / _LANGUAGES_SCALE) for number, cosine in languages.items()
        },
        "numbers": {number: 1.0 for number, one in seen.items() if one.numbered},
    }


_Names = list[tuple[frozenset[str], list[frozenset[str]]]]


def _other_names(question: Question) -> _Names:
    """For each term of the termbase in the question: the stems typed, and the terms of each of its other names."""
    names: dict[str, list[frozenset[str]]] = {}
    for expansion in question.expansions:
        found = analyse(expansion.phrase)
        names.setdefault(expansion.source, []).append(frozenset((*found.stems, *found.grams)))
    return [(analyse(source).terms, [way for way in ways if way]) for source, ways in names.items()]


def _seen(question: Question, names: _Names, number: int, text: str, candidates: Candidates) -> _Seen:
    own = analyse(text).terms
    covered = {term for term in candidates.rarity if term in own}
    for source, ways in names:
        if any(way <= own for way in ways):
            covered |= {term for term in candidates.rarity if term in source}
    guessed = {typed for typed, meant in question.corrections if meant in own} - covered
    whole = sum(candidates.rarity.values())
    said = sum(candidates.rarity[term] for term in covered)
    said += _GUESSED * sum(candidates.rarity.get(term, 0.0) for term in guessed)
    above = {
        leg: scores[number] - candidates.background.get(leg, 0.0) if number in scores else 0.0
        for leg, scores in candidates.nearest.items()
    }
    return _Seen(
        meaning=above.get("meaning", 0.0),
        languages=above.get("languages", 0.0),
        coverage=said / whole if whole > 0 else 0.0,
        numbered=any(name in own for name in question.identifiers),
    )


def _answers(one: _Seen, ranking: Ranking) -> bool:
    return (
        one.numbered
        or one.coverage >= ranking.answered_coverage
        or one.meaning + ranking.words_help_meaning * one.coverage >= ranking.answered_meaning
        or one.languages + ranking.words_help_languages * one.coverage >= ranking.answered_languages
    )


def _shown(one: _Seen, question: Question, ranking: Ranking) -> bool:
    if question.only_numbers:
        return one.numbered or one.coverage >= ranking.answered_coverage
    return (
        one.numbered
        or one.coverage >= ranking.shown_coverage
        or one.meaning >= ranking.shown_meaning
        or one.languages >= ranking.shown_languages
    )
