"""Teaching the English encoder what the labels say, with honest answers about suppliers it was not taught on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from evidence.context import around_texts
from evidence.figures import Labels
from evidence.heads import Encoders, Matrix
from evidence.taught import EXCLUSIVE, targets, unread
from evidence.training_set import Prepared, Settings, as_sent, in_other_format

ALONE = 0.35  # share of the texts that a round of teaching shows without what stands around them


@dataclass(frozen=True)
class Lessons:
    """What teaching the encoder brought: its weights, and its logits for each passage in its place and as a bare text.

    Logits are n x ``taught.WIDTH``, of an encoder that never saw the supplier; NaN where the passage is not English.
    """

    weights: dict[str, Any]
    placed: Matrix
    bare: Matrix


def teach(corpus: Prepared, encoders: Encoders, settings: Settings, say: Callable[[str], None] = print) -> Lessons:
    """Teach the English encoder on all suppliers that may teach it, and on each half of them for honest logits on the other half."""
    placed, bare = unread(len(corpus.drafts)), unread(len(corpus.drafts))
    english = np.flatnonzero([draft.language == "en" for draft in corpus.drafts])
    taught_on = np.flatnonzero([corpus.documents[i].teaches_encoder for i in corpus.owner[english]])
    if encoders.tuner is None or len(set(corpus.groups[english[taught_on]])) < 2:
        return Lessons({}, placed, bare)
    say("teaching the encoder")
    around = [line for d in corpus.documents for line in around_texts(d.drafts, d.outside)]
    texts = [corpus.drafts[i].text for i in english]
    owner = corpus.owner[english]
    wanted = targets(corpus.modes[english], corpus.kinds[owner], corpus.readings[owner], corpus.criteria[english])
    # A round shows every document once: as it was sent, then in its other format. Small pieces bring time and nothing else.
    shown = [np.array([test(corpus.documents[i]) for i in owner]) for test in (as_sent, in_other_format)]
    lesson = encoders.tuner.lesson(
        [("", x) for x in texts] + list(zip((around[i] for i in english), texts, strict=True)), say
    )
    n = len(english)

    def taught(rows: Labels) -> dict[str, Any]:
        draw = np.random.default_rng(settings.seed)
        rounds = []
        for number in range(settings.rounds):
            chosen = rows[shown[number % 2][rows]]
            chosen = chosen if len(chosen) else rows[shown[0][rows]]
            rounds.append(np.where(draw.random(len(chosen)) < ALONE, chosen, chosen + n).tolist())
        return lesson.teach(rounds, np.vstack([wanted, wanted]), EXCLUSIVE, settings.seed)

    def judged(weights: dict[str, Any], rows: Labels) -> None:
        bare[english[rows]] = lesson.ask(weights, rows.tolist())
        placed[english[rows]] = lesson.ask(weights, (rows + n).tolist())

    for learn, judge in GroupKFold(2, shuffle=True, random_state=settings.seed).split(
        taught_on, groups=corpus.groups[english[taught_on]]
    ):
        judged(taught(taught_on[learn]), taught_on[judge])
    whole = taught(taught_on)
    judged(whole, np.setdiff1d(np.arange(n), taught_on))  # suppliers that it never saw either
    return Lessons(whole, placed, bare)
