import zipfile
from contextlib import contextmanager

import pytest

from evidence.model import DocumentReport
from extractors.archive import InProcess
from extractors.document import Document
from extractors.errors import DamagedFile, LimitExceeded
from extractors.policy import ExtractionPolicy
from service.documents.analysis import analyse
from service.documents.sources import Source, gather
from service.errors import WrongUse

POLICY = ExtractionPolicy()


class FakeReader:
    def read(self, path, name, progress=None, passwords=()):
        text = path.read_text()
        if text == "damaged":
            raise DamagedFile
        if text == "bug":
            raise ValueError("internal detail")
        return Document(path=name, sha256="0" * 64, media_type="text/plain")


@contextmanager
def open_fake_reader():
    yield FakeReader()


class FakeJudge:
    def report(self, document):
        if document.path == "odd.txt":
            raise ValueError("internal detail")
        return DocumentReport(path=document.path, sha256=document.sha256, status="read")


def written(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text)
    return [Source(path.name, path, "f" * 64) for path in sorted(folder.glob("*.txt"))]


def run(sources, readers=2, steps=None):
    tell = steps.append if steps is not None else (lambda step: None)
    return analyse(sources, open_fake_reader, FakeJudge(), readers, tell)


def test_reports_stand_in_the_order_of_the_files(tmp_path):
    sources = written(tmp_path, **{f"f{n:02d}": "good" for n in range(25)})
    assert [report.path for report in run(sources)] == [f"f{n:02d}.txt" for n in range(25)]


def test_a_damaged_file_is_reported_with_its_reason_and_stops_no_other(tmp_path):
    reports = run(written(tmp_path, a="good", b="damaged", c="good"))
    assert [report.status for report in reports] == ["read", "failed", "read"]
    assert reports[1].error.code == "damaged_file"
    assert reports[1].sha256 == "f" * 64


def test_a_bug_in_a_reader_or_in_judging_costs_one_file_and_leaks_nothing(tmp_path):
    reports = run(written(tmp_path, a="bug", odd="good", z="good"))
    assert [report.status for report in reports] == ["failed", "failed", "read"]
    assert "internal detail" not in "".join(report.model_dump_json() for report in reports)


def test_each_file_ends_with_a_step_that_says_how(tmp_path):
    steps = []
    run(written(tmp_path, a="good", b="damaged"), steps=steps)
    assert {step.name: step.status for step in steps if step.stage == "done"} == {"a.txt": "read", "b.txt": "failed"}


def test_no_file_gives_no_report():
    assert run([]) == []


def test_a_reader_that_cannot_start_is_said_and_nothing_hangs(tmp_path):
    sources = written(tmp_path, a="good", b="good")

    @contextmanager
    def broken():
        raise RuntimeError("no child")
        yield

    with pytest.raises(RuntimeError):
        analyse(sources, broken, FakeJudge(), 2)


def test_a_file_that_was_refused_on_receipt_stands_among_the_others_with_its_reason(tmp_path):
    good = written(tmp_path, a="good")
    reports = run([*good, Source("bomb.zip", None, "", LimitExceeded("too large inside"))])
    assert [report.status for report in reports] == ["read", "failed"]
    assert reports[1].error.message == "too large inside"


def test_a_path_that_does_not_exist_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse):
        gather([tmp_path / "nowhere"], tmp_path / "into", POLICY, InProcess(POLICY))


def test_files_of_folders_and_zips_come_with_their_names(tmp_path):
    folder = tmp_path / "papers"
    (folder / "audits").mkdir(parents=True)
    (folder / "audits" / "audit.txt").write_text("Audit of 12 March.")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("8d.txt", "Lot 24-118 was sorted.")
    names = {source.name for source in gather([folder], tmp_path / "into", POLICY, InProcess(POLICY))}
    assert names == {"audits/audit.txt", "more.zip/8d.txt"}
