"""Indexes in a folder: what stays after a process ends, what others see, and what is damaged."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexes import codes
from indexes.embedder import FakeEmbedder
from indexes.errors import IndexBusy
from indexes.hybrid import HybridIndex
from indexes.items import Changes, IndexItem
from indexes.lexical import LEXICAL_FORMAT
from tests.unit.indexes.passages import PASSAGES, ids, journal, make


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
    reader.refresh()
    assert ids(reader, "porosity") == [1]
    assert reader.mark == 1
    writer.remove([1])
    writer.flush(2)
    reader.refresh()
    assert ids(reader, "porosity") == []
    reader.upsert([IndexItem(8, "porosity again")])
    assert ids(reader, "porosity") == [8]


def test_a_process_that_cannot_write_says_so_and_still_takes_in_the_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexes.folder.PATIENCE_SECONDS", 0.05)
    writer, other = make(tmp_path), make(tmp_path)
    changes = journal({1: PASSAGES})
    with writer._folder.lock():
        assert not other.catch_up(1, changes)
        with pytest.raises(IndexBusy), other._folder.lock(patience=0.05):
            pass
        assert ids(other, "vents blocked") == []
    assert other.catch_up(1, changes)
    assert ids(other, "vents blocked")[0] == 1


def test_two_processes_keep_up_whoever_hears_first(tmp_path: Path) -> None:
    one, two = make(tmp_path), make(tmp_path)
    changes = journal({1: PASSAGES[:2], 3: PASSAGES[2:]}, {2: [1]})
    assert one.catch_up(1, changes)
    assert two.catch_up(2, changes)
    assert one.catch_up(2, changes)
    assert ids(one, "porosity") == []
    assert one.catch_up(3, changes)
    assert two.catch_up(3, changes)
    for index in (one, two):
        assert index.verify(expected=[2, 3, 4]).sound
        assert index.mark == 3
    one.flush()
    assert not two.unwritten
    assert make(tmp_path).mark == 3


def test_a_crash_between_words_and_vectors_is_made_good(tmp_path: Path) -> None:
    changes = journal({1: PASSAGES[:2], 2: PASSAGES[2:]})
    index = make(tmp_path)
    index.catch_up(1, changes)
    index.flush()
    index.catch_up(2, changes)  # words are on disk, vectors are not: the process ends here
    again = make(tmp_path)
    assert again.mark == 1
    assert again.catch_up(2, changes)
    assert again.verify(expected=[1, 2, 3, 4]).sound


def test_a_crash_after_the_words_and_before_their_mark_repeats_them(tmp_path: Path) -> None:
    changes = journal({1: PASSAGES})
    index = make(tmp_path)
    index.catch_up(1, changes)
    (tmp_path / "generation-0" / "words.mark").unlink()
    again = make(tmp_path)
    assert again.catch_up(1, changes)
    assert again.verify(expected=[1, 2, 3, 4]).sound


def test_many_vectors_are_put_into_cells_which_other_processes_take_up(tmp_path: Path) -> None:
    many = [IndexItem(number, f"porosity on lot {number}") for number in range(1, 301)]
    changes = journal({1: many, 2: [IndexItem(500, "hardness of the pin")]}, {2: [7]})
    one, two = make(tmp_path, flat_limit=100), make(tmp_path, flat_limit=100)
    assert one.catch_up(1, changes)
    assert two.catch_up(1, changes)
    assert one.compact()
    assert not one.compact()
    for index in (one, two):
        assert index.catch_up(2, changes)
        assert index._live.dense["fake-64"].trained
        assert not index.crowded
        assert index.verify(expected=[n for n in range(1, 301) if n != 7] + [500]).sound
        assert ids(index, "hardness pin")[0] == 500
    one.flush()
    third = make(tmp_path, flat_limit=100)
    assert third.mark == 2
    assert third.verify(expected=[n for n in range(1, 301) if n != 7] + [500]).sound


def test_damaged_cells_are_set_aside_and_everything_is_asked_for_again(tmp_path: Path) -> None:
    many = [IndexItem(number, f"porosity on lot {number}") for number in range(1, 301)]
    changes = journal({1: many})
    index = make(tmp_path, flat_limit=100)
    index.catch_up(1, changes)
    index.compact()
    rows = next((tmp_path / "generation-0").glob("*.rows"))
    rows.write_bytes(rows.read_bytes()[:-5])
    assert index.verify().damaged
    again = make(tmp_path, flat_limit=100)
    assert again.mark == 0
    assert again.catch_up(1, changes)
    assert again.verify(expected=range(1, 301)).not_indexed == ()
    assert list((tmp_path / "generation-0").glob("*.damaged-*"))


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


def test_who_catches_up_while_another_makes_the_index_anew_opens_the_new_one(tmp_path: Path) -> None:
    told = journal({1: PASSAGES[:2], 2: PASSAGES[2:]})
    one, two = make(tmp_path), make(tmp_path)
    assert one.catch_up(1, told)
    assert two.catch_up(2, told)

    def changes(after: int, until: int) -> Changes:
        two.rebuild(PASSAGES, 2)  # the files that the first has open are gone from here on
        return told(after, until)

    assert one.catch_up(2, changes)
    assert one.verify(expected=[1, 2, 3, 4]).sound
    two.rebuild(PASSAGES[:1], 3)
    one.refresh()
    assert one.verify(expected=[1]).sound


def test_files_that_another_replaced_while_they_were_read_are_not_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = journal({1: PASSAGES[:2], 2: PASSAGES[2:]})
    one, two = make(tmp_path), make(tmp_path)
    assert one.catch_up(1, changes)
    one.flush()
    load, others = two._live.load, iter([True])

    def late(files: dict[str, tuple[str, str]]) -> list[str]:
        if next(others, False):
            one.catch_up(2, changes)
            one.flush()  # sweeps what the state named when it was read
        return load(files)

    monkeypatch.setattr(two._live, "load", late)
    two.refresh()
    assert two.damaged == ()
    assert two.mark == 2
    assert two.verify(expected=[1, 2, 3, 4]).sound


def test_cells_in_the_making_outlive_what_another_process_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [IndexItem(number, f"porosity on lot {number}") for number in range(1, 301)]
    changes = journal({1: many, 2: [IndexItem(500, "hardness of the pin")]})
    one, two = make(tmp_path, flat_limit=100), make(tmp_path, flat_limit=100)
    assert one.catch_up(1, changes)
    assert two.catch_up(1, changes)
    flush = one.flush

    def others_first() -> None:
        assert two.catch_up(2, changes)
        two.flush()
        flush()

    monkeypatch.setattr(one, "flush", others_first)
    assert one.compact()
    monkeypatch.undo()
    assert one.catch_up(2, changes)
    one.flush()
    assert one.verify(expected=[*range(1, 301), 500]).damaged == ()
    assert not list(tmp_path.glob("generation-*/*.damaged-*"))


def test_codes_that_another_process_swept_are_not_named_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [IndexItem(number, f"porosity on lot {number}") for number in range(1, 301)]
    changes = journal({1: many, **{n: [IndexItem(500 + n, f"hardness of pin {n}")] for n in (2, 3, 4)}})
    one, two = make(tmp_path, flat_limit=100), make(tmp_path, flat_limit=100)
    for index in (one, two):
        assert index.catch_up(1, changes)
    flush = one.flush

    def others_first() -> None:
        assert two.catch_up(2, changes)
        two.flush()
        flush()  # the other is ahead, so nobody names the new codes

    monkeypatch.setattr(one, "flush", others_first)
    assert one.compact()
    monkeypatch.undo()
    for version, index in ((3, two), (4, one), (4, one)):
        assert index.catch_up(version, changes)
        index.flush()
    opened = make(tmp_path, flat_limit=100)
    assert (opened.damaged, opened.mark) == ((), 4)
    assert opened.verify(expected=[*range(1, 301), 502, 503, 504]).sound


def test_who_has_few_loose_vectors_takes_up_the_codes_of_another_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those it stood on are swept, so it must not name them again."""
    many = [IndexItem(number, f"porosity on lot {number}") for number in range(1, 231)]
    changes = journal({1: many[:110], 2: many[110:], 4: [IndexItem(500, "hardness")]}, {3: list(range(200, 231))})
    one, two = make(tmp_path, flat_limit=100), make(tmp_path, flat_limit=100)
    assert one.catch_up(1, changes)
    assert one.compact()
    two.refresh()
    for index in (one, two):
        assert index.catch_up(2, changes)
    train = one._live.train

    def fewer_meanwhile(model: str, number: int) -> None:
        train(model, number)
        assert two.catch_up(3, changes)

    monkeypatch.setattr(one._live, "train", fewer_meanwhile)
    assert one.compact()
    monkeypatch.undo()
    for version, index in ((3, one), (4, two)):
        assert index.catch_up(version, changes)
        index.flush()
    opened = make(tmp_path, flat_limit=100)
    assert (opened.damaged, opened.mark) == ((), 4)
    assert opened.verify(expected=[*range(1, 200), 500]).sound


def test_what_another_process_writes_while_codes_are_made_is_not_mixed_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [IndexItem(number, f"porosity on lot {number}") for number in range(1, 301)]
    changes = journal({1: many, 3: [IndexItem(500, "hardness")]}, {2: [7]})
    one, two = make(tmp_path, flat_limit=100), make(tmp_path, flat_limit=100)
    for index in (one, two):
        assert index.catch_up(1, changes)
    build = codes.build

    def others_meanwhile(*given: Any) -> codes.Codes:
        for index in (two, one):
            assert index.catch_up(2, changes)
            index.flush()
        return build(*given)

    monkeypatch.setattr(codes, "build", others_meanwhile)
    assert one.compact()
    opened = make(tmp_path, flat_limit=100)
    assert opened.catch_up(3, changes)
    assert opened.verify(expected=[*range(1, 7), *range(8, 301), 500]).sound
    assert {len(dense) for dense in opened._live.dense.values()} == {300}


def test_what_a_process_left_that_was_ended_while_it_made_codes_is_swept(tmp_path: Path) -> None:
    index = make(tmp_path)
    index.upsert(PASSAGES)
    index.flush(1)
    left = next(tmp_path.glob("generation-*")) / ".dense-fake-64-7-codes.4711.rows"
    left.write_bytes(b"0" * 1000)
    with index._folder.lock("compact"):
        index.flush(2)
        assert left.exists()  # it may be in the making
    index.flush(3)
    assert not left.exists()


def test_cells_of_an_index_that_was_made_anew_meanwhile_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [IndexItem(number, f"porosity on lot {number}") for number in range(1, 301)]
    one, two = make(tmp_path, flat_limit=100), make(tmp_path, flat_limit=100)
    assert one.catch_up(1, journal({1: many}))
    train = one._live.train

    def too_late(model: str, number: int) -> None:
        two.rebuild(many, 1)
        train(model, number)

    monkeypatch.setattr(one._live, "train", too_late)
    assert not one.compact()
    one.refresh()
    assert one.verify(expected=range(1, 301)).sound


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
    (path,) = (tmp_path / "generation-0").glob("dense-fake-64-*.faiss")
    path.write_bytes(path.read_bytes()[:-1])
    again = make(tmp_path)
    assert again.mark == 0
    assert again.damaged == (path.name,)
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
    (tmp_path / "generation-0" / f"lexical-{LEXICAL_FORMAT}" / "meta.json").write_text("{")
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
