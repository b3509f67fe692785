"""Causes of Japanese and Korean that only repeat their problem with the endings of a sentence: ``溶接割れ`` because ``溶接部に割れが生じたため``. Their
words run on into particles and endings, so that no word of the cause stands in the problem as it is.
"""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold
from evidence.restated import names_process

LONGEST = 60
"""Signs of a problem that names what is wrong and tells no story, and of a cause that may tell nothing."""

LEAST_SHARED = 2
"""Signs of a word of the problem from which it is known again; fewer of hiragana are an ending."""

_RUNS = re.compile(r"[\u30a0-\u30ff]+|[\u3400-\u9fff]+|[\u3040-\u309f]+|[\uac00-\ud7a3]+|[^\W\d_]+")
_FIGURES = re.compile(r"\d+")


def repeats_with_endings(cause: str, problem: str) -> bool:
    """Whether a cause names what its problem names, and nothing else but particles, endings and words for that it was there."""
    folded, asked = fold(cause), fold(problem)
    if max(len(folded), len(asked)) > LONGEST or set(_FIGURES.findall(folded)) - set(_FIGURES.findall(asked)):
        return False
    if not _SIGNS.search(folded) or not _SIGNS.search(asked):
        return False
    told, runs = _RUNS.findall(asked), _RUNS.findall(folded)
    new = [run for run in runs if not _stands_in(run, told)]
    return len(new) < len(runs) and all(_tells_nothing(run, asked) for run in new) and not names_process(" ".join(new))


_SIGNS = re.compile(r"[\u3040-\u30ff\uac00-\ud7a3]")


def _stands_in(run: str, told: list[str]) -> bool:
    """Whether a run of signs of one kind begins with one of the problem, or stands whole in one."""
    if _is_hiragana(run) and len(run) < LEAST_SHARED:
        return False
    return any(
        run in other or (other in run and len(other) >= LEAST_SHARED and not _left(run, other))
        for other in told
        if not _is_hiragana(other) or len(other) >= LEAST_SHARED
    )


def _left(run: str, known: str) -> str:
    """What is left of a run without what the problem holds and without endings."""
    return _bare(run.replace(known, " ", 1)).strip()


def _tells_nothing(run: str, asked: str) -> bool:
    """Whether a run is nothing but endings, or holds only signs of the problem beside words for that something was there."""
    left = _bare(run)
    if _is_hiragana(run):
        return all(len(piece) < LEAST_SHARED or piece in asked for piece in left.split())
    return all(sign in asked for sign in left if sign.isalpha()) and not (_HANGUL.match(run) and left.strip())


_HANGUL = re.compile(r"[\uac00-\ud7a3]")


def _is_hiragana(run: str) -> bool:
    return "\u3040" <= run[0] <= "\u309f"


def _bare(run: str) -> str:
    return _there().sub(" ", run)


@cache
def _there() -> re.Pattern[str]:
    listed = sorted(map(fold, table("restated")["words"]["there"]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)))
