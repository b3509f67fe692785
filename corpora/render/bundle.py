"""A supplier's bundle as files: each document rendered under the name its factory gave it, some inside zips."""

import zipfile
from pathlib import Path

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.render import office, paper, plain, scan, workbook

_FIXED_TIME = (2025, 1, 6, 8, 0, 0)


def render_document(document: AuthoredDocument, into: Path, attachments: dict[str, Path] | None = None) -> Path:
    """Write one document below ``into`` under its own file name and return the path."""
    path = into / document.file
    path.parent.mkdir(parents=True, exist_ok=True)
    match document.render:
        case "pdf":
            paper.write_pdf(document, path)
        case "scan":
            scan.write_scan(document, path)
        case "jpg" | "png":
            scan.write_picture(document, path)
        case "docx":
            office.write_docx(document, path)
        case "pptx":
            office.write_pptx(document, path)
        case "xlsx":
            workbook.write_xlsx(document, path)
        case "xls":
            workbook.write_xls(document, path)
        case "md":
            path.write_text(plain.markdown(document), encoding="utf-8")
        case "txt":
            path.write_text(plain.text(document), encoding="utf-8")
        case "html":
            path.write_text(plain.web(document), encoding="utf-8")
        case "csv":
            path.write_bytes(plain.delimited(document))
        case "eml":
            plain.write_mail(document, path, attachments or {})
        case other:  # pragma: no cover - the parser refuses unknown renders
            raise ValueError(other)
    if damage := document.front.get("damage"):
        spoil(path, str(damage))
    return path


def spoil(path: Path, damage: str) -> None:
    """Make a file unreadable as senders do: ``cut`` leaves its first half, ``encrypted`` a PDF behind a password."""
    if damage == "encrypted":
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(path))
        writer.encrypt("opens-for-nobody", algorithm="RC4-128")
        with path.open("wb") as sink:
            writer.write(sink)
    elif damage == "cut":
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    else:
        raise ValueError(f"damage: '{damage}' is neither 'cut' nor 'encrypted'")


def _attached(document: AuthoredDocument) -> list[str]:
    names = document.front.get("attach") or []
    return [names] if isinstance(names, str) else list(names)


def render_supplier(supplier: AuthoredSupplier, into: Path) -> dict[str, AuthoredDocument]:
    """Write the bundle of a supplier below ``into``.

    Returns the documents by the path under which a reader finds them: files inside a zip as ``papers.zip/name``, files that
    only travel as attachments as ``mail.eml/name``.
    """
    paths = {d.file: render_document(d, into) for d in supplier.documents if d.render != "eml"}
    found: dict[str, AuthoredDocument] = {}
    sent: set[str] = set()
    for mail in (d for d in supplier.documents if d.render == "eml"):
        names = [name for name in _attached(mail) if name in paths]
        render_document(mail, into, {name: paths[name] for name in names})
        found[mail.file] = mail
        sent.update(names)
        for name in names:
            found[f"{mail.file}/{name.rsplit('/', 1)[-1]}"] = next(d for d in supplier.documents if d.file == name)
    archives: dict[str, list[AuthoredDocument]] = {}
    for document in supplier.documents:
        if document.render == "eml":
            continue
        if archive := document.front.get("zip"):
            archives.setdefault(archive, []).append(document)
        elif document.file in sent:
            paths[document.file].unlink()
        else:
            found[document.file] = document
    for name, documents in archives.items():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(into / name, "w", zipfile.ZIP_DEFLATED) as archive_file:
            for document in documents:
                inner = document.file.rsplit("/", 1)[-1]
                info = zipfile.ZipInfo(inner, _FIXED_TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive_file.writestr(info, paths[document.file].read_bytes())
                paths[document.file].unlink()
                found[f"{name}/{inner}"] = document
    return found
