"""The language of a passage. Scripts decide first; a statistical identifier decides among Latin languages."""

import re
from functools import cache, lru_cache
from typing import Any

SERVED = ("en", "vi", "id", "ms", "th", "zh", "ko", "ja", "tr")
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


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_LATIN))
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
    ranked = dict(_identifier().rank(sample))
    malay = ranked.get("id", 0.0) + ranked.get("ms", 0.0)  # two standards of one language: together against the rest
    if malay > _SURE:
        return "id" if ranked.get("id", 0.0) >= ranked.get("ms", 0.0) else "ms"
    code = max(ranked, key=lambda c: ranked[c])
    return str(code) if ranked[code] > _SURE else "en"
