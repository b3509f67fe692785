"""Packages that are only offered to are not loaded with those that would offer."""

import importlib
import subprocess
import sys

import pytest

from evidence.imports import left_out


def test_a_package_left_out_is_missing_within_the_block_and_there_behind_it():
    with left_out("antigravity"), pytest.raises(ImportError):
        importlib.import_module("antigravity")
    assert "antigravity" not in sys.modules


def test_a_package_loaded_before_stays_as_it_is():
    with left_out("json"):
        assert importlib.import_module("json") is sys.modules["json"]
    assert sys.modules["json"]


def test_a_judge_starts_without_what_it_does_not_use():
    code = (
        "import sys; from evidence.features import _tagger; import evidence.classifier; _tagger();"
        "print([name for name in ('torch', 'sklearn', 'pandas') if name in sys.modules]);"
        "import sklearn.base"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
