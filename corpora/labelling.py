"""Carry the author's labels over to the passages that our own extraction cut from the rendered file.

Training must see what extraction produces: lines torn by a PDF, figures misread by OCR, rows cut at five hundred characters. So the
labels travel by words: the words of the authored pieces and those of the passages are aligned in order, what does not align in
order is looked up anywhere in the document, and a passage takes the mode of its words by the rule of the rubric.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from corpora.authored import AuthoredDocument
from corpora.blocks import Label
from evidence.passages import Draft

_WORD = re.compile(r"[^\W_]+")
RECORD_SHARE = 0.22  # of the words: "record if any specific fact of execution is filled in", but not for one stray cell
OTHER_MODES = ("prescription", "template", "claim", "credential")  # each outranks 'other' once it has a real share
REAL_SHARE = 0.35
CRITERION_SHARE = 0.3
KNOWN_SHARE = 0.4  # a passage of which fewer words are found again is left out of training


def words(text: str) -> list[str]:
    """Lower-case words and numbers; Chinese and Thai runs are cut into single signs, as they have no spaces."""
    found: list[str] = []
    for word in _WORD.findall(text.lower().replace("\\n", " ")):
        if any("\u0e00" <= c <= "\u0e7f" or "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in word):
            found.extend(word)
        else:
            found.append(word)
    return found


def _furniture(document: AuthoredDocument) -> tuple[re.Pattern[str], ...]:
    """Patterns of the page head and foot as printed. "Page 3 of 5" has figures that also stand in results, so its words cannot vote."""
    found = []
    for key in ("header", "footer"):
        if line := " ".join(str(document.front.get(key) or "").split()):
            pattern = re.escape(line).replace(r"\{page\}", r"\d+").replace(r"\{pages\}", r"\d+").replace(r"\ ", r"\s*")
            found.append(re.compile(pattern, re.IGNORECASE))
    return tuple(found)


def carry(document: AuthoredDocument, drafts: Sequence[Draft]) -> list[Label | None]:
    """The label of each passage; None where too few of its words stand in what the author wrote."""
    furniture = _furniture(document)
    names = {part.name for part in document.parts if part.name}
    written: list[str] = []
    labels: list[Label] = []
    for block in document.blocks():
        for text, label in block.labelled_texts():
            tokens = words(text)
            written += tokens
            labels += [label] * len(tokens)
    for part in document.parts:  # sheet names and page heads are printed as well
        tokens = words(part.name)
        written += tokens
        labels += [Label("other")] * len(tokens)
    for key in ("header", "footer"):
        tokens = words(str(document.front.get(key) or ""))
        written += tokens
        labels += [Label("other")] * len(tokens)
    read: list[str] = []
    owner: list[int] = []
    for index, draft in enumerate(drafts):
        tokens = words(draft.text)
        read += tokens
        owner += [index] * len(tokens)
    found: list[list[Label]] = [[] for _ in drafts]
    aligned = [False] * len(read)
    for match in SequenceMatcher(None, written, read, autojunk=False).get_matching_blocks():
        for step in range(match.size):
            aligned[match.b + step] = True
            found[owner[match.b + step]].append(labels[match.a + step])
    anywhere: dict[str, Counter[Label]] = {}
    for token, label in zip(written, labels, strict=True):
        anywhere.setdefault(token, Counter())[label] += 1
    for position, token in enumerate(read):
        if not aligned[position] and token in anywhere:
            near = anywhere[token].most_common(1)[0][0]
            found[owner[position]].append(near)
    sizes = Counter(owner)
    return [
        Label("other")
        if draft.text.strip() in names or any(p.fullmatch(draft.text.strip()) for p in furniture)
        else _settle(marks, sizes[index])
        for index, (marks, draft) in enumerate(zip(found, drafts, strict=True))
    ]


def _settle(marks: Sequence[Label], size: int) -> Label | None:
    """The label of a passage from the labels of its words."""
    if not size or len(marks) < KNOWN_SHARE * size:
        return None
    modes = Counter(mark.mode for mark in marks)
    total = len(marks)
    if modes["record"] >= RECORD_SHARE * total:
        mode = "record"
    else:
        best = max(OTHER_MODES, key=lambda m: modes[m])
        mode = best if modes[best] >= REAL_SHARE * total or modes[best] >= modes["other"] else "other"
    votes = Counter(criterion for mark in marks if mark.mode == mode or mode == "other" for criterion in mark.criteria)
    chosen = [m for m in marks if m.mode == mode] or marks
    criteria = tuple(sorted(c for c, n in votes.items() if n >= CRITERION_SHARE * len(chosen)))
    return Label(mode, criteria)
