"""Whether two names mean the same company:

legal forms, places and words of the trade aside, in Latin and Chinese letters.
"""

import itertools
import re
import unicodedata
from functools import cache, lru_cache
from itertools import filterfalse

from evidence.data import table
from evidence.facts.text import fold, one_form
from evidence.goods import goods
from evidence.read_aloud import CORE, reads_alike
from evidence.trades import families

KEPT_TEXTS = 20_000
"""Passages whose plain letters are remembered while names are looked for in them: a few MB, a large supplier's papers."""
KEPT_NAMES = 1_000
"""Names of companies whose words are remembered."""

GENERIC = frozenset(
    [
        "co",
        "company",
        "ltd",
        "limited",
        "inc",
        "corp",
        "corporation",
        "llc",
        "gmbh",
        "plc",
        "pte",
        "sdn",
        "bhd",
        "pvt",
        "private",
        "llp",
        "pty",
        "mfg",
        "pt",
        "cv",
        "tbk",
        "ud",
        "jsc",
        "joint",
        "stock",
        "cong",
        "ty",
        "tnhh",
        "cp",
        "mtv",
        "san",
        "ve",
        "tic",
        "sanayi",
        "ticaret",
        "as",
        "sti",
        "a",
        "s",
        "the",
        "and",
        "of",
        "precision",
        "casting",
        "castings",
        "plastic",
        "plastics",
        "mechanical",
        "machinery",
        "machining",
        "industry",
        "industries",
        "industrial",
        "manufacturing",
        "manufacture",
        "factory",
        "products",
        "technology",
        "technologies",
        "tech",
        "electronic",
        "electronics",
        "circuit",
        "circuits",
        "assembly",
        "textile",
        "textiles",
        "garment",
        "garments",
        "food",
        "foods",
        "furniture",
        "chemical",
        "chemicals",
        "packaging",
        "medical",
        "metal",
        "metals",
        "metalwork",
        "steel",
        "engineering",
        "works",
        "group",
        "international",
        "import",
        "export",
        "trading",
        "trade",
        "enterprise",
        "services",
        "service",
        "solutions",
        "systems",
        "software",
        "logistics",
        "laboratory",
        "component",
        "components",
        "parts",
        "tool",
        "tools",
        "hardware",
        "rubber",
        "mould",
        "moulds",
        "molding",
        "moulding",
        "co",
        "khi",
        "chinh",
        "xac",
        "duc",
        "nhua",
        "dien",
        "tu",
        "det",
        "may",
        "thuc",
        "pham",
        "san",
        "xuat",
        "thuong",
        "mai",
        "dich",
        "vu",
        "xuat",
        "nhap",
        "khau",
        "viet",
        "nam",
        "vietnam",
        "indonesia",
        "china",
        "thailand",
        "malaysia",
        "korea",
        "turkey",
        "turkiye",
        "turkey",
        "taiwan",
        "asia",
        "global",
        "dongguan",
        "guangzhou",
        "shenzhen",
        "suzhou",
        "shanghai",
        "ningbo",
        "hanoi",
        "saigon",
        "jakarta",
        "batam",
        "bandung",
        "surabaya",
        "bangkok",
        "penang",
        "istanbul",
        "bursa",
        "izmir",
        "hai",
        "phong",
        "binh",
        "duong",
        "dong",
        "nai",
        "ho",
        "chi",
        "minh",
        "quang",
    ]
)
_CJK_GENERIC = (
    "有限公司",
    "股份",
    "公司",
    "集团",
    "科技",
    "技术",
    "精密",
    "塑胶",
    "塑料",
    "机械",
    "电子",
    "制造",
    "工业",
    "实业",
    "五金",
    "进出口",
    "贸易",
    "东莞市",
    "深圳市",
    "广州市",
    "苏州市",
    "东莞",
    "深圳",
    "广州",
    "苏州",
    "上海",
    "市",
    "省",
    "주식회사",
    "유한회사",
    "บริษัท",
    "จำกัด",
    "มหาชน",
    "ห้างหุ้นส่วน",
    "หจก",
    "ประเทศไทย",
)


def tokens(name: str) -> frozenset[str]:
    """Words of a name without marks over letters, legal forms and words that many names share;

    all words where nothing else is left.
    """
    plain = unmarked(name)
    found = re.findall(r"[a-z0-9]{2,}", plain)
    own = frozenset(word for word in found if word not in GENERIC)
    return own or frozenset(found)


def cjk(name: str) -> str:
    """The Chinese, Korean or Thai part of a name without common words, what Taiwan writes as the mainland does."""
    letters = one_form("".join(re.findall(r"[\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+", name)))
    for word in _CJK_GENERIC:
        letters = letters.replace(word, "")
    return letters


def same_company(first: str, second: str) -> bool | None:
    """True or False where the names can be compared, None where they share no script."""
    left, right = tokens(first), tokens(second)
    if left and right:
        own_left, own_right = (frozenset(filterfalse(_is_of_trade, words)) for words in (left, right))
        if left & right and (own_left & own_right or not (own_left and own_right)):
            shared = sum(len(word) for word in left & right)
            if shared * 2 >= min(sum(map(len, left)), sum(map(len, right))):
                return True
        joined = "".join(sorted(left)), "".join(sorted(right))
        near = (own_left, own_right) if own_left and own_right else (left, right)
        if joined[0] == joined[1] or _close(*near) or _begin_alike(first, second):
            return True
    left_signs, right_signs = _without_place(cjk(first)), _without_place(cjk(second))
    if left_signs and right_signs:
        return _own_signs(left_signs) in right_signs or _own_signs(right_signs) in left_signs
    if left and right:
        return False
    if left and right_signs:
        return _reads_alike(first, second)
    return _reads_alike(second, first) if right and left_signs else None


MOST_WORDS = 12
"""Words of a name that are read aloud."""


def _reads_alike(latin: str, foreign: str) -> bool | None:
    """Whether a name in Latin letters is one in others, read aloud."""
    words, known = re.findall(r"[a-z0-9]+", unmarked(latin))[:MOST_WORDS], tokens(latin)
    own = [word for word in words if word in known and not _is_of_trade(word)]
    return reads_alike(words, own, _without_place(cjk(foreign), CORE), foreign)


@lru_cache(KEPT_NAMES)
def _is_of_trade(word: str) -> bool:
    """Whether a word of a name only says what is made or done: two makers of instruments are not one."""
    return len(word) >= LEAST_TRADE and bool(goods(word) or families(word))


LEAST_TRADE = 5
"""Letters of a word of a trade: shorter ones are syllables of names in other languages."""


def _begin_alike(first: str, second: str) -> bool:
    """Whether two syllables that stand at the beginning or end of one name stand so together in the other, and are no words that many
    names share: ``Que Duong Solar Equipment JSC`` is ``Công ty CP Thiết bị Điện mặt trời Quế Dương``.
    """
    left, right = (re.findall(r"[a-z0-9]+", unmarked(name)) for name in (first, second))
    left, right = ([word for word in said if word not in _FORMS] for said in (left, right))
    ends = [pair for said in (left, right) if len(said) > 2 for pair in (tuple(said[:2]), tuple(said[-2:]))]
    runs = [set(itertools.pairwise(said)) for said in (left, right)]
    return any(
        pair in runs[0] and pair in runs[1] and not set(pair) <= GENERIC and max(map(len, pair)) > 2 for pair in ends
    )


_FORMS = frozenset(
    ["cong", "ty", "cp", "co", "phan", "tnhh", "mtv", "jsc", "ltd", "company", "limited", "pt", "cv", "m", "s"]
)


LEAST_SIGNS = 3
"""Signs of a name behind its town."""


def _without_place(signs: str, least: int = LEAST_SIGNS) -> str:
    """The signs of a name without the town at its beginning and the part of it, where so many are left: many companies of a town begin with it."""
    town = next((place for place in towns() if signs.startswith(place)), "")
    if part := _PART_OF_TOWN.match(signs, len(town)):
        town = signs[: part.end()]
    return signs[len(town) :] if len(signs) >= len(town) + least else signs


_PART_OF_TOWN = re.compile(r"[\u4e00-\u9fff]{2}[区县镇]")
"""A part of a town in the name of a company: ``佛山市南海区`` is where many are."""


def _own_signs(signs: str) -> str:
    """The first signs of a name without its town and form, which are its own: what is made stands behind them."""
    return signs[: THAI_SIGNS if "\u0e00" <= signs[0] <= "\u0e7f" else OTHER_SIGNS]


THAI_SIGNS, OTHER_SIGNS = 5, 2
"""Signs by which a name is known: consonants, vowels and tones are signs of their own in Thai."""


@cache
def towns() -> tuple[str, ...]:
    """Towns that Chinese and Korean names of companies begin with, in one form, the longest first."""
    return tuple(sorted(map(one_form, table("names")["places"]["signs"]), key=lambda place: (-len(place), place)))


def _close(left: frozenset[str], right: frozenset[str]) -> bool:
    """Words run together or slightly misread: Song Cam as Songcam, Barelang as Bare1ang."""
    together = "".join(sorted(left, key=len)), "".join(sorted(right, key=len))
    return any(
        word in other for word, other in ((together[0], together[1]), (together[1], together[0])) if len(word) >= 6
    ) or any(len(word) >= 6 and word in "".join(other) for word, other in ((w, right) for w in left))


def mentions(text: str, name: str) -> bool:
    """Whether a text holds the words by which a company is known."""
    words, signs = _known_by(name)
    if words:
        plain = unmarked(text)
        if all(word in plain for word, _ in words) and all(pattern.search(plain) for _, pattern in words):
            return True
    return len(signs) >= 2 and _own_signs(signs) in one_form(text)


@lru_cache(KEPT_NAMES)
def _known_by(name: str) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], str]:
    """The words of a name, each with the pattern that finds it standing alone, and its signs of other scripts."""
    words = tuple((word, re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z])")) for word in sorted(tokens(name)))
    return words, _without_place(cjk(name))


@lru_cache(KEPT_TEXTS)
def unmarked(text: str) -> str:
    """The folded text without marks over its letters."""
    folded = fold(text)
    if folded.isascii():
        return folded
    plain = unicodedata.normalize("NFD", folded).replace("\u0111", "d").replace("\u0131", "i")
    return "".join(char for char in plain if not unicodedata.combining(char))
