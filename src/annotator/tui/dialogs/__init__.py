"""Questions that stand in front of the main screen until they are answered."""
