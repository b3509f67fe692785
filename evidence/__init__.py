"""Documents to evidence: passages, kinds and readings, facts, flags and the assessment of a supplier."""
