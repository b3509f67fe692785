"""Outlook messages beyond text and files: rich text, messages within messages."""

import struct

import pytest

from extractors import mail, rich_text
from extractors.errors import DamagedFile, LimitExceeded
from extractors.locators import ParagraphLocator
from extractors.mail_msg import msg_attachments
from extractors.mail_rich_text import unpacked_rich_text
from tests.fuzz.compound import compound, outlook

# The example of the format's own description (MS-OXRTFCP 3.2).
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c0900206277 05b06c647d0a800fa0"
)


def packed(text: bytes) -> bytes:
    """Rich text packed without a single reference."""
    runs = b"".join(b"\0" + text[at : at + 8] for at in range(0, len(text), 8))
    return struct.pack("<II4sI", len(runs) + 12, len(text), b"LZFu", 0) + runs


def message(tmp_path, streams):
    path = tmp_path / "claim.msg"
    path.write_bytes(compound({"__properties_version1.0": bytes(32), **streams}))
    return path


def subject(text, place=""):
    return {f"{place}__substg1.0_0037001F": text.encode("utf-16-le")}


def test_packed_rich_text_is_unpacked(policy):
    assert unpacked_rich_text(HELLO, policy) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    long = b"{\\rtf1 " + b"Lot 4711 was blocked on 3 March. " * 400 + b"}"
    assert unpacked_rich_text(packed(long), policy) == long
    assert unpacked_rich_text(struct.pack("<II4sI", 0, len(long), b"MELA", 0) + long, policy) == long
    assert long.startswith(unpacked_rich_text(packed(long)[:200], policy))


@pytest.mark.parametrize(
    "raw", [b"", b"\0" * 30, struct.pack("<II4sI", 9, 9, b"LZFu", 0) + b"\x01\xf0\x0f" + b"\x01\x20\x0f"]
)
def test_broken_rich_text_is_damaged(policy, raw):
    with pytest.raises(DamagedFile):
        unpacked_rich_text(raw, policy)


def test_rich_text_that_claims_gigabytes_is_refused(policy):
    with pytest.raises(LimitExceeded):
        unpacked_rich_text(struct.pack("<II4sI", 9, 0xFFFFFFFF, b"LZFu", 0), policy)


def test_a_message_with_rich_text_only_gives_its_words_and_tables(tmp_path, policy):
    text = (
        rb"{\rtf1\ansi Please find our answer.\par \trowd\cellx1000\cellx2000 Lot\cell Result\cell\row "
        rb"\trowd\cellx1000\cellx2000 L-1\cell passed\cell\row\pard Regards\par}"
    )
    path = message(tmp_path, subject("Answer") | {"__substg1.0_10090102": packed(text)})
    document = mail.read(path, "claim.msg", policy)
    assert [block.text for block in document.blocks][1:] == [
        "Please find our answer.",
        "Lot | Result\nL-1 | passed",
        "Regards",
    ]
    assert document.metadata.title == "Answer"
    assert isinstance(document.blocks[1].locators[0], ParagraphLocator)
    assert document.blocks[1].locators[0].mail == "1"


def test_damaged_rich_text_of_a_message_is_said(tmp_path, policy):
    document = mail.read(message(tmp_path, subject("x") | {"__substg1.0_10090102": b"\0" * 40}), "claim.msg", policy)
    assert [item.code for item in document.not_read] == ["part_not_read"]


def test_messages_within_messages_are_read_with_their_files(tmp_path, policy):
    place = "__attach_version1.0_#00000000"
    inner = f"{place}/__substg1.0_3701000D/"
    file = f"{inner}__attach_version1.0_#00000000"
    path = message(
        tmp_path,
        {
            **subject("Forward"),
            "__substg1.0_1000001F": "See below.".encode("utf-16-le"),
            f"{place}/__properties_version1.0": bytes(8),
            f"{place}/__substg1.0_3707001F": "Claim 25-017".encode("utf-16-le"),
            **subject("Claim 25-017", inner),
            f"{inner}__properties_version1.0": bytes(24),
            f"{inner}__substg1.0_1000001F": "Three parts were short.".encode("utf-16-le"),
            f"{file}/__properties_version1.0": bytes(8),
            f"{file}/__substg1.0_3707001F": "8D.txt".encode("utf-16-le"),
            f"{file}/__substg1.0_37010102": b"D1 team",
        },
    )
    document = mail.read(path, "claim.msg", policy)
    assert [(block.text, block.locators[0].mail) for block in document.blocks if block.kind != "form"] == [
        ("See below.", "1"),
        ("Forwarded mail", "2"),
        ("Three parts were short.", "2.1"),
    ]
    assert "Claim 25-017" in document.blocks[0].text
    assert document.attachments == ("8D.txt",)
    assert list(msg_attachments(path, policy)) == [("8D.txt", b"D1 team")]


def test_a_message_with_files_lists_them(tmp_path, policy):
    path = tmp_path / "claim.msg"
    path.write_bytes(outlook("Claim", "Dear buyer", {"8D.txt": b"D1 team"}))
    assert mail.read(path, "claim.msg", policy).attachments == ("8D.txt",)


def test_rich_text_keeps_what_it_says_of_itself(tmp_path, policy):
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1{\info{\title Audit 3}}Held in March.\par}")
    assert rich_text.read(path, "a.rtf", policy).metadata.title == "Audit 3"


def test_who_else_got_a_message_and_who_is_to_be_answered_are_read(tmp_path, policy):
    streams = {"__substg1.0_0050001F": "Quality desk", "__substg1.0_0E02001F": "Tran Van Hung"}
    path = message(tmp_path, {**subject("Lot 4711"), **{at: told.encode("utf-16-le") for at, told in streams.items()}})
    head = mail.read(path, "claim.msg", policy).blocks[0].text
    assert "Quality desk" in head
    assert "Tran Van Hung" in head
