"""Days that a solemn paper writes in words: ``the fifth day of March two thousand and twenty-four``, ``tanggal tiga Februari
tahun dua ribu dua puluh lima``.
"""

import calendar
import re
from collections.abc import Iterator

from evidence.facts.months import MONTHS
from evidence.facts.text import fold, late

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
             "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
             "twentieth")  # fmt: skip
_SATUAN = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def _cardinals() -> dict[str, int]:
    found = dict(zip(_ONES, range(1, 20), strict=True))
    for ten, word in _TENS.items():
        found[word] = ten
        found |= {f"{word} {one}": ten + number for number, one in enumerate(_ONES[:9], 1)}
    return found


def _ordinals() -> dict[str, int]:
    found = dict(zip(_ORDINALS, range(1, 21), strict=True))
    found |= {f"twenty {word}": 20 + number for number, word in enumerate(_ORDINALS[:9], 1)}
    return found | {"thirtieth": 30, "thirty first": 31}


def _bilangan() -> dict[str, int]:
    found = dict(zip(_SATUAN, range(1, 10), strict=True)) | {"lapan": 8, "sepuluh": 10, "sebelas": 11}
    found |= {f"{word} belas": 10 + number for number, word in enumerate(_SATUAN[1:], 2)}
    for ten in range(2, 8):
        found[f"{_SATUAN[ten - 1]} puluh"] = ten * 10
        found |= {f"{_SATUAN[ten - 1]} puluh {word}": ten * 10 + number for number, word in enumerate(_SATUAN, 1)}
    return found


def _any(listed: dict[str, int]) -> str:
    return "|".join(word.replace(" ", r"[ -]") for word in sorted(listed, key=lambda word: -len(word)))


_NUMBERS, _NTH, _ANGKA = _cardinals(), _ordinals(), _bilangan()
_MONTH = "|".join(re.escape(fold(name)) for name in sorted(MONTHS, key=len, reverse=True) if len(name) > 2)
_SHORT = _any({word: number for word, number in _NUMBERS.items() if number >= 10})
_ENGLISH = (
    rf"(?:two thousand(?:,? (?:and )?(?P<behind>{_any(_NUMBERS)}))?|twenty[ -](?P<short>{_SHORT})|(?P<year>20\d\d))"
)
_DAYS = (
    re.compile(
        rf"(?<![^\W_])(?:(?P<day>{_any(_NTH)})|(?P<figures>\d{{1,2}})(?:st|nd|rd|th)?)(?: day)?(?: of|,)? (?P<month>{_MONTH}),?"
        rf"(?: in the year)? (?:of )?{_ENGLISH}(?![^\W_])"
    ),
    re.compile(rf"(?<![^\W_])(?P<month>{_MONTH}) (?:the )?(?P<day>{_any(_NTH)}),? {_ENGLISH}(?![^\W_])"),
)
_TANGGAL = late(
    rf"(?<![^\W_])(?:(?P<day>{_any(_ANGKA)})|(?P<figures>\d{{1,2}}))(?: bulan)? (?P<month>{_MONTH})(?: tahun)? "
    rf"(?:dua ribu(?: (?P<behind>{_any(_ANGKA)}))?|(?P<year>20\d\d))(?![^\W_])"
)
_ASKED = late(r"two thousand|twenty|day of|dua ribu|tahun 20")
"""Words without which no day is told in words: most texts have none of them."""


def worded_days(folded: str) -> Iterator[tuple[int, int, str]]:
    """Begin and end of each day told in words, and its normal form."""
    if not _ASKED.search(folded):
        return
    plain = folded.replace("\n", " ")
    for pattern, days, numbers in (*((one, _NTH, _NUMBERS) for one in _DAYS), (_TANGGAL, _ANGKA, _ANGKA)):
        for match in pattern.finditer(plain):
            said = match.groupdict()
            day = days[said["day"].replace("-", " ")] if said["day"] else int(said.get("figures") or 0)
            rest = said["behind"] or said.get("short")
            year = int(said["year"]) if said["year"] else 2000 + (numbers[rest.replace("-", " ")] if rest else 0)
            month = int(MONTHS[said["month"]])
            if 1 <= day <= calendar.monthrange(year, month)[1]:
                yield match.start(), match.end(), f"{year:04d}-{month:02d}-{day:02d}"
