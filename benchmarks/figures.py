"""What a benchmark hands on: a figure with its name, its unit and what was asked of it."""

from dataclasses import asdict, dataclass


class NotHere(Exception):
    """The documents that a figure is measured on are not on this machine."""


@dataclass(frozen=True)
class Figure:
    """One figure. ``wanted`` is the floor, or the ceiling where ``below`` is set; None for a peer or a side figure."""

    name: str
    value: float
    unit: str = ""
    wanted: float | None = None
    below: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the figure is what was asked; None where nothing was."""
        if self.wanted is None:
            return None
        return self.value <= self.wanted if self.below else self.value >= self.wanted

    def line(self) -> str:
        """The figure as a person reads it."""
        asked = ""
        if self.wanted is not None:
            asked = f"   {'at most' if self.below else 'at least'} {self.wanted:g}: {'yes' if self.reached else 'NO'}"
        return f"  {self.name:58} {self.value:9.3f} {self.unit:8}{asked}".rstrip()

    def as_dict(self) -> dict[str, object]:
        """The figure for JSON."""
        return {**asdict(self), "reached": self.reached}
