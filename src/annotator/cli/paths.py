"""``annotator paths``: the folders in use."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .output import write_json, write_line


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator paths``."""
    parser.add_argument("--json", action="store_true", help="print an object of names and folders")


def run(arguments: Namespace) -> int:
    """Print each folder with what it is for."""
    folders = known_folders()
    if arguments.json:
        write_json({name: str(folder) for name, folder in folders.items()})
    else:
        wide = max(len(name) for name in folders)
        for name, folder in folders.items():
            write_line(f"{name:{wide}}  {folder}")
    return 0


def known_folders() -> dict[str, Path]:
    """Return the folders by name: the user's own first, then those that came with the program."""
    from ..store import resources

    config = resources.user_config_dir()
    return {
        "config": config,
        "keymaps": config / "keymaps",
        "schemes": config / "schemes",
        "rules": config / "rules",
        "cache": resources.user_cache_dir(),
        "data": resources.user_data_dir(),
        "shipped-keymaps": resources.keymap_path("default").parent,
        "shipped-schemes": resources.scheme_path("claims-and-placeholders").parent,
        "shipped-sample": resources.sample_data_path(),
    }
