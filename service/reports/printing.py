"""How a report is printed: the day that stands on it, where its citations lead, and who cuts pictures of pages for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from evidence.model import Citation
from service.reports.cuts import Cutter, no_cuts

Link = Callable[[Citation], str]


def no_link(citation: Citation) -> str:
    """Where no service can show a citation, the report stands alone."""
    return ""


@dataclass(frozen=True)
class Printing:
    """What a form of the report needs beside the report itself."""

    printed: date = field(default_factory=date.today)
    link: Link = no_link
    cutter: Cutter = no_cuts
