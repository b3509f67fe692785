"""The words by which a model text is known that was not filled in."""

import re

from evidence.facts.text import late, phrases

PLACEHOLDER = late(
    rf"[\[<{{【〈《](?=[^\]>}}】〉》\n]{{0,40}}(?:{phrases('papers_flags', 'enter').pattern}))[^\]>}}】〉》\n]{{3,40}}[\]>}}】〉》]|"
    rf"(?<![^\W_])(?:o{{3,}}|x{{3,}}|(?<![○〇◯●△▲□])[○〇◯●△▲□]{{2,}}(?:[^\W\d_]{{1,6}})?) ?(?:{phrases('papers_flags', 'firm').pattern}|\(주\))|"
    rf"(?:{phrases('papers_flags', 'firm').pattern}) ?(?:o{{3,}}|x{{3,}}|[○〇◯●△▲□]{{2,}})(?![^\W_])|"
    r"\[\s?(?:your|the)?\s?(?:company|organi[sz]ation|customer|supplier|product|department|employee|"
    r"document)(?:'s)?\s(?:name|logo|address|title|number)[^\]\n]{0,20}\]|\[\s?(?:insert|enter|type|"
    r"your)\s[^\]\n]{2,40}\]|\[\s?(?:company|organi[sz]ation|name|date|xxx+|title|position)\s?\]|"
    r"<\s?(?:insert|enter|your)\s[^>\n]{2,40}>|<\s?(?:company|organi[sz]ation|customer|supplier)\s?(?:name)?\s?>|"
    r"\b(?:your company(?: name)?|company name here|insert (?:name|date|company|text|logo|here)[^|\n]{0,20}|"
    r"xyz (?:company|ltd|limited|co\b|pvt|inc)[^|\n]{0,12}|abc (?:company|ltd|limited|co\b|pvt|inc)[^|\n]{0,12}|"
    r"lorem ipsum|john (?:doe|smith)|jane doe|acme)\b|"
    r"\[(?:tên công ty|nama perusahaan|公司名称|회사명|şirket adi|ชื่อบริษัท)\]|<<[^>\n]{2,40}>>|"
    r"<(?!https?|www|mailto)[^\W\d_]{1,12}(?: [^\W\d_]{1,12}){2,4}>|"
    rf"\{{(?:{phrases('papers_flags', 'firm').pattern}|{phrases('papers_flags', 'left_name').pattern})(?: [^\W\d_]{{2,12}})?\}}|(?:{phrases('papers_flags', 'model_firms').pattern})|"
    rf"(?:{phrases('papers_flags', 'model_days').pattern})\s?[:：|]\s?(?:dd[/.-]mm[/.-]yyyy|yyyy[/.-]mm[/.-]dd|mm[/.-]dd[/.-]yyyy|gg[/.-]aa[/.-]yyyy|nn[/.-]tt[/.-]nnnn)(?![^\W_])|"
    r"<(?!https?|www|mailto)(?=[^<>\n]{0,40}[^\W\d_]{4})[^\W\d_][^<>@|/=\n]{3,38}>|\[(?:[^\W\d_]+ ){0,3}(?:company|firm|name|firma|adı|perusahaan|nama|công ty|tên|บริษัท|ชื่อ|회사|회사명|公司|公司名|名称|社名|会社)(?: [^\W\d_]+){0,2}\]|"
    rf"(?:(?<!×)×{{2,}}|(?<![*＊])[*＊]{{2,}}|(?<![○〇◯])[○〇◯]{{2,}}|(?<!x)x{{2,}})[^\W\d_]{{0,6}}公司(?={phrases('papers_flags', 'own_papers').pattern})|"
    rf"(?:{phrases('papers_flags', 'we_are').pattern})\W{{0,3}}(?:×{{2,}}|[*＊]{{2,}}|[○〇◯]{{2,}}|x{{2,}})\s?[^\W\d_]{{0,8}}(?:公司|厂|廠|{phrases('papers_flags', 'firm').pattern})|"
    rf"(?m:^[^|\n]{{1,60}}\|(?:[^|\n]{{0,80}}\|[^|\n]{{1,60}}\|){{0,3}}\s?(?:{phrases('papers_flags', 'your_name').pattern})\s?$)|"
    r"\{\{[^}\n]{2,40}\}\}|公司名称\s?xx+|(?<![^\W_])x{2,}\s?(?:股份|科技|实业|工业|精密|实業|工業)?(?:有限)?(?:公司|会社|會社)|某某公司|công ty (?:abc|xyz)\b|pt\.? (?:abc|xyz)\b",
)
"""What stands where a name, a day or a number is to be entered. A run of signs is looked at from its first one alone: from each of
thousands it would be looked at to its end.
"""

_STAND = r"(?:(?<!\dx )(?<!\d )x{2,}(?![a-z])|o{2,}(?![a-z])|(?<![○〇◯●△▲□■◇◆☆★×✕╳ㅇ])[○〇◯●△▲□■◇◆☆★×✕╳ㅇ]{2,}|(?<![*＊])[*＊]{3,}(?=[^\s\x00-\x7f]))"
"""Signs that stand for the name of a firm, and not for the last figures of a telephone number: ``0722 41x xxx``."""

_LATIN_FORM = (
    r"(?:co\b\.?,?\s?ltd|company\b|corp\b|corporation\b|inc\b|llc\b|ltd\b|limited\b|jsc\b|gmbh\b|pvt\b|pte\b|sdn\b|"
    r"industries\b|san\b|a\.ş|ltd\. şti|group\b|factory\b)"
)

STAND_IN = late(
    rf"(?<![^\W_]){_STAND}\s?(?:[^\W\d_]{{1,14}}\s){{0,3}}{_LATIN_FORM}|"
    rf"(?<![^\W_]){_STAND}\s?[^\W\d_a-z]{{0,10}}\s?(?:公司|工厂|工廠|厂(?![房区])|会社|會社|주식회사|\(주\)|㈜|\(株\)|จำกัด)|"
    rf"(?:(?<![^\W_])(?:pt|cv|ud)\.?\s|công ty (?:tnhh|cổ phần|cp)?\s?|บริษัท\s?|주식회사\s?|\(주\)\s?|㈜\s?|株式会社\s?){_STAND}(?![a-z])|"
    rf"[\[<{{【〔［〈《](?:{phrases('papers_flags', 'entered').pattern})[\]>}}】〕］〉》](?!\s?[(:：])|"
    rf"(?:(?<=[|:：\n])|^)[^\S\n]?[(（](?:{phrases('papers_flags', 'name_of_firm').pattern})[)）][^\S\n]?(?=[|\n]|$)|"
    rf"(?:(?<=[.!。]\s)|(?m:^))[(（](?:{phrases('papers_flags', 'name_of_firm').pattern})[)）](?=[ ,，]?[^\W\d_:：]{{3}})|"
    rf"([#%$@«]{{1,2}})(?:{phrases('papers_flags', 'entered').pattern})(?:_name)?[#%$@»]{{1,2}}|"
    rf"某{{1,2}}[^\W\d_]{{0,8}}公司(?![法章])|(?<![^\W_])xyz (?:[^\W\d_]{{2,14}} ){{1,3}}{_LATIN_FORM}|"
    rf"(?:{phrases('papers_flags', 'type_here').pattern})"
)
"""Signs in the place of a name with the legal form beside them, the name of what is to be entered alone in brackets, and what a program
or the maker of a model text says where something is to be typed.
"""

LEFT_OPEN = late(
    rf"(?m)(?<=[^\W_] )\[ ?(?:(?:mr|mrs|ms|dr)[/. a-z]{{0,12}} )?(?:{phrases('papers_flags', 'left_open').pattern}|{phrases('papers_flags', 'left_name').pattern}) ?\](?! ?[:：])(?=[^|\n]{{0,200}}$)"
)
"""What a model text leaves open in the middle of a sentence: ``Dear [Mr/Mrs name]``, ``40 out of [number]``; no unit in the head of a
table, and no name struck out for a reader.
"""


def model_words(folded: str, rules: bool) -> re.Match[str] | None:
    """The first words of a model text, of the rules of a company where it is such; none in a row that says that it is an example."""
    said = in_rules(folded) if rules else None
    found = (*PLACEHOLDER.finditer(folded), *STAND_IN.finditer(folded), *([said] if said else []))
    return next(
        (
            match
            for match in found
            if not _is_hint_of_field(folded, match)
            and not _is_said(folded, match)
            and not shows_how(line_of(folded, match))
        ),
        None,
    )


def _is_said(folded: str, match: re.Match[str]) -> bool:
    """Whether a single word in brackets stands in a sentence, struck out for a reader, or ``your company`` in a question to one."""
    line = line_of(folded, match)
    if match[0].startswith("your company"):
        return "?" in line
    if not match[0].startswith("[") or " " in match[0].strip("[] ") or not match[0].isascii() or match[0] in _NAMES:
        return False
    before, behind = folded[: match.start()].rstrip(" "), folded[match.end() :].lstrip(" ")
    return not (before[-1:] in ("", "\n", "|", ":") or before.endswith("dear")) or behind[:1] not in (
        "",
        "\n",
        "|",
        ",",
        ".",
    )


_NAMES = frozenset(
    ("[name]", "[company]", "[organization]", "[organisation]", "[xxx]", "[date]", "[title]", "[position]")
)
"""Words in brackets that nobody strikes out for a reader."""


def line_of(folded: str, match: re.Match[str]) -> str:
    """The line of a folded text in which a match begins."""
    return folded[folded.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]


def shows_how(line: str) -> bool:
    """Whether a folded row of a list begins by saying that it shows how the list is to be filled."""
    return _EXAMPLE_ROW.match(line) is not None


_EXAMPLE_ROW = late(rf"\W{{0,4}}(?:\d{{1,2}}\W{{1,4}})?(?:{phrases('papers_flags', 'example_row').pattern})")
"""How a row begins that shows how a list is to be filled."""


def is_hint(folded: str, match: re.Match[str]) -> bool:
    """Whether what stands in brackets is the unit or kind of a value behind a short label that begins its line, with its value or
    nothing behind it: ``Output per shift [number]  4300``. Who is meant is no kind of value.
    """
    label = folded[folded.rfind("\n", 0, match.start()) + 1 : match.start()]
    behind = folded[match.end() :].partition("\n")[0].strip()
    return (
        phrases("papers_flags", "left_name").search(match[0]) is None
        and 0 < len(label.split()) <= LONGEST_LABEL
        and not any(map(str.isdigit, label))
        and (not behind or behind[0].isdigit())
    )


LONGEST_LABEL = 6
"""Words of a label; a longer line is a sentence."""


def in_rules(folded: str) -> re.Match[str] | None:
    """What only a model text holds of the rules of a company: a firm without a name, a person whom all model texts name."""
    return _OPEN.search(folded) or _MODEL_PEOPLE.search(folded)


_MODEL_PEOPLE = phrases("papers_flags", "model_people")

_OPEN = late(
    rf"(?<![_.…])[_.…]{{4,}} ?[(（]?(?:{phrases('papers_flags', 'name_of_firm').pattern})|(?:(?:at|of|we,?)|the(?= company name(?!,? (?:and|or|lot|date|part|logo|product|batch)))) company name(?! ?[:|]| (?:{phrases('papers_flags', 'is_shown').pattern}))|(?:{phrases('papers_flags', 'firm').pattern}) ?[_.…]{{4,}}|(?<![_.…])[_.…]{{4,}} ?(?:{phrases('papers_flags', 'firm').pattern})"
)
"""A firm without a name."""


def _is_hint_of_field(folded: str, match: re.Match[str]) -> bool:
    """Whether a bracket follows a label in its own cell, and the value stands in the next: ``Auditor [name]  Lan``. The form of a firm
    and the title of a person are no labels, nor is a word for a firm behind the field for it: they stand before the name itself.
    """
    if match[0][0] not in "[<{【〔［〈《":
        return False
    begin = max(folded.rfind("\n", 0, match.start()), folded.rfind("|", 0, match.start())) + 1
    label = folded[begin : match.start()].strip()
    behind = folded[match.end() :].partition("\n")[0].strip()
    beside = folded[folded.rfind("\n", 0, begin) + 1 : max(begin - 1, 0)].rpartition("|")[2]
    if _BEFORE_NAME.fullmatch(label.rstrip(".")) or (_FIRM.fullmatch(label) and _FIRM.search(beside)):
        return False
    return bool(label) and len(label.split()) <= LONGEST_LABEL and behind.startswith("|")


_BEFORE_NAME, _FIRM = phrases("papers_flags", "before_name"), phrases("papers_flags", "firm")
