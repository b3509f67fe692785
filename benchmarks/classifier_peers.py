"""The plain ways to tell living papers from dead ones, trained on the same passages: words, embeddings, keyword rules."""

import itertools
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from evidence.figures import Labels
from evidence.model import MODES

WORDS = 40_000  # most frequent words and pairs of words that the bag keeps
STRENGTH = 10.0  # of the logistic regression on the bag: weakly held, as sparse rows of unit length need it
STEPS = 200

# What an engineer would write in an afternoon, English, Vietnamese, Indonesian or Malay, Turkish, Thai, Chinese, Korean. First match wins.
RULES: tuple[tuple[str, str], ...] = (
    (
        "credential",
        r"hereby certif|this is to certify|certificate no|registration no|valid until|chứng nhận rằng|dengan ini menyatakan|belge no|ขอรับรอง|兹证明|证书编号|인증서",
    ),
    (
        "other",
        r"table of contents|all rights reserved|uncontrolled copy|mục lục|daftar isi|içindekiler|สารบัญ|目录|목차",
    ),
    ("template", r"_{4,}|\.{6,}|dd/mm/yy|\[[a-z ]{3,40}\]|\bxyz\b|fill in|điền vào|diisi|doldurun|กรอก|填写|기입"),
    (
        "record",
        r"\b(?:found|was|were|rejected|replaced|closed|attended|decided|delivered|measured|phát hiện|đã|ditemukan|telah|sudah|bulundu|yapıldı|edildi)\b|พบ|แล้ว|发现|已|발견|했|완료",
    ),
    (
        "prescription",
        r"\b(?:shall|must|should|is responsible|ensure|phải|chịu trách nhiệm|harus|wajib|hendaklah|sorumludur|gerekir|zorunlu)\b|ต้อง|รับผิดชอบ|应|必须|负责|해야|책임",
    ),
    (
        "claim",
        r"\b(?:committed|commitment|leading|best|trusted|excellence|cam kết|hàng đầu|berkomitmen|terbaik|taahhüt|lider)\b|มุ่งมั่น|致力|领先|최고|최선",
    ),
    ("record", r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}|\d+[.,]\d+.*\d+[.,]\d+"),
    ("template", r"[:：]\s*(?:\||$)|\|\s*\|"),
)
_RULES = tuple((MODES.index(mode), re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for mode, pattern in RULES)  # type: ignore[arg-type]


def by_rules(texts: Sequence[str]) -> Labels:
    """Modes by keywords alone; what no rule knows is ``other``."""
    unknown = MODES.index("other")
    return np.array([next((mode for mode, rule in _RULES if rule.search(text)), unknown) for text in texts])


def bag_of_words() -> Any:
    """TF-IDF of words and pairs of words, then logistic regression; unspaced languages by their runs of signs."""
    return Pipeline(
        [
            ("bag", TfidfVectorizer(analyzer=_tokens, sublinear_tf=True, min_df=2, max_features=WORDS)),
            ("regression", LogisticRegression(C=STRENGTH, max_iter=STEPS, class_weight="balanced")),
        ]
    )


_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u9fff]")


def _tokens(text: str) -> list[str]:
    """Words and pairs of neighbours; a Thai or Chinese run is cut into its signs, as it has no spaces."""
    words = [part for word in _WORD.findall(text.lower()) for part in (word if _UNSPACED.search(word) else (word,))]
    return words + [f"{one} {other}" for one, other in itertools.pairwise(words)]
