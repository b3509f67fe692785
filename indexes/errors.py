"""What can go wrong in the index.

::

    IndexFault            anything below; `code` is stable, `remedy` says what to do
    ├── ModelMissing      the embedding model is not installed or is not the published one
    ├── ModelUnknown      no embedder has that name
    ├── IndexDamaged      a file of the index failed its checksum and was set aside
    ├── IndexBusy         another process writes it
    ├── WritingFailed     the process that writes the words of a new index ended before it was done
    └── WrongShape        vectors or ids do not fit the index
"""

from typing import ClassVar


class IndexFault(Exception):
    """A fault of the search index. `code` is stable, the message is one sentence, `remedy` what a person can do."""

    code: ClassVar[str] = "index_fault"
    remedy: ClassVar[str] = "Run `livingproof doctor` and look at the log."


class ModelMissing(IndexFault):
    """The files of an embedding model are missing, or are other files than the published ones."""

    code = "model_missing"
    remedy = "Reinstall the dependencies of the project, then run `livingproof doctor`."


class ModelUnknown(IndexFault):
    """The settings name an embedder that does not exist."""

    code = "model_unknown"
    remedy = "Choose one of the names that `indexes.load_embedder` lists."


class IndexDamaged(IndexFault):
    """A file of the index failed its checksum. It was renamed, so that nobody reads it again."""

    code = "index_damaged"
    remedy = "Run `livingproof index rebuild`: the index is made again from the database."


class WrongShape(IndexFault):
    """Vectors, ids or texts do not fit each other or the index they are given to."""

    code = "wrong_shape"
    remedy = "Rebuild the index after a change of the embedding model."


class IndexBusy(IndexFault):
    """Another process holds the folder of the index for writing."""

    code = "index_busy"
    remedy = "Let the other process finish, or stop it; reading goes on meanwhile."


class WritingFailed(IndexFault):
    """The process that writes the words of a new index ended before it was done: the machine is short of memory or disk."""

    code = "index_writing_failed"
    remedy = "Look at the memory and the disk of the machine, then run `livingproof index rebuild`."
