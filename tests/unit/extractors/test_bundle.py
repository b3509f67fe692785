"""Archives, mails and folders as they come in."""

import io
import json
import os
import tarfile
import unicodedata
import zipfile
from email.message import EmailMessage

import pytest

from extractors import bundle, mail
from extractors.archive import InProcess
from extractors.contents import Budget, Contents, Member
from extractors.entry_names import restored, safe_name
from extractors.locators import describe
from tests.fuzz.compound import outlook


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return path


def receive(paths, into, policy, opener=None, **options):
    return bundle.receive(paths, into, policy, opener or InProcess(policy), **options)


def unpack(path, into, policy, passwords=()):
    return InProcess(policy).open(path, path.name, into, Budget.of(policy), passwords)


def names(received):
    return [(found.name, found.error.code if found.error else None) for found in received]


def message(**extra):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "mai@example.com", "buyer@example.com", "Kiểm tra chất lượng"
    made["Date"] = "Mon, 15 Jan 2024 10:00:00 +0000"
    made.set_content("plain words")
    made.add_alternative("<p>Rich <b>words</b></p>", subtype="html")
    made.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="báo cáo.pdf")
    return made


def test_folders_archives_and_mails_become_files_in_a_settled_order(tmp_path, policy):
    source = tmp_path / "bundle"
    (source / "b").mkdir(parents=True)
    (source / "b" / "note.txt").write_text("hello")
    (source / ".DS_Store").write_text("x")
    (source / "mail.eml").write_bytes(bytes(message()))
    inner = io.BytesIO()
    zipped(inner, [("copy.txt", "hello"), ("__MACOSX/._copy.txt", "x")])
    zipped(source / "z.zip", [("inner.zip", inner.getvalue()), ("a.txt", "a")])
    received = receive([source], tmp_path / "kept", policy)
    assert names(received) == [
        ("b/note.txt", None),
        ("mail.eml", None),
        ("mail.eml/báo cáo.pdf", None),
        ("z.zip/a.txt", None),
        ("z.zip/inner.zip/copy.txt", None),
    ]
    assert received[-1].duplicate_of == "b/note.txt"
    assert received[-1].path == received[0].path
    assert received == receive([source], tmp_path / "kept", policy)


def test_links_are_never_followed(tmp_path, policy):
    source = tmp_path / "bundle"
    source.mkdir()
    (tmp_path / "secret").write_text("secret")
    os.symlink(tmp_path / "secret", source / "link")
    assert receive([source], tmp_path / "kept", policy) == []
    assert names(receive([source / "link"], tmp_path / "kept", policy)) == [("link", "extraction_failed")]


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/x.txt", "abs/x.txt"),
        ("C:\\dir\\x.txt", "dir/x.txt"),
        ("CON.txt", "_CON.txt"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("...", "unnamed"),
        ("name. ", "name"),
        ("e\u0301.txt", "é.txt"),
        ("x" * 400 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_names_lead_nowhere(policy, raw, safe):
    assert safe_name(raw, policy) == safe


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gb18030", "质量检验报告.xls"),
        ("cp932", "是正処置報告書.xls"),
        ("cp949", "품질검사보고서.xls"),
        ("cp874", "รายงานคุณภาพ.xls"),
        ("cp1254", "Düzeltici faaliyet değerlendirme.xls"),
        ("cp857", "Kalıp ölçüm raporu.xls"),
        ("cp857", "yağ analizi.xls"),
        ("cp857", "İÇ TETKİK ŞUBAT.xls"),
        ("cp437", "Prüfbericht Qualität.xls"),
        ("cp850", "così è lunedì.xls"),
        ("cp850", "Año 2026 nº 3 señal.xls"),
        ("cp850", "1ª edição.xls"),
        ("cp1252", "Relatório de inspeção.xls"),
        ("utf-8", "Báo cáo.xls"),
    ],
)
def test_names_in_lost_encodings_are_put_right(encoding, name):
    assert restored([name.encode(encoding)]) == [name]


def in_cp1258(name):
    """A Vietnamese name as Windows writes it: letters of the code page, then the marks of their tones."""
    raw = b""
    for letter in name:
        try:
            raw += letter.encode("cp1258")
        except UnicodeEncodeError:
            first, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", first + "".join(mark for mark in marks if mark not in tones))
            raw += (base + "".join(tones)).encode("cp1258")
    return raw


@pytest.mark.parametrize("name", ["Kế hoạch đào tạo.txt", "Phiếu kiểm tra sản phẩm.txt", "Đánh giá nhà cung cấp.txt"])
def test_names_of_a_zip_flagged_as_utf_8_and_in_vietnams_code_page_stand_side_by_side(tmp_path, policy, name):
    raw, path = in_cp1258(name), tmp_path / "mixed.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("Báo cáo tháng 3.txt", "flagged")
        made.writestr("#" * len(raw), "not flagged")
    path.write_bytes(path.read_bytes().replace(b"#" * len(raw), raw))
    contents = unpack(path, tmp_path / "out", policy)
    assert [member.name for member in contents.members] == ["Báo cáo tháng 3.txt", name]


def test_a_mail_whose_charset_holds_a_nul_is_read(tmp_path, policy):
    path = tmp_path / "nul.eml"
    path.write_bytes(
        b"From: a@example.com\r\nTo: b@example.com\r\nSubject: lots\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="utf\x00-8"\r\n\r\nLot L1 passed.\r\n'
    )
    found = mail.read(path, "nul.eml", policy)
    assert found.blocks[-1].text == "Lot L1 passed."


def test_nothing_is_written_outside_the_folder_and_every_entry_is_accounted_for(tmp_path, policy):
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as made:
        for name, kind in (
            ("../../up.txt", tarfile.REGTYPE),
            ("/abs.txt", tarfile.REGTYPE),
            ("ln", tarfile.SYMTYPE),
            ("dev", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            made.addfile(info, io.BytesIO())
    into = tmp_path / "deep" / "into"
    members = unpack(path, into, policy).members
    assert [(m.name, m.error.type if m.error else None) for m in members] == [
        ("up.txt", None),
        ("abs.txt", None),
        ("ln", "UnsafeArchive"),
        ("dev", "UnsafeArchive"),
    ]
    assert {found.name for found in tmp_path.rglob("*") if found.is_file()} == {
        "evil.tar",
        *(m.path for m in members if m.path),
    }
    assert [Member.model_validate(json.loads(m.model_dump_json())) for m in members] == list(members)


def test_a_bomb_is_stopped_while_it_inflates_and_its_neighbours_are_kept(tmp_path, policy):
    small = policy.model_copy(update={"archive_ratio_floor": 1000})
    path = zipped(tmp_path / "b.zip", [("a.txt", "fine"), ("bomb", b"\0" * 3_000_000)])
    members = unpack(path, tmp_path / "into", small).members
    assert [(m.name, m.error.type if m.error else None) for m in members] == [
        ("a.txt", None),
        ("bomb", "LimitExceeded"),
    ]
    assert sorted(os.listdir(tmp_path / "into")) == [members[0].path]


def test_the_size_of_a_whole_bundle_is_measured_over_all_its_archives(tmp_path, policy):
    source = tmp_path / "bundle"
    source.mkdir()
    for number in range(3):
        zipped(source / f"{number}.zip", [("x.bin", os.urandom(60_000))])
    received = receive([source], tmp_path / "kept", policy.model_copy(update={"bundle_bytes": 330_000}))
    assert names(received) == [("0.zip/x.bin", None), ("1.zip/x.bin", None), ("2.zip/x.bin", "limit_exceeded")]


def test_archives_in_archives_end_at_the_depth_of_the_policy(tmp_path, policy):
    content = b"x"
    for _ in range(4):
        inner = io.BytesIO()
        zipped(inner, [("n.zip", content)])
        content = inner.getvalue()
    (tmp_path / "n.zip").write_bytes(content)
    received = receive([tmp_path / "n.zip"], tmp_path / "kept", policy.model_copy(update={"archive_depth": 2}))
    assert names(received) == [("n.zip/n.zip/n.zip", "limit_exceeded")]


def test_encrypted_entries_say_so(tmp_path, policy):
    path = zipped(tmp_path / "e.zip", [("a.txt", "x")])
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    path.write_bytes(raw)
    assert names(receive([path], tmp_path / "kept", policy)) == [("e.zip/a.txt", "encrypted_file")]


def test_a_torn_archive_is_damaged_and_a_rar_names_a_remedy(tmp_path, policy):
    path = zipped(tmp_path / "t.zip", [("a.txt", "x" * 100)])
    path.write_bytes(path.read_bytes()[:60])
    assert unpack(path, tmp_path / "into", policy).fault.type == "DamagedFile"
    (tmp_path / "r.rar").write_bytes(b"Rar!\x1a\x07\x00" + b"x" * 50)
    assert "RAR" in unpack(tmp_path / "r.rar", tmp_path / "into", policy).fault.message
    assert names(receive([tmp_path / "r.rar"], tmp_path / "kept", policy)) == [("r.rar", "unsupported_type")]


def test_an_answer_that_leads_out_of_the_folder_is_refused(tmp_path, policy):
    (tmp_path / "secret").write_text("secret")
    path = zipped(tmp_path / "z.zip", [("a.txt", "x")])

    class Lying:
        def open(self, path, name, into, budget, passwords=()):
            return Contents.model_construct(
                kind="application/zip", members=(Member.model_construct(name="a.txt", path="../../secret"),)
            )

    assert names(receive([path], tmp_path / "kept", policy, Lying())) == [("z.zip/a.txt", "damaged_file")]


def test_a_mail_is_its_fields_its_richest_body_and_its_attachments(tmp_path, policy):
    path = tmp_path / "m.eml"
    path.write_bytes(bytes(message()))
    document = mail.read(path, "m.eml", policy)
    assert [block.kind for block in document.blocks] == ["form", "paragraph"]
    assert "Subject: | Kiểm tra chất lượng" in document.blocks[0].text
    assert document.blocks[1].text == "Rich words"
    assert document.attachments == ("báo cáo.pdf",)
    assert document.metadata.created == "2024-01-15T10:00:00+00:00"


def test_forwarded_mails_are_read_inside_the_mail(tmp_path, policy):
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@example.com", "Fwd"
    outer.set_content("see below")
    outer.add_attachment(message())
    path = tmp_path / "f.eml"
    path.write_bytes(bytes(outer))
    document = mail.read(path, "f.eml", policy)
    texts = [block.text for block in document.blocks]
    assert "Forwarded mail" in texts
    assert "Rich words" in texts
    assert document.attachments == ("báo cáo.pdf",)


def test_each_passage_of_a_mail_names_its_part(tmp_path, policy):
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@example.com", "Fwd"
    outer.set_content("see below")
    outer.add_attachment(message())
    path = tmp_path / "f.eml"
    path.write_bytes(bytes(outer))
    document = mail.read(path, "f.eml", policy)
    found = {block.text.splitlines()[0]: block.locators[0].mail for block in document.blocks}
    # The forwarded mail is part 2; in it the two forms of its text are part 1, and the rich one the second of them.
    assert found["see below"] == "1"
    assert found["Rich words"] == "2.1.2"
    assert [block.locators[0].mail for block in document.blocks if block.kind == "form"] == ["head", "2.head"]
    assert describe(document.blocks[1].locators[0]).startswith("mail part 1, paragraph")


def test_an_outlook_message_gives_its_text_and_its_attachments(tmp_path, policy):
    source = tmp_path / "bundle"
    source.mkdir()
    (source / "claim.msg").write_bytes(outlook("Claim 25-017", "Dear buyer", {"8D báo cáo.txt": b"D1 team"}))
    (source / "copy.txt").write_bytes(b"D1 team")
    document = mail.read(source / "claim.msg", "claim.msg", policy)
    assert "Subject: | Claim 25-017" in document.blocks[0].text
    assert (document.blocks[1].text, document.blocks[1].locators[0].mail) == ("Dear buyer", "1")
    assert document.metadata.created == "2023-11-14T22:13:20+00:00"
    received = receive([source], tmp_path / "kept", policy)
    assert names(received) == [("claim.msg", None), ("claim.msg/8D báo cáo.txt", None), ("copy.txt", None)]
    assert received[2].duplicate_of == "claim.msg/8D báo cáo.txt"
