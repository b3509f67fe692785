"""The published shape of the JSON form of a report."""

import json
from typing import Any

from evidence.model import Report

# Raised when a field changes its meaning or goes; fields that are added leave it.
VERSION = 1


def report_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what ``analyze --format json`` and the interface's report give."""
    schema = Report.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Livingproof report, version {VERSION}",
        **{name: value for name, value in schema.items() if name != "title"},
    }


def write_schema() -> str:
    """The schema as it stands in ``docs/report.schema.json``."""
    return json.dumps(report_schema(), indent=1, ensure_ascii=False) + "\n"
