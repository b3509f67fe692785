"""Lines of scripts without blanks run on into each other, and their wide letters make columns."""

import pytest
from pdf_files import pdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from extractors.layout import Word
from extractors.ocr import FakeEngine
from extractors.pdf import read
from extractors.ruled_tables import cell_text
from extractors.writing import glue, text_width

CHINESE, KOREAN = "STSong-Light", "HYSMyeongJo-Medium"
for font in (CHINESE, KOREAN):
    pdfmetrics.registerFont(UnicodeCIDFont(font))


def lines(texts, font, x, top=700, size=10):
    def draw(canvas):
        canvas.setFont(font, size)
        for at, text in enumerate(texts):
            canvas.drawString(x, top - at * 1.4 * size, text)

    return draw


def blocks(path, policy, *draw):
    return read(pdf(path / "a.pdf", lambda canvas: [put(canvas) for put in draw]), "a.pdf", policy, FakeEngine()).blocks


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("不合格品", "已经隔离", ""), ("検査を", "行う", ""), ("完成。", "然后", ""), ("ตรวจ", "สอบ", ""),
        ("검사 결과", "합격", " "), ("lot 4711", "已经", " "), ("批次", "L-7", " "), ("end.", "New", " "), ("", "不", " "),
    ],
)  # fmt: skip
def test_only_scripts_without_blanks_go_on_without_one(before, after, between):
    assert glue(before, after) == between


def test_wide_letters_count_twice():
    assert text_width("lot") == 3
    assert text_width("批次 7") == 6
    assert text_width("검사") == 4


def test_a_wrapped_chinese_paragraph_has_no_blank_in_a_word(tmp_path, policy):
    text = [
        "本公司于二零二五年三月对全部供应商进行了年度质量评价并且形成书",
        "面记录，其中两家供应商因交付合格率低于目标而被要求限期整改。",
    ]
    (found,) = blocks(tmp_path, policy, lines(text, CHINESE, 72))
    assert found.text == "".join(text)
    assert found.lines == (0, len(text[0]))


@pytest.mark.parametrize(
    ("font", "text"),
    [(CHINESE, "供应商每季度按照质量交付服务各项打分并"), (KOREAN, "협력업체는 분기마다 품질과 납기를 평가한")],
)
def test_two_columns_of_prose_are_read_one_after_the_other(tmp_path, policy, font, text):
    left = [f"{text}{sign}" for sign in "一二三四五六"]
    right = [f"{text}{sign}" for sign in "甲乙丙丁戊己"]
    found = " ".join(block.text for block in blocks(tmp_path, policy, lines(left, font, 60), lines(right, font, 310)))
    assert [sign for sign in found if sign in "一二三四五六甲乙丙丁戊己"] == list("一二三四五六甲乙丙丁戊己")


def words(*texts, width=10.0):
    return [Word(text, (0.0, 14.0 * at, width * len(text), 14.0 * at + 10)) for at, text in enumerate(texts)]


def test_full_lines_of_a_cell_run_on_and_items_of_a_list_do_not():
    assert cell_text(words("检验员未按作业指导书", "首件确认")) == "检验员未按作业指导书首件确认"
    assert cell_text(words("合格", "不合格")) == "合格 不合格"
    assert cell_text(words("张三", "李四")) == "张三 李四"
