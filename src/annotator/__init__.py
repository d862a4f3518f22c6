"""annotator: tag claims and placeholders in articles, from the keyboard, in the terminal."""

__version__ = "0.1.0"
