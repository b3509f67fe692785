"""Papers that know of each other: which identifier stands in which documents, drawn as lines between the two."""

from dataclasses import dataclass

from service.reports import drawing as d

# Identifiers and documents in the drawing: more lines than these tell nothing. All of them stand in the workbook and the JSON.
MOST_IDENTIFIERS, MOST_DOCUMENTS = 24, 28
WIDTH, ROW, TOP, SIZE = 1000, 25, 30, 12
LEFT_EDGE, RIGHT_EDGE = 440, 690


@dataclass(frozen=True)
class Shared:
    """An identifier with its role in words, and the documents that name it."""

    code: str
    role: str
    documents: tuple[str, ...]
    places: tuple[tuple[str, str], ...] = ()
    """For each document where it names the number, in words, and the address of the quote where one is known."""


def draw_graph(shared: tuple[Shared, ...]) -> str:
    """Documents on the left, the identifiers they share on the right, a line for each mention; nothing for nothing."""
    chosen = sorted(shared, key=lambda one: (-len(one.documents), one.role, one.code))[:MOST_IDENTIFIERS]
    weight: dict[str, int] = {}
    for one in chosen:
        for document in one.documents:
            weight[document] = weight.get(document, 0) + 1
    documents = sorted(sorted(weight, key=lambda path: (-weight[path], path))[:MOST_DOCUMENTS])
    chosen = [one for one in chosen if len(set(one.documents) & set(documents)) > 1]
    if not chosen:
        return ""
    # Identifiers stand beside the middle of their documents, so that lines cross less.
    place = {path: number for number, path in enumerate(documents)}
    chosen.sort(
        key=lambda one: (
            sum(place[p] for p in one.documents if p in place) / len(set(one.documents) & set(documents)),
            one.code,
        )
    )
    rows = max(len(documents), len(chosen))
    height = TOP + ROW * rows + 12

    def at(index: int, of: int) -> float:
        return TOP + ROW * rows * (index + 0.5) / of

    drawn = [
        d.label(LEFT_EDGE - 12, 14, "documents", 11, d.SOFT, text_anchor="end"),
        d.label(RIGHT_EDGE + 12, 14, "numbers named by several of them", 11, d.SOFT),
    ]
    for number, one in enumerate(chosen):
        right = at(number, len(chosen))
        for path in one.documents:
            if path in place:
                left = at(place[path], len(documents))
                middle = (LEFT_EDGE + RIGHT_EDGE) / 2
                curve = f"M{LEFT_EDGE} {left:.1f} C{middle:.0f} {left:.1f} {middle:.0f} {right:.1f} {RIGHT_EDGE} {right:.1f}"
                drawn.append(
                    d.shape("path", d=curve, fill="none", stroke=d.ACCENT, stroke_opacity=0.42, stroke_width=1.3)
                )
    for path, number in place.items():
        y = at(number, len(documents))
        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        drawn.append(
            d.titled(
                path, [d.label(LEFT_EDGE - 12, y + 4, d.shortened(name, SIZE, LEFT_EDGE - 24), SIZE, text_anchor="end")]
            )
        )
        drawn.append(d.shape("circle", cx=LEFT_EDGE, cy=y, r=3.4, fill=d.ACCENT))
    for number, one in enumerate(chosen):
        y = at(number, len(chosen))
        drawn.append(d.shape("rect", x=RIGHT_EDGE - 3.4, y=y - 3.4, width=6.8, height=6.8, fill=d.GOOD))
        words = d.shortened(f"{one.code} ({one.role})", SIZE, WIDTH - RIGHT_EDGE - 40)
        drawn.append(d.titled("\n".join(one.documents), [d.label(RIGHT_EDGE + 12, y + 4, words, SIZE)]))
    told = f"{len(documents)} documents and {len(chosen)} numbers that more than one of them names"
    return d.drawing(WIDTH, height, told, drawn)
