"""Names of companies in two scripts: how many are known for one, and how many of two companies are told apart or taken for one."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

from anyascii import anyascii

from benchmarks.reporting.reading import Pipeline
from evidence.names import same_company, tokens

PAIRS = Path(__file__).parents[2] / "corpora" / "facts" / "names_in_two_scripts.tsv"
OTHERS = 10
"""Names of other companies of the script that each is held against, at most."""
SCRIPTS = {"zh": "Chinese", "ko": "Korean", "th": "Thai"}


def plain(latin: str, signs: str) -> bool:
    """The plain way: a word of the name stands in the other one as it is read sign by sign."""
    return any(word in anyascii(signs).lower() for word in tokens(latin))


def measure(pipeline: Pipeline) -> dict[str, Any]:
    """For each script: pairs of one company known for one and called two, pairs of two companies likewise, ours and the plain way."""
    del pipeline  # no paper is read
    rows = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#")]
    draw, result = random.Random(20261128), {}
    for script in SCRIPTS:
        pairs = [(latin, signs) for known, latin, signs in rows if known == script]
        strangers = [
            (latin, other)
            for latin, signs in pairs
            for other in draw.sample([name for _, name in pairs if name != signs], min(OTHERS, len(pairs) - 1))
        ]
        result[script] = {
            "pairs": _counted(pairs),
            "plain_pairs": sum(plain(*pair) for pair in pairs),
            "strangers": _counted(strangers),
            "plain_strangers": sum(plain(*pair) for pair in strangers),
        }
    return result


def _counted(pairs: list[tuple[str, str]]) -> dict[str, int]:
    said = Counter(same_company(*pair) for pair in pairs)
    return {"of": len(pairs), "one": said[True], "two": said[False]}


def lines(result: dict[str, Any]) -> list[str]:
    """A line a script."""
    return [
        f"names, {SCRIPTS[script]}: of {found['pairs']['of']} in two scripts {found['pairs']['one']} known for one (plain way {found['plain_pairs']}),"
        f" {found['pairs']['two']} called two; of {found['strangers']['of']} pairs of strangers {found['strangers']['two']} told apart,"
        f" {found['strangers']['one']} taken for one (plain way {found['plain_strangers']})"
        for script, found in result.items()
    ]
