"""What a workspace may set for an assessment:

maximum ages, names, the product bought. The texts and defaults are data.
"""

from pydantic import BaseModel, ConfigDict, Field


class AssessmentSettings(BaseModel):
    """Settings of an assessment.

    Ages are months; an id of ``expectations.toml`` or ``flags.toml`` may be set apart from its default.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: str = Field(
        default="", description="What is bought from the supplier, in words that a certificate's scope would use."
    )
    aliases: tuple[str, ...] = Field(
        default=(), description="Other names under which the supplier or its site is known."
    )
    max_age_months: dict[str, int] = Field(
        default_factory=dict, description="Maximum age of the newest evidence by expectation id."
    )
    thresholds: dict[str, float] = Field(default_factory=dict, description="Thresholds of flags as ``flag_id.name``.")
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
