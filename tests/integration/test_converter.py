"""Old office files: LibreOffice under limits. A script stands in for it where it is not installed."""

import io
import os
import shutil
import stat
import tempfile
from pathlib import Path

import docx
import pptx
import pytest

from extractors import converter
from extractors.errors import DamagedFile, MissingTool, ReaderTimedOut
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader, active_layers
from tests.fuzz.compound import compound


@pytest.fixture
def office(monkeypatch):
    """A program called soffice that does what the test says, and then copies a ready document. It lies where programs
    may: the temporary folder of the system is another one for it."""
    home = Path(tempfile.mkdtemp(prefix="livingproof-test-", dir="/var/tmp"))
    folder = home / "office" / "program"
    folder.mkdir(parents=True)
    made = docx.Document()
    made.add_paragraph("Lot 4711 released")
    made.save(folder / "ready.docx")

    def say(*lines):
        script = folder / "soffice"
        script.write_text("\n".join(["#!/bin/sh", *lines, f"cp {folder}/ready.docx out/document.docx"]) + "\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        return script

    yield say
    shutil.rmtree(home)


def old_word(path):
    path.write_bytes(compound({"WordDocument": bytes(2000), "1Table": bytes(600)}))
    return path


def test_an_old_word_file_is_read_by_way_of_libreoffice(tmp_path, office):
    office()
    with Reader() as reader:
        document = reader.read(old_word(tmp_path / "a.doc"), "a.doc")
    assert (document.path, document.media_type) == ("a.doc", "application/msword")
    assert [block.text for block in document.blocks] == ["Lot 4711 released"]


def test_what_was_converted_is_read_as_what_it_was(tmp_path, office):
    script = office()
    with (
        converter.converted(old_word(tmp_path / "a.doc"), "docx", ExtractionPolicy(), script) as made,
        Reader() as reader,
    ):
        assert [block.text for block in reader.read(made, "a.doc").blocks] == ["Lot 4711 released"]
    assert not made.exists()


@pytest.mark.parametrize(("stream", "wanted"), [("WordDocument", "DOCX"), ("PowerPoint Document", "PPTX")])
def test_without_libreoffice_the_remedy_is_said(tmp_path, monkeypatch, stream, wanted):
    monkeypatch.setattr(converter, "program", lambda: None)
    source = tmp_path / "old"
    source.write_bytes(compound({stream: b"\xec\xa5" + bytes(5000)}))
    with Reader() as reader, pytest.raises(MissingTool) as caught:
        reader.read(source, "old")
    assert "LibreOffice" in caught.value.message
    assert wanted in caught.value.remedy


def test_the_program_reaches_neither_files_nor_network_nor_the_folder_of_others(tmp_path, office):
    if not any("Landlock" in layer for layer in active_layers()):
        pytest.skip("this kernel has no Landlock")
    secret = tmp_path / "secret"
    secret.write_text("price list")
    script = office(
        f"cat {secret} > out/read 2>/dev/null",
        f"echo evil > {tmp_path}/written 2>/dev/null",
        f"rm -f {secret} 2>/dev/null",
        "(exec 3<>/dev/tcp/127.0.0.1/1) 2>out/network",
        "ls /tmp > out/others",
    )
    with converter.converted(old_word(tmp_path / "a.doc"), "docx", ExtractionPolicy(), script) as made:
        assert (made.parent / "read").read_text() == ""
    assert not (tmp_path / "written").exists()
    assert secret.read_text() == "price list"


def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path, office):
    script = office("sleep 600 &", "sleep 600")
    policy = ExtractionPolicy(convert_seconds=1.5)
    with pytest.raises(ReaderTimedOut), converter.converted(old_word(tmp_path / "a.doc"), "docx", policy, script):
        pass


@pytest.mark.parametrize(
    "result", ["ln -s /etc/passwd out/document.docx; exit 0", "mkfifo out/document.docx; exit 0", "exit 0", "exit 1"]
)
def test_only_a_plain_file_is_taken(tmp_path, office, result):
    script = office(result)
    with (
        pytest.raises(DamagedFile),
        converter.converted(old_word(tmp_path / "a.doc"), "docx", ExtractionPolicy(), script),
    ):
        pass


def test_a_new_profile_forbids_macros_and_links(tmp_path, office):
    script = office("cp profile/user/registrymodifications.xcu out/profile")
    with converter.converted(old_word(tmp_path / "a.doc"), "docx", ExtractionPolicy(), script) as made:
        profile = (made.parent / "profile").read_text()
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in profile
    assert stat.S_ISREG((tmp_path / "a.doc").stat().st_mode)


def test_libreoffice_itself_reads_an_old_file(tmp_path):
    office = converter.program()
    if office is None:
        pytest.skip("LibreOffice is not installed")
    made, plain = docx.Document(), io.BytesIO()
    made.add_paragraph("Lot 4711 released")
    made.save(plain)
    (tmp_path / "new.docx").write_bytes(plain.getvalue())
    policy = ExtractionPolicy()
    with converter.converted(tmp_path / "new.docx", "doc", policy, office) as old, Reader(policy) as reader:
        document = reader.read(old, "old.doc")
    assert document.media_type == "application/msword"
    assert [block.text for block in document.blocks] == ["Lot 4711 released"]


def test_libreoffice_itself_reads_old_slides(tmp_path):
    office = converter.program()
    if office is None:
        pytest.skip("LibreOffice is not installed")
    made, plain = pptx.Presentation(), io.BytesIO()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "Lot 4711 released"
    made.save(plain)
    (tmp_path / "new.pptx").write_bytes(plain.getvalue())
    policy = ExtractionPolicy()
    with converter.converted(tmp_path / "new.pptx", "ppt", policy, office) as old, Reader(policy) as reader:
        document = reader.read(old, "old.ppt")
    assert document.media_type == "application/vnd.ms-powerpoint"
    assert [block.text for block in document.blocks] == ["Lot 4711 released"]
