"""The article pane: the text with its spans, painted line by line."""
