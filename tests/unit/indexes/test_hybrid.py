from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from indexes.embedder import FakeEmbedder
from indexes.errors import IndexBusy, WrongShape
from indexes.hybrid import HybridIndex, IndexItem, Vector
from indexes.terms import Term, Termbase


class Foreign(FakeEmbedder):
    def __init__(self) -> None:
        super().__init__(dimension=32)


PASSAGES = [
    IndexItem(1, "The die vent was blocked by flash, porosity on lot 24C07B2."),
    IndexItem(2, "Vent cleaning was verified on three lots.", title="CAPA-25-017"),
    IndexItem(3, "Biên bản đánh giá nội bộ 2024: ba điểm không phù hợp.", "vi"),
    IndexItem(4, "Canteen menu of the week: rice and fish."),
]


def make(folder: Path | None = None, **more: object) -> HybridIndex:
    return HybridIndex(folder, FakeEmbedder(), Foreign(), **more)  # type: ignore[arg-type]


@pytest.fixture(params=["memory", "folder"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HybridIndex]:
    found = make(tmp_path / "index" if request.param == "folder" else None)
    found.upsert(PASSAGES)
    yield found
    found.close()


def ids(index: HybridIndex, query: str, **more: object) -> list[int]:
    return [hit.id for hit in index.search(query, **more)]  # type: ignore[arg-type]


def test_a_hit_says_what_matched_in_the_words_of_the_passage(index: HybridIndex) -> None:
    hit = index.search("vents blocked")[0]
    assert hit.id == 1
    assert hit.matched_terms == ("vent", "blocked")
    assert set(hit.legs) <= {"words", "meaning", "languages", "numbers"}
    assert 0 < hit.score <= 1


def test_each_passage_is_embedded_by_the_model_of_its_language(index: HybridIndex) -> None:
    made = index.vectors_for(["a vent", "lỗ thoát khí", "x"], ["en", "vi", ""])
    assert [found[0].model for found in made] == ["fake-64", "fake-32", "fake-64"]
    assert index.verify().counts == {"words": 4, "fake-64": 3, "fake-32": 1}


def test_vectors_of_the_database_are_used_as_they_are() -> None:
    index = make()
    vector = Vector("fake-64", FakeEmbedder().encode(["porosity"])[0])
    index.upsert([IndexItem(9, "nothing of the kind", vectors=(vector,))])
    assert ids(index, "porosity") == [9]


def test_several_rows_may_come_flat_as_a_database_keeps_them() -> None:
    rows = FakeEmbedder().encode(["middle", "porosity", "hardness"])
    index = make()
    index.upsert([IndexItem(9, "long text", vectors=(Vector("fake-64", rows.ravel()),)), PASSAGES[3]])
    assert ids(index, "porosity")[0] == 9
    assert index.verify().sound


def test_vectors_of_a_strange_model_or_shape_change_nothing() -> None:
    index = make()
    index.upsert(PASSAGES)
    for vector in (Vector("other", np.ones(64)), Vector("fake-64", np.ones(63)), Vector("fake-64", np.ones(0))):
        with pytest.raises(WrongShape):
            index.upsert([IndexItem(1, "new text", vectors=(vector,))])
    assert ids(index, "porosity") == [1]


def test_only_allowed_passages_are_found(index: HybridIndex) -> None:
    assert ids(index, "vent", allowed_ids={2, 4}) == [2]
    assert ids(index, "vent", allowed_ids=np.array([4])) == []
    assert ids(index, "vent", allowed_ids=[]) == []
    assert len(ids(index, "vent lots", limit=1)) == 1


def test_phrases_and_exclusions_hold_for_hits_by_meaning_too(index: HybridIndex) -> None:
    assert ids(index, '"vent cleaning"') == [2]
    assert ids(index, "vent -porosity") == [2]


def test_a_passage_written_again_is_replaced_even_in_another_language(index: HybridIndex) -> None:
    index.upsert([IndexItem(1, "Độ cứng đạt yêu cầu.", "vi")])
    assert ids(index, "porosity") == []
    assert ids(index, "do cung") == [1]
    assert index.verify().sound
    assert len(index) == 4


def test_a_removed_passage_is_not_found_from_that_moment(index: HybridIndex) -> None:
    index.remove([1, 404])
    assert ids(index, "porosity") == []
    assert len(index) == 3
    assert index.verify(expected=[2, 3, 4]).sound


def test_verify_names_what_differs_from_the_database(index: HybridIndex) -> None:
    found = index.verify(expected=[1, 2, 3, 5])
    assert found.not_indexed == (5,)
    assert found.not_in_database == (4,)
    assert not found.sound


def test_an_irrelevant_question_finds_nothing(index: HybridIndex) -> None:
    assert ids(index, "quarterly opera tickets") == []
    assert ids(index, "") == []
    assert ids(index, "-vent") == []


def test_a_question_finds_passages_through_the_termbase() -> None:
    index = make(termbase=Termbase([Term("audit", {"en": ("internal audit",), "vi": ("đánh giá nội bộ",)})]))
    index.upsert(PASSAGES)
    hit = index.search("internal audit")[0]
    assert hit.id == 3
    assert hit.matched_terms == ("đánh", "giá", "nội", "bộ")


def test_what_was_flushed_is_there_again(tmp_path: Path) -> None:
    index = make(tmp_path)
    index.upsert(PASSAGES)
    index.flush(mark=17)
    index.close()
    again = make(tmp_path)
    assert again.mark == 17
    assert again.verify(expected=[1, 2, 3, 4]).sound
    assert ids(again, "porosity") == [1]


def test_one_process_writes_and_others_see_it_after_refresh(tmp_path: Path) -> None:
    writer, reader = make(tmp_path), make(tmp_path)
    writer.upsert(PASSAGES)
    writer.flush(1)
    with pytest.raises(IndexBusy):
        reader.upsert(PASSAGES)
    reader.refresh()
    assert ids(reader, "porosity") == [1]
    assert reader.mark == 1
    writer.remove([1])
    writer.flush(2)
    reader.refresh()
    assert ids(reader, "porosity") == []
    writer.close()
    reader.upsert([IndexItem(8, "porosity again")])
    assert ids(reader, "porosity") == [8]


def test_a_rebuild_replaces_everything_and_readers_follow(tmp_path: Path) -> None:
    writer = make(tmp_path)
    writer.upsert(PASSAGES)
    writer.flush(1)
    reader = make(tmp_path)
    assert writer.rebuild(iter([IndexItem(7, "hardness test of the pin")]), mark=5) == 1
    assert ids(reader, "porosity") == [1]
    reader.refresh()
    assert ids(reader, "porosity") == []
    assert ids(reader, "hardness") == [7]
    assert reader.mark == 5
    assert [path.name for path in tmp_path.glob("generation-*")] == ["generation-1"]


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[IndexItem]:
        yield IndexItem(7, "hardness")
        raise OSError("the database went away")

    index = make(tmp_path)
    index.upsert(PASSAGES)
    index.flush(1)
    with pytest.raises(OSError, match="went away"):
        index.rebuild(broken())
    assert ids(index, "porosity") == [1]
    index.close()
    assert ids(make(tmp_path), "porosity") == [1]


def test_a_damaged_file_is_set_aside_and_asks_for_all_changes_again(tmp_path: Path) -> None:
    index = make(tmp_path)
    index.upsert(PASSAGES)
    index.flush(9)
    index.close()
    path = tmp_path / "generation-0" / "dense-fake-64.faiss"
    path.write_bytes(path.read_bytes()[:-1])
    again = make(tmp_path)
    assert again.mark == 0
    assert again.damaged == ("dense-fake-64.faiss",)
    assert not again.verify().sound
    again.upsert(PASSAGES)
    again.flush(9)
    again.close()
    assert make(tmp_path).verify(expected=[1, 2, 3, 4]).sound


def test_a_damaged_lexical_index_is_set_aside(tmp_path: Path) -> None:
    index = make(tmp_path)
    index.upsert(PASSAGES)
    index.flush(9)
    index.close()
    (tmp_path / "generation-0" / "lexical-1" / "meta.json").write_text("{")
    again = make(tmp_path)
    assert len(again) == 0
    assert again.mark == 0
    assert again.rebuild(PASSAGES, 9) == 4
    assert ids(again, "porosity") == [1]


def test_another_model_begins_a_new_index(tmp_path: Path) -> None:
    index = make(tmp_path)
    index.upsert(PASSAGES)
    index.flush(9)
    index.close()
    other = HybridIndex(tmp_path, FakeEmbedder(16))
    assert other.mark == 0
    assert len(other) == 0


def test_nothing_on_disk_is_half_written_after_a_crash_between_two_flushes(tmp_path: Path) -> None:
    index = make(tmp_path)
    index.upsert(PASSAGES[:2])
    index.flush(2)
    index.upsert(PASSAGES[2:])
    index.remove([1])
    index.close()  # the process ends here: words are written, vectors and mark are not
    again = make(tmp_path)
    assert again.mark == 2
    assert ids(again, "porosity") == []
    again.remove([1])
    again.upsert(PASSAGES[2:])
    assert again.verify(expected=[2, 3, 4]).sound
