"""The encoding in which letters read best, where neither a mark nor UTF-8 tells it: by the places that common letters have
in each, and by which letters stand beside which.

Statistics over whole texts need hundreds of letters; a name, a short note or a table of figures has ten.
"""

import re
import unicodedata
from collections.abc import Sequence

# Encodings of file names in zips from countries where factories are; order decides between equals.
_SINGLE = ("cp437", "cp850", "cp1252", "cp1258", "cp1254", "cp857", "cp874")
_DOUBLE = ("gb18030", "cp932", "cp949", "big5")
NAMES = (*_DOUBLE, *_SINGLE)
# Those of texts: no program writes texts as consoles did, and some write what names have not.
TEXTS = (*_DOUBLE, "euc_jp", "cp1252", "cp1258", "cp1254", "cp874", "cp1251", "cp1250")
_BOX = re.compile("[\u2500-\u25ff\u2190-\u21ff\ue000-\uf8ff\ufffd\x00-\x1f\x7f-\x9f]")
# Signs that stand in file names of no language.
_ODD = re.compile("[¢£¤¥¦§¨©ª«¬®¯±²³´µ¶¸¹º»¼½¾¿ƒ„…†‡ˆ‰‹›•™Œœ⌐₧∙√ⁿαßΓπΣσµτΦΘΩδ∞φε∩≡≥≤⌠⌡÷≈]")
# Signs that texts have beside words, and a letter that only names of consoles have by mistake.
_SIGNS = frozenset("“”‘’„«»…–—•·°±²³µ×÷§©®™€£¥½¼¾‰¿¡ß")
_CENTRAL = frozenset("ąćęłńóśźżáčďéěíňřšťúůýžäöüßőűâăîţşôĺľŕđçë")
_THAI_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Punctuation in Chinese and Japanese texts.
_WIDE_SIGNS = frozenset("，。、；：？！（）《》〈〉“”‘’「」『』【】〔〕—…·　～％＋－／＝①②③④⑤⑥⑦⑧⑨⑩○●◎△▲□■☆★√×℃→←↑↓")
# Words of papers and of every day, written with these: what tells Chinese from Japanese and Korean where all their places are
# common ones.
_CHINESE = frozenset(
    "的一是不了在人有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天"
    "如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从质量检验报告管理供应商客户产品不合格"
    "记录编号日期名称数规图批检查审核评计划目标改原因措施责任部门制造加工序设备温度压力标准要求程序文件控生产材料采购仓库入"
    "出库员工培训考试结果完成确认批准签字备注单位总件率项评估内外次第司有限公电子机械技术验收环境安全零电话地址型"
)  # fmt: skip
_JAPANESE = frozenset(
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電"
    "校語土木聞食車何南万毎白天母火右読友左休父雨質管理検査報告書製造品番号部課社長担当承認作成目標是正処置原因対策不良率顧"
    "客苦情工程設備材料仕様規格図面測定結果合否監内供給購買受注納期数量単位備考田中株式会社"
)


def likeliest(texts: Sequence[bytes], among: Sequence[str] = NAMES) -> str:
    """The encoding in which these names, or with ``TEXTS`` these texts, read best."""
    return best(texts, among)[0]


def best(texts: Sequence[bytes], among: Sequence[str]) -> tuple[str, float]:
    """That encoding, and how well they read in it: 1 at most, below 0.5 as good as not."""
    scores = [(_score(texts, encoding, among is TEXTS), encoding) for encoding in among]
    highest = max(score for score, _ in scores)
    return next(encoding for score, encoding in scores if score == highest), highest


def _score(names: Sequence[bytes], encoding: str, running: bool) -> float:
    """How well names read, the mean over their foreign letters: common ones count 1, rare ones less, signs against
    it."""
    points, letters = 0.0, 0
    for name in names:
        try:
            text = name.decode(encoding)
        except UnicodeDecodeError:
            return -10.0
        points_here, letters_here = (
            _double_score(text, encoding)
            if encoding in _DOUBLE or encoding == "euc_jp"
            else _single_score(text, encoding, running)
        )
        points += points_here
        letters += letters_here
    return points / max(1, letters)


def _double_score(text: str, encoding: str) -> tuple[float, int]:
    points, letters = 0.0, 0
    hangul = sum("\uac00" <= letter <= "\ud7a3" for letter in text)
    before = ""
    for letter in text:
        last, before = before, letter
        if letter.isascii():
            continue
        letters += 1
        raw = letter.encode(encoding, "replace")
        lead = raw[0]
        if letter in _WIDE_SIGNS:
            points += 1.0
        elif "\uff61" <= letter <= "\uff9f" or _BOX.match(letter):
            points -= 1.0  # half-width kana: what other encodings look like in a Japanese one
        elif last.isascii() and last.islower() and len(raw) == 2 and raw[1] < 0x80:
            points -= 0.3  # a foreign letter within a Western word, taken together with the one behind it
        elif encoding == "gb18030":
            usual = 0xB0 <= lead <= 0xD7 and len(raw) == 2 and raw[1] >= 0xA1
            points += 1.0 if letter in _CHINESE else 0.93 if usual else 0.3
        elif encoding in ("cp932", "euc_jp"):
            first = _KANA[encoding]
            usual = lead in _KANJI[encoding]
            points += 1.0 if lead in first or letter in _JAPANESE else 0.91 if usual else 0.3
        elif encoding == "cp949":
            # Korean syllables use half of the places that Chinese fills: a name wholly inside them is Korean.
            points += 1.0 if 0xB0 <= lead <= 0xC8 and "\uac00" <= letter <= "\ud7a3" and hangul >= 3 else 0.2
        else:
            points += 0.9 if 0xA4 <= lead <= 0xC6 else 0.3
    return points, letters


# First bytes of kana and of common kanji.
_KANA = {"cp932": (0x82, 0x83), "euc_jp": (0xA4, 0xA5)}
_KANJI = {"cp932": range(0x88, 0x98), "euc_jp": range(0xB0, 0xD0)}


def _single_score(text: str, encoding: str, running: bool) -> tuple[float, int]:
    points, letters = 0.0, 0
    marks = any(unicodedata.combining(letter) for letter in text)
    for index, letter in enumerate(text):
        if letter.isascii():
            continue
        letters += 1
        before = text[index - 1] if index else ""
        after = text[index + 1] if index + 1 < len(text) else " "
        within = before.isalpha() and after.isalpha()
        if running and letter in _SIGNS and not (within and letter not in "ß’"):
            points += 0.92
        elif _BOX.match(letter) or _ODD.match(letter):
            points -= 1.0
        elif "\u0e00" <= letter <= "\u0e7f":
            # Thai stands in words of its own; among Latin letters, as its rare digits, or with a mark on nothing, it is
            # another encoding misread.
            mixed = any(other.isascii() and (other.isalpha() or other == "~") for other in (before or " ", after))
            bare = _THAI_MARKS.match(letter) and not "\u0e01" <= before <= "\u0e4e"
            points += -0.3 if mixed or bare or letter >= "\u0e4f" else 0.96
        elif "\u0400" <= letter <= "\u04ff":
            mixed = any(other.isascii() and other.isalpha() for other in (before or " ", after))
            points += -0.3 if mixed or (letter.isupper() and before.islower()) else 0.97
        elif unicodedata.combining(letter):
            points += 1.0 if before.isalpha() else -0.5
        elif letter in "ơưăđƠƯĂĐ" and encoding == "cp1258":
            points += 0.95 if marks else 0.4
        elif letter in "ğışİĞŞ" and encoding in ("cp1254", "cp857"):
            points += _turkish(letter, before, after) if encoding == "cp857" else 0.95
        elif letter.isalpha():
            # A capital after a small letter, or foreign letters in a row, are no Western word.
            odd_case = letter.isupper() and before.islower()
            usual = 0.92 if encoding != "cp1250" else 0.91 if letter.lower() in _CENTRAL else 0.3
            points += 0.3 if odd_case else 0.5 if before and not before.isascii() else usual
    return points, letters


def _turkish(letter: str, before: str, after: str) -> float:
    """How well a letter stands in a Turkish word of a console, where the West has other signs in its place: a soft g follows a
    vowel, as number signs and ordinals do not, and an i without a dot ends Turkish words as ì does Italian ones."""
    if letter in "ğĞ":
        return 0.95 if before and before in "aeıioöuüAEIİOÖUÜ" else -1.0
    return 0.9 if letter == "ı" and not after.isalpha() else 0.95
