"""What each command does: one function a command, found by the command's id.

The modules of this package, and the dialogs they open, are loaded after the first frame: the
first frame is a budget. Import from ``table``.
"""
