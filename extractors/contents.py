"""What a file is by its bytes and what it holds, as plain data between the child and its parent."""

from pydantic import BaseModel, ConfigDict, Field

from extractors import detect, errors
from extractors.errors import ExtractionError
from extractors.policy import ExtractionPolicy
from extractors.text_detect import EML

# Documents that other files are attached to: read themselves besides being opened.
CARRIERS = frozenset({EML, detect.MSG, detect.PDF, detect.SIGNED})
CONTAINERS = detect.ARCHIVES | CARRIERS


class Fault(BaseModel):
    """An error as data: the same three things as in ExtractionError, and its class to make it again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = Field(max_length=60)
    message: str = Field(max_length=500)
    remedy: str = Field(max_length=500)

    @classmethod
    def of(cls, problem: ExtractionError) -> "Fault":
        """The fault of an error."""
        known = next(kind for kind in type(problem).__mro__ if kind.__module__ == ExtractionError.__module__)
        return cls(type=known.__name__, message=problem.message[:500], remedy=problem.remedy[:500])

    def error(self) -> ExtractionError:
        """The error of a fault; an unknown class becomes the general one."""
        kind = getattr(errors, self.type, None)
        if isinstance(kind, type) and issubclass(kind, ExtractionError):
            return kind(self.message, self.remedy)
        return ExtractionError(self.message, self.remedy)


class Member(BaseModel):
    """A file of a container. ``path`` is its file name inside the folder it was unpacked into, None where it was
    not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    path: str | None = Field(None, pattern=r"^[0-9]{1,9}$")
    size: int = Field(0, ge=0)
    error: Fault | None = None


class Contents(BaseModel):
    """What a file is by its bytes, and what it holds where it is a container; ``fault`` where it could not be opened."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str | None = Field(None, max_length=200)
    members: tuple[Member, ...] = ()
    fault: Fault | None = None

    @property
    def is_container(self) -> bool:
        """Whether a file of this type may hold other files."""
        return self.kind in CONTAINERS

    @property
    def is_carrier(self) -> bool:
        """Whether the file is read itself besides being opened."""
        return self.kind in CARRIERS


class Budget(BaseModel):
    """What may still be unpacked of a bundle: inflated bytes and files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes_left: int
    files_left: int

    @classmethod
    def of(cls, policy: ExtractionPolicy) -> "Budget":
        """The whole budget of a bundle."""
        return cls(bytes_left=policy.bundle_bytes, files_left=policy.bundle_files)

    def less(self, size: int, files: int) -> "Budget":
        """What is left after that many bytes and files."""
        return Budget(bytes_left=max(0, self.bytes_left - size), files_left=max(0, self.files_left - files))
