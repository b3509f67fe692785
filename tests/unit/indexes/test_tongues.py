import pytest

from indexes.tongues import tongue_of


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("who checked that the vent cleaning worked?", "en"),
        ("biên bản đánh giá nội bộ 2024", "vi"),
        ("Mengapa sandaran tangan kursi lepas?", "id"),
        ("Penyebab noda hitam pada bangku", "id"),
        ("สาเหตุที่ขา CN4 บัดกรีไม่ติด", "th"),
        ("管理评审做出了什么决定", "zh"),
        ("시정조치 결과", "ko"),
        ("düzeltici faaliyet sonuçları", "tr"),
        ("iç denetim bulguları", "tr"),
        ("bien ban danh gia noi bo", "vi"),
        ("hanh dong khac phuc da dong chua", "vi"),
        ("What did Nguyễn Văn Hải find?", "en"),
        ("Was Mr Işık trained on the gauge?", "en"),
        ("hot pin bin", "en"),
        ("lot tin can", "en"),
        ("die vent cleaning", "en"),
        ("CAPA-25-017", "en"),
        ("", "en"),
    ],
)
def test_signs_and_small_words_tell_the_language(text: str, tongue: str) -> None:
    assert tongue_of(text) == tongue
