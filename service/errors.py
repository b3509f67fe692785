"""What the service tells a person when something does not work: a stable code, one sentence, a remedy.

    ServiceError                     the parent; ``status`` is the answer over HTTP, ``exit_code`` the one of a command
    ├── WrongUse                     wrong_use: the request or the command makes no sense
    │   ├── NotFound                 not_found
    │   ├── NameTaken                name_taken
    │   ├── FormatNotAvailable       format_not_available
    │   ├── NothingSent              nothing_sent
    │   ├── TooLarge                 too_large
    │   ├── Malformed                malformed: the bytes are not what the request says they are
    │   ├── TooSlow                  too_slow: what was to be sent did not come in time
    │   ├── TooOften                 too_often: too many tries or uploads at once; ``retry_seconds`` says when again
    │   └── NotNow                   not_now: the thing is in a state that does not allow it
    ├── NotAllowed                   not_allowed: no or a wrong token, a foreign page, a role that may not
    ├── NotReady                     not_ready: a part that the service needs cannot be reached
    ├── NoRoom                       no_room: the disk is full
    ├── ModelUnusable                model_unusable
    └── Unsafe                       unsafe_setting: a setting that would open the service to strangers

Internals stay in the log: an error that is none of these reaches people as ``internal_error`` and nothing more.
"""

import errno


class ServiceError(Exception):
    """Something that a person can understand and act on."""

    code = "internal_error"
    message = "Something went wrong in the service."
    remedy = "Try again; if it happens again, run 'livingproof doctor' and look at the log."
    status = 500
    exit_code = 1

    def __init__(self, message: str | None = None, remedy: str | None = None, code: str | None = None) -> None:
        self.message = message or self.message
        self.remedy = remedy or self.remedy
        self.code = code or self.code
        super().__init__(self.message)


class WrongUse(ServiceError):
    """The request or the command makes no sense as it stands."""

    code = "wrong_use"
    message = "This request makes no sense as it stands."
    remedy = "Look at the help of the command or at the description of the interface."
    status = 422
    exit_code = 2


class NotFound(WrongUse):
    """There is nothing under this name or number."""

    code = "not_found"
    message = "There is nothing under this address."
    remedy = "Go back to the list and choose from it."
    status = 404


class NameTaken(WrongUse):
    """Another one has this name already."""

    code = "name_taken"
    message = "There is already one with this name."
    remedy = "Choose another name, or use the one that exists."
    status = 409


class FormatNotAvailable(WrongUse):
    """The report cannot be written in this format."""

    code = "format_not_available"
    message = "The report cannot be written in this format yet."
    remedy = "Choose text, json or html."
    status = 406


class NothingSent(WrongUse):
    """An upload without a file."""

    code = "nothing_sent"
    message = "No file was sent."
    remedy = "Choose at least one file and send again."


class TooLarge(WrongUse):
    """What was sent is larger than the limits allow."""

    code = "too_large"
    message = "What was sent is larger than the set limit."
    remedy = "Send it in smaller bundles, or let an administrator raise the limit."
    status = 413


class Malformed(WrongUse):
    """The bytes of a request are not what its head says they are."""

    code = "malformed"
    message = "The request is not well formed."
    remedy = "Send it again; a program that sends it needs a correction."
    status = 400


class TooSlow(WrongUse):
    """What was to be sent did not come in time."""

    code = "too_slow"
    message = "What was to be sent did not come in time."
    remedy = "Check the connection and send it again; nothing of it was kept."
    status = 408


class TooOften(WrongUse):
    """Too much of the same from one sender."""

    code = "too_often"
    message = "This was tried too often in a short time."
    remedy = "Wait a minute, then try again."
    status = 429

    def __init__(self, message: str | None = None, remedy: str | None = None, retry_seconds: int = 60) -> None:
        super().__init__(message, remedy)
        self.retry_seconds = retry_seconds


class NotNow(WrongUse):
    """The thing is in a state in which this cannot be done."""

    code = "not_now"
    message = "This cannot be done at the moment."
    remedy = "Wait until the work on it has ended, then try again."
    status = 409


class NotAllowed(ServiceError):
    """Who asks may not do this."""

    code = "not_allowed"
    message = "You may not do this."
    remedy = "Open the page from its own address, or send the access token of this service."
    status = 403


class NotSignedIn(NotAllowed):
    """A token is needed and none, or a wrong one, was sent."""

    code = "not_signed_in"
    message = "This service asks for an access token."
    remedy = "Send it as 'Authorization: Bearer TOKEN'; the administrator set it as LIVINGPROOF_API_TOKEN."
    status = 401


class NotReady(ServiceError):
    """A part that the service needs cannot be reached."""

    code = "not_ready"
    message = "A part of the service cannot be reached."
    remedy = "Run 'livingproof doctor'; it says which part and what to do."
    status = 503


class NoRoom(ServiceError):
    """The disk is full, or what the service may take of it is used up."""

    code = "no_room"
    message = "There is no room left on the disk of the service."
    remedy = "Let an administrator make room, then try again; 'livingproof doctor' says how much there is."
    status = 507


# What databases and the queue server say where their disk is full: SQLite, Postgres where it writes a table or its log (with
# the code below or, where a transaction ends, without), the queue server that can no longer keep what it is told.
FULL_DISK_WORDS = ("database or disk is full", "No space left on device", "Disk quota exceeded")
FULL_DISK_STATE = "53100"  # disk_full, https://www.postgresql.org/docs/current/errcodes-appendix.html


def is_of_a_full_disk(trouble: BaseException) -> bool:
    """Whether a disk without room is behind an error: that of a file, of the database or of the queue server."""
    if isinstance(trouble, OSError) and trouble.errno is not None:
        return trouble.errno in (errno.ENOSPC, errno.EDQUOT)
    behind = getattr(trouble, "orig", None) or trouble
    if getattr(behind, "sqlstate", None) == FULL_DISK_STATE:
        return True
    of_a_server = type(behind).__module__.partition(".")[0] in ("sqlite3", "psycopg", "redis")
    return of_a_server and any(word in str(behind) for word in FULL_DISK_WORDS)


class ModelUnusable(ServiceError):
    """The classifier's model is missing or does not fit."""

    code = "model_unusable"
    message = "The model of the classifier cannot be used."
    remedy = "Train it with 'make model', or name another folder with LIVINGPROOF_MODEL."
    status = 503


class Unsafe(WrongUse):
    """A setting that would open the service to strangers."""

    code = "unsafe_setting"
    message = "This setting would open the service to everybody in the network."
    remedy = "Set LIVINGPROOF_API_TOKEN to a long random word, or listen on 127.0.0.1."
