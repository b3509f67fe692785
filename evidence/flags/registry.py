"""The registry of flag rules and how their findings become flags.

The texts and thresholds are data (``flags.toml``).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.bundle import Bundle
from evidence.data import table
from evidence.model import Citation, Flag
from evidence.wording import list_of
from evidence.wording import name_of as name_of

SHOWN = 4
"""Findings told in words before the rest is only counted: a flag is read, not studied."""

MAX_CITATIONS = 12
"""Citations of one flag."""


@dataclass(frozen=True)
class Finding:
    """One thing a rule saw: the words that fill the sentence, and where it stands.

    ``takes`` are documents that lose their worth as evidence, where the flag discounts at all (the later one of two
    copies, not both).
    """

    words: Mapping[str, Any]
    citations: tuple[Citation | None, ...] = ()
    takes: tuple[str, ...] = ()


Rule = Callable[[Bundle, Mapping[str, Any]], Iterator[Finding]]
RULES: dict[str, Rule] = {}


def rule(identity: str) -> Callable[[Rule], Rule]:
    """Register a rule under a flag id that ``flags.toml`` describes."""

    def register(function: Rule) -> Rule:
        if identity in RULES:
            raise ValueError(f"two rules for {identity}")
        RULES[identity] = function
        return function

    return register


def settings_of(bundle: Bundle, identity: str) -> dict[str, Any]:
    """Texts and thresholds of a flag, with what the workspace set."""
    data: dict[str, Any] = dict(table("flags")[identity])
    prefix = f"{identity}."
    for name, value in bundle.settings.thresholds.items():
        if name.startswith(prefix):
            data[name.removeprefix(prefix)] = value
    return data


def find(bundle: Bundle) -> tuple[tuple[Flag, ...], dict[str, tuple[str, ...]]]:
    """All flags, the gravest first, and for each that discounts the documents that lose their worth."""
    flags: list[Flag] = []
    taken: dict[str, tuple[str, ...]] = {}
    for identity, data in table("flags").items():
        function = RULES.get(identity)
        if function is None or identity in bundle.settings.silenced:
            continue
        merged = settings_of(bundle, identity)
        findings = list(function(bundle, merged))
        if not findings:
            continue
        flags.append(_flag(identity, merged, findings))
        if data.get("discounts"):
            taken[identity] = tuple(dict.fromkeys(path for finding in findings for path in finding.takes))
    order = {"high": 0, "medium": 1, "low": 2}
    place = {identity: index for index, identity in enumerate(table("flags"))}
    return tuple(sorted(flags, key=lambda flag: (order[flag.severity], place[flag.id]))), taken


def _flag(identity: str, data: Mapping[str, Any], findings: list[Finding]) -> Flag:
    sentences = list(dict.fromkeys(_filled(str(data["sentence"]), finding.words) for finding in findings))
    more = len(sentences) - SHOWN
    explanation = " ".join(sentences[:SHOWN]) + (
        f" And {more} more like {'these' if more > 1 else 'this'}." if more > 0 else ""
    )
    citations = tuple(
        dict.fromkeys(citation for finding in findings for citation in finding.citations if citation is not None)
    )
    return Flag(
        id=identity, severity=data["severity"], title=data["title"], explanation=explanation, innocent=data["innocent"],
        citations=citations[:MAX_CITATIONS], ask=_filled(str(data["ask"]), _asked(findings)),
    )  # fmt: skip


def _filled(sentence: str, words: Mapping[str, Any]) -> str:
    """A sentence with its words: the cells of a quoted row apart by commas, one full stop where a word ends in one."""
    told = {
        name: ", ".join(part.strip(" |") for part in word.split(" | ") if part.strip(" |"))
        if isinstance(word, str)
        else word
        for name, word in words.items()
    }
    return re.sub(r"(?<!\.)\.\.$", ".", sentence.format(**told))


def _asked(findings: list[Finding]) -> dict[str, Any]:
    """The words that fill the ask: those of the first finding, with every topic that the findings are about."""
    topics = list(dict.fromkeys(str(finding.words["topic"]) for finding in findings if "topic" in finding.words))
    return {**findings[0].words, **({"topic": list_of(topics[:SHOWN])} if topics else {})}


def line_at(text: str, at: int) -> str:
    """The line of a text in which a place stands, 300 characters of it at most."""
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[begin : end if end >= 0 else len(text)][:300]
