"""Light-weight facts of a text: which event, who, how many, when, and whether it happened."""
