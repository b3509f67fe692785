"""Whether a name in Latin letters is one in Chinese characters, Hangul or Thai letters, by how these are read aloud.

Chinese is read as Hanyu Pinyin without tones, Korean and Thai sign by sign (tables of the package ``anyascii``). Vowels of Korean are written in
many ways (Daeseong and Daesung are one name) and count in four classes; of Thai the consonants alone are compared.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from anyascii import anyascii

from evidence.data import table
from evidence.facts.text import one_form

LONGEST = 24
"""Letters of a word that is looked at."""
LEAST_CONSONANTS = 3
"""Consonants in which two names agree by more than chance."""
LEAST_SOUNDS = 4
"""Consonants and vowels of a Korean name of two syllables."""
CORE = 2
"""Signs of a Chinese or Korean name without its town and form that are its own: what is made stands behind them."""


def reads_alike(words: Sequence[str], own: Sequence[str], signs: str, whole: str) -> bool | None:
    """Whether Latin ``words`` (of a whole name, plain and in order; those in ``own`` are shared with few other names) are ``signs``: what a
    name (``whole``) in other letters has beside its town, form and trade. None where it cannot be told, as of a name that was translated.
    """
    if len(signs) < CORE or not own or _JAPANESE.search(whole):
        return None
    if _HANGUL.match(signs):
        return _sounds_like(own, signs[:CORE])
    if _HAN.match(signs):
        return _is_pinyin_of(words, own, signs[:CORE], whole)
    heard = _consonants("".join(own))
    return (len(heard) >= LEAST_CONSONANTS and _consonants(anyascii(signs)).startswith(heard)) or None


_HAN, _HANGUL = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\uac00-\ud7af]")
_JAPANESE = re.compile(r"[\u3040-\u30ff]|株式|有限会社|合同会社|合资会社")
"""A name of Japan: its characters are read in ways of their own."""


def _sounds_like(own: Sequence[str], signs: str) -> bool | None:
    """Whether a Latin word, or the words from it on, begins as a Korean name sounds."""
    wanted = _sound(anyascii(signs))
    heard = (_sound("".join(own[at:])) for at in range(len(own)))
    return (len(wanted) >= LEAST_SOUNDS and any(said.startswith(wanted) for said in heard)) or None


def _sound(latin: str) -> str:
    """A word with each consonant and vowel by its class."""
    plain = latin.lower()
    for written, said in (*_SOUNDS, *_VOWELS):
        plain = plain.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-zN]|[wy]|h$", "", plain))


def _consonants(latin: str) -> str:
    """What is left of a word when vowels, and what only colours consonants, are taken away."""
    plain = latin.lower()
    for written, said in _SOUNDS:
        plain = plain.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-zN]|[aeiouyw]|(?<=.)h", "", plain))


_SOUNDS = (
    *(
        ("ng", "N"),
        ("ch", "j"),
        ("sh", "s"),
        ("ph", "p"),
        ("th", "t"),
        ("kh", "k"),
        ("ck", "k"),
        ("c", "k"),
        ("q", "k"),
    ),
    *(("g", "k"), ("d", "t"), ("b", "p"), ("v", "p"), ("r", "l"), ("z", "j"), ("x", "ks")),
)
"""Letters by which one sound of Korean or Thai is written, in the order in which they are replaced."""
_VOWELS = (("ae", "e"), ("ai", "e"), ("ee", "i"), ("eo", "o"), ("eu", "o"), ("oo", "o"), ("ou", "o"), ("u", "o"))


def _is_pinyin_of(words: Sequence[str], own: Sequence[str], core: str, whole: str) -> bool | None:
    """True where the two signs of a name stand as syllables from the beginning of a word on; False where all own words are pinyin of other signs."""
    joined = _plain("".join(words))
    starts = [len(_plain("".join(words[:at]))) for at in range(len(words))]
    if any(joined.startswith(said, start) for said in _readings(core) for start in starts):
        return True
    simple = one_form(whole)
    if simple != whole or len(whole) > LONGEST:
        return None  # of Taiwan or Hong Kong, where names are seldom written in pinyin
    aloud = set(_readings(_PAIRED.sub("", "".join(_HAN.findall(simple)))[:CORE]))
    syllables = {said for sign in _HAN.findall(simple) for said in _of(sign)}
    if any(re.search(r"(?<![ln])v", word) for word in own):
        return None  # no letter of pinyin
    left = [_plain(word) for word in own if not any(_plain(word).startswith(town) for town in aloud)]
    told = [_syllables().fullmatch(word) for word in left if len(word) <= LONGEST]
    if not left or len(told) < len(left) or not all(told) or all(map(_ROMAJI.fullmatch, left)):
        return None
    heard = [said for word in left for said in _parts(word)]
    return False if len(heard) >= CORE and not syllables & set(heard) else None


_PAIRED = re.compile(r"[省市县区镇]")
_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmrw]|sh|ch|ts|[kgnhbpmr]y|j|f|y)?[aiueo]|n)+")
"""A word that may be Japanese: a house of Japan in China has the name of the house."""


def _plain(word: str) -> str:
    """A word with its ``ü`` as all write it."""
    return word.replace("lyu", "lu").replace("nyu", "nu").replace("v", "u")


def _of(sign: str) -> tuple[str, ...]:
    """The syllables as which a Chinese character is read."""
    return (_plain(anyascii(sign).lower()), *_others().get(sign, ()))


@cache
def _others() -> dict[str, tuple[str, ...]]:
    return {sign: tuple(map(_plain, read)) for sign, read in table("names")["read_as"].items()}


def _readings(signs: str) -> Iterator[str]:
    return map("".join, product(*map(_of, signs)))


@cache
def _known() -> tuple[str, ...]:
    """All syllables of Chinese characters, the longest first."""
    found = {_plain(anyascii(chr(code)).lower()) for code in range(0x4E00, 0x9FFF)}
    return tuple(sorted((said for said in found if said.isalpha()), key=lambda said: (-len(said), said)))


@cache
def _syllables() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_known())})+")


def _parts(word: str) -> list[str]:
    """The syllables of a word, the longest first."""
    return re.findall("|".join(_known()), word)
