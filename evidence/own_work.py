"""Whether a scope names other work than the papers tell of as the supplier's own: by the goods, the works and the services that both name.

What a supplier does is told in several places: by its name, the titles of its records, the fields for a product, a sentence of a letter.
Each alone may mislead; where all that name any work name work apart from that of the scope, and none the scope's own, the scope is of
other work. A word in passing says little: flour is swept from the floor where noodles are made.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from evidence.areas_told import works_of_areas
from evidence.bundle import Bundle
from evidence.data import table
from evidence.facts.text import KEPT_TEXTS, fold, phrases, words
from evidence.goods import above, around, goods, goods_made
from evidence.model import DocumentReport
from evidence.processes import finishes, never_of, processes
from evidence.remembered import remembered
from evidence.scopes import RECORDS, Paper, paper_of
from evidence.titles import RULES_AND_FORMS, calls_itself
from evidence.trades import families, has_room

OTHERWISE_TITLED = (
    "internal_audit",
    "management_review",
    "supplier_control",
    "calibration",
    "competence",
    "goods_in",
    "corrective_action",
)
"""Topics of titles beside which what else a title names is no work of the house: of who delivers, of a gauge, of a defect."""

LONGEST_SENTENCE = 240
"""Letters of a sentence that tells what a house does."""

LEAST_SOURCES, MANY_SOURCES = 2, 3
"""Places that tell of other work from which it is told, and those beside which a word in passing on the scope's own says nothing."""

_WE_DO, _WE, _DENIED, _BOUGHT = (phrases("scopes", name) for name in ("we_do", "we", "denied", "bought"))
_CUSTOMERS = phrases("scopes", "of_customer")
_IN_NAMES = phrases("scopes", "in_names")
_OTHERWISE = tuple(phrases("titles", topic) for topic in OTHERWISE_TITLED)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=\s|$)|[;；。！\n]")
_CLAUSE = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=\s|$)|[;；。！\n,，]")


class Work(NamedTuple):
    """What a text names: goods, works by which they are made, services."""

    goods: frozenset[str]
    works: frozenset[str]
    services: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.goods or self.works or self.services)


class Telling(NamedTuple):
    """A text that tells the work of the house, folded: where it stands, and what it names."""

    source: str
    text: str
    shown: str
    work: Work


@lru_cache(KEPT_TEXTS)
def work_of(text: str, *, titled: bool = False) -> Work:
    """The work that a folded text names; in a title or name by more words than in a sentence."""
    served = services(text, titled=titled)
    made, done = _goods_of(text), processes(text)
    if "moulds" in made:  # moulds for injection are no work of injection
        done &= {"mould_making", "machining", "grinding"}
    elif "moulding" in done:
        done -= {"mould_making"}
    if "painting" in done and _YARN.search(text):  # ``boya`` is a dye beside yarn and cloth, and a paint elsewhere
        done = done - {"painting"} | {"dyeing"}
    if "dyeing" in done:
        made -= {"paints"}
    return Work(frozenset(made), frozenset(done), frozenset(served))


@lru_cache(KEPT_TEXTS)
def _goods_of(text: str) -> frozenset[str]:
    """The goods that a folded text names as made, those that every factory buys and services apart."""
    return frozenset(
        name
        for name in goods_made(text) - around()
        if not (set(table("goods")[name]["of"]) <= _SERVED or name.endswith("_service"))
    )


_YARN = phrases("scopes", "dyed")

_SERVED = {"transport", "software", "laboratories", "cleaning", "teaching", "guarding", "nondestructive_testing"}
"""Families of services, which have words of their own here."""


def services(text: str, *, titled: bool = False) -> set[str]:
    """The services that a folded text names."""
    return {name for name, pattern in _services(titled).items() if pattern.search(text)}


@cache
def _services(titled: bool) -> dict[str, re.Pattern[str]]:
    return {
        name: words((*item["words"], *(item.get("shows", ()) if titled else ())))
        for name, item in table("services").items()
    }


def _within(served: frozenset[str]) -> set[str]:
    """Services with those that a wide one holds."""
    held = {name for name, item in table("services").items() if served & set(item.get("of", ()))}
    return set(served) | held


def other_than_told(bundle: Bundle, path: str, scope: str) -> str:
    """What the house does by its own papers, where all of it lies apart from a folded scope; empty where it does not or cannot be told."""
    named = work_of(scope)
    named = named._replace(goods=named.goods | (goods_made(scope) & around()))
    if not (named or families(scope)) or _tells_of_around(bundle, path, scope):
        return ""
    told = [(telling, _apart(scope, named, telling)) for telling in _tellings(bundle, path)]
    if any(how == "shared" for _, how in told):
        return ""
    held = [(telling, how) for telling, how in told if how]
    kinds: dict[str, set[str]] = {}  # what several places tell alike
    for telling, _ in held:
        for kind in {*telling.work.goods, *telling.work.works, *telling.work.services}:
            kinds.setdefault(kind, set()).add(telling.source)
    passing, denied = _in_passing(bundle, path, named)
    least = LEAST_SOURCES - denied
    alike = {kind for kind, found in kinds.items() if len(found) >= least}
    strong = [
        telling for telling, how in held if (how == "apart" or denied) and alike & set().union(*telling.work)
    ] or _beside_name(held)
    many = len({telling.source for telling, _ in held if alike & set().union(*telling.work)})
    if not strong or (passing and many < MANY_SOURCES) or all(telling.source == "" for telling, _ in held):
        return ""  # what a house is called, no paper having told of it, may be what it began with
    return min(strong, key=lambda one: (one.source == "", len(one.shown))).shown[:LONGEST_SHOWN]


def _beside_name(held: Sequence[tuple[Telling, str]]) -> list[Telling]:
    """What the name of the house tells and a paper tells too, each of work apart from a scope, though not by the same words: dried fruit, mangoes."""
    apart = [telling for telling, how in held if how == "apart"]
    return apart if {"", *(one.source for one in apart)} - {""} and any(one.source == "" for one in apart) else []


LONGEST_SHOWN = 120
"""Letters of what is shown to the reader."""


def _apart(scope: str, named: Work, telling: Telling) -> str:
    """How a telling and a scope lie: ``shared`` work, ``apart``, ``beside`` where it says little alone, empty where the two cannot be held
    together.
    """
    told = telling.work
    if told.goods & named.goods or told.works & named.works or _within(named.services) & told.services:
        return "shared"
    if told.services and _within(told.services) & named.services:
        return ""  # a wide word for what the house does says nothing of one of its services
    if not (named.works or named.services) and told.goods and has_room(scope, telling.text):
        return "shared"
    if told.goods & goods(scope):
        return ""  # what its goods are for: feed for poultry
    if telling.source.endswith((ROWS, LOG)) and told.goods and told.goods <= _MATERIALS:
        return ""  # of what goods are made stands in the rows on them
    if named.services and not (named.goods or named.works):
        return "apart" if told.services or told.goods or told.works - finishes() else ""
    if named.goods and told.goods:
        return "beside" if telling.source.endswith(CASES) else "apart"
    if named.works and told.works - finishes() and not told.goods:
        return "beside" if named.goods else "apart"
    if told.works and not (told.goods or named.works or named.services):
        held = [above({good}) for good in named.goods] or [families(scope)]
        return "apart" if all(trades & never_of(work) for trades in held for work in told.works) else ""
    if named.works and told.goods and not (named.goods or told.works):
        if "printing" in named.works and (not telling.source.endswith((ROWS, LOG)) or families(telling.text) & _PACKED):
            return ""  # what is printed bears the name of what is packed in it
        made = [above({good}) for good in told.goods]
        return "apart" if all(trades & never_of(work) for trades in made for work in named.works) else ""
    if named.works and told.works and named.goods:
        return "beside"
    if named.works and told.works and not named.goods:
        return "apart" if told.works - finishes() or telling.source == "" or _says(telling) else "beside"
    if told.services and not told.goods and not told.works and not named.services:
        return "apart" if _says(telling) else ""
    return ""


def _tells_of_around(bundle: Bundle, path: str, scope: str) -> bool:
    """Whether goods of a scope that every factory buys, boxes or labels, stand in another paper or in the name of the house: they may be made."""
    bought = goods_made(scope) & around()
    texts = [fold(bundle.supplier)]
    texts += [
        paper_of(bundle, one).text for one in bundle.read if bought and one.path != path and one.kind != "certificate"
    ]
    return bool(bought) and any(goods(text) & bought for text in texts)


def _says(telling: Telling) -> bool:
    return telling.source.endswith(SAYS)


SAYS = " says"
"""Behind the path of a paper that tells in a sentence what the house does."""


def _tellings(bundle: Bundle, path: str) -> list[Telling]:
    """What all papers but one tell."""
    return [one for document, one in _told(bundle) if document != path and one.work]


@remembered
def _told(bundle: Bundle) -> list[tuple[str, Telling]]:
    """What the name of the house tells, and each of its papers, by its path."""
    """What the supplier's name and its papers tell of its own work, each with the path of its paper."""
    name = fold(bundle.supplier)
    papers = (document for document in bundle.read if document.kind != "certificate")
    return [
        ("", Telling("", name, bundle.supplier, work_of(_IN_NAMES.sub(" ", name), titled=True))),
        *((document.path, one) for document in papers for one in _told_in(bundle, document)),
    ]


def _told_in(bundle: Bundle, document: DocumentReport) -> Iterator[Telling]:
    if document.kind not in (*RULES_AND_FORMS, "corrective_action_record"):
        yield from _titles(document)
    if document.kind in RECORDS:
        yield from _products(paper_of(bundle, document))
    yield from _sentences(document)
    if document.kind not in ("manual", "blank_form", *NO_WORK):
        yield from _rows(document)
    if areas := works_of_areas(document):
        shown = ", ".join(areas)[:LONGEST_SHOWN]
        works = frozenset().union(*areas.values())
        yield Telling(f"{document.path}{AREAS}", fold(shown), shown, Work(frozenset(), works, frozenset()))
    if document.kind == "corrective_action_record" or calls_itself(document, "corrective_action"):
        yield from _cases(document)


def _products(paper: Paper) -> Iterator[Telling]:
    """What stands in the fields for a product of a record."""
    for value in dict.fromkeys(paper.products):
        yield Telling(f"{paper.document.path} product", fold(value), value, work_of(fold(value)))


NO_WORK = (
    "supplier_evaluation_record",
    "training_record",
    "internal_audit_record",
    "management_review_record",
    "corrective_action_record",
)
"""Kinds of records whose rows are of others' work, of persons, or of cases, which are told apart."""

LEAST_CELLS = 3
"""Cells of a row of a log."""

ROWS, LOG = " rows", " log"
"""Behind the path of a record whose rows tell of the work, and once more where they are many."""

_PACKED = {"packaging", "printing", "paper", "plastic", "trims"}
"""Families of what is printed for others to pack their goods in."""

_MATERIALS = frozenset(table("words")["scopes"]["materials_of_goods"])
"""Goods of which others are made."""


def _rows(document: DocumentReport) -> Iterator[Telling]:
    """The goods, works and services that most rows of a log of work name, each row with its day or the number of a lot: what is read, made and
    moved day by day is the work of the house. No log of what comes in, and none of gauges.
    """
    titles = [document.path.rsplit("/", 1)[-1]]
    titles += [
        text for passage in document.passages[:1] for text in (*passage.heading[:1], passage.text.split("\n", 1)[0])
    ]
    if any(topic.search(fold(title)) for topic in _OTHERWISE for title in titles):
        return
    rows = [
        line
        for passage in document.shown
        for line in passage.text.split("\n")
        if line.count("|") >= LEAST_CELLS - 1 and _NUMBERED.search(line.split("|", 2)[0] + "|" + line.split("|", 2)[1])
    ]
    if len(rows) < LEAST_SOURCES:
        return
    named: dict[str, list[str]] = {}
    works = {line: work_of(fold(line)) for line in rows[:MOST_ROWS]}
    for line, work in works.items():
        for kind in set().union(*work):
            named.setdefault(kind, []).append(line)
    kept = {kind for kind, lines in named.items() if len(lines) >= max(LEAST_SOURCES, len(works) // 2)}
    if kept:
        line = next(line for line, work in works.items() if kept & set().union(*work))
        told = Work(*(frozenset(kept & part) for part in works[line]))
        yield Telling(f"{document.path}{ROWS}", fold(line), line, told)
        if max(len(lines) for lines in named.values()) >= MANY_ROWS:  # a log of days says as much as a title
            yield Telling(f"{document.path}{LOG}", fold(line), line, told)


_NUMBERED = re.compile(r"\d")
MANY_ROWS, MOST_ROWS = 5, 60
"""Rows of a log that say as much as its title, and those that are looked at."""

AREAS = " areas"
"""Behind the path of an audit whose areas tell of works."""

CASES = " cases"
"""Behind the path of a record whose cases tell of goods."""


def _cases(document: DocumentReport) -> Iterator[Telling]:
    """The goods that several lines of a record of cases name: what goes wrong is mostly what is made."""
    told = [
        (line, _goods_of(fold(line)))
        for passage in document.passages
        for line in (passage.text.split("\n") if not passage.hidden else ())
    ]
    for good in sorted({good for _, named in told for good in named}):
        found = [line for line, named in told if good in named]
        if len(found) >= LEAST_SOURCES:
            yield Telling(
                f"{document.path}{CASES}", fold(found[0]), found[0], Work(frozenset([good]), frozenset(), frozenset())
            )


def _titles(document: DocumentReport) -> Iterator[Telling]:
    """The titles of a record of work, each of its sheets: no paper on what comes in."""
    titled = [document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]]
    first = document.passages[0] if document.passages else None
    if first is not None and not first.hidden:
        opening = first.text.split("\n", 1)[0]
        titled += [*first.heading[:1], *([opening] if opening.count("|") < LEAST_CELLS - 1 else [])]
    if any(topic.search(fold(title)) for topic in _OTHERWISE for title in titled):
        return
    for title in titled:
        if _WE.search(fold(title)) or _WE_DO.search(fold(title)):
            continue  # a sentence, told as one
        yield Telling(document.path, fold(title), title, work_of(fold(title), titled=True))


def _sentences(document: DocumentReport) -> Iterator[Telling]:
    """The sentences in which a paper says what the house does, without the clauses on what it does not or buys."""
    for passage in document.told:
        for sentence in _SENTENCE.split(passage.text):
            folded = fold(sentence)
            spoken = len(sentence) <= LONGEST_SENTENCE and (_WE_DO.search(folded) or _WE.search(folded))
            if not spoken:
                continue
            kept = " ".join(
                clause for clause in _CLAUSE.split(folded) if not (_DENIED.search(clause) or _BOUGHT.search(clause))
            )
            work = work_of(kept)
            if work.works or work.services or _WE_DO.search(folded):
                yield Telling(f"{document.path}{SAYS}", kept, sentence.strip(), work)


def _in_passing(bundle: Bundle, path: str, named: Work) -> tuple[bool, bool]:
    """Whether a line of another paper names work of a scope, and whether one says that it is not done in the house or is bought."""
    passing = denied = False
    for document in bundle.read:
        if document.path == path or document.kind == "certificate":
            continue
        for passage in document.passages:
            for line in passage.text.split("\n") if not passage.hidden else ():
                spoken = _WE.search(fold(line)) or _WE_DO.search(fold(line))
                if not spoken and document.kind == "supplier_evaluation_record":
                    continue  # what suppliers do is bought
                for clause in _CLAUSE.split(line):
                    if not any(one & other for one, other in zip(work_of(fold(clause)), named, strict=True)):
                        continue
                    if _CUSTOMERS.search(fold(clause)):
                        continue  # goods of a customer, on which work is done
                    if not (_DENIED.search(fold(clause)) or _BOUGHT.search(fold(clause))):
                        passing = True
                    elif spoken:
                        denied = True
    return passing, denied
