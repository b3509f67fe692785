"""The command livingproof."""
