"""The language of a passage, and of a whole paper in none of those that are judged.

Scripts decide first; a statistical identifier decides among Latin languages (Lui and Baldwin, 2012: https://aclanthology.org/P12-3005).
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice
from typing import Any

SERVED = ("en", "vi", "id", "ms", "th", "zh", "ko", "ja", "tr")
NOT_SERVED = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "it": "Italian", "km": "Khmer", "kn": "Kannada", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "ml": "Malayalam",
    "mr": "Marathi", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "te": "Telugu", "uk": "Ukrainian", "ur": "Urdu",
}  # fmt: skip
"""Languages that a paper may turn out to be written in without being judged in it, by ISO 639-1 code."""
_LATIN = ("en", "vi", "id", "ms", "tr")
_SCRIPTS = (
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
_VIETNAMESE = re.compile(r"[ăằắẵẳặđơờớỡởợưừứữửựạảấầẩẫậẹẻẽếềểễệỉĩịọỏốồổỗộụủũỳỵỷỹ]", re.IGNORECASE)
_TURKISH = re.compile(r"[ışğİŞĞ]")
_LETTERS = re.compile(r"[^\W\d_]")
_SCRIPT_SHARE = 0.15  # of the letters: English terms fill the cells of a Thai or Chinese form
_SURE = 0.9  # probability below which English is assumed: most papers are, and capitals without grammar confuse
_SHORTEST = 24  # letters below which the statistical identifier only guesses
_WORD = re.compile(r"[^\W\d_]{2,}")
# A paper is looked at in pieces of so many letters, up to so many of them. No authored paper of the
# corpus in a language that is served is taken for another but a list of Polish firms and streets
# under English heads (tests/unit/corpora/test_languages_of_papers.py).
_PIECE, _PIECES = 400, 12
_CERTAIN = 0.99  # probability from which a piece is counted for its language
_MOST = 0.6  # of the pieces


@cache
def _identifier(*among: str) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if among:
        identifier.set_languages(list(among))
    return identifier


@lru_cache(maxsize=20_000)
def language_of(text: str) -> str:
    """ISO 639-1 code of the language that a passage is mainly written in, one of SERVED; ``en`` where nothing tells."""
    sample = text[:1000]
    letters = len(_LETTERS.findall(sample))
    if not letters:
        return "en"
    for code, pattern in _SCRIPTS:
        if len(pattern.findall(sample)) >= _SCRIPT_SHARE * letters:
            return code
    if len(_VIETNAMESE.findall(sample)) >= 0.03 * letters and len(_VIETNAMESE.findall(sample)) > 1:
        return "vi"
    if len(_TURKISH.findall(sample)) >= 0.02 * letters and len(_TURKISH.findall(sample)) > 1:
        return "tr"
    if letters < _SHORTEST:
        return "en"
    ranked = dict(_identifier(*_LATIN).rank(sample))
    malay = ranked.get("id", 0.0) + ranked.get("ms", 0.0)  # two standards of one language: together against the rest
    if malay > _SURE:
        return "id" if ranked.get("id", 0.0) >= ranked.get("ms", 0.0) else "ms"
    code = max(ranked, key=lambda c: ranked[c])
    return str(code) if ranked[code] > _SURE else "en"


def not_served(texts: Iterable[str]) -> str:
    """The code of NOT_SERVED in which most of a paper is written, given as its passages; "" where it is served or too short to tell."""
    found = [
        code if sure > _CERTAIN else "" for code, sure in map(_identifier().classify, islice(_pieces(texts), _PIECES))
    ]
    code, count = Counter(found).most_common(1)[0] if found else ("", 0)
    return code if code in NOT_SERVED and count >= _MOST * len(found) else ""


def _pieces(texts: Iterable[str]) -> Iterable[str]:
    """The words of texts, in pieces of like length and small letters: capitals alone mislead the identifier."""
    words: list[str] = []
    letters = 0
    for word in (match.group().lower() for text in texts for match in _WORD.finditer(text)):
        words.append(word)
        letters += len(word)
        if letters >= _PIECE:
            yield " ".join(words)
            words, letters = [], 0
    if letters >= _PIECE / 2:
        yield " ".join(words)
