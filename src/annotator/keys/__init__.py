"""Pure: the registry of commands, keymap files, and the reading of keys."""
