"""What a passage shows on its surface, in any language: dates, numbers, codes, ticks, empty fields, words that order or report.

Each sign has a pattern and a sentence. The classifier counts them; the explanation of a verdict quotes them.
The word lists are grammar, not topics: how a language says that something shall be done, or was done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Sign:
    """A countable sign: its name, its pattern, and what it means in a sentence."""

    name: str
    pattern: re.Pattern[str]
    sentence: str


def _words(*words: str) -> str:
    return r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)"


_MONTHS = (
    r"jan(?:uary|uari)?|feb(?:ruary|ruari)?|mar(?:ch|et)?|apr(?:il)?|may|mei|june?|juni|july?|juli|aug(?:ust)?|agustus|agu|sept?(?:ember)?|oct(?:ober)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|des(?:ember)?|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
)
_FIGURE_DAY = (
    r"(?:19|20|25)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:(?:19|20|25)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])/(?:[12]\d|3[01])/(?:20\d\d|\d\d)"
)
_DAY = (
    rf"(?<![\d.])(?:{_FIGURE_DAY}"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[\s\-./]*(?:{_MONTHS})\.?[\s\-.,/']*(?:(?:19|20|25)?\d\d)|(?:{_MONTHS})\.?\s+(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,?\s+20\d\d"
    r"|(?:19|20)?\d\d\s*[年년]\s*\d{1,2}\s*[月월](?:\s*\d{1,2}\s*[日일])?|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
    r"|\d{1,2}\s*(?:ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\.)\s*\d{2,4})(?!\d)"
)
_IGNORE = re.IGNORECASE
SIGNS: tuple[Sign, ...] = (
    Sign("full_date", re.compile(_DAY, _IGNORE), "names a day"),
    Sign("month_year", re.compile(rf"(?<!\w)(?:{_MONTHS})[\s\-'’.,/]*(?:20)?\d\d(?!\d)|(?<!\d)(?:0[1-9]|1[0-2])/20\d\d|tháng\s+\d{{1,2}}|\d{{1,2}}\s*[月월](?!\s*\d)", _IGNORE), "names a month"),
    Sign("month_word", re.compile(rf"(?<!\w)(?:{_MONTHS})(?!\w)", _IGNORE), "names months"),
    Sign("year", re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/-])"), "names a year"),
    Sign("clock_time", re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?!\d)\s*(?:am|pm|utc)?", _IGNORE), "names a time of day"),
    Sign("decimal", re.compile(r"(?<![\w.,])[-+±]?\d+[.,]\d{1,4}(?![\w.,]\d)"), "gives a value with decimals"),
    Sign("long_decimal", re.compile(r"\d\.\d{5,}"), "shows an unrounded figure"),
    Sign("integer", re.compile(r"(?<![\w.,/-])\d{1,7}(?![\w.,/-])"), "gives a whole number"),
    Sign("percent", re.compile(r"\d\s?[%％]"), "gives a percentage"),
    Sign("ratio", re.compile(r"(?<!\w)\d{1,6}\s*(?:of|out of|trong|dari|/)\s*\d{1,7}(?!\w)", _IGNORE), "sets a count against a quantity"),
    Sign("unit", re.compile(r"\d\s?(?:mm|cm|µm|um|kg|mg|g|ml|l|°\s?c|℃|hrs?|min|sec|s|ppm|ppb|pcs?|nos|units?|mpa|bar|kn|n|v|a|kpa|psi|rpm|mg/kg|ug/g|µg/g|cfu|ea|ekor|cái|个|件|개)(?!\w)", _IGNORE), "gives a value with its unit"),
    Sign("money", re.compile(r"(?:[$€£¥₫฿₩]|rs\.?|idr|vnd|usd|thb|rp)\s?\d", _IGNORE), "gives an amount of money"),
    Sign("code", re.compile(r"(?<![\w-])(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])[A-Z0-9][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)+(?![\w])|(?<![\w-])(?:\d{1,4}[A-Z]{1,3}\d{1,6}[A-Z]?\d*|[A-Z]{1,4}\d{3,})(?!\w)"), "gives a number that identifies something"),
    Sign("number_sign", re.compile(r"#\s?\d{2,}|(?:no\.?|number|số|nomor|№)\s*:?\s*\d{3,}", _IGNORE), "gives a number that identifies something"),
    Sign("version", re.compile(r"(?<!\w)(?:rev(?:ision)?\.?|ver(?:sion)?\.?|issue)\s*:?\s*(?:no\.?\s*)?[\dA-Z]{1,2}(?:\.\d+)*(?!\w)", _IGNORE), "names a revision"),
    Sign("clause", re.compile(r"(?<![\d.])(?:[4-9]|10)\.\d{1,2}(?:\.\d{1,2}){0,2}(?![\d.]*\d)"), "names a clause"),
    Sign("standard", re.compile(r"(?<!\w)(?:iso|iec|en|astm|iatf|jis|tcvn|sni|gb/?t?|ks|tis)[\s/-]*(?:[a-z]{1,3}\s*)?\d{3,6}", _IGNORE), "names a standard"),
    Sign("person", re.compile(r"(?<!\w)(?:mr|mrs|ms|dr|bpk|ibu|pak|bu|anh|chị|ông|bà|nguyen|tran|nguyễn|trần|lê|phạm|sri|k\.)\.?\s+[A-ZĐ]\w+|(?<!\w)[A-Z][a-z]+[\s-]san(?!\w)|[\u4e00-\u9fff]{1,2}(?:先生|经理|工)", 0), "names a person"),
    Sign("capital_pair", re.compile(r"(?<![\w.])[A-ZĐÀ-Ỹ][a-zà-ỹ]+(?:\s+[A-ZĐÀ-Ỹ][a-zà-ỹ]*\.?){1,3}(?!\w)"), "names somebody or something"),
    Sign("mail_address", re.compile(r"[\w.+-]+@[\w-]+\.\w"), "gives a mail address"),
    Sign("link", re.compile(r"https?://|www\."), "gives a web address"),
    Sign("verdict_word", re.compile(_words("ok", "ng", "pass(?:ed)?", "fail(?:ed)?", "accept(?:ed)?", "reject(?:ed)?", "good", "nil", "đạt", "không đạt", "lulus", "baik", "tidak", "conform(?:s|ed|ing)?", "compl(?:y|ies|ied)", "closed", "open", "done", "completed", "selesai", "hoàn thành", "uygun", "kabul", "ret") + r"|合格|不良|不合格|ผ่าน|합격|불합격|완료", _IGNORE), "gives a verdict"),
    Sign("tick", re.compile(r"[✓✔☑☒●○◎△▲▼×✗✕■◆]"), "shows marks"),
    Sign("ticked_box", re.compile(r"[☑☒✓✔✗]|\[[xX]\]"), "shows a ticked box"),
    Sign("empty_box", re.compile(r"[☐□]|\[\s\]"), "shows an empty box to tick"),
    Sign("blank_line", re.compile(r"_{3,}|\.{5,}|…{2,}|-{6,}"), "leaves a line to fill in"),
    Sign("bracket_placeholder", re.compile(r"\[[A-Za-z][^\]\n]{1,60}\](?!\()|<[A-Za-z][^>\n/]{2,40}>|\{\{?[^}\n]{1,40}\}\}?|«[^»\n]{1,40}»"), "leaves a placeholder"),
    Sign("pattern_placeholder", re.compile(r"(?<!\w)(?:dd?[-/. ]mm?m?[-/. ]yy(?:yy)?|yyyy[-/. ]mm[-/. ]dd|mm/dd/yy(?:yy)?|hh:mm|x{3,}|xyz|abc|n{3,}|tbd|tba|lorem ipsum|john (?:doe|smith)|jane doe|your company|company name|name here|tên công ty|nama perusahaan)(?!\w)", _IGNORE), "leaves a placeholder"),
    Sign("fill_in_word", re.compile(_words("insert", "enter", "fill in", "fill out", "describe", "specify", "please", "delete as", "tick", "circle", "attach", "e\\.g\\.?", "example", "sample", "template", "instructions?", "điền", "ghi rõ", "isi(?:kan)?", "contoh", "örnek", "doldur\\w*") + r"|填写|请填|记入|기입|작성요령|กรอก|ระบุ", _IGNORE), "tells how to fill in"),
    Sign("empty_label", re.compile(r"[\w)）.#/][ \t]*[:：][ \t]*(?=\||\n|$)"), "has a label with nothing behind it"),
    Sign("filled_label", re.compile(r"[\w)）.#/][ \t]*[:：][ \t]*(?=[^\s|:：_.])"), "has a label with a value"),
    Sign("empty_cells", re.compile(r"\|\s*(?=\||\n|$)"), "has empty cells"),
    Sign("dash_cell", re.compile(r"(?:^|\|)\s*(?:-{1,3}|–|—|n/?a|nil|0|0\.0+|#(?:div/0!|ref!|n/a|value!|name\?))\s*(?=\||\n|$)", _IGNORE | re.MULTILINE), "has cells with a dash, a zero or an error"),
    Sign("cell_error", re.compile(r"#(?:DIV/0!|REF!|N/A|VALUE!|NAME\?)"), "shows a formula without data"),
    Sign("ditto", re.compile(r'〃|(?:^|\|)\s*(?:-?do-?|["″”]|↑)\s*(?=\||\n|$)', _IGNORE | re.MULTILINE), "repeats the cell above by a ditto mark"),
    Sign("shall", re.compile(_words("shall", "must", "is required to", "are required to", "has to", "have to", "phải", "cần phải", "harus", "wajib", "hendaklah", "zorunda\\w*", "zorunludur", "gerekir", "gerekmektedir", "\\w+m[ae]l[ıi]d[ıi]r(?:l[ae]r)?") + r"|应当?|须|必须|不得|ต้อง|해야\s?한?다?|하여야|しなければ|べき|すること", _IGNORE), "says what shall be done"),
    Sign("should", re.compile(_words("should", "may", "can", "nên", "có thể", "sebaiknya", "dapat", "boleh", "\\w+[ae]bilir") + r"|可以|宜|ควร|สามารถ|할 수", _IGNORE), "says what should or may be done"),
    Sign("will", re.compile(_words("will", "going to", "planned", "to be", "sẽ", "akan", "dự kiến", "rencana", "planlan\\w*", "\\w+[ae]cakt[ıi]r") + r"|将|计划|จะ|예정|계획", _IGNORE), "speaks of the future"),
    Sign("habit", re.compile(_words("is responsible", "are responsible", "responsible for", "ensures?", "maintains?", "reviews?", "monthly", "weekly", "daily", "annually", "yearly", "every", "each", "at least", "whenever", "if", "when", "in case", "chịu trách nhiệm", "bertanggung jawab", "setiap", "mỗi", "hàng", "jika", "nếu", "sorumlu\\w*", "her") + r"|负责|每|如果|รับผิดชอบ|ทุก|책임|매월|매일", _IGNORE), "describes how things usually go"),
    Sign("was", re.compile(_words("was", "were", "had", "did", "has been", "have been", "đã", "được", "telah", "sudah", "dilakukan", "ditemukan", "edildi", "yapıldı", "bulundu", "alındı", "\\w+[dt][ıiuü]") + r"|了|已|完了|แล้ว|ได้|하였|했|되었|함(?![가-힣])|됨", _IGNORE), "tells what was done"),
    Sign("found", re.compile(_words("found", "observed", "noticed", "detected", "checked", "verified", "confirmed", "replaced", "repaired", "cleaned", "adjusted", "changed", "sorted", "measured", "tested", "received", "sent", "shipped", "returned", "reworked", "scrapped", "informed", "agreed", "decided", "reported", "attended", "investigated", "discovered", "fixed", "implemented", "resolved", "restarted", "increased", "reduced", "decreased", "issued", "approved", "phát hiện", "kiểm tra", "đã thay", "thay", "temuan", "diganti", "diperbaiki", "diperiksa") + r"|发现|更换|调整|检查|确认|พบ|เปลี่ยน|แก้ไข|발견|교체|확인|조치", _IGNORE), "tells what was found or done"),
    Sign("cause", re.compile(_words("because", "due to", "caused by", "root cause", "reason", "why", "as a result", "do vì", "nguyên nhân", "karena", "disebabkan", "akibat", "penyebab", "nedeni?", "sebebi?") + r"|原因|由于|导致|สาเหตุ|เนื่องจาก|원인|때문", _IGNORE), "gives a cause"),
    Sign("boast", re.compile(_words("committed", "commitment", "leading", "best", "world[- ]class", "excellen\\w+", "highest", "strive\\w*", "continual\\w*", "continuous\\w*", "satisf\\w+", "dedicated", "state[- ]of[- ]the[- ]art", "trusted", "proud\\w*", "mission", "vision", "cam kết", "uy tín", "berkomitmen", "terbaik", "unggul", "taahhüt", "lider") + r"|致力|承诺|领先|มุ่งมั่น|เป็นเลิศ|최고|최선", _IGNORE), "praises in general"),
    Sign("certify", re.compile(_words("certif\\w+", "accredit\\w+", "hereby", "registration", "scope of", "valid until", "expiry", "chứng nhận", "sertifikat", "belge\\w*") + r"|证书|兹证明|认证|ใบรับรอง|인증", _IGNORE), "speaks as a certificate"),
    Sign("contents", re.compile(r"(?:\.\s?){6,}\d+\s*$|…+\s*\d+\s*$|(?:^|\n)\s*(?:table of contents|contents|mục lục|daftar isi|目录|สารบัญ|목차)\s*(?:\n|$)", _IGNORE | re.MULTILINE), "is a table of contents"),
    Sign("page_of", re.compile(r"(?:page|trang|halaman|sayfa|หน้า)\s*:?\s*\d+\s*(?:of|/|dari|van)?\s*\d*|第\s*\d+\s*页|\d+\s*/\s*\d+\s*페이지", _IGNORE), "is a page number"),
    Sign("legal", re.compile(r"©|copyright|all rights reserved|confidential|licen[cs]e|disclaimer|uncontrolled|controlled copy|proprietary|bảo mật|rahasia|机密|เอกสารควบคุม", _IGNORE), "is a legal notice"),
    Sign("pronoun", re.compile(_words("we", "our", "us", "i", "my", "chúng tôi", "kami", "saya", "biz") + r"|我们|本公司|当社|เรา|당사|우리", _IGNORE), "speaks in the first person"),
    Sign("question", re.compile(r"[?？]"), "asks a question"),
    Sign("signature", re.compile(r"(?:prepared|checked|approved|reviewed|verified|signed|lập|duyệt|kiểm tra|dibuat|diperiksa|disetujui|编制|审核|批准|작성|검토|승인|hazırlayan|onaylayan|จัดทำ|อนุมัติ)(?:\s+by)?\s*[:：|]", _IGNORE), "has a place for signatures"),
    Sign("bullet", re.compile(r"(?:^|\n)\s*(?:[-*•▪●]|\d{1,2}[.)]|[a-z][.)])\s+\S"), "is a list"),
)  # fmt: skip
BY_NAME = {sign.name: sign for sign in SIGNS}
LONGEST_READ = 2_000  # characters of a passage that are searched for signs: patterns stay cheap on hostile text


# Signs whose patterns ask neither for figures nor for a number of characters: to them every number is as good as a nought.
_BY_WORDS = tuple(sign for sign in SIGNS if not re.search(r"\\d|[0-9]", sign.pattern.pattern))
_NUMBER = re.compile(r"\d+")


# Signs that figures and ASCII marks alone can show; all others ask for a letter or for a sign of another script.
IN_FIGURES = frozenset(
    {
        "full_date", "month_year", "year", "clock_time", "decimal", "long_decimal", "integer", "percent", "ratio", "money", "clause",
        "mail_address", "empty_box", "blank_line", "bracket_placeholder", "empty_label", "filled_label", "empty_cells", "dash_cell",
        "ditto", "contents", "question", "bullet",
    }
)  # fmt: skip
_NAMED = re.compile("[A-Za-z#]")
_BARE_DAY = re.compile(rf"(?<![\d.])(?:{_FIGURE_DAY})(?!\d)")


def count(text: str) -> dict[str, int]:
    """How often each sign stands in the text. What the words show is counted once for rows that differ in figures alone."""
    sample = text[:LONGEST_READ]
    words, bare = _words_of(_NUMBER.sub("0", sample)), _is_bare(sample)
    return {sign.name: words[sign.name] if sign.name in words else _often(sign, sample, bare) for sign in SIGNS}


def _is_bare(sample: str) -> bool:
    """Whether a text is figures and marks alone, as are the rows of readings of which long sheets are made."""
    return sample.isascii() and not _NAMED.search(sample)


def _often(sign: Sign, sample: str, bare: bool) -> int:
    if bare and sign.name not in IN_FIGURES:
        return 0
    return len(days(sample)) if sign.name == "full_date" else len(sign.pattern.findall(sample))


@lru_cache(maxsize=4_000)
def days(text: str) -> tuple[str, ...]:
    """The days a passage names, as written: what counts its signs, its document, its sheet and its section ask for them."""
    sample = text[:LONGEST_READ]
    pattern = _BARE_DAY if _is_bare(sample) else BY_NAME["full_date"].pattern
    return tuple(match[0] for match in pattern.finditer(sample))


@lru_cache(maxsize=2_000)
def _words_of(sample: str) -> dict[str, int]:
    """How often each sign made of words alone stands in a text whose numbers are noughts."""
    bare = _is_bare(sample)
    return {sign.name: _often(sign, sample, bare) for sign in _BY_WORDS}


def quotes(text: str, name: str, limit: int = 3) -> Iterator[str]:
    """The first few words in the text that show a sign, whole ones."""
    for number, match in enumerate(BY_NAME[name].pattern.finditer(text[:LONGEST_READ])):
        if number >= limit:
            return
        begin, end = _whole_words(text, match.start(), match.end())
        quote = text[begin:end].strip(" |\n:")
        if quote:
            yield quote


MOST_AROUND = 24
"""Characters that a sign is widened by to each side: scripts without blanks have no words to end with."""


def _whole_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """The place of a sign widened to whole words and numbers: ``lots: 5`` for its colon, ``3.2 %`` for ``2 %``."""

    def goes_on(at: int, step: int) -> bool:
        inner = 0 <= at + step < len(text) and text[at + step].isalnum()
        return 0 <= at < len(text) and (text[at].isalnum() or (text[at] in ".,/-" and inner))

    first, last = begin, end
    if begin == end:  # a sign between letters
        return begin, end
    while text[begin].isalnum() and begin - first < MOST_AROUND and goes_on(first - 1, -1):
        first -= 1
    ends_inside = text[end - 1].isalnum() or text[begin:end].rstrip()[-1:] in (":", "：")
    while ends_inside and last - end < MOST_AROUND and goes_on(last, 1):
        last += 1
    return first, last
