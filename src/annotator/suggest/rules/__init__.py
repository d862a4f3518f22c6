"""Rules as data: their files, what they are checked for, and how they are found in a text."""
