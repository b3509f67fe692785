"""Reports: the assessment of a supplier, for eyes and for programs."""
