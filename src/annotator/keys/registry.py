"""Every command of the application: the one declaration that keys, help, palette and docs use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

Context = Literal["global", "article", "list"]
CONTEXTS: tuple[Context, ...] = get_args(Context)
"""Where a key may be pressed; ``global`` holds everywhere beside the place's own context."""

VALUE_DIGITS = "123456789"
"""The digits that can stand for the values of a label's first attribute."""


class Command(NamedTuple):
    """One thing that the person at the keyboard can ask for.

    Attributes:
        id: ``group.name``, as keymap files write it.
        description: one line in the imperative, for help, palette and docs.
        hint: one or two words of at most 12 cells, for the line of key hints.
        group: the heading it stands under in help.
        contexts: where it can be asked for.
        keys: its key sequences in the default keymap, blank-separated: ``g g`` is two keys.
        essential: whether every keymap must give it a key.
        counted: whether a number typed before it repeats it or picks the n-th.
    """

    id: str
    description: str
    hint: str
    group: str
    contexts: tuple[Context, ...]
    keys: tuple[str, ...] = ()
    essential: bool = False
    counted: bool = False


_Row = tuple[str, str, str, str, str]
"""Id, default keys with blanks between, flags (``!`` essential, ``#`` counted), hint, text."""


def _commands(group: str, context: Context, rows: Iterable[_Row]) -> dict[str, Command]:
    return {
        name: Command(
            id=name,
            description=description,
            hint=hint,
            group=group,
            contexts=(context,),
            keys=tuple(keys.split()),
            essential="!" in flags,
            counted="#" in flags,
        )
        for name, keys, flags, hint, description in rows
    }


_MOVE: tuple[_Row, ...] = (
    ("move.left", "left", "!#", "left", "Move one character left"),
    ("move.right", "right", "!#", "right", "Move one character right"),
    ("move.up", "up", "!#", "up", "Move one screen line up"),
    ("move.down", "down", "!#", "down", "Move one screen line down"),
    ("move.word-next", "w ctrl+right", "#", "word", "Move to the next word"),
    ("move.word-previous", "W ctrl+left", "#", "word back", "Move to the previous word"),
    ("move.sentence-next", "s", "#", "sentence", "Move to the next sentence"),
    ("move.sentence-previous", "S", "#", "sent. back", "Move to the previous sentence"),
    ("move.paragraph-next", "a ctrl+down", "#", "paragraph", "Move to the next paragraph"),
    ("move.paragraph-previous", "A ctrl+up", "#", "para. back", "Move to the previous paragraph"),
    ("move.entity-next", "e", "#", "entity", "Move to the next entity"),
    ("move.entity-previous", "E", "#", "entity back", "Move to the previous entity"),
    ("move.bracket-next", "b", "#", "bracket", "Move to the next bracketed slot"),
    ("move.bracket-previous", "B", "#", "brack. back", "Move to the previous bracketed slot"),
    ("move.span-next", "t", "#", "span", "Move to the next tagged span"),
    ("move.span-previous", "T", "#", "span back", "Move to the previous tagged span"),
    ("move.line-start", "home", "", "line start", "Move to the start of the screen line"),
    ("move.line-end", "end", "", "line end", "Move to the end of the screen line"),
    ("move.document-start", "ctrl+home alt+up", "", "top", "Move to the start of the document"),
    ("move.document-end", "ctrl+end alt+down", "", "bottom", "Move to the end of the document"),
    ("move.page-up", "pageup", "#", "page up", "Move one screen up"),
    ("move.page-down", "pagedown", "#", "page down", "Move one screen down"),
    ("move.goto-line", ";", "#", "go to line", "Go to the line of the count, or ask for one"),
    ("jump.back", "g", "#", "back", "Jump back to where you were before"),
    ("jump.forward", "G", "#", "forward", "Jump forward again"),
    ("count", "#", "", "count", "Take the digits that follow as a count"),
)

_VIEW: tuple[_Row, ...] = (
    ("view.scroll-up", "ctrl+pageup", "#", "scroll up", "Scroll one line up, leave the cursor"),
    (
        "view.scroll-down",
        "ctrl+pagedown",
        "#",
        "scroll down",
        "Scroll one line down, leave the cursor",
    ),
    ("view.centre", "Z", "", "centre", "Scroll the cursor's line to the middle"),
)

_SELECT: tuple[_Row, ...] = (
    ("select.grow", "space", "#", "grow", "Grow the selection by one unit of meaning"),
    ("select.shrink", "backspace", "#", "shrink", "Shrink the selection again"),
    ("select.mark", "v", "", "mark", "Start a selection that moving extends, or drop it"),
    ("select.swap-ends", "o", "", "swap ends", "Move the other end of the selection"),
    ("select.clear", "escape", "", "clear", "Drop the selection"),
    ("select.left", "shift+left", "#", "select left", "Extend the selection one character left"),
    (
        "select.right",
        "shift+right",
        "#",
        "select right",
        "Extend the selection one character right",
    ),
    ("select.up", "shift+up", "#", "select up", "Extend the selection one screen line up"),
    ("select.down", "shift+down", "#", "select down", "Extend the selection one screen line down"),
    ("select.word", "", "", "word", "Select the word at the cursor"),
    ("select.sentence", "", "", "sentence", "Select the sentence at the cursor"),
    ("select.paragraph", "", "", "paragraph", "Select the paragraph at the cursor"),
)

_TAG: tuple[_Row, ...] = (
    ("tag.repeat", ".", "", "repeat tag", "Repeat the last tag with its attributes"),
    ("tag.identical", "*", "", "identical", "Tag every identical mention of the span here"),
    *(
        (f"value.{n}", "", "", f"value {n}", f"Set value {n} of the span's first attribute")
        for n in VALUE_DIGITS
    ),
)

_REVIEW: tuple[_Row, ...] = (
    ("candidate.next", "j", "!#", "candidate", "Go to the next candidate, or skip this one"),
    ("candidate.previous", "J", "#", "cand. back", "Go to the candidate before"),
    ("candidate.accept", "y", "!", "accept", "Accept the candidate, with the selection's bounds"),
    ("candidate.reject", "x", "!", "reject", "Reject the candidate, on record"),
    ("candidate.accept-rule", "+", "", "accept rule", "Accept all candidates of this one's rule"),
    ("candidate.reject-rule", "-", "", "reject rule", "Reject all candidates of this one's rule"),
    ("candidate.accept-same", "&", "", "accept same", "Accept all candidates with this text"),
    ("candidate.reject-same", "%", "", "reject same", "Reject all candidates with this text"),
    ("candidate.accept-agreed", "~", "", "agreed", "Accept all candidates that all agree on"),
    ("candidate.order", "H", "", "order", "Review by place in the text, or the surest first"),
)

_SPAN: tuple[_Row, ...] = (
    ("span.form", "enter", "!", "attributes", "Edit the attributes of the span here"),
    ("span.delete", "d delete", "!", "delete", "Delete the span here"),
    ("span.relabel", "r", "!", "relabel", "Give the span here another label"),
    ("span.resize", "z", "", "resize", "Resize the span here; again keeps it, escape leaves it"),
    ("span.start-left", "[", "#", "start left", "Move the span's start one word left"),
    ("span.start-right", "{", "#", "start right", "Move the span's start one word right"),
    ("span.end-right", "]", "#", "end right", "Move the span's end one word right"),
    ("span.end-left", "}", "#", "end left", "Move the span's end one word left"),
    ("span.merge", "m", "", "merge", "Merge the span with the next of its label, or the selected"),
    ("span.split", "|", "", "split", "Split the span at the cursor"),
    ("span.cycle", "O", "", "next overlap", "Pick the next of several overlapping spans"),
    ("span.note", "i", "", "note", "Write a note on the span here"),
)

_RELATE: tuple[_Row, ...] = (
    ("relation.link", "l", "!", "link", "Mark the span here, or link the marked span to it"),
    ("relation.list", "L", "", "relations", "List, edit or remove the relations of the span here"),
    ("relation.follow", "K", "", "other end", "Go to the other end of the span's relation"),
)

_DOCUMENTS: tuple[_Row, ...] = (
    ("document.next", ">", "#", "next doc", "Open the next document"),
    ("document.previous", "<", "#", "prev doc", "Open the previous document"),
    ("document.next-unfinished", ")", "", "next open", "Open the next unfinished document"),
    ("document.done", "D", "!", "done", "Mark the document done, open the next unfinished one"),
    ("document.flag", "!", "", "flag", "Flag the document, or take the flag away"),
    ("document.status", "=", "", "status", "Choose the document's status"),
    ("document.note", "I", "", "doc note", "Write a note on the document"),
    ("document.list", "f3 ctrl+o", "", "documents", "Show the list of documents"),
    ("project.twins", "_", "", "twins", "Find the texts tagged here in the other documents"),
    ("project.export", "", "", "export", "Export your annotations in another program's format"),
    ("project.import", "", "", "import", "Import another program's file into the project"),
)

_EDIT: tuple[_Row, ...] = (
    ("edit.undo", "u ctrl+z", "!#", "undo", "Undo the last edit"),
    ("edit.redo", "U ctrl+y", "!#", "redo", "Redo the edit undone last"),
    ("file.save", "ctrl+s", "", "save", "Write the YAML file now"),
)

_SEARCH: tuple[_Row, ...] = (
    ("search.open", "/", "", "search", "Search the document"),
    ("search.regex", "ctrl+r", "", "regex", "Search the document by regular expression"),
    ("search.next", "n", "#", "next hit", "Move to the next search hit"),
    ("search.previous", "N", "#", "prev hit", "Move to the previous search hit"),
    ("search.clear", "", "", "end search", "End the search and drop its highlights"),
)

_APP: tuple[_Row, ...] = (
    ("app.help", "? f1", "!", "help", "Show the keys of the place where you are"),
    ("app.palette", ": ctrl+p", "!", "commands", "Find a command by its name and run it"),
    ("app.sidebar", "\\ f2", "", "sidebar", "Show or hide the sidebar"),
    ("app.focus-next", "tab", "!", "next pane", "Go to the next pane"),
    ("app.focus-previous", "shift+tab", "", "prev pane", "Go to the previous pane"),
    ("app.theme", "f5", "", "theme", "Change to the next theme"),
    ("app.keys-hints", "f6", "", "key hints", "Show or hide the line of key hints"),
    ("app.quit", "q ctrl+q", "!", "quit", "Save and quit"),
)

_LIST: tuple[_Row, ...] = (
    ("list.up", "up", "!#", "up", "Move one row up"),
    ("list.down", "down", "!#", "down", "Move one row down"),
    ("list.page-up", "pageup", "", "page up", "Move one page of rows up"),
    ("list.page-down", "pagedown", "", "page down", "Move one page of rows down"),
    ("list.first", "home", "", "first", "Move to the first row"),
    ("list.last", "end", "", "last", "Move to the last row"),
    ("list.choose", "enter", "!", "go there", "Go to what the row shows"),
    ("list.close", "escape", "!", "back", "Go back to the article"),
    ("list.fold", "space", "", "fold", "Fold or unfold the group"),
    ("list.delete", "d delete", "", "delete", "Delete the span or relation of the row"),
)

COMMANDS: dict[str, Command] = {
    **_commands("Move", "article", _MOVE),
    **_commands("View", "article", _VIEW),
    **_commands("Select", "article", _SELECT),
    **_commands("Tag", "article", _TAG),
    **_commands("Review", "article", _REVIEW),
    **_commands("Span", "article", _SPAN),
    **_commands("Relate", "article", _RELATE),
    **_commands("Documents", "global", _DOCUMENTS),
    **_commands("Edit", "global", _EDIT),
    **_commands("Search", "article", _SEARCH),
    **_commands("App", "global", _APP),
    **_commands("List", "list", _LIST),
}
"""Every command by its id, in the order in which help shows them."""

TAG_SENTENCE_PREFIX = "tag-sentence."
"""Before a label's name: the command that tags the whole sentence with it."""
TAG_PREFIX = "tag."
"""``tag.LABEL`` is the command of a label's key; labels come from the scheme, not from here."""
