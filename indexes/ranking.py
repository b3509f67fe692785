"""From what each leg found to one list, and to nothing where nothing is relevant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexes.analysis import analyse, is_number
from indexes.fusion import best_first, by_score
from indexes.question import Question
from indexes.tongues import tongue_of

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


# The languages of these sentences, one each.
BACKGROUND_LANGUAGES = (*["en"] * 5, "vi", "vi", "id", "th", "th", "zh", "zh", "ko", "tr", "id", "en")


@dataclass(frozen=True)
class Ranking:
    """How the legs are weighed, and when a passage is too far from the question to be shown.

    Chosen on `corpora/questions` (`benchmarks.search --only own`); the weights of words and meaning lie on a plateau that
    is also that of the training half of SciFact. How near a passage comes is what both models say together: English
    passages have a vector of each, others of the multilingual model only.

    The floors are fitted to that set, so that few answerable questions are refused; the same benchmark prints how many, and
    how many that nothing answers. A larger corpus refuses less, because more of it lies near anything.
    """

    words: float = 0.3
    meaning: float = 0.7
    numbers: float = 0.3
    # How much of the words' weight goes to covering the question, the rest to BM25: a passage that says one rare word
    # three times is not better than one that says all of them.
    covering: float = 0.7
    # For a passage in another language than the question's only covering counts, by the other names of its terms, and this
    # much: what BM25 gives to a few shared numbers and names says nothing of a translation.
    translated: float = 0.4
    # What the best passage of a paper counts for the others of the same paper: a row of a table says little by itself.
    paper: float = 0.4
    # What the multilingual model says counts this much where both have a say.
    multilingual: float = 0.55
    # Places of each ten that go to passages in other languages than that of an English question, as far as there are relevant
    # ones: they carry none of the question's words and would stand behind every passage that carries one.
    other_languages: tuple[int, ...] = (3, 5, 7, 8, 9)
    # A place is only given where the passage reaches this share of the score of the one it is put before.
    other_worth: float = 0.7
    # A question is answered when one passage reaches one of these; else nothing is shown.
    answered_near: float = 0.24
    answered_coverage: float = 0.65
    # What covering every word of the question adds to nearness, for the floor above.
    words_help: float = 0.50
    # What the English model must say more where it speaks alone: two that agree are less often near by chance.
    alone: float = 0.10
    # Once a question is answered, a passage is shown from here on.
    shown_near: float = 0.14
    shown_coverage: float = 0.30
    # How near a passage must come to another to be shown as one like it.
    like_meaning: float = 0.45
    like_languages: float = 0.45


# What a word found by its likeness counts against the word itself: alone it is an answer, among strangers it is not.
_GUESSED = 0.7
# What another name of a term counts against the term itself in a passage in the language of the question, whose author could
# have used the term; in another language it is the term.
_SYNONYM = 0.5
# By how much a score is at least above the next, where an order was made that the scores alone do not give.
_STEP = 1e-6
ENGLISH = "en"
# What stands for a language that could not be told.
_UNKNOWN = frozenset({"", "und"})
# Two standards of one language, which `tongue_of` does not tell apart.
_SAME = {"ms": "id"}


@dataclass(frozen=True)
class Candidates:
    """What the legs found for a question.

    `papers` numbers the paper each passage stands in (0: alone), `words` are BM25 scores, `nearest` cosines by leg, `background` how near the question comes to anything (by leg),
    `rarity` what each of its terms says, `carried` which passages have the term, `named` which have another name of a
    phrase that the termbase knows, and `languages` their ISO 639-1 codes. All may tell of other passages too.
    """

    ids: Sequence[int]
    words: Mapping[int, float]
    nearest: Mapping[str, Mapping[int, float]]
    background: Mapping[str, float]
    rarity: Mapping[str, float]
    carried: Mapping[str, set[int]]
    named: Mapping[str, set[int]]
    papers: Mapping[int, int] = field(default_factory=dict)
    languages: Mapping[int, str] = field(default_factory=dict)


class Ranked(NamedTuple):
    """A passage in its place, with the score of each leg."""

    id: int
    score: float
    legs: dict[str, float]


class _Seen(NamedTuple):
    """One candidate: how near it is (`doubt` is taken off for the floors), share of the question's words covered, whether a
    number is named, whether it is in another language than the question."""

    near: float
    doubt: float
    coverage: float
    numbered: bool
    foreign: bool


def rank(question: Question, candidates: Candidates, ranking: Ranking, limit: int | None = None) -> list[Ranked]:
    """The relevant candidates, best first, at most `limit`; none where no passage answers the question."""
    tongue = tongue_of(question.meaning)
    foreign = {number for number in candidates.ids if _spoken(number, candidates) != tongue}
    seen = _seen(question, candidates, foreign, ranking, tongue)
    if not question.phrases and not any(_answers(one, ranking) for one in seen.values()):
        return []
    legs = _legs(candidates, seen, ranking)
    weights = {
        "words": ranking.words,
        "translated": ranking.translated,
        "meaning": ranking.meaning,
        "numbers": ranking.numbers,
    }
    scores = _with_papers(by_score(legs, weights), candidates.papers, ranking.paper)
    ranked = [
        Ranked(number, min(1.0, score), {})
        for number, score in best_first(scores)
        if question.phrases or _shown(seen[number], question, ranking)
    ]
    if tongue == ENGLISH:  # who asks in another language has papers in it, and finds them by its words
        ranked = _with_other_languages(ranked, {number for number, one in seen.items() if one.foreign}, seen, ranking)
    return [
        one._replace(legs={leg: found[one.id] for leg, found in legs.items() if one.id in found})
        for one in ranked[:limit]
    ]


def _with_other_languages(
    ranked: Sequence[Ranked], foreign: set[int], seen: Mapping[int, _Seen], ranking: Ranking
) -> list[Ranked]:
    """The same passages with some of each ten places given to those in other languages; scores still fall. A passage
    that names a number of the question keeps the place it has."""
    named = [one for one in ranked if seen[one.id].numbered]
    own = [one for one in ranked if one.id not in foreign and not seen[one.id].numbered]
    others = [one for one in ranked if one.id in foreign and not seen[one.id].numbered]
    found = list(named)
    while own or others:
        waiting = own and others and others[0].score < own[0].score
        worth = own and others and others[0].score >= ranking.other_worth * own[0].score
        if others and (not waiting or (worth and len(found) % 10 in ranking.other_languages)):
            found.append(others.pop(0))
        else:
            found.append(own.pop(0))
    # Whoever was let forward takes the score of the one it stands before.
    best = 0.0
    for place in range(len(found) - 1, -1, -1):
        best = max(best + _STEP, found[place].score)
        if best != found[place].score:
            found[place] = found[place]._replace(score=min(1.0, best))
    return found


def _with_papers(scores: Mapping[int, float], papers: Mapping[int, int], share: float) -> dict[int, float]:
    """The same scores, each with its share of the best of the same paper; who stands alone is his own best."""
    best: dict[int, float] = {}
    for number, score in scores.items():
        paper = papers.get(number, 0)
        if paper:
            best[paper] = max(best.get(paper, 0.0), score)
    return {
        number: (score + share * best.get(papers.get(number, 0), score)) / (1 + share)
        for number, score in scores.items()
    }


def _legs(candidates: Candidates, seen: Mapping[int, _Seen], ranking: Ranking) -> dict[str, dict[int, float]]:
    """The scores of each leg between 0 and 1: BM25 by the best of the question, with coverage, or coverage alone where a
    passage is not in the language of the question; nearness as it is."""
    share = ranking.covering
    best = max(candidates.words.values(), default=0.0) or 1.0
    translated = {number for number, one in seen.items() if one.foreign}
    return {
        "words": {
            number: (1 - share) * candidates.words.get(number, 0.0) / best + share * one.coverage
            for number, one in seen.items()
            if number not in translated and (number in candidates.words or one.coverage)
        },
        "translated": {number: seen[number].coverage for number in translated if seen[number].coverage},
        "meaning": {number: min(1.0, max(0.0, one.near)) for number, one in seen.items()},
        "numbers": {number: 1.0 for number, one in seen.items() if one.numbered},
    }


def _coverage(question: Question, candidates: Candidates, foreign: set[int]) -> dict[int, float]:
    """For each passage the share of the question it says, each term weighed by its rarity; `foreign` are those in another
    language."""
    whole = sum(candidates.rarity.values()) or 1.0
    said = dict.fromkeys(candidates.ids, 0.0)
    known = {source: analyse(source).terms for source in candidates.named}
    meant = dict(question.corrections)
    # A single sign of Chinese stands in the words it is looked for in: they are no other names of it.
    inside = {expansion.source for expansion in question.expansions if not expansion.language}
    for term, rarity in candidates.rarity.items():
        carriers = candidates.carried.get(term, set()) | (
            candidates.named.get(term, set()) if term in inside else set()
        )
        others = set().union(*(candidates.named[source] for source, terms in known.items() if term in terms)) - carriers
        guesses = candidates.carried.get(meant.get(term, ""), set()) - carriers - others
        abroad = others & foreign
        for found, share in ((carriers | abroad, 1.0), (others - abroad, _SYNONYM), (guesses, _GUESSED)):
            for number in found & said.keys():
                said[number] += share * rarity / whole
    return said


def _numbered(question: Question, candidates: Candidates) -> set[int]:
    """The candidates that name a number of the question."""
    names = [name for name in question.identifiers if is_number(name)]
    return set().union(*(candidates.carried.get(name, ()) for name in names))


def _spoken(number: int, candidates: Candidates) -> str:
    """The language of a passage as it was recorded, or as its vectors tell: only English ones have one of the English
    model."""
    spoken = candidates.languages.get(number, "")
    if spoken in _UNKNOWN:
        models = {leg for leg, scores in candidates.nearest.items() if number in scores}
        spoken = "" if models == {"languages"} else ENGLISH
    return _SAME.get(spoken, spoken)


def _seen(
    question: Question, candidates: Candidates, foreign: set[int], ranking: Ranking, tongue: str
) -> dict[int, _Seen]:
    """What each candidate is like, in their order: one walk over all six hundred, because every search pays for it."""
    coverage = _coverage(question, candidates, foreign)
    numbered = _numbered(question, candidates)
    meaning, languages = (candidates.nearest.get(leg, {}) for leg in ("meaning", "languages"))
    # How much nearer a passage is than anything is, counts.
    anything, anything_abroad = (candidates.background.get(leg, 0.0) for leg in ("meaning", "languages"))
    share, alone, english = ranking.multilingual, ranking.alone, tongue == ENGLISH
    seen = {}
    for number in candidates.ids:
        cosine, abroad = meaning.get(number), languages.get(number)
        if abroad is None:
            near, doubt = 0.0 if cosine is None else cosine - anything, alone
        elif cosine is not None and english:
            near, doubt = (1 - share) * (cosine - anything) + share * (abroad - anything_abroad), 0.0
        else:  # no vector of the English model, or it does not know the words of the question
            near, doubt = abroad - anything_abroad, 0.0
        seen[number] = _Seen(near, doubt, coverage[number], number in numbered, number in foreign)
    return seen


def _answers(one: _Seen, ranking: Ranking) -> bool:
    return (
        one.numbered
        or one.coverage >= ranking.answered_coverage
        or one.near - one.doubt + ranking.words_help * one.coverage >= ranking.answered_near
    )


def _shown(one: _Seen, question: Question, ranking: Ranking) -> bool:
    if question.only_numbers:
        return one.numbered or one.coverage >= ranking.answered_coverage
    return one.numbered or one.coverage >= ranking.shown_coverage or one.near - one.doubt >= ranking.shown_near
