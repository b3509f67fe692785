"""Documents and bundles: taking files in, reading them, saying truthfully how far that is."""
