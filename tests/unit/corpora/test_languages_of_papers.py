"""Papers in a language that is not judged are told from all others, over the whole corpus: codes, names and numbers mislead nobody."""

from corpora.authored import load_corpus
from evidence.language import not_served

# Certificates and a list in these languages; the front matter of a document has no code for them.
STRANGE = {
    "bielsko-wrzeciono/05-approved-list": "pl",
    "brackwater-sourcing/04-cert-es-annex": "es",
    "fundicao-lis/07-iso-and-ped": "pt",
    "warta-packaging/01-iso9001": "pl",
    "brackwater-sourcing/01-cert-de-style": "de",
    "brackwater-sourcing/03-cert-it-expired": "it",
    "kestrel-detectors/12-iso9001-fr": "fr",
}


def test_only_papers_in_other_languages_are_told_as_such() -> None:
    found = {}
    for supplier in load_corpus():
        for document in supplier.documents:
            body = document.source.read_text(encoding="utf-8").split("\n---", 1)[1]
            lines = [line for line in body.split("\n") if not line.startswith(("@", "%%", "==="))]
            if code := not_served(lines):
                found[document.id] = code
    assert found == STRANGE
