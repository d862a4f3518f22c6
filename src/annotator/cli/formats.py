"""``annotator formats``: what each format of export and import can hold."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .output import say, write, write_json


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator formats``."""
    parser.add_argument("name", metavar="FORMAT", nargs="*", help="formats to show (all)")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(arguments: Namespace) -> int:
    """Print the table of formats.

    Raises:
        AnnotatorError: there is no such format.
    """
    from ..formats.loss_table import as_json, as_markdown
    from ..formats.registry import load_format, loadable_formats

    formats = [load_format(name) for name in arguments.name]
    formats = formats or loadable_formats(lambda error: say(str(error)))
    if arguments.json:
        write_json(as_json(formats))
    else:
        write(as_markdown(formats))
    return 0
