"""Authored documents to the files a factory would send: PDF, scans, pictures, office files, mails, zips."""

from corpora.render.bundle import render_document, render_supplier

__all__ = ["render_document", "render_supplier"]
