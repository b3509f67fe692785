"""Lines of JSON in, lines of JSON out, in batches."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from evidence.model import Passage
from service.errors import WrongUse


class TextClassifier(Protocol):
    """Judges bare texts; ``evidence.classifier.Classifier`` is the real one."""

    def classify_texts(self, texts: Sequence[str]) -> list[Passage]:
        """One passage a text, in order."""
        ...


def answers(lines: Iterable[bytes], classifier: TextClassifier, batch: int) -> Iterator[str]:
    """An answer for each line that holds a passage, in order; raises WrongUse that names a line which does not."""
    asked = _asked(lines)
    while chunk := list(islice(asked, batch)):
        passages = classifier.classify_texts([text for _, text in chunk])
        for (identifier, _), passage in zip(chunk, passages, strict=True):
            answer = {"id": identifier, "mode": passage.mode, "modes": passage.modes, "criteria": passage.criteria}
            yield json.dumps(answer, ensure_ascii=False)


def _asked(lines: Iterable[bytes]) -> Iterator[tuple[object, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            identifier, text = row["id"], row["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError) as problem:
            raise WrongUse(
                f'Line {number} is not of the form {{"id": ..., "text": "..."}}.',
                "Correct the line; the ones before it are answered.",
            ) from problem
        yield identifier, text
