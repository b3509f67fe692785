"""The commands that work without a server: analyze and classify."""

import datetime
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.scratch import Scratch
from service.cli.output import no_reader_left, said_plainly, start_log, write
from service.cli.rules import Rules, rules_of
from service.errors import WrongUse

if TYPE_CHECKING:
    from evidence.model import Report
    from extractors.sandbox import Reader
    from service.documents.analysis import Step, Tell

# Lines of `classify` judged at once: enough to fill the encoder's batches, few enough for answers to keep coming.
LINES_AT_ONCE = 256


@said_plainly
def analyze(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders and zips of one supplier.", show_default=False)],
    supplier: Annotated[
        str | None, typer.Option(help="The supplier's name; without it the name of the first path.")
    ] = None,
    reference_date: Annotated[
        str | None, typer.Option(help="The day as of which the papers are judged, YYYY-MM-DD; without it today.")
    ] = None,
    product: Annotated[
        str, typer.Option(help="What is bought from the supplier, in words that a certificate's scope would use.")
    ] = "",
    alias: Annotated[
        list[str] | None, typer.Option(help="Another name the supplier is certified under; may be given several times.")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="A file with maximum ages and thresholds; see 'livingproof rules'.")
    ] = None,
    password: Annotated[
        list[str] | None,
        typer.Option(help="A password for protected files; may be given several times. Better from a file: see below."),
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option(help="A file with passwords, one a line; '-' reads standard input.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, json, html, pdf or xlsx.")] = "text",
    output: Annotated[Path | None, typer.Option(help="File to write; without it standard output.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more on standard error.")] = False,
) -> None:
    """Analyse a supplier's papers without a server.

    Files that cannot be read are reported with the reason; the command succeeds all the same. Passwords are tried on every
    protected PDF, office file and archive. Other users of the machine can see what --password says while the command
    runs; --password-file keeps it to yourself.

    \b
    Examples:
      livingproof analyze bundle.zip
      livingproof analyze certificates/ 8d-reports/ --supplier "Song Cam Castings" --format html --output report.html
      livingproof analyze papers/ --reference-date 2026-03-31 --format json | jq .headline
      livingproof analyze papers/ --product "aluminium castings" --rules rules.toml
    """
    from service.reports.formats import check

    start_log("INFO" if verbose else "ERROR")
    check(form)
    judged_by = rules_of(rules, product, tuple(alias or ()))
    words = [*(password or []), *_lines_of(password_file)]
    with assessed(paths, supplier, reference_date, words, judged_by) as made:
        _show(made, form, output)


@dataclass(frozen=True)
class Assessed:
    """A report, where its files lie while it is written, by their fingerprints, and who reads them."""

    report: "Report"
    files: dict[str, Path]
    open_reader: Callable[[], "Reader"]


@contextmanager
def assessed(
    paths: list[Path],
    supplier: str | None,
    reference_date: str | None,
    passwords: Sequence[str] = (),
    rules: Rules | None = None,
) -> Iterator[Assessed]:
    """Read, judge and assess the papers behind some paths. The unpacked files last as long as the block."""
    from service.bootstrap import assess, open_reader
    from service.cli.progress import watching
    from service.documents.analysis import analyse
    from service.documents.passwords import check_words
    from service.documents.sources import gather
    from service.judges import LazyJudge
    from service.settings import settings_with

    rules = rules or rules_of(None)
    day = parse_day(reference_date) or rules.reference_date or datetime.date.today()
    settings = settings_with()
    words = check_words(list(passwords), settings)
    judge = LazyJudge(settings, threads=settings.readers)
    with Scratch("bundle") as folder:
        with watching() as watch, open_reader(settings, words) as first:
            sources = gather(paths, folder, settings.extraction, first)
            watch.begin(sources)
            started = [first]  # the process that opened the archives goes on as the first of those that read
            documents = analyse(
                sources,
                lambda: started.pop() if started else open_reader(settings, words),
                judge,
                settings.readers,
                _warming(judge.warm, watch.tell),
            )
            watch.assessing()
            report = assess(supplier or _name_of(paths[0]), day, documents, rules.settings)
        files = {source.sha256: source.path for source in sources if source.path and source.sha256}
        yield Assessed(report, files, lambda: open_reader(settings, words))


def _warming(warm: Callable[[], None], tell: "Tell") -> "Tell":
    """Tell the steps, and load what judges as soon as a file has a page that can be read: reading the others takes the
    processor of another process. An unreadable file is answered without a model."""
    thread, lock = threading.Thread(target=warm, name="warm-up"), threading.Lock()

    def told(step: "Step") -> None:
        tell(step)
        if step.stage == "reading" and step.done:
            with lock:
                if thread.ident is None:
                    thread.start()

    return told


def _lines_of(path: Path | None) -> list[str]:
    """The lines of a file of passwords. Raises WrongUse."""
    if path is None:
        return []
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongUse(
            f"The file {path} cannot be read.", "Give a text file in UTF-8, one password a line."
        ) from problem
    return text.splitlines()


def _show(made: Assessed, form: str, output: Path | None) -> None:
    if form == "text" and output is None and sys.stdout.isatty():
        from service.reports.terminal import Terminal
        from service.reports.text import print_report

        print_report(made.report, Terminal(highlight=False))
        return
    from service.reports.cuts import cutter_of_files
    from service.reports.formats import PICTURED, render
    from service.reports.printing import Printing

    with ExitStack() as stack:
        printing = Printing()
        if form in PICTURED:
            printing = Printing(cutter=cutter_of_files(made.files, stack.enter_context(made.open_reader())))
        content = render(made.report, form, printing)
    write(content, output)


@said_plainly
def classify(
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more on standard error.")] = False,
) -> None:
    """Judge single passages: a line {"id", "text"} in, a line {"id", "mode", "modes", "criteria"} out.

    \b
    Examples:
      livingproof classify < passages.jsonl > answers.jsonl
      echo '{"id": "1", "text": "Audit IA-25-03 of 12 March found two gaps."}' | livingproof classify
    """
    from service.cli.lines import answers
    from service.judges import document_reader
    from service.settings import settings_with

    start_log("INFO" if verbose else "ERROR")
    classifier = document_reader(settings_with(), threads=min(4, os.cpu_count() or 1)).classifier
    with no_reader_left():
        for line in answers(sys.stdin.buffer, classifier, LINES_AT_ONCE):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def parse_day(text: str | None) -> datetime.date | None:
    """A date of the form 2026-03-31, or None for none. Raises WrongUse."""
    from service.texts import judging_day

    return judging_day(text) if text else None


def _name_of(path: Path) -> str:
    resolved = path.resolve()
    return resolved.name if resolved.is_dir() else resolved.stem
