"""Another company's name left in a manual or procedure: papers bought or copied that still speak of whoever wrote them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from evidence.bundle import Bundle
from evidence.data import table
from evidence.facts.text import Span, fold, late, lines, phrases
from evidence.model import DocumentReport, Passage
from evidence.names import cjk, mentions, same_company, tokens
from evidence.titles import title_of

RULES = ("manual", "procedure")
"""Kinds of papers that rule in the name of a company; records name customers, suppliers and laboratories all day."""

OF_OTHERS = ("certificate", "calibration_record")
"""Kinds of papers that come from companies besides the supplier."""

MAX_NAMES = 100
"""Names of companies that are looked at in one paper: a manual with more is a register, and each is compared with each."""


def _listed(name: str) -> tuple[str, ...]:
    return tuple(table("words")["papers_flags"][name])


def _any_of(name: str) -> str:
    return "|".join(map(re.escape, _listed(name)))


_BEHIND = "|".join(r"\.?,?\s?".join(map(re.escape, form.split())) for form in _listed("forms_behind"))
_FORM_BEHIND = re.compile(rf"(?:,\s?)?\b(?:{_BEHIND})\b\.?")
_BEFORE_ANY = "|".join(form.replace(" ", r"\s") for form in _listed("forms_before_any"))
_FORM_BEFORE = re.compile(rf"\b(?:(?i:{_BEFORE_ANY})|(?:{_any_of('forms_before')})\.?)\s")
_TRADE = re.compile(rf"(?<![^\W_])(?:[A-Z][a-z]{{2,}} (?:& )?){{1,4}}(?:{_any_of('trade_ends')})\b(?! [A-Z])")
"""A firm without a legal form."""
_THAI_OPENS, _THAI_CLOSES = _listed("forms_thai")
_WHOLE = re.compile(
    rf"{_THAI_OPENS}\s?[^\n|:]{{3,40}}?\s?{_THAI_CLOSES}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{3,20}}?(?:{_any_of('forms_chinese')})|"
    rf"(?:{_any_of('forms_korean')})\s?[가-힣A-Z]{{2,12}}|(?<![가-힣])[가-힣]{{2,12}}\s?(?:{_any_of('forms_korean')})"
)

_JOINING, _SCOPE = _listed("joining"), _listed("from_here")

_WORD = re.compile(r"\S+")

LONGEST_NAME = 6
"""Words of the name of a company before or behind its legal form."""

SMALL_WORDS = 2
"""Words behind the form and the first of a name up to which one begins small: ``Công ty TNHH Xơ dừa Mỹ Tho``."""

NEAR = 120
"""Letters beside a legal form in which the words of the name stand."""


@dataclass(frozen=True)
class Named:
    """A company named in a line, with its place in the text of the passage."""

    passage: Passage
    line: Span
    start: int
    end: int

    @property
    def text(self) -> str:
        """The name as it is written."""
        return self.passage.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before the name in its line, folded."""
        return fold(self.passage.text[self.line.start : self.start])

    @property
    def behind(self) -> str:
        """What stands behind the name in its line, folded."""
        return fold(self.passage.text[self.end : self.line.end])


def named_instead(bundle: Bundle, document: DocumentReport) -> Named | None:
    """The company under whose name a manual or procedure rules, where it is not the supplier and none the supplier deals with.

    Silent unless a paper names the supplier as it is called here: a name typed from a folder may be an old or a local one.
    """
    if document.kind not in RULES or phrases("papers_flags", "of_others").search(title_of(document)):
        return None
    every = (named for passage in document.shown for named in names_in(passage))
    found = list(islice(every, MAX_NAMES))
    if not found:
        return None
    own = (bundle.supplier, *bundle.settings.aliases)
    others = [other for other in bundle.read if other.path != document.path]
    told_of_own = any(mentioned(document, name) for name in own)
    if not (told_of_own or any(mentioned(other, name) for other in others for name in own)):
        return None
    for first in reversed({named.text: named for named in reversed(found)}.values()):
        if any(is_same(first.text, name) for name in own):
            continue
        alike = [named for named in found if named is first or is_same(named.text, first.text)]
        if any(has_part(named) for named in alike):
            continue
        speaks = any(_says_of_itself(one) for one in alike) or (not told_of_own and _heads(document, alike))
        if speaks and not any(
            mentioned(other, name) for other in others if other.kind not in RULES for name in called(first.text)
        ):
            return first
    return None


def kept_by_another(bundle: Bundle, document: DocumentReport) -> Named | None:
    """The company whose quality office keeps a record, as a line of its form says, or whose management reviewed the system in minutes,
    where it is not the supplier and no other paper names it: a form copied from another company. Silent unless other papers name the supplier as it is called here.
    """
    if document.kind in (*RULES, *OF_OTHERS):
        return None
    own = (bundle.supplier, *bundle.settings.aliases)
    others = [other for other in bundle.read if other.path != document.path]
    for passage in document.passages:
        led = document.kind == "management_review_record" and _LED.search(fold(passage.text)) is not None
        if passage.hidden or not (led or _KEPT.search(fold(passage.text))):
            continue
        for named in islice(names_in(passage), MAX_NAMES):
            if (
                (_KEPT_BY.search(named.before) or _KEEPS.match(named.behind) or (led and _leads_review(named)))
                and not has_part(named)
                and not any(is_same(named.text, name) for name in own)
                and not any(mentioned(other, name) for other in others for name in called(named.text))
            ):
                known = any(mentioned(other, name) for other in bundle.read for name in own)
                return named if known else None
    return None


def _leads_review(named: Named) -> bool:
    """Whether a sentence says of a company's own management that it reviewed: ``the top management of ... reviewed the suitability``."""
    behind = _LED.match(named.behind.lstrip(" '’"))
    return (ends_in("led", named.before.rstrip()) or behind is not None) and _REVIEWED.search(
        named.behind[:SAID]
    ) is not None


_LED, _REVIEWED = (phrases("papers_flags", name) for name in ("led", "reviewed"))
_KEPT = phrases("papers_flags", "kept")
_KEEPERS = phrases("papers_flags", "keepers").pattern
_KEPT_BY = late(rf"(?:{_KEPT.pattern})[^\n.;。]{{0,40}}?(?:{_KEEPERS})[^\n.;。]{{0,12}}$")
"""What stands right before the name of who keeps a record: ``shall be kept for three years by the Quality Manager, ...``."""
_KEEPS = late(rf"[^\n.;。]{{0,6}}?(?:{_KEEPERS})[^\n.;。]{{0,40}}?(?:{_KEPT.pattern})")
"""The same behind the name where the verb ends the sentence."""


_THAI = re.compile("[\u0e00-\u0e7f]")
_LEGAL = re.compile("|".join(map(_any_of, ("forms_thai", "forms_besides", "forms_korean"))))


def _bare(name: str) -> str:
    """A name without the legal forms of scripts in which they would be taken for words of it."""
    return _LEGAL.sub(" ", name).strip()


def mentioned(document: DocumentReport, name: str) -> bool:
    """Whether a paper names a company, by its file or in its text."""
    bare = _bare(name)
    if _THAI.search(bare):
        joined = re.sub(r"\s", "", bare)
        return any(joined in re.sub(r"\s", "", passage.text) for passage in document.passages)
    return mentions(document.path, bare) or any(mentions(passage.text, bare) for passage in document.passages)


def called(name: str) -> Iterator[str]:
    """The name of a company and the first word of it by which it is called for short."""
    yield name
    yield from [word for word in re.findall(r"[^\W_]{3,}", fold(name)) if word in tokens(name)][:1]


def is_same(name: str, own: str) -> bool:
    """Whether a name may be that of the supplier: by its words, by its letters, or as it cannot be compared."""
    bare, known = _bare(name), _bare(own)
    if _THAI.search(bare) and _THAI.search(known):
        return bare in known or known in bare
    if same_company(bare, known) is True or mentions(bare, known) or mentions(known, bare):
        return True
    if not _comparable(bare, known):
        return True
    return _initials(name) in tokens(own) or _initials(own) in tokens(name)


def _comparable(one: str, other: str) -> bool:
    """Whether two names are written in one script."""
    return bool(tokens(one) and tokens(other)) or bool(cjk(one) and cjk(other))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", fold(name)) if word in tokens(name))


def has_part(named: Named) -> bool:
    """Whether the text gives a company its part beside the supplier: customer, laboratory, parent."""
    if phrases("papers_flags", "related").search(f"{named.before} {named.behind}"):
        return True
    led = re.split(r"[.;!?。]\s", named.before)[-1][-LEADING:]
    beside = re.match(r"\s*(?:[,(（–-]|is |are |as |acts? )[^.;。]{0,40}", named.behind)
    outside = phrases("papers_flags", "outside")
    return outside.search(led) is not None or (beside is not None and outside.search(beside.group()) is not None)


LEADING = 40
"""Letters before a name in which its part stands: ``our customer``, ``calibrated by``."""


def _heads(document: DocumentReport, named: list[Named]) -> bool:
    """Whether a paper bears a name in its head or in the field for its company, and a sentence of it begins with that name."""
    headed = any(
        one.text in " ".join(document.passages[0].heading[:1])
        or (one.passage is document.passages[0] and not one.before.strip(" #*") and len(one.behind) < HEAD)
        or phrases("papers_flags", "names_itself").search(one.before)
        for one in named
    )
    return headed and any(_begins(one) and len(one.behind.split()) >= LEAST_SAID for one in named)


HEAD = 60
"""Letters behind a name in the line that is the head of a paper."""

LEAST_SAID = 5
"""Words behind a name from which a line is a sentence about it."""


def _begins(named: Named) -> bool:
    return "|" not in named.line.text and re.search(r"(?:^|[.;!?。]\s?)[\s#*\d.-]*$", named.before) is not None


def _says_of_itself(named: Named) -> bool:
    """A sentence such as only a company's own manual says: it is committed, its policy, its customers, what the paper applies to."""
    if "|" in named.line.text:
        return False
    sentence = re.split(r"[.;!?。](?:\s|$)", named.behind)[0]
    said = sentence[:SAID].strip(" ,:")
    led = re.split(r"[.;!?。]\s", named.before)[-1].rstrip()
    if phrases("papers_flags", "of_itself").match(said) or phrases("papers_flags", "of_itself_late").search(sentence):
        return True
    if phrases("papers_flags", "has_set_up").match(said) and phrases("papers_flags", "system").search(said):
        return True
    if ends_in("its_own", led):
        return True
    office, behind = _OFFICE_OF.search(led), _OFFICE_BEHIND.match(named.behind)
    if (office or behind) and not _is_told(
        led[: office.start()] if office else led, named.behind[behind.end() if behind else 0 :]
    ):
        return True
    in_scope = phrases("papers_flags", "scope").search(led) is not None
    return in_scope and (ends_in("within", led) or phrases("papers_flags", "its").search(said) is not None)


_OFFICES = rf"{_KEEPERS}|{phrases('papers_flags', 'led').pattern}|{phrases('papers_flags', 'offices').pattern}"
_OFFICE_OF = late(rf"(?:{_OFFICES})\s?(?:{phrases('papers_flags', 'of_firm').pattern})\s?(?:the)?$")
"""An office in whose name a rule speaks, right before the company: ``the QA Manager of ...``."""
_OFFICE_BEHIND = late(rf"['’]?[ ]?(?:[^\W\d_]{{1,4}} )?(?:的|의)?(?:{_OFFICES})")
"""The same right behind the company."""


def _is_told(before: str, behind: str) -> bool:
    """Whether an office is one that is told or asked, as that of a customer or a maker of material is: it rules nothing here."""
    return _TELLS.search(before.rstrip()) is not None or _TOLD.match(behind) is not None


_TELLS, _TOLD = (
    late(rf"(?:{phrases('papers_flags', 'tells_office').pattern})(?:\s(?:the|our|their))?$"),
    late(rf"[^\n.;]{{0,24}}?(?:{phrases('papers_flags', 'is_told').pattern})"),
)


def ends_in(name: str, led: str) -> bool:
    """Whether the words before a name end in one of a list."""
    return any(match.end() >= len(led) for match in phrases("papers_flags", name).finditer(led))


SAID = 60
"""Letters behind a name in which a sentence comes to its point."""


def names_in(passage: Passage) -> Iterator[Named]:
    """The companies that a passage names with their legal forms."""
    for line in lines(passage.text):
        text = line.text
        for match in _WHOLE.finditer(text):
            lead = max((match.group().rfind(word) + len(word) for word in _SCOPE if word in match.group()), default=0)
            yield Named(passage, line, line.start + match.start() + lead, line.start + match.end())
        for match in _FORM_BEHIND.finditer(text):
            words = list(_WORD.finditer(text, max(0, match.start() - NEAR), match.start()))[-LONGEST_NAME:]
            begin = None
            for word in reversed(words):
                if not _can_name(word.group()) or (begin is not None and word.group()[-1] in ".;:!?,|"):
                    break
                begin = word.start()
            if begin is not None:
                opening = phrases("papers_flags", "leads").match(fold(text[begin : match.start()]))
                begin += opening.end() if opening else 0
                begin += len(text[begin:]) - len(text[begin:].lstrip())
                if begin < match.start():
                    yield Named(passage, line, line.start + begin, line.start + match.end())
        for match in _TRADE.finditer(text):
            if not _FORM_BEHIND.match(text[match.end() :].lstrip(" ,")):
                yield Named(passage, line, line.start + match.start(), line.start + match.end())
        for match in _FORM_BEFORE.finditer(text):
            end = match.end()
            words = list(_WORD.finditer(text, match.end(), match.end() + NEAR))[:LONGEST_NAME]
            for at, word in enumerate(words):
                if not _can_name(word.group()) and not (
                    end > match.end() and at <= SMALL_WORDS and any(_can_name(w.group()) for w in words[at + 1 :][:1])
                ):
                    break
                end = word.start() + len(word.group().rstrip(".,;:!?)"))
                if word.group()[-1] in ".;:!?,|)":
                    break
            if end > match.end():
                yield Named(passage, line, line.start + match.start(), line.start + end)


def _can_name(word: str) -> bool:
    return word.lstrip("(")[:1].isupper() or word in _JOINING
