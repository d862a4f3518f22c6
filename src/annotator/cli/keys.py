"""``annotator keys``: the cheat sheet of a keymap, and the check of one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from ..domain.errors import AnnotatorError, InvalidFileError, Problem
from ..keys.cheatsheet import as_json, as_markdown, as_text, as_yaml
from ..keys.keymap import SHIPPED_KEYMAPS, Keymap, check_labels, parse_keymap
from .output import write, write_json, write_line


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator keys``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    parser.set_defaults(keymap=None, scheme=None, json=False, markdown=False, yaml=False)
    show = actions.add_parser("list", help="show what each key does", allow_abbrev=False)
    show.add_argument("--keymap", metavar="NAME", help="default, vim, emacs, your own, or a file")
    show.add_argument("--scheme", metavar="NAME", help="show the label keys of a scheme as well")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="an array with one object per command")
    form.add_argument(
        "--markdown", action="store_true", help="tables; without --keymap of all shipped keymaps"
    )
    form.add_argument("--yaml", action="store_true", help="a keymap file, to change and keep")
    check = actions.add_parser("check", help="check a keymap file", allow_abbrev=False)
    check.add_argument("file", metavar="FILE")
    check.add_argument("--scheme", metavar="NAME", help="check against a scheme's label keys too")
    check.add_argument("--json", action="store_true", help="print the problems as JSON")


def run(arguments: Namespace) -> int:
    """Show a keymap, or check one; return 1 when the check found something."""
    return _check(arguments) if arguments.action == "check" else _list(arguments)


def _list(arguments: Namespace) -> int:
    if arguments.markdown:
        names = [arguments.keymap] if arguments.keymap else SHIPPED_KEYMAPS
        write(as_markdown([_keymap(name) for name in names]))
        return 0
    keymap = _keymap(arguments.keymap)
    if arguments.json:
        write(as_json(keymap))
    elif arguments.yaml:
        write(as_yaml(keymap))
    elif arguments.scheme:
        from ..store.scheme_files import load_scheme

        write(as_text(keymap, load_scheme(arguments.scheme)))
    else:
        write(as_text(keymap))
    return 0


def _keymap(name: str | None) -> Keymap:
    from ..store.keymap_files import load_keymap

    return load_keymap(name or "default")


def _check(arguments: Namespace) -> int:
    keymap, problems = check_file(Path(arguments.file), arguments.scheme)
    if arguments.json:
        write_json([problem._asdict() for problem in problems])
    else:
        for problem in problems:
            write_line(str(problem))
        if keymap is not None and not problems:
            bound = sum(len(commands) for commands in keymap.bindings.values())
            write_line(f"{arguments.file}: fine: keymap {keymap.name}, {bound} key sequences")
    return 1 if problems else 0


def check_file(path: Path, scheme: str | None) -> tuple[Keymap | None, Sequence[Problem]]:
    """Return the keymap of a file and what is wrong with it.

    Args:
        path: the file.
        scheme: a scheme's name or file, whose label keys must be free in the keymap.

    Raises:
        AnnotatorError: the file cannot be read, or the scheme cannot be used.
    """
    from ..store.keymap_files import load_keymap
    from ..store.located import load_located
    from ..store.scheme_files import load_scheme

    labels = load_scheme(scheme) if scheme else None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AnnotatorError(f"{path}: {error.strerror or error}") from error
    try:
        keymap = parse_keymap(*load_located(content, str(path)), load_keymap)
    except InvalidFileError as error:
        return None, error.problems
    return keymap, check_labels(keymap, labels) if labels else ()
