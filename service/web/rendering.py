"""Pages out of templates. All that comes from a supplier is escaped; no page holds a script or a style of its own."""

import datetime
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from extractors.locators import describe
from service.documents.places import where
from service.reports.html import FILTERS, GLOBALS, shown
from service.web import words

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
# The stylesheet of the report, which gives the pages their colours and chips.
REPORT_STYLE = FOLDER.parent / "reports" / "templates" / "report.css"
_UNITS = ("bytes", "kB", "MB", "GB")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates with their filters."""
    made = Environment(
        # The sections of a report are the same on the page of a supplier and in the file.
        loader=ChoiceLoader([PackageLoader("service.web", "templates"), PackageLoader("service.reports", "templates")]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(GLOBALS)
    made.filters.update(
        place=describe,
        where=where,
        file_type=lambda name: words.FILE_TYPES.get(name, name),
        mode=lambda name: words.MODES.get(name, (str(name), ""))[0],
        mode_help=lambda name: words.MODES.get(name, ("", ""))[1],
        reading_help=lambda name: words.READINGS.get(name, ("", ""))[1],
        state=lambda name: words.STATES.get(name, str(name).replace("_", " ")),
        stage=lambda name: words.STAGES.get(name, str(name).replace("_", " ")),
        value=words.value,
        likelihood=words.likelihood,
        subjects=words.subjects,
        moment=moment,
        said_moment=said_moment,
        kept_day=lambda text: FILTERS["day"](datetime.date.fromisoformat(text)),
        size=size,
        marked=marked,
    )
    made.globals.update(
        modes=words.MODES,
        kinds=words.KINDS,
        readings=words.READINGS,
        criteria=words.CRITERIA,
        languages=words.LANGUAGES,
        actions=words.ACTIONS,
        bundle_states=words.BUNDLE_STATES,
        stages=words.STAGES,
        states=words.STATES,
    )
    return made


def page(template: str, **context: Any) -> str:
    """A page as HTML. ``section`` in the context names the entry of the head that is marked."""
    return environment().get_template(template).render(**{"section": "", "query": "", **context})


@lru_cache(maxsize=1)
def keys() -> list[dict[str, Any]]:
    """The map of keys: entries with ``keys``, ``action``, ``where`` and ``words``; the scripts read the same file."""
    entries: list[dict[str, Any]] = json.loads((STATIC / "keys.json").read_text("utf-8"))
    return entries


def moment(value: datetime.datetime | str | None) -> str:
    """A moment as people write it, in UTC."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    return f"{value.day} {value:%b %Y, %H:%M} UTC"


def said_moment(value: str) -> str:
    """A moment as a file says it, in UTC where it names its zone; what is none stays as it is."""
    try:
        at = datetime.datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment(at.astimezone(datetime.UTC)) if at.tzinfo else moment(at).removesuffix(" UTC")


def size(count: int) -> str:
    """Bytes in a unit that fits."""
    number = float(count)
    for unit in _UNITS:
        if number < 1000 or unit == _UNITS[-1]:
            return f"{number:.0f} {unit}" if unit == "bytes" or number >= 10 else f"{number:.1f} {unit}"
        number /= 1000
    return str(count)


def marked(text: str, terms: list[str] | tuple[str, ...]) -> Markup:
    """The text with each place of a term in ``<mark>``, whole words in scripts with blanks; text and terms are escaped."""
    from indexes.analysis import places

    pieces: list[str] = []
    last = 0
    for start, end in places(text, terms):
        pieces += [str(escape(text[last:start])), f"<mark>{escape(text[start:end])}</mark>"]
        last = end
    pieces.append(str(escape(text[last:])))
    return Markup("".join(pieces))
