"""What is installed, what is reachable, and what to do about the rest."""

import platform
import shutil
import sys
from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, Field

from service.errors import ServiceError
from service.settings import Settings

State = Literal["well", "limited", "broken"]

# Room below which a bundle may not fit: scans of one supplier take up to a few hundred MiB.
LEAST_FREE_BYTES = 2 << 30
LEAST_PYTHON = (3, 11)


class Check(BaseModel):
    """One thing looked at. ``limited``: the service works, but something is missing."""

    name: str
    state: State
    message: str
    remedy: str = ""


class Health(BaseModel):
    """All checks together."""

    state: State = Field(description="The worst of all checks.")
    checks: list[Check]


Look = Callable[[Settings], Check]


def examine(settings: Settings, server: bool = True) -> Health:
    """Look at everything; ``server`` includes what only the service needs (database, queue, files)."""
    looks: list[tuple[str, Look]] = [
        ("python", _python),
        ("model", _model),
        ("english text", _english),
        ("other languages", _others),
        ("reading process", _reader),
        ("scans", _ocr),
        ("old Word and slides", _office),
        ("room on disk", _disk),
    ]
    if server:
        looks += [("database", _database), ("files", _blobs), ("queue", _queue), ("access", _access)]
    checks = [_looked(name, look, settings) for name, look in looks]
    states = {check.state for check in checks}
    worst: State = "broken" if "broken" in states else "limited" if "limited" in states else "well"
    return Health(state=worst, checks=checks)


def _looked(name: str, look: Look, settings: Settings) -> Check:
    try:
        return look(settings)
    except ServiceError as problem:
        return Check(name=name, state="broken", message=problem.message, remedy=problem.remedy)
    except Exception as problem:
        said = f"The check failed: {type(problem).__name__}."
        return Check(name=name, state="broken", message=said, remedy="Install the dependencies anew with 'make setup'.")


def _python(settings: Settings) -> Check:
    version = platform.python_version()
    if sys.version_info < LEAST_PYTHON:
        return Check(
            name="python", state="broken", message=f"Python {version} is too old.", remedy="Install 3.11 or newer."
        )
    return Check(name="python", state="well", message=f"Python {version}.")


def _model(settings: Settings) -> Check:
    from evidence.artefact import ModelError, load

    try:
        model = load(settings.model_folder)
    except ModelError as problem:
        return Check(name="model", state="broken", message=problem.message, remedy=problem.remedy)
    return Check(name="model", state="well", message=f"The model of the classifier is {model.version}.")


def _english(settings: Settings) -> Check:
    return _embedder(settings, "english text", settings.embedder)


def _others(settings: Settings) -> Check:
    if not settings.multilingual:
        remedy = "Set LIVINGPROOF_MULTILINGUAL=multilingual."
        said = "No model for languages other than English is set."
        return Check(name="other languages", state="limited", message=said, remedy=remedy)
    return _embedder(settings, "other languages", settings.multilingual)


def _embedder(settings: Settings, name: str, wanted: str) -> Check:
    from indexes.embedder import load_embedder
    from indexes.errors import IndexFault

    try:
        embedder = load_embedder(wanted, settings.embedder_cache, settings.threads)
        embedder.encode(["An audit was held."])
    except IndexFault as problem:
        return Check(name=name, state="broken", message=str(problem), remedy=problem.remedy)
    return Check(name=name, state="well", message=f"Texts are understood by {embedder.name}.")


def _reader(settings: Settings) -> Check:
    from extractors.sandbox import active_layers

    layers = active_layers(settings.extraction)
    said = f"Files are read in a process of their own; layers that hold: {', '.join(layers) or 'none'}."
    if len(layers) < 2:
        return Check(
            name="reading process", state="limited", message=said,
            remedy="Run on a current Linux kernel, where Landlock and seccomp confine the reading process.",
        )  # fmt: skip
    return Check(name="reading process", state="well", message=said)


def _ocr(settings: Settings) -> Check:
    from extractors.ocr import languages_available

    there = set(languages_available(settings.extraction.tessdata_folders))
    missing = [name for name in settings.extraction.ocr_languages if name not in there]
    if "eng" not in there:
        said = "Scans cannot be read: the English data of Tesseract is missing."
        return Check(
            name="scans", state="broken", message=said, remedy="Install the dependencies anew with 'make setup'."
        )
    if missing:
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
        return Check(
            name="scans", state="limited",
            message=f"Scans are read in {', '.join(sorted(there))}; not in {', '.join(missing)}.",
            remedy=f"On Debian: apt install {packages}.",
        )  # fmt: skip
    return Check(name="scans", state="well", message=f"Scans are read in {', '.join(sorted(there))}.")


def _office(settings: Settings) -> Check:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        return Check(name="old Word and slides", state="well", message="LibreOffice reads .doc and .ppt files.")
    return Check(
        name="old Word and slides", state="limited", message=".doc and .ppt files are reported as not readable.",
        remedy="Install LibreOffice (Debian: apt install libreoffice-core), or ask suppliers for PDF.",
    )  # fmt: skip


def _disk(settings: Settings) -> Check:
    folder = settings.data
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / (1 << 30):.1f} GiB are free for {settings.data}."
    if free < LEAST_FREE_BYTES:
        return Check(name="room on disk", state="limited", message=said, remedy="Make room, or set LIVINGPROOF_DATA.")
    return Check(name="room on disk", state="well", message=said)


def _database(settings: Settings) -> Check:
    from service.database.engine import Database
    from service.database.migrate import current, newest

    if settings.database_url is None and not (settings.data / "livingproof.sqlite3").exists():
        return Check(name="database", state="well", message="A new database is made at the first start.")
    opened = Database(settings.database)
    try:
        version, wanted = current(opened), newest()
    except Exception:
        remedy = "Check LIVINGPROOF_DATABASE_URL and that the database server runs."
        return Check(name="database", state="broken", message="The database cannot be reached.", remedy=remedy)
    finally:
        opened.close()
    if version != wanted:
        said = f"The tables are of version {version}, this program needs {wanted}."
        return Check(name="database", state="limited", message=said, remedy="They are renewed at the next start.")
    return Check(name="database", state="well", message=f"The database has the tables of version {version}.")


def _blobs(settings: Settings) -> Check:
    from service.bootstrap import blob_store

    try:
        blob_store(settings).check()
    except Exception:
        remedy = "Check LIVINGPROOF_BLOB_URL and the rights on the store."
        return Check(name="files", state="broken", message=f"Files cannot be kept in {settings.blobs}.", remedy=remedy)
    return Check(name="files", state="well", message=f"Files are kept in {settings.blobs}.")


def _queue(settings: Settings) -> Check:
    from service.bootstrap import job_queue
    from service.work import broker

    if settings.redis_url is None and not broker.socket_path(settings.data).exists():
        return Check(name="queue", state="well", message="The embedded queue server starts with 'livingproof serve'.")
    queue = job_queue(settings)
    try:
        queue.check()
    except Exception:
        remedy = "Check LIVINGPROOF_REDIS_URL, or start 'livingproof serve' again."
        return Check(name="queue", state="broken", message="The queue cannot be reached.", remedy=remedy)
    finally:
        queue.close()
    return Check(name="queue", state="well", message="The queue answers.")


def _access(settings: Settings) -> Check:
    settings.check_exposure()
    if settings.is_local:
        return Check(name="access", state="well", message="Only this machine can reach the service.")
    return Check(name="access", state="well", message="Whoever wants in must send the access token.")
