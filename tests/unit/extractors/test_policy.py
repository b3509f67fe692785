import pytest
from pydantic import ValidationError

from extractors.policy import ExtractionPolicy


def test_every_limit_says_why():
    assert not [name for name, field in ExtractionPolicy.model_fields.items() if len(field.description or "") < 20]


def test_a_policy_cannot_be_changed_once_built():
    with pytest.raises(ValidationError):
        ExtractionPolicy().pages = 3


def test_a_policy_survives_the_way_to_the_child():
    policy = ExtractionPolicy(pages=7, ocr_languages=("eng",))
    assert ExtractionPolicy.model_validate_json(policy.model_dump_json()) == policy


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("pages", {"pages": 0}),
        ("stall_seconds", {"stall_seconds": 900, "file_seconds": 600}),
        ("recycle_bytes", {"recycle_bytes": 10, "memory_bytes": 5}),
        ("ocr_page_seconds", {"ocr_page_seconds": 60}),
        ("page_limit", {"page_limit": 3}),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_its_name(name, values):
    with pytest.raises(ValidationError, match=name):
        ExtractionPolicy(**values)
