"""Where the files that come with the program are, and the user's folders."""

from __future__ import annotations

from pathlib import Path

from ..domain.errors import AnnotatorError

_PACKAGE = Path(__file__).resolve().parents[1]
_SUFFIX = ".yaml"


def _shipped(folder: str) -> Path:
    """Return a folder of shipped files: inside an installed package, else in the checkout."""
    installed = _PACKAGE / "_data" / folder
    return installed if installed.is_dir() else _PACKAGE.parents[1] / folder


def _named(kind: str, name: str, folders: tuple[Path, ...]) -> Path:
    """Return the first file of a name; the user's folder comes before the shipped one."""
    if name and Path(name).name == name:
        for folder in folders:
            path = folder / f"{name}{_SUFFIX}"
            if path.is_file():
                return path
    known = ", ".join(_names(folders))
    raise AnnotatorError(f"no {kind} named {name!r}", f"there are {known}; a file needs a slash")


def _names(folders: tuple[Path, ...]) -> list[str]:
    return sorted({p.stem for f in folders if f.is_dir() for p in f.glob(f"*{_SUFFIX}")})


def _keymap_folders() -> tuple[Path, ...]:
    return user_config_dir() / "keymaps", _shipped("keymaps")


def _scheme_folders() -> tuple[Path, ...]:
    return user_config_dir() / "schemes", _PACKAGE / "schemes"


def shipped_keymap_path(name: str) -> Path:
    """Return the file of a shipped keymap, for keymaps that inherit from it.

    Raises:
        AnnotatorError: there is none of that name.
    """
    return _named("shipped keymap", name, (_shipped("keymaps"),))


def keymap_path(name: str) -> Path:
    """Return the file of a keymap by name; the user's own come first.

    Raises:
        AnnotatorError: there is none of that name; says which there are.
    """
    return _named("keymap", name, _keymap_folders())


def keymap_names() -> list[str]:
    """Return the names of shipped and the user's keymaps, sorted."""
    return _names(_keymap_folders())


def scheme_path(name: str) -> Path:
    """Return the file of a scheme by name; the user's own come first.

    Raises:
        AnnotatorError: there is none of that name; says which there are.
    """
    return _named("scheme", name, _scheme_folders())


def scheme_names() -> list[str]:
    """Return the names of shipped and the user's schemes, sorted."""
    return _names(_scheme_folders())


def sample_data_path() -> Path:
    """Return the folder of the sample project."""
    return _shipped("sample_data")


def user_config_dir() -> Path:
    """Return the user's folder for keymaps and schemes."""
    from platformdirs import user_config_path

    return user_config_path("annotator", appauthor=False)


def user_cache_dir() -> Path:
    """Return the user's folder for what can be computed again."""
    from platformdirs import user_cache_path

    return user_cache_path("annotator", appauthor=False)


def user_data_dir() -> Path:
    """Return the user's folder for data, such as their copy of the sample."""
    from platformdirs import user_data_path

    return user_data_path("annotator", appauthor=False)
