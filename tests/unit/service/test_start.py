"""How little the command loads before there is something to judge."""

import subprocess
import sys


def loaded(code):
    answer = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split())


def test_a_file_that_cannot_be_read_loads_no_model_and_no_bars(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)))
    code = (
        "from service.cli.main import app\n"
        f"try: app(['analyze', {str(path)!r}, '--format', 'json', '--output', {str(tmp_path / 'out.json')!r}])\n"
        "except SystemExit as end: assert not end.code"
    )
    modules = loaded(code)
    assert "extractors.sandbox" in modules
    assert not modules & {"torch", "spacy", "xgboost", "openvino", "numpy", "rich.progress", "sqlalchemy"}


def test_a_worker_is_there_before_the_libraries_of_a_training_are(tmp_path):
    code = (
        "from pathlib import Path\nfrom service.bootstrap import work_context\nfrom service.settings import Settings\n"
        f"with work_context(Settings(data=Path({str(tmp_path)!r})), 'a'): pass"
    )
    assert not loaded(code) & {"sklearn", "scipy", "xgboost", "torch", "spacy", "openvino"}
