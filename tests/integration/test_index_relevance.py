"""The shipped models, termbase and floors together, on passages as factories write them."""

from pathlib import Path

import pytest

from indexes.embedder import load_embedder
from indexes.hybrid import HybridIndex
from indexes.items import IndexItem
from indexes.terms import load_termbase

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "embedder"
PASSAGES = {
    1: (
        "en",
        "The die vent was blocked by flash, porosity on lot 24C07B2. Cleaning interval had been doubled in March.",
    ),
    2: ("en", "Vent cleaning verified by K. Tanaka on three lots, no porosity found. CAPA-25-017 closed 12.06.2025."),
    3: ("vi", "Biên bản đánh giá nội bộ 2024: phát hiện 3 điểm không phù hợp tại xưởng đúc."),
    4: ("th", "การสอบเทียบเวอร์เนียร์คาลิปเปอร์ครั้งล่าสุดเมื่อ 12 มีนาคม 2567 ผลผ่าน"),
    5: ("zh", "客户投诉：包装破损，已更换纸箱并加贴护角。"),
    6: ("id", "Pelatihan operator las dilaksanakan tanggal 4 Maret 2025, 12 orang hadir, nilai rata-rata 82."),
    7: ("en", "Supplier scorecard Q1: Sauk Finishing 31 lots, 2 rejected, 5 late."),
    8: ("ko", "협력사 평가 결과: A등급 3개사, B등급 5개사, 재평가 1개사."),
    9: ("tr", "Yönetimin gözden geçirmesi toplantısı 14 Ocak 2025 tarihinde yapıldı, 6 karar alındı."),
    10: ("en", "The guard's gate pass shows 20 boxes for the company raffle."),
}


@pytest.fixture(scope="module")
def index() -> HybridIndex:
    found = HybridIndex(
        None,
        load_embedder("minilm", CACHE),
        load_embedder("multilingual", CACHE),
        termbase=load_termbase(ROOT / "corpora" / "termbase" / "quality.toml"),
    )
    found.upsert([IndexItem(number, text, language) for number, (language, text) in PASSAGES.items()])
    return found


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("Who checked that the vent cleaning worked?", 2),
        ("why did castings have gas holes", 1),
        ("porosty", 1),
        ("CAPA 25-017", 2),
        ("24CO7B2", 1),
        ("internal audit findings", 3),
        ("calibration of the caliper", 4),
        ("customer complaint about packaging", 5),
        ("training of welders", 6),
        ("vendor rating", 7),
        ("management review", 9),
        ("bien ban danh gia noi bo", 3),
        ("đánh giá nhà cung cấp", 8),
        ("供应商评价", 8),
        ("keluhan pelanggan", 5),
    ],
)
def test_a_question_finds_its_passage_among_the_first_three_in_any_language(
    index: HybridIndex, query: str, number: int
) -> None:
    assert number in [hit.id for hit in index.search(query)[:3]]


@pytest.mark.parametrize(
    "query",
    [
        "apple pie recipe",
        "Who won the football world cup in 2018?",
        "zxqv blorp frindle",
        "symptoms of measles in children",
        "CAPA-99-404",
        "99Z99X9",
    ],
)
def test_a_question_that_nothing_answers_finds_nothing(index: HybridIndex, query: str) -> None:
    assert index.search(query) == []
