"""The fonts of the PDF: those of installed packages, so that every machine sets the same pages; the system's where one is missing."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst


@dataclass(frozen=True)
class Script:
    """A script that suppliers write in: the package that has a font for it, that font, and fonts of systems that do as well."""

    name: str
    sample: str
    package: str
    family: str
    others: tuple[str, ...]


SCRIPTS = (
    Script(
        "Latin with Vietnamese and Turkish", "Đánh giá, değerlendirme", "fontpkg_noto_sans", "Noto Sans",
        ("DejaVu Sans", "Segoe UI", "Arial", "Roboto"),
    ),
    Script(
        "Thai", "การประเมิน", "fontpkg_noto_sans_thai", "Noto Sans Thai",
        ("Loma", "Garuda", "Leelawadee UI", "Thonburi", "Tahoma"),
    ),
    Script(
        "Chinese", "评价 評價", "pylopdf_fonts_zh_cn", "Noto Sans SC",
        ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimSun", "WenQuanYi Micro Hei"),
    ),
    Script(
        "Korean", "평가", "pylopdf_fonts_ko", "Noto Sans KR",
        ("Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic", "UnDotum"),
    ),
)  # fmt: skip
# Always there, inside the typesetter: it has the ticks, boxes and arrows of factory forms.
SIGNS = "DejaVu Sans Mono"


def packaged() -> list[str]:
    """The folders of the font packages that are installed."""
    found = []
    for script in SCRIPTS:
        spec = find_spec(script.package)
        found += list(spec.submodule_search_locations or []) if spec else []
    return found


@lru_cache(maxsize=1)
def fonts() -> "typst.Fonts":
    """The fonts the typesetter may use. The system's are looked through only where a package is missing."""
    import typst

    folders = packaged()
    complete = all(find_spec(script.package) for script in SCRIPTS)
    return typst.Fonts(include_system_fonts=not complete, include_embedded_fonts=True, font_paths=list(folders))


def families() -> list[str]:
    """The fonts in the order in which a letter looks for one that has it."""
    there = set(fonts().families())
    wanted = [name for script in SCRIPTS for name in (script.family, *script.others)]
    return [name for name in (*wanted, SIGNS) if name in there]


def scripts_without_font() -> list[str]:
    """The scripts that would be set as empty boxes."""
    there = set(fonts().families())
    return [script.name for script in SCRIPTS if not there & {script.family, *script.others}]
