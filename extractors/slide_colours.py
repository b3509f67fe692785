"""Colours of slides, by themselves or through the theme and the colour map (ECMA-376 part 1, 20.1.2.3): which cannot be told
from a white slide."""

import math
import re
from colorsys import hls_to_rgb, rgb_to_hls

from extractors.colours import WHITE_FROM, is_white_word
from extractors.packages import Element, child, children, local, within

# What an area or letters can be filled with (20.1.8); whatever else stands in their place, nobody knows what it paints.
_FILLS = frozenset({"noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "AlternateContent"})
_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
_RGB = re.compile(r"[0-9a-fA-F]{6}")
# A colour of a theme is none of another theme; longer chains are circles.
_MOST_STEPS = 2
# Changes of a colour that leave white as it is, and others what nobody here works out.
_KEEP_WHITE = frozenset({"satMod", "satOff", "sat", "hueMod", "hueOff", "hue", "tint", "gray"})
_OF_ALPHA = frozenset({"alpha", "alphaMod", "alphaOff"})

Colour = tuple[float, float, float]


def fill_of(properties: Element | None) -> Element | None:
    """How properties of a shape, cell, line or run fill it; None where they do not say."""
    return next((part for part in children(properties) if local(part) in _FILLS), None)


class Palette:
    """The colours of a ``theme`` as a slide shows them: by its own colour map, or by those of its layout and master."""

    def __init__(self, theme: Element | None, slide: Element, layout: Element | None, master: Element | None) -> None:
        scheme = child(theme, "themeElements", "clrScheme")
        self._theme = {local(entry): next(children(entry), None) for entry in children(scheme)}
        own, below = (child(root, "clrMapOvr", "overrideClrMapping") for root in (slide, layout))
        # Programs do not agree on whether the map of a layout holds for slides with none: a colour must be white by both.
        maps = [own] if own is not None else [part for part in (child(master, "clrMap"), below) if part is not None]
        self._maps: list[dict[str, str]] = [dict(part.attrib) for part in maps] or [{}]

    def shows(self, fill: Element | None) -> bool:
        """Whether a fill is seen on white ground."""
        match local(fill) if fill is not None else "":
            case "noFill" | "":
                return False
            case "solidFill":
                return not self.is_white(next(children(fill), None))
            case "gradFill" | "pattFill":
                colours = [next(children(part), None) for part in within(fill, "gs", "fgClr", "bgClr")]
                return not colours or not all(map(self.is_white, colours))
            case _:
                return True

    def is_white(self, colour: Element | None) -> bool:
        """Whether a colour is surely white, or so clear that nothing is seen of it on white ground."""
        return colour is not None and all(self._is_white(colour, names) for names in self._maps)

    def _is_white(self, colour: Element, names: dict[str, str]) -> bool:
        opaque = _opaque(colour)
        found = self._rgb(colour, names, 0) if opaque else _WHITE
        return found is not None and all(255 * (1 - opaque + opaque * part) >= WHITE_FROM - 0.5 for part in found)

    def _rgb(self, colour: Element, names: dict[str, str], steps: int) -> Colour | None:
        """Red, green and blue from 0 to 1; None where they are not known."""
        value = colour.get("val") or ""
        found: Colour | None = None
        match local(colour):
            case "srgbClr":
                found = _hex(value)
            case "sysClr":
                found = _hex(colour.get("lastClr") or "") or (_WHITE if value == "window" else None)
            case "prstClr":
                found = _WHITE if is_white_word(value) else _BLACK if value == "black" else None
            case "scrgbClr":
                red, green, blue = (_as_shown(_share(colour.get(part), 0)) for part in "rgb")
                found = red, green, blue
            case "hslClr":
                found = hls_to_rgb(0, _share(colour.get("lum"), 0), _share(colour.get("sat"), 1))
            case "schemeClr" if steps < _MOST_STEPS:
                entry = self._theme.get(names.get(value, value))
                found = self._rgb(entry, names, steps + 1) if entry is not None else None
        return _changed(found, colour) if found is not None else None


def _changed(found: Colour, colour: Element) -> Colour | None:
    """A colour after what is written below it (20.1.2.3): lighter, darker; None where that is not worked out."""
    for part in children(colour):
        name, value = local(part), part.get("val")
        if name in _OF_ALPHA:
            continue
        hue, light, strong = rgb_to_hls(*found)
        match name:
            case "lumMod":
                light *= _share(value, 0, 10)
            case "lumOff":
                light += _share(value, 0)
            case "lum":
                light = _share(value, 0)
            case _ if name in _KEEP_WHITE and found == _WHITE:
                continue
            case _:
                return None
        found = hls_to_rgb(hue, min(1.0, max(0.0, light)), strong)
    return found


def _hex(text: str) -> Colour | None:
    if not _RGB.fullmatch(text):
        return None
    red, green, blue = bytes.fromhex(text)
    return red / 255, green / 255, blue / 255


def _opaque(colour: Element) -> float:
    """How far a colour covers what is below it, from 0 to 1; wholly where that is not plain."""
    parts = [part for part in children(colour) if local(part) in _OF_ALPHA]
    if len(parts) != 1 or local(parts[0]) != "alpha":
        return 1.0
    return max(0.0, _share(parts[0].get("val"), 1))


def _share(text: str | None, otherwise: float, most: float = 1.0) -> float:
    """A percentage (``50%``, or 50000 for the same) as a share, from minus to plus the most; ``otherwise`` where it is
    missing or nonsense."""
    text = (text or "").strip()
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text) / 100_000
    except ValueError:
        return otherwise
    return max(-most, min(most, value)) if math.isfinite(value) else otherwise


def _as_shown(light: float) -> float:
    """A share of light as screens count it (sRGB)."""
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
