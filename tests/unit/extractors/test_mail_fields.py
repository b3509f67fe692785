"""Header fields of mails as old and careless programs write them."""

import pytest

from extractors import mail

SUBJECT = "Kiểm tra đánh giá nội bộ năm 2025"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (SUBJECT.encode(), SUBJECT),
        ("Prüfbericht für März, Größe geändert".encode("latin-1"), "Prüfbericht für März, Größe geändert"),
        (b"=?utf-8?b?TmfDoHk=?= " + SUBJECT.encode(), f"Ngày {SUBJECT}"),
        (b"=?utf-8?q?Ng=C3=A0y?= plain", "Ngày plain"),
        (b"=?nonsense?q?Ng=C3=A0y?= plain", "Ngày plain"),
        (b"=?utf-8?b?A?= broken", "=?utf-8?b?A?= broken"),
    ],
)
def test_fields_in_bytes_or_encoded_words_are_read(tmp_path, policy, raw, shown):
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: mai@x.example\nTo: b@y.example\nSubject: " + raw + b"\n\nSee below.\n")
    document = mail.read(path, "a.eml", policy)
    assert document.metadata.title == shown
    assert f"Subject: | {shown}" in document.blocks[0].text
    assert document.blocks[-1].text == "See below."


def test_names_of_attachments_in_bytes_are_read(tmp_path, policy):
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: mai@x.example\nSubject: x\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\""
        + "báo cáo.csv".encode() + b"\"\n\na,b\n"
    )  # fmt: skip
    assert mail.read(path, "a.eml", policy).attachments == ("báo cáo.csv",)


@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        ("multipart/mixed", "Lot 4711 is blocked.", "Lot 4711 is blocked."),
        ("text/enriched", "<bold>Lot 4711</bold> is blocked.", "Lot 4711 is blocked."),
    ],
)
def test_bodies_of_rare_kinds_are_shown(tmp_path, policy, kind, body, shown):
    path = tmp_path / "a.eml"
    path.write_text(f"From: mai@x.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{body}\n")
    document = mail.read(path, "a.eml", policy)
    assert document.blocks[-1].text == shown
    assert not document.attachments


def test_what_a_returned_mail_says_of_its_delivery_is_read(tmp_path, policy):
    raw = (
        "From: postmaster@x.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.x.example\r\n\r\nFinal-Recipient: rfc822; qa@y.example\r\nStatus: 5.1.1\r\n--b--\r\n"
    )
    (tmp_path / "a.eml").write_bytes(raw.encode())
    document = mail.read(tmp_path / "a.eml", "a.eml", policy)
    told = "\n".join(block.text for block in document.blocks)
    assert "Final-Recipient: rfc822; qa@y.example\nStatus: 5.1.1" in told
    assert "Reporting-MTA: dns; mx.x.example" in told


def test_who_else_got_a_mail_and_who_is_to_be_answered_are_read(tmp_path, policy):
    path = tmp_path / "m.eml"
    path.write_bytes(
        b"From: a@mill.example\r\nReply-To: quality@mill.example\r\nTo: b@buyer.example\r\nBcc: c@mill.example\r\n"
        b"Subject: lot 4711\r\n\r\nThe lot is released.\r\n"
    )
    told = " ".join(block.text for block in mail.read(path, "m.eml", policy).blocks)
    assert "quality@mill.example" in told
    assert "c@mill.example" in told
