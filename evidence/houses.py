"""Companies of one house: names that share the word that is their own, and are of two companies.

``Porsuk Forging A.Ş.`` makes what ``Porsuk Foreign Trade Ltd. Şti.`` sells; a certificate of the one says nothing of the other.
"""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold, one_form, words
from evidence.names import GENERIC, towns, unmarked


def sisters(first: str, second: str) -> bool:
    """Whether two names of one house are of two companies: each has words of its own beside those that both have, and their legal
    forms exclude each other, or one is of trade and the other is not.
    """
    left, right = fold(first), fold(second)
    if not _same_tongue(left, right) or not (_beside(left, right) and _beside(right, left)):
        return False
    return _forms_differ(left, right) or (_only_trades(left) != _only_trades(right) and not _both(left, right))


def lands_apart(name: str, holder: str, address: str) -> bool:
    """Whether a house's company in one country stands beside the name of another of it at an address in another: ``Seojin Vina`` is not
    ``Seojin Hightech`` of Ansan, Korea.
    """
    own, other, at = (_lands(fold(text)) for text in (name, holder, address))
    return bool(own and at) and not own & (other | at)


def towns_apart(name: str, holder: str, address: str) -> bool:
    """Whether a name of a Chinese company begins with a town that neither the holder of one house nor its address names:
    ``昆山立承電子`` is not ``立承科技`` of 新北市.
    """
    own, other, at = (one_form(_SIGNS_ONLY.sub("", text)) for text in (name, holder, address))
    town = next((place for place in towns() if own.startswith(place)), "")
    return bool(town and at) and town not in other + at


_SIGNS_ONLY = re.compile(r"[^\u4e00-\u9fff]")


def name_goes_on(first: str, second: str) -> bool:
    """Whether two names of unlike legal form have two syllables in common that the Vietnamese one goes on from with another:
    ``Minh Phat Packaging Co., Ltd`` is not ``Công ty CP Đầu tư Xây dựng Minh Phát Thịnh``.
    """
    said = [re.findall(r"[a-z0-9]+", unmarked(name)) for name in (first, second)]
    kinds = [_kind(fold(name)) for name in (first, second)]
    if (
        not all(kinds)
        or kinds[0] == kinds[1]
        or (_VIETNAMESE.search(fold(first)) is None) == (_VIETNAMESE.search(fold(second)) is None)
    ):
        return False
    local, other = said if _VIETNAMESE.search(fold(first)) else said[::-1]
    for at in range(len(other) - 1):
        pair = other[at : at + 2]
        for begin in range(len(local) - 2):
            behind = local[begin + 2 :]
            if (
                local[begin : begin + 2] == pair
                and begin > 0
                and len(behind) == 1
                and behind[0] not in (*other, *GENERIC)
            ):
                return True
    return False


_VIETNAMESE = re.compile(r"công ty|cty|cổ phần|tnhh")


def _kind(folded: str) -> str:
    """The legal form of a Vietnamese company, in its own language or in English."""
    if re.search(r"cổ phần|\bcp\b|\bjsc\b|joint stock", folded):
        return "joint stock"
    return "limited" if re.search(r"tnhh|trách nhiệm hữu hạn|\bltd\b|\blimited\b", folded) else ""


def _lands(folded: str) -> set[str]:
    return {land for land, told in table("names")["lands"].items() if words(tuple(told)).search(folded)}


def _same_tongue(left: str, right: str) -> bool:
    """Whether two folded names are written in one language as far as their letters tell: a translation has other words for the same."""
    if any(_SIGNS.search(name) for name in (left, right)):
        return all(_SIGNS.search(name) for name in (left, right))
    return left.isascii() == right.isascii() or any(
        (form.search(left) and form.search(right))
        or (one.search(left) and other.search(right))
        or (other.search(left) and one.search(right))
        for one, other in _pairs()
        for form in (one, other)
    )


def _forms_differ(left: str, right: str) -> bool:
    return any(
        (one.search(left) and other.search(right) and not other.search(left) and not one.search(right))
        or (other.search(left) and one.search(right) and not one.search(left) and not other.search(right))
        for one, other in _pairs()
    )


def _only_trades(name: str) -> bool:
    """Whether a folded name says that the company trades and not that it makes: ``Makina San. ve Tic.`` does both."""
    trades = [match for match in _named("trading").finditer(name) if not _AND.search(name[: match.start()])]
    return bool(trades) and _named("making").search(name) is None


_AND = re.compile(r"(?:\b(?:and|ve|và|va|dan)\s|&\s?)$")
"""Before trade named second: something else was named first."""


def _both(left: str, right: str) -> bool:
    return all(_named("trading").search(name) is not None for name in (left, right))


def _beside(name: str, other: str) -> bool:
    """Whether a folded name has words that another has not, forms of companies aside."""
    bare = one_form(_FORMS.sub(" ", name))
    spoken = {word for word in re.findall(r"[^\W\d_]+", bare) if len(word) > 1 and not _SIGNS.match(word)}
    signs = "".join(_SIGNS.findall(bare))
    written = one_form(other)
    return any(word not in written for word in spoken) or any(
        signs[at : at + 2] not in written for at in range(len(signs) - 1)
    )


_SIGNS = re.compile(r"[\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+")
_FORMS = words(
    (
        *(form for pair in table("names")["forms"]["pairs"] for forms in pair for form in forms),
        *(
            "ltd",
            "limited",
            "co",
            "company",
            "corp",
            "corporation",
            "inc",
            "pvt",
            "private",
            "pte",
            "sdn",
            "bhd",
            "jsc",
        ),
        *(
            "joint stock company",
            "cong ty",
            "tbk",
            "公司",
            "有限公司",
            "股份",
            "股份有限公司",
            "주식회사",
            "จำกัด",
            "มหาชน",
        ),
        *("ve", "and", "và", "dan"),
    )
)


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((words(tuple(one)), words(tuple(other))) for one, other in table("names")["forms"]["pairs"])


@cache
def _named(group: str) -> re.Pattern[str]:
    return words(tuple(table("names")["sisters"][group]))
