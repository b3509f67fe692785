"""From what each leg found to one list, and to nothing where nothing is relevant."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexes.analysis import analyse, spans
from indexes.fusion import best_first, by_score
from indexes.question import Question

# Everyday sentences about nothing that a quality paper says, in the languages served. How near a question comes to these
# is how near it comes to anything: a model of 4-bit weights puts some questions at 0.85 from every text there is.
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
    """How the legs are weighed and when a passage is too far from the question to be shown."""

    weights: Mapping[str, float] = field(default_factory=lambda: {"words": 0.5, "meaning": 0.5, "languages": 0.5})
    least_cosine: float = 0.30
    least_multilingual: float = 0.82
    least_coverage: float = 0.5


@dataclass(frozen=True)
class Candidates:
    """What the legs found: BM25 scores, cosines by leg, the texts, and how rare each term of the question is."""

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


def rank(question: Question, candidates: Candidates, ranking: Ranking) -> list[Ranked]:
    """The relevant candidates, best first."""
    best = max(candidates.words.values(), default=0.0) or 1.0
    legs: dict[str, dict[int, float]] = {"words": {number: score / best for number, score in candidates.words.items()}}
    for leg, low in (("meaning", 0.0), ("languages", 0.7)):
        cosines = candidates.nearest.get(leg, {})
        legs[leg] = {number: max(0.0, (cosine - low) / (1.0 - low)) for number, cosine in cosines.items()}
    fused = by_score(legs, ranking.weights)
    terms = frozenset(
        (*question.stems, *question.words, *question.grams, *question.identifiers)
    ) | frozenset(term for expansion in question.expansions for term in analyse(expansion.phrase).terms)
    ranked = []
    for number, score in best_first(fused):
        text = candidates.texts.get(number, "")
        own = {leg: found[number] for leg, found in legs.items() if number in found}
        if not _relevant(question, number, text, candidates, ranking):
            continue
        matched = tuple(dict.fromkeys(text[start:end] for start, end in spans(text, terms)))
        ranked.append(Ranked(number, min(1.0, score), matched, own))
    return ranked


def _relevant(question: Question, number: int, text: str, candidates: Candidates, ranking: Ranking) -> bool:
    if question.phrases:
        return True
    if candidates.nearest.get("meaning", {}).get(number, 0.0) >= ranking.least_cosine:
        return True
    if candidates.nearest.get("languages", {}).get(number, 0.0) >= ranking.least_multilingual:
        return True
    if number not in candidates.words:
        return False
    own = analyse(text).terms
    if any(name in own for name in question.identifiers):
        return True
    whole = sum(candidates.rarity.values())
    covered = sum(value for term, value in candidates.rarity.items() if term in own)
    return whole > 0 and covered / whole >= ranking.least_coverage
