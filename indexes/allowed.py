"""Which of the coded vectors a search may find, as FAISS asks for it: a bit for each vector.

The bits go by the place of a vector and not by its key: 125 kB for a million, which stay in the cache of a core while a
search asks for one after the other. They are kept for the newest filters, because a person asks one question after another.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import faiss as _faiss
import numpy as np

faiss: Any = _faiss  # its stubs do not know what its Python layer adds to the C++ classes

# Filters whose bits are kept: 125 kB each for a million vectors, beside the ids they were made of (up to 8 MB).
KEPT = 16


@dataclass(frozen=True)
class Allowed:
    """The texts that a search may find: `owners` (ids, ascending; None for all) but for the `hidden` ones. The key of a
    vector is the id of its text times `room` and its number in the text.

    Arrays are told apart by identity: who changes a filter gives another array.
    """

    owners: np.ndarray | None
    hidden: np.ndarray
    room: int

    @property
    def most(self) -> int | None:
        """How many texts there are at most; None for all but the hidden ones."""
        return None if self.owners is None else len(self.owners)

    def places(self, keys: np.ndarray) -> np.ndarray:
        """The places of the allowed among all keys (ascending)."""
        if self.owners is None:
            gone = _places(keys, self.hidden, self.room)
            return np.delete(np.arange(len(keys)), gone)
        owners = self.owners
        return _places(keys, owners[~np.isin(owners, self.hidden)] if len(self.hidden) else owners, self.room)


class Selections:
    """The newest selectors among coded vectors; FAISS keeps a pointer to one only. One search at a time."""

    def __init__(self, keys: np.ndarray) -> None:
        self._keys = keys
        self._kept: OrderedDict[tuple[int, int], tuple[Allowed, Any]] = OrderedDict()

    def of(self, allowed: Allowed) -> Any:
        """The selector of what is allowed."""
        # What is kept holds the arrays, so no other array can have their identity meanwhile.
        name = id(allowed.owners), id(allowed.hidden)
        if name not in self._kept:
            bits = np.zeros(len(self._keys), dtype=bool)
            bits[allowed.places(self._keys)] = True
            self._kept[name] = allowed, faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        return self._kept[name][1]


def _places(keys: np.ndarray, owners: np.ndarray, room: int) -> np.ndarray:
    """The places of all vectors of some texts (ascending ids)."""
    first = np.searchsorted(keys, owners * room)
    counts = np.searchsorted(keys, (owners + 1) * room) - first
    before = np.cumsum(counts) - counts
    return np.asarray(np.repeat(first - before, counts) + np.arange(counts.sum()))
