"""A paper in a language that is not judged is named as such; papers in served languages, full of codes and foreign names, are not."""

import pytest

from evidence.language import not_served
from evidence.pipeline import DocumentReader
from extractors.document import Block, Document, Part
from extractors.locators import ParagraphLocator
from tests.unit.evidence.small_model import classifier

SPANISH = [
    "Acta de la revisión por la dirección. Se revisaron los resultados del primer semestre: las quejas de los clientes bajaron de nueve "
    "a cuatro y el rechazo interno quedó en el dos por ciento, por encima del objetivo que se había fijado en enero.",
    "El responsable de mantenimiento cambió la válvula de la prensa tres y comprobó cincuenta piezas sin encontrar ninguna rebaba.",
]
POLISH = [
    "Raport z auditu wewnętrznego. W magazynie wyrobów gotowych stwierdzono brak oznaczenia partii na dwóch paletach; kierownik zmiany "
    "uzupełnił etykiety jeszcze tego samego dnia, a przyczynę omówiono na zebraniu działu jakości w następnym tygodniu.",
]
ENGLISH = [
    "Minutes of the monthly meeting in Querétaro: Señor Hernández Ávila and Srta. Muñoz of Troquelados del Bajío S.A. de C.V. reported "
    "two late deliveries of lot TQ-0417; the steel came from Aceros Peña, whose certificate was checked on 12 May and filed.",
]
INDONESIAN = [
    "Notulen rapat tinjauan manajemen. Keluhan pelanggan turun dari sembilan menjadi empat, penolakan di lini dua masih di atas sasaran "
    "karena cetakan aus; bagian perawatan mengganti cetakan pada minggu kedua dan hasilnya diperiksa oleh bagian mutu.",
]
TURKISH_CODES = ["LOT 25C-0417 / PN 4471-B / REV 03 / OK / OK / NG / 41,207 / 41,204 / QC PASS", "Ölçüm: Ø 12,5 ±0,05"]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (SPANISH, "es"),
        (POLISH, "pl"),
        (ENGLISH, ""),
        (INDONESIAN, ""),
        (TURKISH_CODES, ""),
        (SPANISH[1:], ""),  # a line alone tells too little
        (SPANISH + ENGLISH * 3, ""),  # a Spanish attachment in an English paper
        ([], ""),
    ],
)
def test_a_paper_is_told_by_most_of_its_text(texts, code):
    assert not_served(texts) == code


def _report(texts):
    blocks = tuple(
        Block(kind="paragraph", text=text, locators=(ParagraphLocator(paragraph=at),), part=1)
        for at, text in enumerate(texts, start=1)
    )
    part = Part(number=1, kind="section")
    document = Document(path="a.docx", sha256="0" * 64, media_type="text/plain", parts=(part,), blocks=blocks)
    return DocumentReader(classifier()).read(document).report


def test_the_report_names_the_language_and_what_to_do():
    strange, served = _report(SPANISH), _report(ENGLISH)
    assert (strange.language, strange.status) == ("es", "read")
    assert any("Spanish" in sentence and "copy in English" in sentence for sentence in strange.not_read)
    assert (served.language, served.not_read) == ("en", ())
