"""A small classifier trained in seconds on papers made up here, with a fake encoder: for tests of everything around it."""

from functools import cache
from unittest.mock import patch

import numpy as np

from evidence import context
from evidence.classifier import Classifier
from evidence.context import Outside
from evidence.heads import Encoders
from evidence.passages import Draft
from evidence.training import train
from evidence.training_set import Settings, TrainingDocument

QUICK = Settings(
    folds=3,
    head_strength=1.0,
    first=(30, 3, 0.3),
    second=(30, 3, 0.3),
    document=(10, 2, 0.3),
    topics=(10, 3, 0.3),
    threads=1,
)


SHIPPED_PULL = context.PULL


class LetterEncoder:
    """Texts to unit vectors by the letters they hold: enough for tests, and the same everywhere."""

    name = "letters"
    dimension = 26

    def encode(self, texts):
        rows = np.array(
            [[text.lower().count(chr(97 + k)) + 0.01 for k in range(26)] for text in texts], dtype=np.float32
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(rows) else np.zeros((0, 26), np.float32)


RECORDS = (
    "Lot 25C{n}7 checked on 1{k}.03.2025 by Hoa: 41.2{n}7 and 41.20{k}, 3 of 12{n}0 rejected for porosity.",
    "NCR 25-0{n}: die vent blocked on {k} May 2025, cleaned the same shift, 0 of 6{n}0 on re-check.",
)
RULES = (
    "The inspector {n} shall measure five pieces of each lot and must record the result in form {k}.",
    "The manager shall review complaints every month; department {n} is responsible for step {k}.",
)
BLANKS = (
    "Lot no.: ____ Date: dd/mm/yyyy Inspector: ______ | | | [Company Name {n}{k}]",
    "Cause: ______ | Action {n}: | | Due {k}: dd/mm/yy | |",
)
OTHERS = ("Page {n} of {k}. Copyright, all rights reserved.", "Contents {n} .............. {k}")


def documents(suppliers: int = 6) -> list[TrainingDocument]:
    """A record, a procedure and a blank form a supplier."""
    found = []
    for s in range(suppliers):
        for kind, reading, mode, texts in (
            ("traceability_record", "living", "record", RECORDS),
            ("procedure", "static", "prescription", RULES),
            ("blank_form", "static", "template", BLANKS),
        ):
            lines = [text.format(n=n, k=(n + s) % 9 + 1) for n in range(1, 5) for text in texts] + [
                OTHERS[s % 2].format(n=s + 1, k=9)
            ]
            drafts = tuple(Draft(f"{s}{kind}{i}", line, (), 1) for i, line in enumerate(lines))
            modes = (*[mode] * (len(lines) - 1), "other")
            criteria = (*[("traceability",)] * (len(lines) - 1), ())
            found.append(
                TrainingDocument(
                    f"s{s}/{kind}",
                    f"s{s}",
                    Outside(f"{kind}.pdf", "application/pdf", 1),
                    drafts,
                    modes,
                    criteria,
                    kind,
                    reading,
                )
            )
    return found


@cache
def artefact():
    """The trained artefact, trained once a test run, as far leaning as what ships whatever the first test that asks has set."""
    with patch.object(context, "PULL", SHIPPED_PULL):
        return train(documents(), Encoders(LetterEncoder()), QUICK, say=lambda line: None)


def classifier() -> Classifier:
    """A classifier on the small model."""
    return Classifier(artefact(), Encoders(LetterEncoder()))
