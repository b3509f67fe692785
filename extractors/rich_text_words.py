"""The words of rich text (RTF 1.9.1): its tokens, which groups nobody sees on the page, signs and code pages."""

import codecs
import re

from extractors.document import BlockKind

TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])|(?P<line>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<stray>.)",
    re.DOTALL,
)
# Destinations whose text no person sees on the page.
UNSEEN = frozenset((
    "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "themedata",
    "colorschememapping", "datastore", "latentstyles", "fldinst", "nonshppict", "filetbl", "revtbl", "pgptbl",
    "mmathPr", "wgrffmtfilter", "datafield", "operator", "company", "category", "bkmkstart", "bkmkend", "blipuid",
    "panose", "falt", "objclass", "objname", "objdata", "template", "userprops", "comment",
    "doccomm", "keywords", "subject", "hlinkbase", "private", "xe", "tc", "txe", "rxe", "mhtmltag", "atrfstart",
    "atrfend", "atndate", "annotid", "atnref", "atnid",
))  # fmt: skip
EDGES: dict[str, BlockKind] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),  # type: ignore[dict-item]
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),  # type: ignore[dict-item]
    "footnote": "note",
    "annotation": "comment",
    "shptxt": "drawing",
    "dptxbxtext": "drawing",
}
# Groups for programs of today that hold text boxes and pictures, and the words of a group that is written twice.
HOLDERS = frozenset(["shpinst", "shppict", "do", "ud"])
SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "~": "\xa0", "_": "-",
}  # fmt: skip
# Character sets of fonts (\fcharset) and their code pages.
CODE_PAGES = {
    0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
    178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
DOCUMENT_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def known_page(page: str, otherwise: str) -> str:
    """A code page that Python has, else the other one."""
    try:
        return codecs.lookup("mac_roman" if page == "cp10000" else "johab" if page == "cp1361" else page).name
    except LookupError:
        return "utf-8" if page == "cp65001" else otherwise
