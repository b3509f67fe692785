"""What a workspace may set for an assessment:

maximum ages, names, the product bought. The texts and defaults are data.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from evidence.data import table

LONGEST_AGE = 120
"""Months that evidence may be old at most: what is ten years old shows nothing of a system of today."""

MOST_ALIASES = 20
"""Further names of one supplier: each is looked for on every certificate."""

MOST = 100_000
"""Above every threshold of a flag: days, months, counts and shares."""

Months = Annotated[int, Field(ge=1, le=LONGEST_AGE)]
Threshold = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
ShortName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class AssessmentSettings(BaseModel):
    """Settings of an assessment.

    Ages are months; an id of ``expectations.toml`` or ``flags.toml`` may be set apart from its default.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: str = Field(
        default="",
        max_length=300,
        description="What is bought from the supplier, in words that a certificate's scope would use.",
    )
    aliases: tuple[ShortName, ...] = Field(
        default=(),
        max_length=MOST_ALIASES,
        description="Other names under which the supplier or its site is known.",
    )
    max_age_months: dict[str, Months] = Field(
        default_factory=dict, description="Maximum age of the newest evidence by expectation id."
    )
    thresholds: dict[str, Threshold] = Field(
        default_factory=dict, description="Thresholds of flags as ``flag_id.name``."
    )
    criterion_floor: float = Field(
        default=0.5, ge=0.0, le=1.0, description="Probability from which a passage counts for a criterion."
    )
    record_floor: float = Field(
        default=0.5, ge=0.0, le=1.0, description="Probability from which a passage counts as a record."
    )
    doubt_floor: float = Field(
        default=0.3,
        ge=0.0,
        le=1.0,
        description="Probability from which a passage may be a record; below the record floor a reviewer decides.",
    )
    silenced: tuple[str, ...] = Field(default=(), description="Flag ids that a workspace has switched off.")

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        for given, known, what in (
            (self.max_age_months, ages(), "expectation with an age"),
            (self.thresholds, thresholds(), "threshold of a flag"),
            (self.silenced, table("flags"), "flag"),
        ):
            unknown = [name for name in given if name not in known]
            if unknown:
                raise ValueError(f"there is no {what} called {unknown[0]!r}")
        return self

    @property
    def changed(self) -> bool:
        """Whether anything of it differs from what holds without settings."""
        return self != AssessmentSettings()


def ages() -> dict[str, int]:
    """The maximum age in months of the newest evidence of each expectation, where nothing else is set."""
    return {
        str(item["id"]): int(item["max_age_months"])
        for item in table("expectations")["expectation"]
        if "max_age_months" in item
    }


def thresholds() -> dict[str, float]:
    """The thresholds of flags as ``flag_id.name``, where nothing else is set."""
    return dict(_thresholds())


def _thresholds() -> Iterator[tuple[str, float]]:
    for identity, data in table("flags").items():
        for name, value in data.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield f"{identity}.{name}", float(value)


def threshold_words(name: str) -> str:
    """What a threshold ``flag_id.name`` counts, in words: ``days left or fewer``."""
    identity, _, threshold = name.partition(".")
    return str(table("flags")[identity].get("words", {}).get(threshold, threshold.replace("_", " ")))
