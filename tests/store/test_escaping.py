from __future__ import annotations

from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from annotator.store.escaping import escape, escape_path, unescape, unescape_path

ANY = st.characters(codec=None, exclude_categories=())
NAMES = st.one_of(
    st.text(ANY),
    st.text(st.sampled_from("./\\%:#~2EF\0 \ud800é字"), max_size=12),
    st.text(st.sampled_from("ab./%字\udcff"), min_size=150, max_size=700),
)


@given(NAMES)
def test_a_name_comes_back_from_its_component(name: str) -> None:
    assert unescape(escape(name)) == name


@given(NAMES)
def test_every_component_is_one_that_a_file_system_takes(name: str) -> None:
    for part in escape(name).split("/"):
        assert 0 < len(part.encode("utf-8")) <= 200
        assert part not in (".", "..")
        assert not set(part) & set('\\:*?"<>|\0\n')
    assert not escape(name).startswith((".", "/", " "))


@given(st.lists(NAMES.filter(lambda name: "/" not in name), min_size=1, max_size=2))
def test_a_path_comes_back_from_its_components(parts: list[str]) -> None:
    assert unescape_path(escape_path(parts, keep="#")) == "/".join(parts)


@given(NAMES)
def test_a_hostile_name_stays_inside_its_folder(name: str) -> None:
    root = PurePosixPath("/project/annotations")
    made = Path(root / f"{escape(name)}/{escape_path([name, name])}.yaml")
    assert PurePosixPath(str(made.absolute())).is_relative_to(root)
    assert ".." not in made.parts


def test_a_folder_named_like_a_file_of_ours_is_another_path() -> None:
    article = escape_path(["a.txt"]) + ".yaml"
    inside = escape_path(["a.txt.yaml", "b.txt"]) + ".yaml"
    assert not inside.startswith(article + "/")


def test_names_people_use_stay_readable() -> None:
    assert escape("mira") == "mira"
    assert escape("model:claims") == "model%3Aclaims"
    assert escape("Überschrift 1.txt") == "Überschrift 1.txt"
    assert escape("../../x") == "%2E.%2F..%2Fx"


def test_a_foreign_percent_name_stands_for_itself() -> None:
    assert unescape("100%FFx") == "100%FFx"
