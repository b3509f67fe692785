"""What stands behind the paths of a command: files, the files of folders, and the files inside archives and mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.bundle import Opener, receive
from extractors.errors import ExtractionError
from extractors.policy import ExtractionPolicy
from service.errors import WrongUse


@dataclass(frozen=True)
class Source:
    """One file to read: its name in the report and its bytes on disk, or the reason why there are none."""

    name: str
    path: Path | None
    sha256: str = ""
    error: ExtractionError | None = None


def gather(
    paths: Sequence[Path], into: Path, policy: ExtractionPolicy, opener: Opener, passwords: Sequence[str] = ()
) -> list[Source]:
    """The files behind the paths, copied into a folder, in a stable order; archives are opened by ``opener``.

    Raises WrongUse where a path does not exist.
    """
    for path in paths:
        if not path.exists():
            raise WrongUse(f"There is no file or folder {path}.", "Check the path.")
    found = receive(paths, into, policy, opener, passwords)
    return [Source(item.name, None if item.error else item.path, item.sha256 or "", item.error) for item in found]
