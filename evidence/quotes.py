"""How much of a passage a citation shows, and where it is cut."""

MAX_QUOTE = 300
"""Characters of a citation: what a person reads at a glance."""

MIN_CUT = 120
"""Characters that stay of a citation that is cut: a shorter one would say too little to stand alone."""

MAX_ROW = 450
"""Characters up to which a citation goes on to the end of the first row below its heads: cut within it, what stands in the cells behind
would seem to be empty."""


def end_of_quote(text: str) -> int:
    """Where a text longer than ``MAX_QUOTE`` is cut: after a row, or in prose a sentence; else between cells, else between words."""
    begin = text.rfind("\n", 0, MAX_QUOTE) + 1
    end = next((at for at in (text.find("\n", MAX_QUOTE),) if at >= 0), len(text))
    is_row = " | " in text[begin:end]
    heads_alone = not any(map(str.isdigit, text[:begin].rstrip("\n").rpartition("\n")[2]))
    if is_row and heads_alone and end <= MAX_ROW:
        return end
    for signs in ((("\n",) if is_row else ("\n", ". ", "; ", "。")), (" | ",), (" ",)):
        cut = max(text.rfind(sign, MIN_CUT, MAX_QUOTE) + (sign in (". ", "。")) for sign in signs)
        if cut > 0:
            return cut
    return MAX_QUOTE
