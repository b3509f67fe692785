"""Search: finding the evidence."""
