"""Pictures for people: a page of a PDF or a picture file as PNG of a given width. Runs in the child process."""

import io
from pathlib import Path

from PIL import Image

from extractors import detect
from extractors.errors import DamagedFile, UnsupportedType
from extractors.policy import ExtractionPolicy

# A page ten times as high as wide is a receipt; beyond, the picture is cut in resolution.
HIGHEST_RATIO = 10


def picture(path: Path, media_type: str, part: int, width_px: int, policy: ExtractionPolicy) -> bytes:
    """PNG of page or frame ``part`` (from 1), ``width_px`` wide. Raises UnsupportedType where there are no pages."""
    width_px = max(16, min(width_px, policy.picture_width_px))
    if media_type == detect.PDF:
        from extractors.pdf import page_picture

        image = page_picture(path, part, width_px, policy)
    elif media_type in detect.IMAGES:
        from extractors.image import frame

        image = frame(path, part, policy)
        height = max(1, min(round(image.height * width_px / image.width), HIGHEST_RATIO * width_px))
        image = image.resize((width_px, height), Image.Resampling.LANCZOS)
    else:
        raise UnsupportedType("Files of this type have no page pictures.")
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    stream = io.BytesIO()
    try:
        image.save(stream, "PNG", optimize=False, compress_level=3)
    except OSError as problem:
        raise DamagedFile from problem
    return stream.getvalue()
