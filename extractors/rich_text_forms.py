"""Fields of forms in rich text: boxes and lists, whose state stands in words and not in the text (RTF 1.9.1, form fields)."""

from dataclasses import dataclass, field

_BOX, _LIST = 1, 2
# The result of a field that nobody touched: its default holds.
_UNTOUCHED = 25


@dataclass
class FormField:
    """A field while its group is read; ``depth`` is how many groups are open around what it holds."""

    depth: int
    numbers: dict[str, int] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    # The entry of a list that is being read, and the depth of its group.
    entry: list[str] | None = None
    entry_depth: int = 0

    def word(self, word: str, number: int | None, depth: int) -> None:
        """Take down a word of the field."""
        if word in ("fftype", "ffres", "ffdefres"):
            self.numbers[word] = number or 0
        elif word == "ffl":
            self.entry, self.entry_depth = [], depth

    def close(self, depth: int) -> None:
        """A group ended; so many are still open."""
        if self.entry is not None and depth < self.entry_depth:
            self.entries.append("".join(self.entry).strip())
            self.entry = None

    @property
    def shown(self) -> str:
        """What a person sees: a box, or the chosen entry. The text of other fields stands in the document."""
        state = self.numbers.get("ffres", _UNTOUCHED)
        if state == _UNTOUCHED:
            state = self.numbers.get("ffdefres", 0)
        if self.numbers.get("fftype") == _BOX:
            return "☒" if state == 1 else "☐"
        if self.numbers.get("fftype") == _LIST and 0 <= state < len(self.entries):
            return self.entries[state]
        return ""
