import numpy as np

from indexes.embedder import FakeEmbedder
from indexes.legs import Legs
from indexes.multilingual import MultilingualEmbedder
from indexes.windows import (
    MOST_WINDOWS,
    WHOLE_CHARACTERS,
    WINDOW_CHARACTERS,
    encode_windows,
    window_characters,
    windows,
)


class Paragraphs(FakeEmbedder):
    """A fake that was taught on paragraphs."""

    window_characters = 1_500


def test_a_passage_stays_whole() -> None:
    text = "x" * WHOLE_CHARACTERS
    assert windows(text) == [text]


def test_a_long_text_is_cut_between_sentences_and_loses_nothing() -> None:
    text = " ".join(f"Sentence number {number} says that the vent was cleaned." for number in range(60))
    parts = windows(text)
    assert len(parts) > 1
    assert all(part.endswith(".") for part in parts)
    assert " ".join(parts) == text


def test_text_without_sentences_is_cut_all_the_same() -> None:
    parts = windows("7 " * 2000)
    assert all(len(part) <= 460 for part in parts)


def test_an_endless_text_has_a_limit() -> None:
    assert len(windows("word. " * 100_000)) == MOST_WINDOWS


def test_vectors_are_the_middle_and_then_each_window() -> None:
    text = " ".join(f"Sentence number {number} says that the vent was cleaned." for number in range(60))
    short, long = encode_windows(FakeEmbedder(), ["", "Report"], ["one line", text])
    assert len(short) == 1
    assert len(long) == 1 + len(windows(text))
    middle = long[1:].mean(axis=0)
    np.testing.assert_allclose(long[0], middle / np.linalg.norm(middle), rtol=1e-5)


def test_the_heading_goes_before_each_window() -> None:
    with_heading, without = encode_windows(FakeEmbedder(), ["porosity", ""], ["see above", "see above"])
    asked = FakeEmbedder().encode_queries(["porosity"])[0]
    assert with_heading[0] @ asked > without[0] @ asked + 0.3


def test_a_model_of_paragraphs_reads_them_whole() -> None:
    embedder = FakeEmbedder()
    text = "The vent was cleaned and checked. " * 50  # 1,700 characters
    assert window_characters(embedder) == WINDOW_CHARACTERS
    assert len(encode_windows(embedder, [""], [text])[0]) > 2
    assert len(encode_windows(embedder, [""], [text], MultilingualEmbedder.window_characters)[0]) == 1
    found = Legs(embedder, Paragraphs(32)).vectors_for([text], ["en"])
    assert [len(vector.values) > 1 for vector in found[0]] == [True, False]
