"""Progress of an analysis on standard error, only where a person sits before a terminal."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from service.documents.analysis import Step
from service.documents.sources import Source

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watch(Protocol):
    """Who is told how far an analysis is."""

    def begin(self, sources: Sequence[Source]) -> None:
        """These files will be read."""
        ...

    def tell(self, step: Step) -> None:
        """A step of one file; called from several threads."""
        ...

    def assessing(self) -> None:
        """All files are judged; the supplier is assessed now."""
        ...


class Silent:
    """Nobody watches."""

    def begin(self, sources: Sequence[Source]) -> None:
        """Nothing."""

    def tell(self, step: Step) -> None:
        """Nothing."""

    def assessing(self) -> None:
        """Nothing."""


class Bars:
    """One bar for the bundle and one for each file in work."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._all: TaskID | None = None
        self._files: dict[int, TaskID] = {}

    def begin(self, sources: Sequence[Source]) -> None:
        """One step of the main bar is one file done."""
        self._all = self._progress.add_task("Files", total=len(sources), stage="")

    def tell(self, step: Step) -> None:
        """Show the stage of a file, and its pages while it is read."""
        if step.stage == "done":
            if step.number in self._files:
                self._progress.remove_task(self._files.pop(step.number))
            if self._all is not None:
                self._progress.advance(self._all)
            if step.status == "failed":
                from rich.text import Text  # a name may hold brackets, which print would take for its own

                self._progress.console.print(Text("not readable ", style="red").append(step.name, style="default"))
            return
        if step.number not in self._files:
            self._files[step.number] = self._progress.add_task(step.name[-50:], total=None, stage="")
        self._progress.update(self._files[step.number], stage=step.stage, completed=step.done, total=step.total or None)

    def assessing(self) -> None:
        """The last step."""
        if self._all is not None:
            self._progress.update(self._all, stage="assessing")


@contextmanager
def watching() -> Iterator[Watch]:
    """Bars on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    # Loaded where somebody looks: a script or a pipe would wait a tenth of a second for bars that nobody sees.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from service.reports.terminal import Terminal

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[stage]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Terminal(stderr=True), transient=True) as progress:
        yield Bars(progress)
