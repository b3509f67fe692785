"""Tasks of running text that end in who and until when, with a sentence behind that says that nothing came of them: ``From January: buy a
gauge, Ufuk, 31.03.2026. Not even ordered.``

Value as that of the other tasks of lines. The paper must name, before the task, a later day than the one promised: what was written earlier says nothing.
"""

import re
from collections.abc import Iterator, Sequence

from evidence.facts.case_heads import LONGEST_NAME, MAX_VALUE
from evidence.facts.case_letters import Told, sentences
from evidence.facts.columns import put_off_to, state_of, tells_done
from evidence.facts.days import days_in
from evidence.facts.sources import Source
from evidence.facts.text import fold, phrases
from evidence.model import Passage

LONGEST_STATE = 80
"""Letters of a sentence that only says how a thing stands."""

LEAST_TOLD = 8
"""Letters of what is to be done; a third of them in scripts in which a sign says more."""


def left_tasks(source: Source, passages: Sequence[Passage]) -> Iterator[tuple[Told, dict[str, object]]]:
    """The sentences that tell of such a task, and the task."""
    told = list(sentences(passages))
    latest, read = "", 0  # the last day that the text before a task names: a next meeting stands behind
    for at, one in enumerate(told):
        found = _task_of(source, one)
        if found is None:
            continue
        what, due, state = found
        behind = told[at + 1] if at + 1 < len(told) else None
        if not state and behind and behind.passage is one.passage and _in_one_line(one, behind):
            state = behind.span.text
        if not state or len(state) > LONGEST_STATE or state_of(state) != "open" or tells_done(fold(state)):
            continue
        if _OF_OTHERS.search(one.folded) or _NO_TROUBLE.search(fold(state)):
            continue
        if tells_done(_TO_COME.sub("", fold(what))) or _KEPT.search(fold(what)):
            continue
        for before in told[read:at]:
            latest = max(latest, *(day for _, _, day in days_in(source, before.span.text)), "")
        read = at
        if not latest > due:
            continue
        yield (
            one,
            {
                "action": what[:MAX_VALUE],
                "due": put_off_to(source, state) or due,
                "labels": ["action", "due", "status"],
                "status": state[:MAX_VALUE],
            },
        )


def _task_of(source: Source, one: Told) -> tuple[str, str, str] | None:
    """What is to be done, until when, and what stands behind in the same sentence, where who does it stands beside the day."""
    text = one.span.text
    for begin, end, day in days_in(source, text):
        before, behind = text[:begin].rstrip(" (（"), text[end:].lstrip(" )）")
        pieces = [piece.strip() for piece in _PIECES.split(before) if piece.strip()]
        if len(pieces) < LEAST_PIECES or not _is_name(pieces[-1]):
            continue
        what = ", ".join(pieces[:-1])
        letters = sum(map(str.isalpha, what))
        if letters >= (LEAST_TOLD if " " in what else LEAST_TOLD // 3) and (not behind or behind[0] in _SIGNS):
            return what, day, behind.strip(_SIGNS + " ")
    return None


LEAST_PIECES = 2
"""What, and who."""

_PIECES = re.compile(r"\s?[,;，；、(（]\s?|\s[–—-]\s|\s/\s")
_SIGNS = ",;:.，；：。-–—"


def _is_name(text: str) -> bool:
    """Whether a piece can be who does a thing: short, in few words, the first of them a name where letters have capitals."""
    dense = any(char > "\u0e00" and not "\u1e00" <= char < "\u2000" for char in text)
    short = len(text) <= (LONGEST_NAME // 2 if dense else LONGEST_NAME) and len(text.split()) <= MOST_WORDS
    return short and not any(map(str.isdigit, text)) and (dense or text[:1].isupper())


MOST_WORDS = 3
"""Words of a name with its title."""


def _in_one_line(one: Told, behind: Told) -> bool:
    return "\n" not in one.passage.text[one.span.end : behind.span.start]


_NO_TROUBLE = phrases("tasks", "no_trouble")
_OF_OTHERS = phrases("tasks", "of_others")
_KEPT = phrases("audits_flags", "kept")
"""What is approved, available or carried out is no task that is left."""
_TO_COME = re.compile(r"to be [^\W\d_]+(?: and [^\W\d_]+)?")
