"""Check authored suppliers: ``python -m corpora.validate [FOLDER...]`` prints each slip, and the shares of modes."""

import sys
from collections import Counter
from pathlib import Path

from corpora import shortcuts
from corpora.authored import SUPPLIERS, AuthoredSupplier, load_document, load_supplier
from corpora.blocks import AuthoringError
from corpora.pairs import load_pairs
from corpora.twins import ALIKE, MOST_TWINS, pieces, twins


def problems(supplier: AuthoredSupplier) -> list[str]:
    """What the parser cannot see: doubled file names, labels without text, a demo bundle without a headline."""
    found = []
    for name, times in Counter(d.file for d in supplier.documents).items():
        if times > 1:
            found.append(f"{supplier.id}: the file name '{name}' stands {times} times")
    if supplier.demo and not supplier.headline:
        found.append(f"{supplier.id}: a demo supplier needs a headline")
    files = {d.file for d in supplier.documents}
    for document in supplier.documents:
        attached = document.front.get("attach") or []
        for name in [attached] if isinstance(attached, str) else attached:
            if name not in files:
                found.append(f"{document.id}: attached file '{name}' is not in the bundle")
        texts = [t for block in document.blocks() for t, _ in block.labelled_texts()]
        if sum(map(len, texts)) < 40:
            found.append(f"{document.id}: hardly any text")
        if document.reading == "living" and not any(
            label.mode == "record" for block in document.blocks() for _, label in block.labelled_texts()
        ):
            found.append(f"{document.id}: called living, but no block is a record")
    return found


def main(arguments: list[str]) -> int:
    """Print slips and shares; 1 if anything is wrong."""
    folders = [Path(a) for a in arguments] or sorted(p.parent for p in SUPPLIERS.glob("*/supplier.yaml"))
    slips: list[str] = []
    modes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    readings: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    industries: Counter[str] = Counter()
    families: set[tuple[str, str]] = set()
    elsewhere = 0
    loaded: list[AuthoredSupplier] = []
    for folder in folders:
        for path in sorted((folder / "documents").glob("*.md")):
            try:
                load_document(path, folder.name)
            except AuthoringError as slip:
                slips.append(str(slip))
        try:
            supplier = load_supplier(folder)
        except AuthoringError as slip:
            slips.append(str(slip))
            continue
        loaded.append(supplier)
        industries[supplier.industry] += 1
        slips += problems(supplier)
        for document in supplier.documents:
            kinds[document.kind] += 1
            readings[document.reading] += 1
            languages[document.language] += 1
            formats[document.render] += 1
            if document.family:
                families.add((supplier.id, document.family))
            found = [label.mode for block in document.blocks() for _, label in block.labelled_texts()]
            modes.update(found)
            elsewhere += len(found) if document.language != "en" else 0
    compared = pieces(loaded)
    alike = twins(compared)
    if len(alike) > MOST_TWINS * len(compared):
        slips += [
            f"{t.one.document} and {t.other.document} share a wording ({t.likeness:.2f}): {t.one.text[:80]}"
            for t in alike
        ]
    slips += shortcuts.slips(loaded)
    if not arguments:
        slips += load_pairs(loaded)[1]
    for line in dict.fromkeys(slips):
        print(line)
    total = max(1, sum(modes.values()))
    print(
        f"{sum(kinds.values())} documents, {total} labelled pieces:",
        {m: f"{n / total:.0%}" for m, n in modes.most_common()},
        f"{elsewhere} in documents not mainly English",
    )
    share = len(alike) / max(1, len(compared))
    print(
        f"{share:.1%} of {len(compared)} passages have a twin above {ALIKE} outside their family (limit {MOST_TWINS:.0%})"
    )
    print(dict(readings), dict(languages))
    for counts in (kinds, formats, industries):
        print(dict(counts.most_common()))
    print(f"{len(loaded)} suppliers, {len(families)} families of twins")
    return 1 if slips else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
