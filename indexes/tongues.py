"""Which language a question is put in, as far as its signs and smallest words tell; English where nothing tells."""

import regex

from indexes.small_words import STOP_WORDS

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’]\p{L}+)?")
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
# A syllable of Vietnamese typed without marks: one of the language's onsets, one of its rimes. A word is a syllable there,
# so a question that is made of such syllables alone is hardly anything else.
_ONSET = "(?:ngh|ng|nh|kh|ph|th|tr|ch|gh|gi|qu|[bcdghklmnprstvx])?"
_TELLING = (
    "ach|ich|ech|anh|inh|enh|ao|ay|au|ia|iem|iec|ien|ieng|iep|iet|ieu|oa|oac|oach|oai|oan|oang|oanh|oat|oi|ua|uan|uang|uat|"
    "uay|ue|ui|uoc|uoi|uom|uon|uong|uop|uot|uu|uy|uyen|uyet|uynh|ung|uc|yen|yeu|eo|iu"
)
_PLAIN = "a|ac|ai|am|an|ang|ap|at|e|ec|em|en|ep|et|i|im|in|ip|it|o|oc|oe|om|on|ong|op|ot|u|um|un|uo|up|ut|y"
_SYLLABLE = regex.compile(f"{_ONSET}(?:{_TELLING}|{_PLAIN})")
_TELLING_SYLLABLE = regex.compile(f"(?:(?:ngh|ng|nh|kh)(?:{_TELLING}|{_PLAIN})|{_ONSET}(?:{_TELLING}))")
# Shares of the words that are such syllables, and that English and its neighbours hardly have.
_SYLLABLES, _TELLING_SHARE = 0.9, 0.4


def tongue_of(text: str) -> str:
    """ISO 639-1 code of the language a short text is put in: en, vi, id, th, zh, ja, ko or tr.

    A name from elsewhere does not change the language of a question: `What did Nguyễn Văn Hải find?` is English.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    small = sum(word in STOP_WORDS for word in words)
    for code, pattern in _SCRIPTS:
        strange = sum(bool(pattern.search(word)) for word in words)
        if strange and (small < 2 or 2 * strange > len(words)):
            return code
    if sum(word in _INDONESIAN for word in words) * 6 >= len(words) > 0:
        return "id"
    return "vi" if _without_marks(words) else "en"


def _without_marks(words: list[str]) -> bool:
    """Whether the words are Vietnamese typed without its marks."""
    own = [word for word in words if len(word) > 1]
    if len(own) < 2 or sum(word in STOP_WORDS for word in own) * 3 > len(own):
        return False
    fitting = sum(bool(_SYLLABLE.fullmatch(word)) for word in own)
    telling = sum(bool(_TELLING_SYLLABLE.fullmatch(word)) and word not in STOP_WORDS for word in own)
    return fitting >= _SYLLABLES * len(own) and telling >= max(2, _TELLING_SHARE * len(own))
