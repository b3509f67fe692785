"""Small indexes for tests: four passages, embedders that are fakes, and changes as a database tells them."""

from pathlib import Path
from typing import Any

from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from indexes.items import Changes, ChangesOf, IndexItem
from indexes.ranking import Ranking


class Foreign(FakeEmbedder):
    def __init__(self) -> None:
        super().__init__(dimension=32)


STRICT = Ranking(shown_near=0.3, like_meaning=0.7, like_languages=0.7)
PASSAGES = [
    IndexItem(1, "The die vent was blocked by flash, porosity on lot 24C07B2."),
    IndexItem(2, "Vent cleaning was verified on three lots.", title="CAPA-25-017"),
    IndexItem(3, "Biên bản đánh giá nội bộ 2024: ba điểm không phù hợp.", "vi"),
    IndexItem(4, "Canteen menu of the week: rice and fish."),
]


def make(folder: Path | None = None, **more: Any) -> HybridIndex:
    # Strangers are as near as 0.3 to each other in the few dimensions of the fakes.
    return HybridIndex(folder, FakeEmbedder(), Foreign(), **{"ranking": STRICT, **more})


def ids(index: HybridIndex, query: str, **more: Any) -> list[int]:
    return [hit.id for hit in index.search(query, **more)]


def journal(stored: dict[int, list[IndexItem]], gone: dict[int, list[int]] | None = None) -> ChangesOf:
    """Changes as a database tells them: what came and what went, by version."""

    def between(after: int, until: int) -> Changes:
        versions = range(after + 1, until + 1)
        lost = [number for version in versions for number in (gone or {}).get(version, [])]
        latest = {item.id: item for version in versions for item in stored.get(version, []) if item.id not in lost}
        return Changes(lost, list(latest.values()))

    return between
