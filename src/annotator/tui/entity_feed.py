"""Brings entities from the worker process to the units and the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from ..store.resources import user_cache_dir
from .sidebar_state import EntitiesState

if TYPE_CHECKING:
    from ..nlp.entities import EntityGroup
    from ..nlp.service import EntitiesFound, EntityEvent, EntityService
    from .main_screen import MainScreen

_GROUPED_AT_ONCE = 3000
"""Entities that are grouped within the handler; more are grouped in a thread."""


class EntityNews(Message):
    """An event of the entity service, brought into the app's thread.

    Attributes:
        event: what happened.
    """

    bubble = False

    def __init__(self, event: EntityEvent) -> None:
        super().__init__()
        self.event = event


class EntityFeed:
    """Asks for the entities of the open document and keeps what is known of them.

    Args:
        screen: gets the news.
        pipeline: name of a spaCy pipeline; None for the default one.
        wanted: whether entities are looked for at all.
    """

    def __init__(self, screen: MainScreen, pipeline: str | None, *, wanted: bool) -> None:
        self._screen = screen
        self._wanted = wanted
        self.note = "entities are still being read" if wanted else "entities are switched off"
        self._name = ""
        self._service: EntityService | None = None
        self._pipeline = pipeline

    def start(self) -> None:
        """Start the service (once the first frame is on the screen) and ask."""
        if self._wanted:
            from ..nlp.service import EntityService

            self._service = EntityService(
                self._pipeline,
                user_cache_dir() / "entities",
                lambda event: self._post(EntityNews(event)),
            )
            self._service.start()
        self.ask()

    def _post(self, news: EntityNews) -> None:
        self._screen.post_message(news)

    def ask(self) -> None:
        """Ask for the entities of the document that is open now."""
        session = self._screen.session
        if self._service is None:
            self._show("switched off" if not self._wanted else "starting…")
            return
        self.note = "entities are still being read"
        self._show("reading…")
        self._service.request(session.document.sha256, session.text, session.cursor.caret)

    def take(self, event: EntityEvent) -> None:
        """Use an event; entities of another text are dropped."""
        from ..nlp.service import EntitiesFound, PipelineMissing, PipelineReady

        if isinstance(event, PipelineReady):
            self._name = f"{event.name} {event.version}"
        elif isinstance(event, PipelineMissing):
            self.note = event.message
            self._show(f"no pipeline: {event.message}")
        elif isinstance(event, EntitiesFound):
            self._entities(event)
        else:
            self.note = event.message
            self._show(f"failed: {event.message}")

    def _entities(self, found: EntitiesFound) -> None:
        from ..nlp.entities import group_entities

        session = self._screen.session
        if found.sha256 != session.document.sha256:
            return
        session.units.entities = found.entities
        if found.done:
            self._screen.candidates.entities(found.sha256, found.entities)
        self.note = "" if found.done else "entities are still being read"
        status = "" if found.done else f"{found.fraction:.0%}"
        if len(found.entities) <= _GROUPED_AT_ONCE:
            self._show_groups(found, status, tuple(group_entities(found.entities, session.text)))
        else:
            self._group_in_thread(found, status, session.text)

    def _group_in_thread(self, found: EntitiesFound, status: str, text: str) -> None:
        from ..nlp.entities import group_entities

        def work() -> None:
            groups = tuple(group_entities(found.entities, text))
            self._screen.app.call_from_thread(self._show_groups, found, status, groups)

        self._screen.run_worker(work, thread=True, group="entities", exclusive=True)

    def _show_groups(
        self, found: EntitiesFound, status: str, groups: tuple[EntityGroup, ...]
    ) -> None:
        if found.sha256 == self._screen.session.document.sha256:
            self._screen.sidebar.show_entities(EntitiesState(groups, status))

    def _show(self, status: str) -> None:
        self._screen.sidebar.show_entities(EntitiesState((), status))

    def close(self) -> None:
        """End the worker process."""
        if self._service:
            self._service.close()
