"""What can go wrong with a file, each with a stable code, a sentence for the person and a remedy.

ExtractionError
├── EmptyFile            empty_file
├── UnsupportedType      unsupported_type
├── DamagedFile          damaged_file
├── EncryptedFile        encrypted_file
│   └── WrongPassword    wrong_password
├── EncryptedMail        encrypted_mail
├── LimitExceeded        limit_exceeded
├── UnsafeArchive        unsafe_archive
├── ReaderCrashed        reader_crashed
├── ReaderTimedOut       reader_timed_out
├── ReaderUnavailable    reader_unavailable
└── MissingTool          missing_tool
    ├── OldWord          missing_tool
    └── OldSlides        missing_tool
"""

import errno


class ExtractionError(Exception):
    """A file could not be read. Never carries internals: those go to the log."""

    code = "extraction_failed"
    message = "The file could not be read."
    remedy = "Open the file, save it again in a current version of its program, and send it again."

    def __init__(self, message: str | None = None, remedy: str | None = None) -> None:
        self.message = message or self.message
        self.remedy = remedy or self.remedy
        super().__init__(self.message)

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.message, self.remedy)


class EmptyFile(ExtractionError):
    """The file has no bytes, or nothing but white space."""

    code = "empty_file"
    message = "The file is empty."
    remedy = "Ask the supplier to send the file again."


class UnsupportedType(ExtractionError):
    """The bytes are of a type that no reader handles."""

    code = "unsupported_type"
    message = "This type of file is not read."
    remedy = "Ask the supplier for a PDF, an office file or a picture of the same document."


class DamagedFile(ExtractionError):
    """The bytes do not follow the rules of their type."""

    code = "damaged_file"
    message = "The file is damaged."
    remedy = "Ask the supplier to export the document again and to send it in a zip."


class EncryptedFile(ExtractionError):
    """The file asks for a password."""

    code = "encrypted_file"
    message = "The file is protected with a password."
    remedy = "Ask the supplier for the password and give it with the bundle, or ask for a copy without protection."


class WrongPassword(EncryptedFile):
    """Passwords were given with the bundle, and none of them opens the file."""

    code = "wrong_password"
    message = "None of the given passwords opens the file."
    remedy = "Ask the supplier for the password of this file, and send the bundle again with it."


class EncryptedMail(ExtractionError):
    """A mail or file is encrypted for somebody's key (S/MIME, OpenPGP): no password opens it."""

    code = "encrypted_mail"
    message = "The mail or file is encrypted for the key of its receiver and cannot be opened here."
    remedy = "Open it in the program that holds the key, save the text and the attachments without encryption, and send those."


class LimitExceeded(ExtractionError):
    """The file is larger, deeper or slower than the policy allows."""

    code = "limit_exceeded"
    message = "The file is larger than the set limit."
    remedy = "Ask for the document in smaller files, or let an administrator raise the limit."


class MemoryExceeded(LimitExceeded):
    """Reading the file takes more memory than the child may have."""

    message = "Reading the file takes more memory than the set limit."


class UnsafeArchive(ExtractionError):
    """The archive tries something that no honest archive does."""

    code = "unsafe_archive"
    message = "The archive holds entries that are not safe to unpack."
    remedy = "Ask the supplier for a plain zip of the documents."


class ReaderCrashed(ExtractionError):
    """The reading process died on this file."""

    code = "reader_crashed"
    message = "The reading program stopped on this file."
    remedy = "Ask the supplier for the document in another format, such as a new PDF print."


class ReaderTimedOut(ExtractionError):
    """The reading process took longer than the policy allows."""

    code = "reader_timed_out"
    message = "Reading the file took too long and was stopped."
    remedy = "Ask for the document in smaller files, or let an administrator raise the time limit."


class ReaderUnavailable(ExtractionError):
    """The machine and not the file keeps it from being read: no memory, no disk, no file handles, no OCR engine."""

    code = "reader_unavailable"
    message = "The machine could not read the file: it is out of memory, disk space or file handles."
    remedy = "Try again later; where it stays so, let an administrator run `livingproof doctor`."


# What the system says where it has no room left, whatever the file (errno(3)). Memory is not among them: in the child, a
# file that wants more than its limit gets the same answer.
OUT_OF_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE})


class MissingTool(ExtractionError):
    """The file is readable only with a program that is not installed."""

    code = "missing_tool"
    message = "This old format can be read only with LibreOffice, which is not installed here."
    remedy = "Install LibreOffice, or ask the supplier for the same document as PDF or DOCX."


class OldWord(MissingTool):
    """A Word file of before 2007, which is converted first."""

    message = "Word files of before 2007 (.doc) can be read only with LibreOffice, which is not installed here."


class OldSlides(MissingTool):
    """A PowerPoint file of before 2007, which is converted first."""

    message = "PowerPoint files of before 2007 (.ppt) can be read only with LibreOffice, which is not installed here."
    remedy = "Install LibreOffice, or ask the supplier for the same slides as PDF or PPTX."
