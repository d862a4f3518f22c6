"""The Textual application: one main screen over a workspace."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from textual.app import App

from ..domain.errors import AnnotatorError, InvalidFileError
from ..domain.scheme import Scheme
from ..keys.keymap import Keymap, check_labels
from ..session.workspace import Workspace
from ..session_options import OpenOptions
from ..store.keymap_files import load_keymap
from ..store.project import Project, open_project
from .main_screen import MainScreen

_MANY = 500
"""Documents whose order takes a second or so the first time; it is said before the app starts."""
DARK, LIGHT = "textual-dark", "textual-light"


class AnnotatorApp(App[int], inherit_bindings=False):
    """Shows one project.

    Args:
        workspace: the project's documents.
        keymap: which key does what.
        options: what the command line asked for.
        notices: what to tell the person at the start.

    Raises:
        AnnotatorError: there is no theme of the name that was asked for.
    """

    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ALLOW_IN_MAXIMIZED_VIEW = ""

    def __init__(
        self,
        workspace: Workspace,
        keymap: Keymap,
        options: OpenOptions,
        notices: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.keymap = keymap
        self.options = options
        self.notices = tuple(notices)
        if options.theme:
            if options.theme not in self.available_themes:
                known = ", ".join(sorted(self.available_themes))
                raise AnnotatorError(f"no theme named {options.theme!r}", f"there are {known}")
            self.theme = options.theme

    def get_default_screen(self) -> MainScreen:
        """Return the one screen that everything happens on."""
        return MainScreen(self.workspace, self.keymap, self.options, self.notices)


def run(options: OpenOptions) -> int:
    """Open the app and return the exit status.

    Raises:
        AnnotatorError: the path, the scheme or the keymap cannot be used.
    """
    project = open_project(
        options.path,
        annotator=options.annotator if options.annotator_given else "",
        encoding=options.encoding,
        scheme=options.scheme,
    )
    keymap = load_keymap(options.keymap or "default")
    notices = _check(keymap, project.scheme)
    order = _order(project, options)
    workspace = Workspace(project, project.annotator, read_only=options.read_only, order=order)
    app = AnnotatorApp(workspace, keymap, options, [*project.notices, *notices])
    status = app.run()
    return status if status is not None else app.return_code or 0


def _order(project: Project, options: OpenOptions) -> list[int]:
    """Return the order of the documents; none for the project's own, which costs nothing.

    It is found before there is an interface, so that none has to wait for it.
    """
    queue = project.config.queue
    if options.order is not None:
        queue = queue._replace(order=options.order)
    if options.seed is not None:
        queue = queue._replace(seed=options.seed)
    if queue.order == "name":
        return []
    from ..session.queue_reader import queue_of

    count = len(project.documents)
    if count > _MANY:
        sys.stderr.write(f"annotator: putting {count:,} documents in order\n")
    return queue_of(project, project.annotator, queue, read_only=options.read_only)


def _check(keymap: Keymap, scheme: Scheme) -> list[str]:
    """Compare the scheme's label keys with the keymap's.

    Returns:
        What to tell the person: labels that take a key from a command they can do without.

    Raises:
        InvalidFileError: a label takes the only key of an essential command.
    """
    problems = check_labels(keymap, scheme, essential_only=True)
    if problems:
        raise InvalidFileError(problems)
    return [problem.message for problem in check_labels(keymap, scheme)]
