"""Reviews: people confirm or override what the system says."""
