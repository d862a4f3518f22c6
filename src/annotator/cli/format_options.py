"""The options of all formats as flags of ``annotator export`` and ``annotator import``."""

from __future__ import annotations

from argparse import ArgumentError, ArgumentParser, Namespace
from typing import Any, Literal

from ..formats.base import Format, Option
from ..formats.registry import loadable_formats

_PREFIX = "format_option_"


def add_format_options(parser: ArgumentParser, side: Literal["write", "read"]) -> None:
    """Add a flag for each option of each format; those of one name and type are one flag.

    A format of another package may have an option whose name is taken: its flag then begins with
    the format's name.
    """
    seen: dict[tuple[str, str], list[str]] = {}
    options: dict[tuple[str, str], Option] = {}
    for format_ in loadable_formats():
        for option in format_.options:
            if option.side in (side, "both"):
                key: tuple[str, str] = option.name, option.type
                seen.setdefault(key, []).append(format_.name)
                options.setdefault(key, option)
    group = parser.add_argument_group("options of single formats")
    for known, formats in seen.items():
        option = options[known]
        help_text = f"{', '.join(formats)}: {option.help}"
        try:
            _add_flag(group, option, option.name, help_text)
        except ArgumentError:
            _add_flag(group, option, f"{formats[0]}-{option.name}", help_text)


def given_options(arguments: Namespace) -> dict[str, Any]:
    """Return the format options that were given, by name."""
    return {
        name.removeprefix(_PREFIX).replace("_", "-"): value
        for name, value in vars(arguments).items()
        if name.startswith(_PREFIX) and value is not None
    }


def format_choices(side: Literal["write", "read"]) -> list[Format]:
    """Return the formats that can be written or read."""
    return [
        format_
        for format_ in loadable_formats()
        if (format_.make_writer if side == "write" else format_.read) is not None
    ]


def _add_flag(group: Any, option: Option, flag: str, help_text: str) -> None:
    destination = _PREFIX + option.name.replace("-", "_")
    # A per cent sign would be taken for a place to fill in.
    help_text = help_text.replace("%", "%%")
    if option.type == "flag":
        group.add_argument(
            f"--{flag}",
            dest=destination,
            action="store_true",
            default=None,
            help=help_text,
        )
        return
    if option.default not in (None, ""):
        help_text += f" ({option.default})"
    metavar = "|".join(option.choices) if option.choices else option.type.upper()
    group.add_argument(f"--{flag}", dest=destination, metavar=metavar, help=help_text)
