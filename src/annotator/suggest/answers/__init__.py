"""Where a text itself tells what belongs into a placeholder."""
