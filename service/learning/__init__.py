"""Learning: what reviewers decided becomes a new model, which is used only where it is better than the one before."""
