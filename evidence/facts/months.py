"""Names of the months as factories write them, and the numerals of other calendars."""

import re

_NAMES: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "januari", "ocak", "oca", "มกราคม", "ม.ค.", "ม.ค", "มค.", "januar", "janvier", "enero",
    "janeiro", "gennaio"),
    ("february", "feb", "februari", "pebruari", "febuary", "şubat", "subat", "şub", "กุมภาพันธ์", "ก.พ.", "ก.พ",
    "กพ.", "februar",
     "février", "febrero", "fevereiro", "febbraio"),
    ("march", "mar", "maret", "mac", "mart", "มีนาคม", "มี.ค.", "มี.ค", "มีค.", "märz", "marzo", "março"),
    ("april", "apr", "nisan", "nis", "เมษายน", "เม.ย.", "เม.ย", "เมย.", "avril", "abril", "aprile"),
    ("may", "mei", "mayıs", "mayis", "พฤษภาคม", "พ.ค.", "พ.ค", "พค.", "mayo", "maio", "maggio"),
    ("june", "jun", "juni", "haziran", "haz", "มิถุนายน", "มิ.ย.", "มิ.ย", "มิย.", "juin", "junio", "junho", "giugno"),
    ("july", "jul", "juli", "julai", "temmuz", "tem", "กรกฎาคม", "ก.ค.", "ก.ค", "กค.", "juillet", "julio", "julho",
    "luglio"),
    ("august", "aug", "agustus", "agust", "ags", "agt", "ogos", "ağustos", "agustos", "ağu", "สิงหาคม", "ส.ค.",
    "ส.ค", "สค.", "août",
     "agosto"),
    ("september", "sept", "sep", "eylül", "eylul", "eyl", "กันยายน", "ก.ย.", "ก.ย", "กย.", "septembre",
    "septiembre", "setembro",
     "settembre"),
    ("october", "oct", "oktober", "okt", "ekim", "eki", "ตุลาคม", "ต.ค.", "ต.ค", "ตค.", "octobre", "octubre",
    "outubro", "ottobre"),
    ("november", "nov", "nopember", "nop", "kasım", "kasim", "kas", "พฤศจิกายน", "พ.ย.", "พ.ย", "พย.", "novembre",
    "noviembre",
     "novembro"),
    ("december", "dec", "desember", "des", "disember", "dis", "aralık", "aralik", "ara", "ธันวาคม", "ธ.ค.", "ธ.ค",
    "ธค.", "dezember",
     "décembre", "diciembre", "dezembro", "dicembre"),
)  # fmt: skip

_LOST = ("\u0e4c", "\u0e31", "\u0e31\u0e4c")
"""Signs over Thai letters that scans lose: ``กุมภาพนธ``."""

MONTHS: dict[str, int] = {
    "".join(sign for sign in name if sign not in lost): number
    for number, names in enumerate(_NAMES, 1)
    for name in names
    for lost in ("", *_LOST)
}
MONTHS |= {  # where the points are of another letter type, the first of them is drawn or read as a blank
    name.replace(".", " ", 1): number
    for name, number in MONTHS.items()
    if name.endswith(".") and name.count(".") > 1 and name[0] > "\u0e00"
}

DAY, MONTH, MONTHS_OF_YEAR = len("2026-03-01"), len("2026-03"), 12
"""Letters of a whole day and of a month in normal form, and the months of a year."""

BUDDHIST_OFFSET, FIRST_BUDDHIST = 543, 2400
"""Thai years count from the death of the Buddha: 2568 is 2025. Greater numbers of years than the second are such."""


def common_year(year: int) -> int:
    """A year of four figures as most houses count it."""
    return year - BUDDHIST_OFFSET if year > FIRST_BUDDHIST else year


ROC_OFFSET = 1911
"""Taiwan counts from the founding of the Republic: 114 is 2025."""

ERAS: dict[str, int] = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "民國": ROC_OFFSET,
    "民国": ROC_OFFSET,
    "中華民國": ROC_OFFSET,
    "西元": 0,
    "公元": 0,
}

_ERA_YEAR = re.compile(r"(令和|平成|昭和) ?(\d{1,2}|元) ?年")


def era_years(text: str) -> set[int]:
    """The years that a text names in the eras of Japan, month or no month behind them: ``令和7年 品質実績``."""
    return {ERAS[era] + (1 if year == "元" else int(year)) for era, year in _ERA_YEAR.findall(text)}


CHINESE_DIGITS: dict[str, int] = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
}


def chinese_year(text: str) -> int | None:
    """二〇二五 as 2025."""
    digits = [CHINESE_DIGITS.get(char) for char in text]
    if len(digits) != 4 or None in digits:
        return None
    return int("".join(str(digit) for digit in digits))


def chinese_count(text: str) -> int | None:
    """十二 as 12, 三十一 as 31: counts below 100."""
    if "十" not in text:
        return CHINESE_DIGITS.get(text)
    tens, _, ones = text.partition("十")
    high = CHINESE_DIGITS.get(tens) if tens else 1
    low = CHINESE_DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low
