import os
import zlib

import pytest

from extractors import pdf
from extractors.errors import LimitExceeded
from extractors.pdf_streams import refuse_bombs
from extractors.policy import ExtractionPolicy
from tests.fuzz.bombs import _PAGE, _PAGES, stream
from tests.fuzz.bombs import pdf as objects
from tests.unit.extractors.pdf_files import pdf as drawn
from tests.unit.extractors.pdf_files import text

POLICY = ExtractionPolicy(pdf_stream_bytes=4_000_000)


def packed(content, layers):
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode" * layers
    return b"<</Length %d/Filter[%s]>>\nstream\n%s\nendstream" % (len(content), filters, content)


def kept(tmp_path, body):
    path = tmp_path / "a.pdf"
    path.write_bytes(objects(_PAGES, _PAGE, body))
    return path


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_stream_that_inflates_beyond_the_limit_is_refused(tmp_path, layers):
    with pytest.raises(LimitExceeded):
        pdf.read(kept(tmp_path, packed(b"q Q " * 2_000_000, layers)), "a.pdf", POLICY)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_stream_within_the_limit_is_read(tmp_path, layers):
    assert pdf.read(kept(tmp_path, packed(b"q Q " * 900_000, layers)), "a.pdf", POLICY).parts_read == 1


@pytest.mark.parametrize(
    "body",
    [
        packed(os.urandom(20_000), 2),
        stream(b"BT ET"),
        b"<</Length 9/Filter[/FlateDecode/FlateDecode]>>\nstream\nno packing\nendstream",
        b"<</Length 0/Filter[/FlateDecode/FlateDecode]>>\nstream\n",
        packed(b"q Q " * 2_000_000, 2)[:80],
    ],
    ids=["noise", "plain", "not packed", "nothing", "cut off"],
)
def test_other_streams_pass(tmp_path, body):
    refuse_bombs(kept(tmp_path, body), POLICY)


def test_honest_files_pass_even_a_low_limit(tmp_path):
    refuse_bombs(drawn(tmp_path / "b.pdf", text("Lot 4711 was released.")), ExtractionPolicy(pdf_stream_bytes=100_000))


def test_an_empty_file_is_left_to_the_library(tmp_path):
    (tmp_path / "c.pdf").write_bytes(b"")
    refuse_bombs(tmp_path / "c.pdf", POLICY)
