"""The words that pages show for the names used in data, in plain English."""

from evidence.language import NOT_SERVED

MODES: dict[str, tuple[str, str]] = {
    "record": ("record", "says what was done, found or measured on an occasion"),
    "prescription": ("rule", "says what shall be done, by whom or how"),
    "template": ("blank form", "a form, or part of one, with nothing filled in"),
    "claim": ("claim", "praises or promises, with nothing that could be checked"),
    "credential": ("certificate", "part of a certificate or approval"),
    "other": ("other", "says nothing either way"),
}
KINDS: dict[str, str] = {
    "manual": "manual",
    "procedure": "procedure",
    "blank_form": "blank form",
    "certificate": "certificate",
    "corrective_action_record": "corrective action record",
    "internal_audit_record": "internal audit record",
    "management_review_record": "management review record",
    "metrics_record": "record of quality figures",
    "traceability_record": "lot, inspection or test record",
    "calibration_record": "calibration record",
    "supplier_evaluation_record": "supplier evaluation record",
    "training_record": "training record",
    "other": "other",
}
READINGS: dict[str, tuple[str, str]] = {
    "living": ("living", "shows that a process ran"),
    "static": ("static", "says what should happen, or certifies; nothing in it shows a process running"),
    "mixed": ("mixed", "both in substance"),
    "undetermined": ("undetermined", "not decided: a reviewer should look"),
}
CRITERIA: dict[str, str] = {
    "process_ownership": "process ownership",
    "corrective_action": "corrective action",
    "internal_audit": "internal audit",
    "management_review": "management review",
    "quality_metrics": "quality figures",
    "traceability": "traceability",
    "supplier_control": "control of suppliers",
    "calibration": "calibration",
    "competence": "training and skills",
    "risk": "risk",
    "change_control": "change control",
    "certification": "certification",
}
STATES: dict[str, str] = {
    "waiting": "waiting",
    "working": "being read",
    "read": "read",
    "partial": "read in part",
    "failed": "not read",
}
STAGES: dict[str, str] = {
    "waiting": "waiting",
    "extract": "reading pages",
    "judge": "judging the text",
    "store": "storing",
    "done": "done",
}
BUNDLE_STATES: dict[str, str] = {
    "receiving": "Files are coming in.",
    "waiting": "Waiting to be unpacked.",
    "unpacking": "Being unpacked.",
    "reading": "Files are being read.",
    "assessing": "All files are read; the supplier is being assessed.",
    "done": "All files are done.",
    "failed": "The bundle could not be worked through.",
}
FILE_TYPES: dict[str, str] = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.ms-excel": "old Excel workbook",
    "application/vnd.ms-excel.sheet.xml": "Excel workbook in XML",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint slides",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument workbook",
    "text/csv": "table of values (CSV)",
    "text/html": "web page",
    "text/markdown": "text (Markdown)",
    "text/plain": "text",
    "message/rfc822": "mail",
    "image/jpeg": "picture (JPEG)",
    "image/png": "picture (PNG)",
    "image/tiff": "picture (TIFF)",
}
LANGUAGES: dict[str, str] = {
    "en": "English",
    "vi": "Vietnamese",
    "id": "Indonesian",
    "ms": "Malay",
    "th": "Thai",
    "zh": "Chinese",
    "ko": "Korean",
    "ja": "Japanese",
    "tr": "Turkish",
    **NOT_SERVED,
}
ACTIONS: dict[str, str] = {"confirm": "confirmed", "override": "overrode"}

# From this probability upwards the words on the right are used: people read words of likelihood better than decimals.
LIKELIHOODS: tuple[tuple[float, str], ...] = (
    (0.95, "almost certainly"),
    (0.8, "very likely"),
    (0.6, "likely"),
    (0.4, "about as likely as not"),
    (0.2, "unlikely"),
    (0.0, "very unlikely"),
)
# A criterion below this probability is not said to be a subject of a passage.
SUBJECT = 0.5


def likelihood(probability: float) -> str:
    """A probability in words."""
    return next(words for least, words in LIKELIHOODS if probability >= least)


def subjects(criteria: dict[str, float]) -> list[str]:
    """What a passage is about, the surest first."""
    sure = sorted(((p, name) for name, p in criteria.items() if p >= SUBJECT), reverse=True)
    return [CRITERIA.get(name, name.replace("_", " ")) for _, name in sure]


def value(decided: str | list[str]) -> str:
    """What a reviewer decided, in words."""
    if isinstance(decided, list):
        return ", ".join(CRITERIA.get(name, name) for name in decided) or "nothing in particular"
    return MODES[decided][0] if decided in MODES else KINDS.get(decided, decided.replace("_", " "))
