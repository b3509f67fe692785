"""Which kind of text a text file is: mail, web page, Markdown, a table of delimiters, or plain."""

import codecs
import json
import re

HTML = "text/html"
MARKDOWN = "text/markdown"
CSV = "text/csv"
TSV = "text/tab-separated-values"
EML = "message/rfc822"
RTF = "application/rtf"
JSON = "application/json"
XML = "application/xml"
SPREADSHEET_XML = "application/vnd.ms-excel.sheet.xml"
SVG = "image/svg+xml"
OFFICE_XML = "application/x-office-xml"
PLAIN = "text/plain"

# Above this share of control characters a file is binary; page feeds, tabs and line ends do not count.
CONTROL_SHARE = 0.02
# Zeros that programs leave in text of one byte a letter, as padding or for a missing value; binary files have more, and other
# control characters beside them.
STRAY_ZEROS = 0.1
# Shares of zeros among the upper and the lower bytes of UTF-16 text in which Latin letters, digits and blanks are common.
UPPER_ZEROS, LOWER_ZEROS = 0.3, 0.05
# Lines looked at to tell a table from prose.
TABLE_LINES = 30

_BY_SUFFIX = {
    "html": HTML, "htm": HTML, "xhtml": HTML, "md": MARKDOWN, "markdown": MARKDOWN, "csv": CSV, "tsv": TSV, "tab": TSV,
    "eml": EML, "json": JSON, "txt": PLAIN, "text": PLAIN, "log": PLAIN,
}  # fmt: skip
_MAIL_FIELDS = re.compile(
    rb"(?im)^(from|to|cc|subject|date|received|return-path|reply-to|mime-version|message-id|delivered-to|content-type|x-[a-z0-9-]+):"
)
_MAIL_BODY = re.compile(rb"(?i)content-type:\s*multipart/[a-z]+\s*;[\s\S]{0,400}?\bboundary=")
_HTML_START = re.compile(r"(?is)^\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body)\b")
_XML_START = re.compile(r"(?is)(<!--.{0,2000}?-->\s*)*<(\?xml\b|!doctype\b|!entity\b)")
# The root element of a workbook of Excel 2003 in XML.
_SPREADSHEET_XML = re.compile(r"""<(\w+:)?Workbook\b[^<>]*=\s*["']urn:schemas-microsoft-com:office:spreadsheet["']""")
# Word of 2003, packages of today written as one XML file, and OpenDocument in one file.
_OFFICE_XML = re.compile(
    r"schemas\.microsoft\.com/office/(word/2003/wordml|2006/xmlPackage)|urn:oasis:names:tc:opendocument:xmlns:office"
)
# What stands before the root element; and a page or a drawing written as XML, its names with or without a prefix.
_BEFORE_ROOT = re.compile(r"<\?[^>]{0,500}>|<!--[\s\S]{0,4000}?-->|<![A-Za-z][^<>]{0,1000}>|\A\s+|\]>")
_PAGE_OR_DRAWING = re.compile(
    r"""(?i)\s*<(?:[\w.-]{1,30}:)?(html|svg)\b[^<>]*=\s*["']http://www\.w3\.org/(?:1999/xhtml|2000/svg)["']"""
)
_HTML_TAGS = re.compile(
    r"(?i)</?(p|div|span|table|tr|td|th|ul|ol|li|h[1-6]|a|br|body|head|meta|title|b|i|font)\b[^<>]{0,500}>"
)
# The row of dashes under the heads of a table: no table of a program has one.
_MARKDOWN_RULE = re.compile(r"(?m)^\|?[ :]*-{3,}[ :]*(\|[ :]*-{3,}[ :]*)+\|?[ \r]*$")
_MARKDOWN_SIGNS = (
    re.compile(r"(?m)^#{1,6} \S"),
    re.compile(r"(?m)^```"),
    re.compile(r"\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)"),
    re.compile(r"(?m)^\|?[ :]*-{3,}[ :]*\|"),
    re.compile(r"(?m)^[*-] \[[ xX]\] "),
    re.compile(r"\*\*[^*\n]{1,200}\*\*"),
    re.compile(r"(?m)^---\n(?:.*\n){0,60}?---\n"),
)


def text_media_type(head: bytes, name: str = "") -> str | None:
    """The media type of text that starts with ``head``, or None where the bytes are not text."""
    text = decode_head(head)
    if text is None:
        # Files sent as bytes make a mail no text; its fields are.
        fields = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
        return EML if _is_mail(head) and decode_head(fields) is not None else None
    start = text.lstrip()
    if start.startswith("{\\rtf"):
        return RTF
    if _HTML_START.match(text):
        return HTML
    if _XML_START.match(start) or (re.match(r"<[A-Za-z_][\w.:-]*[\s>]", start) and _is_xml(start)):
        if _SPREADSHEET_XML.search(start[:4000]):
            return SPREADSHEET_XML
        if _OFFICE_XML.search(start[:4000]):
            return OFFICE_XML
        if page := _PAGE_OR_DRAWING.match(_BEFORE_ROOT.sub("", start[:8000])):
            return HTML if page[1].lower() == "html" else SVG
        return XML if len(_HTML_TAGS.findall(text)) < 5 else HTML
    if _is_mail(head):
        return EML
    by_name = _BY_SUFFIX.get(name.rpartition(".")[2].lower() if "." in name else "")
    if start[:1] in "{[" and (by_name == JSON or _is_json(start)):
        return JSON
    return _among_texts(text, by_name)


def _among_texts(text: str, by_name: str | None) -> str:
    signs = sum(bool(sign.search(text)) for sign in _MARKDOWN_SIGNS)
    scores = {
        HTML: len(_HTML_TAGS.findall(text)) >= 6,
        MARKDOWN: signs >= (1 if by_name == MARKDOWN else 2) or bool(_MARKDOWN_RULE.search(text)),
        CSV: _is_table(text, ",;|"),
        TSV: _is_table(text, "\t"),
    }
    seen = [kind for kind, found in scores.items() if found]
    if by_name in (CSV, TSV, MARKDOWN, PLAIN) and (
        not seen or by_name in seen or (by_name == PLAIN and seen == [MARKDOWN])
    ):
        return by_name
    if by_name == HTML and scores[HTML]:
        return HTML
    return seen[0] if seen else PLAIN


def decode_head(head: bytes) -> str | None:
    """The first bytes as text, in the encoding their order mark or their zeros tell; None where they are no text."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return _if_text(head[: len(head) // 4 * 4].decode(encoding, "replace"))
    if b"\x00" in head:
        if wide := by_zeros(head):
            return _if_text(head[: len(head) // 2 * 2].decode(wide, "replace"))
        padded = head.rstrip(b"\x00")
        head = padded.replace(b"\x00", b"")
        if len(padded) - len(head) > STRAY_ZEROS * len(padded):
            return None
    try:
        return _if_text(codecs.getincrementaldecoder("utf-8")().decode(head))
    except UnicodeDecodeError:
        return _if_text(head.decode("latin-1"))


def by_zeros(raw: bytes) -> str | None:
    """Which of the two orders of UTF-16 the zeros among the bytes tell; None where they are strays or padding."""
    even, odd, half = raw[0::2].count(0), raw[1::2].count(0), len(raw) / 2
    if odd > UPPER_ZEROS * half and even < LOWER_ZEROS * half:
        return "utf-16-le"
    return "utf-16-be" if even > UPPER_ZEROS * half and odd < LOWER_ZEROS * half else None


def _if_text(text: str) -> str | None:
    # ESC starts the shift sequences of ISO-2022 Japanese and Korean text.
    odd = sum((ord(letter) < 32 and letter not in "\t\n\r\f\x0b\x1b") or letter in "\x7f\ufffd" for letter in text)
    return text if text and odd <= CONTROL_SHARE * len(text) else None


def _is_mail(head: bytes) -> bool:
    """Whether the first lines are mail header fields (RFC 5322) with at least one that only mails have."""
    lines = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    first = lines.split(b"\n", 1)[0]
    if not re.match(rb"(?i)^([!-9;-~]+:|from \S+@)", first):
        return False
    if _MAIL_BODY.match(lines):
        return True  # what mail programs keep of a signed mail begins with its body
    fields = {match.lower() for match in _MAIL_FIELDS.findall(lines)}
    return len(fields) >= 3 or (
        len(fields) >= 2 and bool(fields & {b"message-id", b"received", b"mime-version", b"subject"})
    )


def _is_xml(start: str) -> bool:
    root = re.match(r"<([A-Za-z_][\w.:-]*)", start)
    return root is not None and (f"</{root[1]}>" in start or "xmlns" in start[:2000])


def _is_json(start: str) -> bool:
    try:
        json.loads(start)
    except RecursionError:
        return True
    except ValueError as problem:
        # A cut head breaks off at its very end; any other break means that it is no JSON.
        return getattr(problem, "pos", 0) >= len(start) - 200 and len(start) > 1000
    return True


def _is_table(text: str, delimiters: str) -> bool:
    """Whether nearly all first lines hold the same number of a delimiter, and more than one line does."""
    lines = [line for line in text.splitlines()[:TABLE_LINES] if line.strip()]
    if len(lines) < 2:
        return False
    for delimiter in delimiters:
        counts = [re.sub(r'"[^"]*"', "", line).count(delimiter) for line in lines]
        common = max(set(counts), key=counts.count)
        wanted = 1 if delimiter in "\t;|" else 2
        if common >= wanted and counts.count(common) >= max(2, 0.8 * len(counts)):
            return True
    return False
