"""Suppliers as the interface shows them."""

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from evidence.settings import MOST_ALIASES

ProductName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
SupplierName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class SupplierIn(BaseModel):
    """A supplier to be made or renamed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Song Cam Castings"}]})

    name: SupplierName = Field(description="The name under which the supplier is found; once in a workspace.")


class SupplierChange(BaseModel):
    """What is to be changed of a supplier; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"product": "aluminium castings"}]})

    name: SupplierName | None = None
    product: ProductName | None = Field(
        None, description="What is bought from it, in words that a certificate's scope would use; empty for unknown."
    )
    aliases: list[SupplierName] | None = Field(
        None, max_length=MOST_ALIASES, description="Other names under which the supplier or its site is certified."
    )


class SupplierOut(BaseModel):
    """A supplier with what is known of it."""

    id: str
    name: str
    created_at: datetime.datetime
    product: str = Field("", description="What is bought from it.")
    aliases: list[str] = Field([], description="Other names under which it is certified.")
    bundles: int = Field(0, description="Submissions received.")
    documents: int = Field(0, description="Files in all submissions.")
    documents_open: int = Field(0, description="Files that are not read yet.")
    documents_failed: int = Field(0, description="Files that could not be read.")
    headline: str | None = Field(
        None, description="The newest headline, where one was worked out for the present files."
    )
    headline_date: str | None = Field(None, description="The day for which it was worked out.")


class SupplierList(BaseModel):
    """A page of suppliers."""

    items: list[SupplierOut]
    total: int
