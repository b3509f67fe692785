"""Old Word and PowerPoint files made into new ones by LibreOffice, where it is installed.

The program runs under the same limits as the reading child: no network, nothing readable but itself and the file, nothing
writable but one folder, bounded memory, time and output. Its profile is new each time and forbids macros and links. What
it writes is read by the confined child like any other file; it is never trusted.
"""

import contextlib
import json
import logging
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from extractors.errors import DamagedFile, LimitExceeded, ReaderTimedOut
from extractors.policy import ExtractionPolicy
from extractors.scratch import Scratch

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).parent.parent
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from extractors.converter import main; main()"
# LibreOffice sets a new profile up, ends with this code, and wants to be started again.
RESTART = 81
MOST_STARTS = 3
# Settings of a fresh profile: no macro, no active content, no link followed, no question asked.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Common/Misc", "FirstRun", "false"),
)


def program() -> Path | None:
    """LibreOffice on this machine, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            script = Path(found).resolve()
            # The script beside it starts a splash screen and more shells; the program itself needs neither.
            binary = script.with_name("soffice.bin")
            return binary if binary.is_file() else script
    return None


@contextlib.contextmanager
def converted(path: Path, ending: str, policy: ExtractionPolicy, office: Path) -> Iterator[Path]:
    """The file as ``ending`` (docx, pptx), while the context lasts. Raises DamagedFile, LimitExceeded, ReaderTimedOut."""
    with Scratch("convert") as folder:
        (folder / "profile" / "user").mkdir(parents=True)
        items = "\n".join(_ITEM.format(path=at, name=name, value=value) for at, name, value in _SETTINGS)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items))
        (folder / "out").mkdir()
        source = folder / "document"
        shutil.copyfile(path, source)
        _run(folder, source, ending, policy, office)
        made = folder / "out" / f"document.{ending}"
        try:
            facts = os.lstat(made)
        except OSError as problem:
            raise DamagedFile("LibreOffice cannot open the file.") from problem
        if not stat.S_ISREG(facts.st_mode) or facts.st_nlink != 1:
            raise DamagedFile("LibreOffice cannot open the file.")
        if facts.st_size > policy.file_bytes:
            raise LimitExceeded(f"The file is larger than {policy.file_bytes // (1 << 20)} MiB.")
        yield made


def _run(folder: Path, source: Path, ending: str, policy: ExtractionPolicy, office: Path) -> None:
    order = {
        "policy": policy.model_dump(mode="json"),
        "parent": os.getpid(),
        "folder": str(folder),
        "office": str(office),
        "arguments": [
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
            "--convert-to", ending, "--outdir", str(folder / "out"), str(source),
        ],
    }  # fmt: skip
    end = time.monotonic() + policy.convert_seconds
    code = RESTART
    for _ in range(MOST_STARTS):
        code = _start(order, folder, end)
        if code != RESTART:
            break
    if code:
        logger.warning("LibreOffice ended with %s", code)


def _start(order: dict[str, object], folder: Path, end: float) -> int:
    process = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-W", "ignore", "-c", _BOOT, str(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        start_new_session=True,
    )
    try:
        process.communicate(json.dumps(order).encode(), timeout=max(0.1, end - time.monotonic()))
    except subprocess.TimeoutExpired as problem:
        raise ReaderTimedOut from problem
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode


def main() -> None:
    """Give up rights, then become LibreOffice."""
    from extractors.confine import confine_program

    order = json.loads(sys.stdin.buffer.read())
    policy = ExtractionPolicy.model_validate(order["policy"])
    office, folder = Path(order["office"]), Path(order["folder"])
    # A package outside the system's folders brings its libraries with it.
    confine_program(policy, [office.parent.parent], folder, order["parent"])
    os.execv(office, [str(office), *order["arguments"]])
