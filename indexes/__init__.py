"""Text to vectors to hits."""
