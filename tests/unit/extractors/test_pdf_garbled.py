"""Text that a person reads on a page and a machine cannot: its places alone are read from the picture."""

from pdf_files import WIDTH, outlines, pdf, text, unmapped
from PIL import Image

from extractors.ocr import FakeEngine, engine
from extractors.pdf import read
from extractors.policy import ExtractionPolicy

PLAIN = [(f"Sentence {at} of a procedure that says what it means", True, 72, 780 - 14 * at) for at in range(6)]


class Watching(FakeEngine):
    """Reads as the real engine and keeps the pictures it was shown."""

    def __init__(self):
        super().__init__()
        self.pictures: list[Image.Image] = []

    def recognise(self, image, languages, dpi, seconds):
        self.pictures.append(image)
        return engine().recognise(image, languages, dpi, seconds)


def test_only_the_words_of_a_font_without_meaning_are_read_from_the_picture(tmp_path, policy):
    watching = Watching()
    path = unmapped(
        tmp_path / "a.pdf",
        *PLAIN,
        ("Lot 4471 was released by the laboratory", False, 72, 600),
        ("Inspector:", True, 72, 500),
        ("Maria Lindqvist", False, 130, 500),
    )
    document = read(path, "a.pdf", policy, watching)
    found = {block.text: block for block in document.blocks}
    assert document.not_read == ()
    assert found["Lot 4471 was released by the laboratory"].source == "ocr"
    assert found["Lot 4471 was released by the laboratory"].confidence > 0.7
    assert found["Inspector: Maria Lindqvist"].source == "ocr"
    plain = next(block for block in document.blocks if "procedure" in block.text)
    assert (plain.source, plain.confidence) == ("text", None)
    # The box is that of the file, and the engine saw nothing of the readable lines.
    box = found["Lot 4471 was released by the laboratory"].locators[0].boxes[0]
    assert abs(box.x0 - 72 / 595) < 0.01
    assert abs(box.y1 - (842 - 598) / 842) < 0.01
    assert not any("procedure" in word.text for image in watching.pictures for word in _words(image, policy))
    assert len(watching.pictures) == 1


def _words(image: Image.Image, policy: ExtractionPolicy):
    return engine().recognise(image, ("eng",), policy.ocr_dpi, policy.ocr_page_seconds)


def test_a_font_without_meaning_that_cannot_be_read_is_said_so_with_its_place(tmp_path, policy):
    path = unmapped(tmp_path / "a.pdf", *PLAIN, ("Lot 4471 was released", False, 72, 600))
    document = read(path, "a.pdf", policy, FakeEngine())
    assert [item.code for item in document.not_read] == ["part_not_read"]
    assert document.not_read[0].locators[0].boxes
    assert "released" not in " ".join(block.text for block in document.blocks)


def test_lines_drawn_as_outlines_among_text_are_read(tmp_path, policy):
    path = pdf(
        tmp_path / "a.pdf",
        lambda canvas: [
            draw(canvas)
            for draw in (
                text(*(line for line, *_ in PLAIN)),
                outlines(["The furnace was calibrated in March", "and the next date is in September"]),
            )
        ],
    )
    document = read(path, "a.pdf", policy)
    found = next(block for block in document.blocks if "furnace" in block.text)
    assert found.text == "The furnace was calibrated in March and the next date is in September"
    assert found.source == "ocr"


def test_marks_of_a_chart_are_no_letters(tmp_path, policy):
    def draw(canvas):
        text(*(line for line, *_ in PLAIN))(canvas)
        for at in range(60):
            canvas.circle(80 + at * 7 % (WIDTH - 160), 300 + at % 3, 2.5, stroke=0, fill=1)

    watching = Watching()
    read(pdf(tmp_path / "a.pdf", draw), "a.pdf", policy, watching)
    assert watching.pictures == []
