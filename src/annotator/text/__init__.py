"""Text without a screen: units, graphemes, cells, lines, quotes, search. Pure functions."""
