"""Bytes to documents: every format a factory sends, read in a child process, nothing lost and nothing trusted."""
