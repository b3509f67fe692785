"""Whether two descriptions speak of one defect."""

import re

from evidence.facts.text import fold, phrases, plain

_COMMON = frozenset(
    [
        "are",
        "were",
        "has",
        "have",
        "had",
        "been",
        "because",
        "due",
        "karena",
        "bị",
        "again",
        "repeat",
        "repeated",
        "repeating",
        "same",
        "recurrence",
        "recurred",
        "lagi",
        "kembali",
        "lại",
        "tái",
        "phát",
        "the",
        "and",
        "for",
        "with",
        "was",
        "from",
        "found",
        "customer",
        "complaint",
        "report",
        "reports",
        "reported",
        "complains",
        "claims",
        "on",
        "of",
        "in",
        "to",
        "at",
        "by",
        "part",
        "parts",
        "pcs",
        "lot",
        "batch",
        "line",
        "khách",
        "hàng",
        "khiếu",
        "nại",
        "báo",
        "pelanggan",
        "keluhan",
        "ditemukan",
        "chi",
        "tiết",
        "trí",
        "fazla",
        "cok",
        "çok",
        "oldu",
        "olmus",
        "olmuş",
        "olustu",
        "oluştu",
        "olusmustur",
        "oluşmuştur",
        "olması",
        "olmasi",
        "olan",
        "being",
        "adanya",
        "occurred",
        "happened",
        "terjadi",
        "xảy",
    ]
)
"""Words that stand in any description of any defect."""

SHARED = 0.75
"""Share of the telling words of the shorter description that must stand in the other."""

STEM = 4
"""Letters from which the beginning of a word stands for it: a leak is what leaks."""


def same_defect(first: str, second: str) -> bool:
    """Whether most of the telling words of the shorter description stand in the other; the customer before the colon of both is none."""
    lead = _LEAD.match(first)
    if lead and second.startswith(lead[0]):
        first, second = first[lead.end() :], second[lead.end() :]
    else:
        lead = None
    left, right = (telling(_OCCURS.sub("", _bare(text))) for text in (first, second))
    if min(len(left), len(right)) < 2:
        if lead and left and right:
            return len(left) == len(right) and all(_akin(*pair) for pair in zip(left, right, strict=True))
        return bool(left) and left == right and len("".join(left)) > 8
    shorter, longer = sorted((left, right), key=len)
    shared = [word for word in shorter if any(_akin(word, other) for other in longer)]
    return len(shared) >= 2 and sum(map(_weight, shared)) >= SHARED * sum(map(_weight, shorter))


_LEAD = re.compile(r"[^:：\d]{3,60}[:：]\s*(?=\S)")
"""Who stands before the defect, ``Chania Water: wet cartons``; what does has a number, ``Housing 221``, and is half of what is alike."""

_OCCURS = re.compile(r"(?<=[\u3400-\u9fff])(?:有|的|了|出现|出現|存在|发生|發生)")
"""Signs within a Chinese description that say no more than that it was there: ``螺纹有毛刺``."""


def _weight(word: str) -> float:
    """How much of a word a piece is: of Thai, whose words are cut at every sign, a third."""
    return 1 / 3 if len(word) == THAI and "\u0e01" <= word[0] <= "\u0e4e" else 1.0


def _bare(text: str) -> str:
    """A description without remarks in brackets, as whose part it was."""
    left = _REMARK.sub(" ", text)
    return left if len(left.strip()) * 2 >= len(text) else text


_REMARK = re.compile(r"\([^()]*\)")


ROOT = 5
"""Letters that two words of one root share: porous and porosity."""


def only_repeats(cause: str, problem: str) -> bool:
    """Whether a cause holds no telling word that the problem does not hold, in another form perhaps."""
    right = telling(_JOINTS.sub(" ", problem)) | telling(problem)
    if _all_in(telling(_JOINTS.sub(" ", cause)), right, 2):
        return True
    # ``The tension does not reach what is asked`` of too low a tension names no cause either.
    bare = phrases("corrective_flags", "not_as_wanted").sub(" ", fold(cause))
    measured = set(_FIGURES.findall(cause)) - set(
        _FIGURES.findall(problem)
    )  # ``40 t too high`` tells what was set wrong
    return bare != fold(cause) and not measured and _all_in(telling(_JOINTS.sub(" ", bare)), right, 1)


_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")


def akin_to(word: str, others: set[str]) -> bool:
    """Whether a word stands among others, in another form perhaps."""
    return any(_akin(word, other) or _of_one_root(word, other) for other in others)


def _all_in(left: set[str], right: set[str], least: int) -> bool:
    return len(left) >= least and all(akin_to(word, right) for word in left)


_JOINTS = re.compile(r"因为|因為|由于|由於|所以|因此|导致|導致|造成|是|的|了|[时時](?![间間长長效刻机機段])")
"""Signs that join the words of a Chinese sentence and tell nothing themselves."""


_PREFIX = re.compile(r"^(?:ter|ber|di|me[nm]?g?|ke|pe[nm]?g?)(?=[a-z]{5})")
"""What Indonesian and Malay put before a word to say that it was done or came about: ``lepas`` and ``terlepas``."""


def _of_one_root(word: str, other: str) -> bool:
    """Whether two words begin alike, as far as endings of cases and tenses leave them: ``kalması`` and ``kalmış``, ``low`` and ``lower``."""
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) == STEM - 1 and longer in (f"{shorter}er", f"{shorter}est"):
        return True
    if min(len(word), len(other)) < STEM or _of_signs(word):
        return False
    if _PREFIX.sub("", word) == _PREFIX.sub("", other):
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    return shared >= ROOT or (shared >= STEM - 1 and shared * 5 >= min(len(word), len(other)) * 3)


AGAIN = 0.5
"""Share of the telling words that two descriptions must have in common where the later one says that it came back."""


def came_back(first: str, second: str) -> bool:
    """Whether a later description says that something happened again, and shares half of its words with the first."""
    if not phrases("corrective_flags", "again").search(fold(second)):
        return False
    shorter, longer = sorted((telling(first), telling(second)), key=len)
    shared = sum(any(_akin(word, other) for other in longer) for word in shorter)
    return shared >= LEAST_SHARED and shared >= AGAIN * len(shorter)


def telling_of_case(problem: str) -> set[str]:
    """The telling words of a problem, without those that stand in every one."""
    return telling(_bare(problem))


def akin_words(left: set[str], right: set[str]) -> int:
    """How many words of the first stand in the second, whatever their endings."""
    stems = tuple(word for word in right if len(word) >= STEM)
    return sum(
        word in right
        or (len(word) >= STEM and any(other.startswith(word) for other in stems))
        or word.startswith(stems)
        for word in left
    )


LEAST_SHARED = 4
"""Telling words in common, from which a defect that came back is the one told of before."""


def telling(text: str) -> set[str]:
    """The words that tell what is wrong; in scripts without blanks between words, pairs of signs, of Thai four."""
    cleaned = "".join(char if char.isalpha() or "\u0e31" <= char <= "\u0e4e" else " " for char in plain(text))
    found: set[str] = set()
    for word in cleaned.split():
        if _of_signs(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif "\u0e01" <= word[0] <= "\u0e4e":
            found.update(word[at : at + THAI] for at in range(max(1, len(word) - THAI + 1)))
        elif (len(word) > 2 or (len(word) == SYLLABLE and not word.isascii())) and word not in _COMMON:
            found.add(word)
    return found


SYLLABLE = 2
"""Letters of a word of Vietnamese that tells something: ``lỗ``."""

THAI = 4
"""Signs of Thai, vowels and tones with them, that are a word: no blank parts its words."""


def _of_signs(word: str) -> bool:
    """Chinese, Japanese and Korean, where two signs are a word."""
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in word)


def _akin(word: str, other: str) -> bool:
    return (
        word == other
        or (len(word) >= STEM and other.startswith(word))
        or (len(other) >= STEM and word.startswith(other))
    )
