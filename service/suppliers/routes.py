"""Suppliers over HTTP."""

from fastapi import APIRouter, Query

from service.suppliers.schemas import SupplierChange, SupplierIn, SupplierList, SupplierOut
from service.web.dependencies import Limit, Offset, Parts, Who

router = APIRouter(prefix="/suppliers", tags=["suppliers"])


@router.get("", summary="List suppliers")
def list_suppliers(
    parts: Parts,
    who: Who,
    search: str = Query("", max_length=300, description="Part of a name."),
    offset: Offset = 0,
    limit: Limit = 100,
) -> SupplierList:
    """Suppliers by name, with their numbers of files and the newest headline."""
    return parts.suppliers.list(who, search, offset, limit)


@router.post("", summary="Make a supplier", status_code=201)
def create_supplier(parts: Parts, who: Who, body: SupplierIn) -> SupplierOut:
    """A supplier is made once; its name is free to choose and may be changed later."""
    return parts.suppliers.create(who, body.name)


@router.get("/{supplier}", summary="Look at a supplier")
def get_supplier(parts: Parts, who: Who, supplier: str) -> SupplierOut:
    """One supplier."""
    return parts.suppliers.get(who, supplier)


@router.patch("/{supplier}", summary="Change a supplier")
def change_supplier(parts: Parts, who: Who, supplier: str, body: SupplierChange) -> SupplierOut:
    """Its name, the product bought, its other names. The report follows: certificates are compared with them."""
    return parts.suppliers.change(who, supplier, body.product, body.aliases, body.name)


@router.delete("/{supplier}", summary="Delete a supplier", status_code=204)
def delete_supplier(parts: Parts, who: Who, supplier: str) -> None:
    """Removes its bundles, documents, decisions and files for good."""
    parts.suppliers.delete(who, supplier)
