"""Suppliers: whom the papers come from."""
