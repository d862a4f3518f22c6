"""The main screen: article, sidebar, status line. Keys in, session changed, picture refreshed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen

from ..domain.errors import AnnotatorError
from ..keys.keymap import Keymap
from ..keys.resolver import KeyResolver
from ..session import review_place
from ..session.document_session import Change, NothingToDoError, Session
from ..session.workspace import Workspace
from ..session_options import OpenOptions
from ..text.units import Unit
from .actions.registry import KEEPS_COLUMN
from .article.paint import Painter
from .article.pane import ArticlePane
from .candidate_feed import CandidateFeed, CandidateNews
from .document_control import DocumentControl, SaveNews
from .entity_feed import EntityFeed, EntityNews
from .hint_bar import HintBar, Situation, hints_for
from .key_names import key_name
from .painting import paint_now
from .place import details_at, place_of, situation_at, values_at
from .search_state import SearchState
from .sidebar import Sidebar
from .status_bar import Severity, StatusBar
from .theme import colour_of, palette_for

if TYPE_CHECKING:
    from .transfer import Transfer
    from .twins_check import TwinsCheck

Answer = TypeVar("Answer")
Work = Callable[[], Change | None]

NARROW = 60
"""Screens narrower than this (in cells) start with the sidebar folded."""
SHORT = 30
"""Screens with fewer lines than this show no list of candidates; details matter more."""
_RECENT = 8


def _load_actions() -> None:
    """Load, in a thread, what the first frame did not need and the next key will."""
    from .actions import table

    assert table.ACTIONS


class MainScreen(Screen[int]):
    """Where everything happens.

    Args:
        workspace: the project's documents.
        keymap: which key does what.
        options: what the command line asked for.
        notices: what to tell with the first document.
    """

    BLANK = True
    """There is nothing to draw on the screen itself; its panes cover it."""

    DEFAULT_CSS = """
    MainScreen HintBar { split: bottom; }
    MainScreen StatusBar { split: bottom; }
    MainScreen Sidebar { split: right; width: 38; }
    MainScreen.-medium Sidebar { width: 28; }
    MainScreen.-short Sidebar #candidates { display: none; }
    MainScreen.-folded Sidebar { display: none; }
    MainScreen.-no-hints HintBar { display: none; }
    """

    def __init__(
        self,
        workspace: Workspace,
        keymap: Keymap,
        options: OpenOptions,
        notices: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._notices = list(notices)
        self.workspace = workspace
        self.keymap = keymap
        self.resolver = KeyResolver(keymap, workspace.scheme)
        self.recent_commands: list[str] = []
        self.search = SearchState(self)
        self.entities = EntityFeed(
            self,
            options.pipeline or workspace.project.config.pipeline,
            wanted=options.use_pipeline,
        )
        self.candidates = CandidateFeed(
            self,
            wanted=options.use_candidates,
            pipeline=options.pipeline,
            adjudicated=options.adjudicated,
        )
        self._twins: TwinsCheck | None = None
        self.control = DocumentControl(self, workspace)
        self.pane = ArticlePane(self.press, id="article")
        self.sidebar = Sidebar(label_style=self.label_style, key_hook=self.press, id="sidebar")
        self.status_bar = StatusBar(id="status")
        self.hint_bar = HintBar(id="hints")
        self._situation: Situation | None = None
        self.transfer: Transfer | None = None
        self._sidebar_chosen = False
        self._painted = False

    # -- building -----------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out article and sidebar above the status and hint lines.

        Each but the last takes its edge of what is left; a container would be painted, too.
        """
        yield self.hint_bar
        yield self.status_bar
        yield self.sidebar
        yield self.pane

    def on_mount(self) -> None:
        """Open the first document; what can wait starts after the first frame."""
        self.pane.focus()
        self._fit(self.app.size.width)
        self.control.open_first()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._theme_changed())
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        # What start-up made stays: the collector need not look through it again and again.
        if not gc.isenabled():
            gc.freeze()
        gc.enable()
        self._painted = True
        if self.control.session is not None:
            self.settle()
            self.entities.start()
            self.candidates.start()
            self.run_worker(_load_actions, thread=True, group="loading")
            self.refine()

    def refine(self) -> None:
        """Wrap a long text bit by bit between keys, so that the scroll bar becomes exact."""
        if not self.pane.refine(0.004):
            self.set_timer(0.02, self.refine)

    def on_resize(self, event: events.Resize) -> None:
        """Fold the sidebar on narrow screens, unless the person chose otherwise."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        self.set_class(width < 100, "-medium")
        self.set_class(self.app.size.height < SHORT, "-short")
        if not self._sidebar_chosen:
            self.set_class(width < NARROW, "-folded")

    @property
    def twins(self) -> TwinsCheck:
        """What looks for missed twins; loaded with the first document that is to be done."""
        if self._twins is None:
            from .twins_check import TwinsCheck

            self._twins = TwinsCheck(self)
        return self._twins

    @property
    def session(self) -> Session:
        """The open document."""
        session = self.control.session
        assert session is not None
        return session

    @property
    def context(self) -> str:
        """Where keys go: ``article`` or ``list``."""
        return "list" if self.sidebar.has_focus_within else "article"

    @property
    def entities_note(self) -> str:
        """Why there may be no entity to go to; empty when all are known."""
        return self.entities.note

    def make_painter(self) -> Painter:
        """Return the painter for the theme and the scheme in use."""
        palette = palette_for(dark=self.app.current_theme.dark)
        labels = self.workspace.scheme.labels.values()
        colours = {label.name: colour_of(self.workspace.scheme, label.name) for label in labels}
        return Painter(palette, {label.name: (colours[label.name], label.key) for label in labels})

    def label_style(self, label: str) -> Style:
        """Return how lists and dialogs show a label's name."""
        palette = palette_for(dark=self.app.current_theme.dark)
        mark = palette.mark(colour_of(self.workspace.scheme, label))
        return Style(color=mark.color, bold=True)

    # -- keys and commands --------------------------------------------------------------------

    def press(self, event: events.Key) -> bool:
        """Take a key from whichever pane has the focus; always deals with it."""
        if self.control.session is None:
            return False
        self.session.keys += 1
        context = self.context
        values = values_at(self.session) if context == "article" else 0
        key = key_name(event)
        found = self.resolver.feed(context, key, on_span_values=values)
        if found.kind == "command":
            self.run_command(found.command, found.count, found.label)
        elif found.kind == "pending":
            self.status_bar.change(pending=found.pending, message="")
        else:
            self.status_bar.change(pending="")
            hint = self.keymap.named_in(" ({app.help} shows the keys)")
            self.tell(f"{found.pending or key} does nothing here{hint}")
        paint_now(self, (self.pane, *self.sidebar.lists, self.status_bar, self.hint_bar))
        return True

    def run_command(self, command_id: str, count: int | None = None, label: str = "") -> None:
        """Do a command and show what came of it.

        Args:
            command_id: an id of the registry, ``tag.LABEL`` or ``tag-sentence.LABEL``.
            count: the number typed before it.
            label: the label of ``tag.LABEL``; found from the id when that names no command.
        """
        if command_id not in KEEPS_COLUMN:
            self.pane.forget_column()
        self.status_bar.change(pending="", message="")
        # Loaded after the first frame by _preload, or here by a very early key.
        from .actions.table import action_for

        action = action_for(command_id, label)
        self.perform(lambda: action(self, count))

    def run_chosen(self, command_id: str | None) -> None:
        """Do a command that was chosen from a list, and remember it for the next time."""
        if command_id is None:
            return
        if command_id in self.recent_commands:
            self.recent_commands.remove(command_id)
        self.recent_commands.insert(0, command_id)
        del self.recent_commands[_RECENT:]
        self.run_command(command_id)

    def perform(self, work: Work) -> None:
        """Do something with the session, tell of failures, and refresh in this very handler."""
        try:
            change = work()
        except NothingToDoError as notice:
            change = None
            hint = self.keymap.named_in(notice.hint)
            self.tell(f"{notice.message} ({hint})" if hint else notice.message)
        except AnnotatorError as error:
            change = None
            self.tell(str(error), "error")
        if change is not None:
            self.edited(change)
        else:
            self.settle()

    def edited(self, change: Change) -> None:
        """Show an edit that is in the journal, and see to it that it becomes durable."""
        self.tell(change.message)
        self.sidebar.spans_changed()
        self.sidebar.candidates_changed(self.session.candidates)
        self.control.edited()
        self.settle(change)

    def settle(self, change: Change | None = None) -> None:
        """Refresh whatever differs: the pane's lines, the sidebar's rows, the status line."""
        if self.control.session is None or not self._painted:
            return
        session = self.session
        self.pane.sync(change.ranges if change else ())
        active = session.active_span()
        self.candidates.follow(session.cursor.caret)
        proposed = review_place.active(session)
        self.sidebar.follow(active.id if active else None, proposed.id if proposed else "")
        self.sidebar.show_details(details_at(session, active, self.keymap))
        self.status_bar.change(**place_of(session, self.pane.lines, self.search))
        situation = situation_at(session, self.context)
        if situation != self._situation:
            self._situation = situation
            self.hint_bar.show(hints_for(self.keymap, session.scheme, situation))

    def tell(self, message: str, severity: Severity = "information") -> None:
        """Show a message in the status line until the next key."""
        self.status_bar.change(message=message, severity=severity)

    def ask(
        self, dialog: ModalScreen[Answer], answered: Callable[[Answer | None], Change | None]
    ) -> None:
        """Open a dialog; what its answer does is performed like a command."""
        self.resolver.reset()
        self.app.push_screen(dialog, lambda answer: self.perform(lambda: answered(answer)))

    # -- panes --------------------------------------------------------------------------------

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar; from now on the width of the screen does not decide."""
        self._sidebar_chosen = True
        folded = not self.has_class("-folded")
        if folded and self.context == "list":
            self.pane.focus()
        self.set_class(folded, "-folded")

    def toggle_hints(self) -> None:
        """Show or hide the line of key hints."""
        self.toggle_class("-no-hints")

    def focus_pane(self, step: int) -> None:
        """Move the focus round the article and the sidebar's lists."""
        if self.has_class("-folded"):
            self.pane.focus()
            raise NothingToDoError("the sidebar is hidden", "{app.sidebar} shows it")
        panes = [self.pane, *self.sidebar.lists]
        here = next((i for i, pane in enumerate(panes) if pane.has_focus), 0)
        panes[(here + step) % len(panes)].focus()

    def on_descendant_focus(self) -> None:
        """Show the hints of the pane that has the focus now."""
        self.resolver.reset()
        if self.control.session is not None:
            self.settle()

    def next_theme(self) -> None:
        """Use the next of Textual's themes; light and dark ones alternate by name."""
        names = sorted(self.app.available_themes)
        self.app.theme = names[(names.index(self.app.theme) + 1) % len(names)]
        self.tell(f"theme {self.app.theme}")

    def _theme_changed(self) -> None:
        if self.control.session is not None:
            self.pane.repaint(self.make_painter())
            self.sidebar.refresh(recompose=False)

    def show_candidates(self) -> None:
        """Show candidates that came in for the open document."""
        self.sidebar.show_candidates(self.session.candidates)
        self.pane.repaint()
        self.settle()

    # -- messages -----------------------------------------------------------------------------

    def on_sidebar_go_to(self, message: Sidebar.GoTo) -> None:
        """Jump to what was chosen in the sidebar."""
        message.stop()
        session = self.session
        session.cursor.jump_to(message.start)
        candidate = session.candidates.find(message.id)
        span = session.annotations.spans.get(message.id)
        if message.kind == "candidate" and candidate:
            review_place.go_to(session, candidate)
        elif span:
            session.activate(span)
        self.pane.focus()
        self.settle()

    def on_article_pane_pointed(self, message: ArticlePane.Pointed) -> None:
        """Move the caret or select with the mouse."""
        message.stop()
        session = self.session
        self.pane.forget_column()
        if message.clicks > 1:
            unit = Unit.WORD if message.clicks == 2 else Unit.SENTENCE
            found = session.units.at(unit, message.offset)
            if found:
                session.cursor.select(*found)
        else:
            if not message.extend:
                session.cursor.clear()
            session.cursor.move_to(message.offset, extend=message.extend)
        self.settle()

    def on_entity_news(self, message: EntityNews) -> None:
        """Take entities as they come in."""
        if self.control.session is not None:
            self.entities.take(message.event)

    def on_candidate_news(self, message: CandidateNews) -> None:
        """Take candidates as they come in."""
        if self.control.session is not None:
            self.candidates.take(message)

    def on_save_news(self, message: SaveNews) -> None:
        """Take the outcome of a save."""
        self.control.saved(message.event)

    # -- documents ----------------------------------------------------------------------------

    def open_document(self, position: int, step: int = 0) -> None:
        """Leave the open document, saved, and open another.

        Args:
            position: which, from 0.
            step: where to look further if it cannot be read: 1 behind it, -1 before, 0 nowhere.
        """
        if step:
            self.control.open_from(position, step)
        else:
            self.control.open(position)

    def save_now(self) -> None:
        """Write the YAML file now."""
        self.control.save_now()

    def leave(self) -> None:
        """Save and end the app."""
        self.control.leave()

    def show_session(self, session: Session) -> None:
        """Show a document that was just opened."""
        self.resolver.reset()
        self.search.clear()
        self.pane.show(session, self.make_painter(), sentences=self._painted)
        self.sidebar.show_document(session.text, session.annotations, session.scheme)
        self.sidebar.show_candidates(session.candidates)
        workspace = self.workspace
        notices = [*self._notices, *session.store.notices]
        self._notices.clear()
        self.status_bar.change(
            document=session.document.id,
            number=workspace.position + 1,
            total=len(workspace.documents),
            annotator=workspace.annotator,
            saved="saved",
            saved_detail="",
            read_only=session.read_only,
            message=" · ".join(notices),
            severity="warning" if notices else "information",
        )
        self._situation = None
        self.settle()
        self.entities.ask()
        self.candidates.ask()
        if self._twins is not None:
            self._twins.opened(session)
