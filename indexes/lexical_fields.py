"""The fields of a passage in the full text, and how they are written (see `indexes.analysis` for the terms in them).

`words` for phrases and typing errors, `stems` for ranking, `marked` for the exact spelling, `grams` for scripts without
spaces, `identifiers`, and `title` for the stems of the heading. The text itself is stored to mark what matched, the
number of the paper it stands in, and its language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import tantivy

from indexes.analysis import analyse


@dataclass(frozen=True)
class Words:
    """Passages as (id, title, text), the numbers of the papers they stand in, and the codes of their languages."""

    items: Sequence[tuple[int, str, str]]
    papers: Mapping[int, int]
    languages: Mapping[int, str]


def schema() -> tantivy.Schema:
    """The fields."""
    builder = tantivy.SchemaBuilder()
    # Signed: deleting by an unsigned term finds nothing in tantivy 0.27.
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_integer_field("paper", fast=True)
    builder.add_integer_field("language", fast=True)
    builder.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
    # The terms are made here and joined by spaces, so tantivy only splits them.
    for name in ("words", "stems", "grams"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("marked", "identifiers", "title"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _code(language: str) -> int:
    """A language as a number, for a column of numbers: the letters of its code."""
    return int.from_bytes(language.encode("ascii", "ignore")[:7])


@lru_cache(maxsize=1_000)  # asked for six hundred passages of a search
def language_of(code: int) -> str:
    """The language of such a number."""
    return code.to_bytes(7).lstrip(b"\0").decode("ascii")


def write(writer: tantivy.IndexWriter, words: Words) -> None:
    """Give passages to a writer; of one that comes twice the last."""
    for number, title, text in {item[0]: item for item in words.items}.values():
        writer.add_document(
            _document(number, title, text, words.papers.get(number, 0), words.languages.get(number, ""))
        )


@lru_cache(maxsize=10_000)  # the passages of a section have one heading
def _title(title: str) -> str:
    return " ".join(analyse(title).stems) if title else ""


def _document(number: int, title: str, text: str, paper: int, language: str = "") -> tantivy.Document:
    # Half characters cannot be written as UTF-8; a question mark keeps the places of all others.
    title, text = (part.encode("utf-8", "replace").decode() for part in (title, text))
    analysis = analyse(f"{title}\n{text}" if title else text)
    document = tantivy.Document()
    document.add_integer("id", number)
    document.add_integer("paper", paper)
    document.add_integer("language", _code(language))
    document.add_text("text", text)
    document.add_text("words", " ".join(analysis.words))
    document.add_text("stems", " ".join(analysis.stems))
    document.add_text("grams", " ".join(analysis.grams))
    document.add_text("marked", " ".join(analysis.marked))
    document.add_text("identifiers", " ".join(analysis.identifiers))
    document.add_text("title", _title(title))
    return document


@lru_cache(maxsize=10_000)  # the names of the termbase, of which a question brings in dozens
def terms_of(phrase: str) -> tuple[tuple[str, str], ...]:
    """(field, term) for each term of a phrase in stems, as `LexicalIndex._phrase` looks for it."""
    analysis = analyse(phrase)
    return tuple([("stems", stem) for stem in analysis.stems] + [("grams", gram) for gram in analysis.grams])
