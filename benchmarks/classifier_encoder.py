"""What teaching the English encoder brings: the published one with linear heads, the taught one, each on the passage alone and in its place.

English passages, every one judged by an encoder and heads that never saw its supplier: the encoder is taught on half of the suppliers,
the heads on four fifths of them.
"""

import numpy as np
from sklearn.metrics import f1_score

from evidence.figures import Labels, macro_f1
from evidence.head_fitting import fit_heads, native
from evidence.heads import Encoders, Matrix
from evidence.lessons import Lessons, teach
from evidence.taught import taken_apart
from evidence.training_set import Prepared, Settings


def show(corpus: Prepared, encoders: Encoders) -> None:
    """Teach, judge and print."""
    settings = Settings()
    _, logits = fit_heads(corpus, settings)
    compare(corpus, logits, teach(corpus, encoders, settings))


def compare(corpus: Prepared, logits: dict[str, dict[str, Matrix]], lessons: Lessons) -> None:
    """Print a line for each way."""
    whole = ~np.array([document.again for document in corpus.documents])[corpus.owner]
    rows = np.flatnonzero(whole & ~np.isnan(lessons.placed[:, 0]))
    print(f"{len(rows)} English passages of suppliers that were not learnt from")
    for name, prefix in (("published, linear heads, alone", ""), ("published, linear heads, in its place", "placed_")):
        modes, criteria, kinds = (native(corpus, logits[prefix + key])[rows] for key in ("mode", "criteria", "kind"))
        _print(name, corpus, rows, modes, criteria, kinds)
    for name, said in (("taught, alone", lessons.bare), ("taught, in its place", lessons.placed)):
        found = taken_apart(said[rows])
        _print(name, corpus, rows, found.modes, found.criteria - 0.5, found.paper[:, :-3])


def _print(name: str, corpus: Prepared, rows: Labels, modes: Matrix, criteria: Matrix, kinds: Matrix) -> None:
    macro = macro_f1(corpus.modes[rows], modes.argmax(1))
    about = f1_score(corpus.criteria[rows], criteria >= 0, average="micro", zero_division=0)
    kind = np.mean(kinds.argmax(1) == corpus.kinds[corpus.owner[rows]])
    print(f"  {name:40} macro-F1 {macro:.3f}   criteria {about:.3f}   kind of its document {kind:.3f}", flush=True)
