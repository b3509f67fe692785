"""Which language a question is put in, as far as its signs and smallest words tell; English where nothing tells."""

import regex

_SCRIPTS = (
    ("th", regex.compile(r"\p{Thai}")),
    ("ko", regex.compile(r"\p{Hangul}")),
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]")),
    ("zh", regex.compile(r"\p{Han}")),
    ("vi", regex.compile(r"[ăằắẵẳặđơờớỡởợưừứữửựạảấầẩẫậẹẻẽếềểễệỉịọỏốồổỗộụủỳỵỷỹ]", regex.IGNORECASE)),
    ("tr", regex.compile(r"[ışğİŞĞ]")),
)
# Small words of Indonesian and Malay that English does not have.
_INDONESIAN = frozenset(
    """apa yang dan di ke dari untuk dengan tidak belum sudah pada oleh mana siapa kapan mengapa kenapa berapa bagaimana
    apakah adalah ini itu saat harus tanpa hasil tentang""".split()  # noqa: SIM905 - as a list it would be a page
)


def tongue_of(text: str) -> str:
    """ISO 639-1 code of the language a short text is put in: en, vi, id, th, zh, ja, ko or tr."""
    for code, pattern in _SCRIPTS:
        if pattern.search(text):
            return code
    words = regex.findall(r"\p{L}+", text.casefold())
    return "id" if sum(word in _INDONESIAN for word in words) * 6 >= len(words) > 0 else "en"
