"""What a reader may spend on one file: every limit with its name, its unit and why it is there.

One frozen object, built once from settings and handed to the child process as JSON. A setting that cannot work is
refused by its name.
"""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MIB = 1024 * 1024
GIB = 1024 * MIB

Count = Annotated[int, Field(ge=1)]
Depth = Annotated[int, Field(ge=0)]
Bytes = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class ExtractionPolicy(BaseModel):
    """The limits. A file beyond one of them is reported with its reason; it never stops the bundle."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # The child process
    memory_bytes: Bytes = Field(
        2 * GIB, description="Address space of the child; a parser that wants more dies, not the machine."
    )
    written_bytes: Bytes = Field(
        1 * GIB, description="Largest file the child may write, in its own temporary folder only."
    )
    open_files: Count = Field(256, description="File handles of the child; readers need about twenty.")
    file_seconds: Seconds = Field(600, description="Wall time for one file; a scan of 300 pages needs about that long.")
    stall_seconds: Seconds = Field(
        45, description="Wall time without a finished page or sheet before an idle child counts as hung."
    )
    idle_seconds: Seconds = Field(
        15, description="Wall time without any processor time used or asked for before the child counts as asleep."
    )
    stall_processor_seconds: Seconds = Field(
        10,
        description="Processor time without a finished page or sheet before the child counts as hung, OCR apart; "
        "the slowest honest pages take three.",
    )
    rescue_seconds: Seconds = Field(
        5,
        description="Processor time that may be lost to further deaths of the child on one file; what is unread by then "
        "is named.",
    )
    work_seconds: Seconds = Field(
        15,
        description="Processor time of reading one file, pictures apart, after which readers stop by themselves and keep "
        "what they have; a book of 3,000 pages and a workbook of 250,000 cells take half.",
    )
    fruitless_seconds: Seconds = Field(
        12,
        description="Processor time of one file for pictures in which no text is found; then no further one is looked at.",
    )
    soft_share: Share = Field(
        0.85, description="Share of file_seconds after which readers stop by themselves and keep what they have."
    )
    start_seconds: Seconds = Field(
        20,
        description="Wall time for the child to start, and processor time where a busy machine lets it wait; far above the "
        "usual half second.",
    )
    files_per_child: Count = Field(
        200, description="Files before the child is replaced, so that no parser's leak grows for ever."
    )
    recycle_bytes: Bytes = Field(
        700 * MIB, description="Resident memory after a file above which the child is replaced."
    )
    output_bytes: Bytes = Field(
        256 * MIB, description="Largest answer taken from the child; about a million table cells."
    )
    crash_retries: Depth = Field(
        12, description="Deaths of the child on one file after the first; the readable pages around them are kept."
    )

    # LibreOffice, for DOC and PPT
    convert_seconds: Seconds = Field(
        90, description="Wall and processor time of LibreOffice on one old file; usual ones take three."
    )
    convert_memory_bytes: Bytes = Field(
        3 * GIB, description="Address space of LibreOffice, which maps about one GiB before it opens anything."
    )

    # Any file
    file_bytes: Bytes = Field(
        500 * MIB, description="Largest single file; the largest supplier scans seen are near 200 MiB."
    )
    text_characters: Count = Field(
        20_000_000, description="Characters kept of one document; a 5,000-page book has about half."
    )
    name_characters: Count = Field(255, description="Longest file name kept, the limit of common file systems.")
    xml_part_bytes: Bytes = Field(256 * MIB, description="Largest single XML part of an office file once inflated.")
    package_bytes: Bytes = Field(
        1 * GIB, description="All parts of one office file together once inflated; far below what a zip bomb wants."
    )
    xml_entities: Depth = Field(
        0,
        description="Entities that one XML part may declare: no office program declares any, and an entity bomb needs "
        "them. None is ever resolved; with 0, a document type is refused too.",
    )
    xml_depth: Count = Field(
        256, description="Deepest nesting of XML or HTML elements; honest files stay below a hundred."
    )

    # PDF
    pages: Count = Field(5_000, description="Pages of one PDF; the rest is reported as not read.")
    pdf_stream_bytes: Bytes = Field(
        512 * MIB,
        description="One stream of a PDF once inflated: the largest picture allowed, in colour, has 360 million.",
    )
    page_characters: Count = Field(
        400_000, description="Characters on one page; a dense page has 10,000, a bomb has millions."
    )
    page_objects: Count = Field(
        60_000, description="Drawing objects on one page that are searched for table lines; maps have more."
    )
    page_rulings: Count = Field(
        3_000, description="Table lines on one page that are joined to tables; the joining costs their product."
    )
    annotations: Count = Field(2_000, description="Annotations and form fields read on one page.")
    attachments: Count = Field(
        1_000, description="Files that one PDF carries; a portfolio of more is no supplier document."
    )

    # Pictures and OCR
    image_pixels: Count = Field(
        120_000_000, description="Pixels of one picture by its own header and as decoded: A0 at 200 dpi."
    )
    image_frames: Count = Field(500, description="Frames of one TIFF; a faxed folder has about a hundred.")
    code_pages: Count = Field(
        20,
        description="Pages of one PDF on which QR codes are looked for among the text; certificates have one to three.",
    )
    ocr_pages: Count = Field(400, description="Pages of one file sent to OCR at one to two seconds each.")
    ocr_dpi: Count = Field(
        300, description="Dots per inch at which a page is rendered for OCR; Tesseract is trained near that."
    )
    ocr_pixels: Count = Field(
        16_000_000,
        description="Pixels given to OCR at once; larger pictures are scaled down: A3 at 300 dpi is 17 million.",
    )
    ocr_page_seconds: Seconds = Field(
        12,
        description="Processor time of OCR on one page, all its readings together; a noise picture can take minutes.",
    )
    ocr_languages: tuple[str, ...] = Field(
        ("eng", "vie", "ind", "msa", "tur", "tha", "chi_sim", "chi_tra", "kor", "jpn"),
        description="Languages looked for on scans, by Tesseract's names; those not installed are left out.",
    )
    tessdata_folders: tuple[str, ...] = Field((), description="Folders with further Tesseract language data.")
    ocr_word_confidence: Share = Field(
        0.40, description="Words below are left out: Tesseract invents there more than it reads."
    )
    ocr_region_confidence: Share = Field(
        0.55, description="Mean confidence of a line below which it is reported as not readable."
    )
    picture_width_px: Count = Field(3_000, description="Widest page picture made for the browser.")

    # Spreadsheets and other office files
    sheets: Count = Field(300, description="Sheets of one workbook; monthly reports have about thirty.")
    sheet_rows: Count = Field(200_000, description="Rows with something in them kept of one sheet.")
    sheet_columns: Count = Field(2_000, description="Columns looked at on one sheet.")
    workbook_cells: Count = Field(
        250_000, description="Cells kept of one workbook; each takes about 2 KB in the child and 0.25 KB in its answer."
    )
    slides: Count = Field(2_000, description="Slides of one presentation.")
    paragraphs: Count = Field(300_000, description="Paragraphs and table cells of one text document.")
    mail_parts: Count = Field(
        2_000,
        description="Parts and attachments of one mail that are looked at; one with more is a bomb of empty parts.",
    )
    merges: Count = Field(
        50_000, description="Merged ranges of one sheet; the largest real one seen had some thousand."
    )
    shapes: Count = Field(5_000, description="Drawn shapes of one sheet or slide; a full fishbone has about a hundred.")
    embedded_pictures: Count = Field(
        40,
        description="Pictures in one office file sent to OCR at one to two seconds each; a photo report has so many.",
    )
    nesting: Count = Field(12, description="Tables in tables, groups in groups, mails in mails.")

    # Archives and bundles
    bundle_bytes: Bytes = Field(4 * GIB, description="Inflated size of a whole bundle, measured while inflating.")
    bundle_files: Count = Field(20_000, description="Files of a whole bundle, nested archives included.")
    archive_entries: Count = Field(20_000, description="Entries of one archive, folders included.")
    archive_directory_bytes: Bytes = Field(
        32 * MIB, description="Size of a zip's list of contents; 20,000 entries with long names take about 4 MiB."
    )
    archive_depth: Depth = Field(5, description="Archives within archives.")
    archive_ratio: Count = Field(
        250, description="Inflated size against packed size; text packs 20 to 1, bombs 1,000 to 1."
    )
    archive_ratio_floor: Bytes = Field(16 * MIB, description="Inflated size below which the ratio is not looked at.")
    bundle_ratio: Count = Field(
        100, description="Inflated size of all that lies in one sent file, nested archives included, against its size."
    )
    bundle_ratio_floor: Bytes = Field(
        256 * MIB,
        description="Inflated size of all that lies in one sent file below which that ratio is not looked at.",
    )
    passwords: Count = Field(20, description="Passwords of one bundle; each is tried on each protected file.")
    password_rounds: Count = Field(
        2_000_000,
        description="Rounds of key derivation of a protected file; programs write 1,024 to 100,000, a hostile file billions.",
    )
    password_characters: Count = Field(255, description="Longest password; Office takes as many.")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.stall_seconds > self.file_seconds:
            raise ValueError("stall_seconds must not be above file_seconds")
        if self.recycle_bytes > self.memory_bytes:
            raise ValueError("recycle_bytes must not be above memory_bytes")
        if self.ocr_page_seconds >= self.stall_seconds:
            raise ValueError("ocr_page_seconds must be below stall_seconds, or a slow page would count as a hung child")
        return self
