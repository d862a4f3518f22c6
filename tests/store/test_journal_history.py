"""Actions as the journal has them."""

from __future__ import annotations

from annotator.domain.annotations import Drop, Put
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.store.journal_history import read_actions
from annotator.store.set_paths import SetPaths
from annotator.store.set_store import SetStore


def test_undo_and_redo_are_told_with_the_edit_they_speak_of(paths: SetPaths) -> None:
    store = SetStore.open(paths, Document.of("x.txt", "Some words."), "mira", "claims/1")
    span = Span(id="s1", label="claim", start=0, end=4, quote="Some")
    store.do("tag claim", [Put("spans", span)], keys=3)
    store.undo()
    store.redo()
    store.close()
    with paths.journal.open("ab") as file:
        file.write(b'{"n":9,"t":"x","k":"edit","do":3}\n')
    actions, damaged = read_actions(paths.journal)
    assert [action.told for action in actions] == ["tag claim", "undo tag claim", "redo tag claim"]
    assert [action.keys for action in actions] == [3, 0, 0]
    assert all(action.ids == {"s1"} for action in actions)
    assert actions[0].items == (span,)
    assert damaged


def test_what_comes_back_from_the_orphans_was_made_long_before(paths: SetPaths) -> None:
    store = SetStore.open(paths, Document.of("x.txt", "Some words."), "mira", "claims/1")
    span = Span(id="s1", label="claim", start=0, end=4, quote="Some")
    store.do("lose", [Put("orphans", span)])
    store.do("accept claim", [Drop("orphans", "s1"), Put("spans", span)])
    store.do("tag claim", [Put("spans", Span(id="s2", label="claim", start=5, end=10))])
    store.undo()
    store.close()
    actions, _ = read_actions(paths.journal)
    assert [action.made for action in actions] == [0, 0, 1, -1]
