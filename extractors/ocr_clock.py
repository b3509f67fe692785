"""The time that reading one page may take, so that a busy machine reads as much of it as an idle one.

What counts is processor time. Tesseract itself looks only at the wall clock: it is given as much of that as the processor
time left takes at the pace of this page, and once more where the machine grew busier meanwhile.
"""

from collections.abc import Callable, Sequence
from time import monotonic, process_time

from PIL import Image

from extractors.ocr import OcrEngine, OcrWord

# The engine always gets so many seconds: a page may have used up its time with turning.
LEAST_SECONDS = 2.0
# Processor seconds below which the pace of a page cannot be told, and the pace taken until then.
LEAST_MEASURED = 0.05
USUAL_PACE = 2.0
# The slowest pace believed, in wall seconds a processor second: a machine that is busier has stopped.
SLOWEST_PACE = 40.0
# Wall time given on top of what the pace asks for.
MARGIN = 1.25
# A reading that was cut off is repeated while this share of the page's time is left.
AGAIN_SHARE = 0.5


class PageClock:
    """Counts the processor seconds of one page; ``wall`` and ``processor`` are the clocks, for tests."""

    def __init__(
        self,
        seconds: float,
        wall: Callable[[], float] = monotonic,
        processor: Callable[[], float] = process_time,
    ) -> None:
        self._seconds, self._wall, self._processor = seconds, wall, processor
        self._began, self._used = wall(), processor()
        self.cut = False

    @property
    def left(self) -> float:
        """Processor seconds left; 0 or less where the time is over."""
        return self._seconds - (self._processor() - self._used)

    def recognise(self, engine: OcrEngine, image: Image.Image, languages: Sequence[str], dpi: int) -> list[OcrWord]:
        """The words of an upright picture within the time left; ``cut`` is set where that did not do."""
        while True:
            begun, allowed = self._wall(), self._wall_seconds()
            words = engine.recognise(image, languages, dpi, allowed)
            if self._wall() - begun < allowed:
                return words
            if self.left < AGAIN_SHARE * self._seconds:
                self.cut = True
                return words

    def _wall_seconds(self) -> float:
        used = self._processor() - self._used
        pace = (self._wall() - self._began) / used if used >= LEAST_MEASURED else USUAL_PACE
        return max(LEAST_SECONDS, self.left) * MARGIN * min(max(pace, 1.0), SLOWEST_PACE)
