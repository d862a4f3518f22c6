"""Brings candidates to the session: from the suggesters' process, and from others' files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from ..domain.annotations import AnnotationSet
from ..domain.errors import AnnotatorError
from ..session import review_place
from ..session.candidate import Candidate, LinkCandidate
from ..session.candidates import Candidates
from ..session.cursor import Range
from ..session.document_session import Session
from ..session.orphans import orphan_candidates
from ..store.resources import user_cache_dir

if TYPE_CHECKING:
    from ..domain.document import Document
    from ..domain.entity import Entity
    from ..domain.scheme import Label
    from ..suggest.running.service import SuggestionEvent, SuggestionService, SuggestionsFound
    from .main_screen import MainScreen

_AT_ONCE = 300
"""Candidates that are put in order within the handler; more are in a thread."""

_LOOKING = "candidates are still being looked for"


class CandidateNews(Message):
    """What an annotator proposes for a document, brought into the app's thread.

    Attributes:
        sha256: hash of the text that it speaks of; empty where it speaks of none.
        proposed: the annotation set; None where something failed.
        complaint: what failed, in one line; empty where nothing did.
        part: the part of a huge text that was read; None where all of it was or will be.
        document: the opened document that it speaks of, where a set belongs to it alone and not
            to every document with that text.
        last: whether all sets that others have of the document were sent before.
    """

    bubble = False

    def __init__(
        self,
        sha256: str,
        proposed: AnnotationSet | None = None,
        complaint: str = "",
        part: Range | None = None,
        document: Document | None = None,
        last: bool = False,
    ) -> None:
        super().__init__()
        self.last = last
        self.document = document
        self.sha256 = sha256
        self.proposed = proposed
        self.complaint = complaint
        self.part = part


def _copy_around(own: AnnotationSet, sets: Sequence[AnnotationSet]) -> AnnotationSet:
    """Return a copy of the part of a set that decides about candidates: what touches them.

    Of a huge text only a part has candidates, and a copy of all its spans would fill the memory.
    """
    proposed = [span for one in sets for span in one.spans.values()]
    start = min((span.start for span in proposed), default=0)
    end = max((span.end for span in proposed), default=0)
    return AnnotationSet(
        own.document,
        own.annotator,
        own.scheme,
        spans=own.index.touching(start, end),
        rejected=own.rejected_index.touching(start, end),
        orphans=own.orphans.values(),
        relations=own.relations.values(),
        rejected_relations=own.rejected_relations.values(),
    )


class CandidateFeed:
    """Asks for the candidates of the open document and hands them to its session.

    Args:
        screen: gets the news.
        wanted: whether candidates are looked for at all.
        pipeline: the spaCy pipeline that finds entities; None for the project's own.
        adjudicated: the annotators between whom is to be decided; no suggester is asked then.
            Empty outside adjudication.
    """

    def __init__(
        self,
        screen: MainScreen,
        *,
        wanted: bool,
        pipeline: str | None = None,
        adjudicated: Sequence[str] = (),
    ) -> None:
        self._screen = screen
        self._pipeline = pipeline
        self._wanted = wanted
        self._adjudicated = tuple(adjudicated)
        self._started = False
        self._service: SuggestionService | None = None
        self._document: Document | None = None
        self._sets: dict[str, AnnotationSet] = {}
        self._part: Range | None = None
        self._begin_at: int | None = None
        self._all_read = False
        self._reminded: set[str] = set()
        self.note = "" if wanted else "candidates are switched off"

    def start(self) -> None:
        """Start the suggesters' service (once the first frame is on the screen) and ask."""
        self._started = self._wanted
        if self._wanted and not self._adjudicated:
            from ..suggest.choice import setup_of
            from ..suggest.running.service import SuggestionService

            self._service = SuggestionService(
                setup_of(self._screen.workspace.project, pipeline=self._pipeline),
                user_cache_dir() / "suggestions",
                self._made,
            )
            self._service.start()
        self.ask()

    def ask(self) -> None:
        """Ask for the candidates of the document that is open now."""
        session = self._screen.session
        self._sets.clear()
        if session.annotations.orphans:
            self.offer(orphan_candidates(session.annotations, session.text))
        if not self._started:
            return
        session.candidates.versions = self._versions(session)
        self._document = session.document
        self._part = None
        self._begin_at = session.cursor.caret if self._adjudicated else None
        self._all_read = False
        self.note = _LOOKING
        if self._service is not None:
            self._service.request(session.document.sha256, session.text, session.cursor.caret)
        position = self._screen.workspace.position
        self._screen.run_worker(
            lambda: self._read_others(position, session.document), thread=True, group="candidates"
        )

    def entities(self, sha256: str, entities: tuple[Entity, ...]) -> None:
        """Tell the suggesters all entities of a text."""
        if self._service is not None:
            self._service.entities(sha256, entities)

    def take(self, news: CandidateNews) -> None:
        """Use news; those of another text are dropped."""
        session = self._screen.session
        if news.sha256 and news.sha256 != session.document.sha256:
            return
        if news.document is not None and news.document is not session.document:
            return
        if news.last:
            self._all_read = True
            self.note = "" if self.note == _LOOKING else self.note
            self._put_in_order(session)
        elif news.complaint:
            self.note = news.complaint
            self._screen.tell(news.complaint, "warning")
        elif news.proposed is not None:
            self.note = ""
            self._part = news.part
            self._sets[news.proposed.annotator] = news.proposed
            self._put_in_order(session)

    def _versions(self, session: Session) -> Mapping[str, Label] | None:
        return session.scheme.labels if self._adjudicated else None

    def _put_in_order(self, session: Session) -> None:
        """Find out what is open: here if it is little, else in a thread, on a copy of the set."""
        sets = tuple(self._sets.values())
        if sum(len(one.spans) for one in sets) <= _AT_ONCE:
            session.candidates.put(*sets)
            self._show(session)
            return
        frozen, revision = _copy_around(session.annotations, sets), session.revision

        def work() -> None:
            fresh = Candidates(lambda: frozen, versions=self._versions(session))
            fresh.put(*sets)
            self._screen.app.call_from_thread(self._adopt, session, fresh, revision)

        self._screen.run_worker(work, thread=True, group="order", exclusive=True)

    def _adopt(self, session: Session, fresh: Candidates, revision: int) -> None:
        """Take candidates that were put in order in a thread, unless they are out of date."""
        if self._screen.control.session is not session or dict(fresh.sets) != self._sets:
            return
        changed = session.touched_since(revision)
        if changed is None:
            self._put_in_order(session)
            return
        fresh.follow(lambda: session.annotations, changed)
        session.candidates = fresh
        self._show(session)

    def _show(self, session: Session) -> None:
        """Show what is open; adjudication begins with the first, unless a key was faster."""
        if self._begin_at is not None and self._all_read:
            untouched = session.cursor.caret == self._begin_at and not session.cursor.selection
            if untouched and not session.reviewing:
                review_place.begin(session)
            self._begin_at = None
        self._screen.show_candidates()

    def follow(self, caret: int) -> None:
        """Ask about another part of a huge text, once the caret comes near the edge of this one."""
        part, document = self._part, self._document
        if part is None or document is None or self._service is None:
            return
        from ..suggest.running.job import HUGE_PART, well_inside

        if not well_inside(part, caret, document.length, HUGE_PART // 8):
            self._part = None  # until the next one comes
            self._service.request(document.sha256, document.text, caret)

    def beyond(self, direction: int) -> int | None:
        """Return where a huge text goes on behind (or before) the part that was looked through.

        Args:
            direction: 1 or -1.

        Returns:
            An offset in code points; None where all the text was looked through.
        """
        if self._part is None or self._document is None:
            return None
        start, end = self._part
        if direction > 0:
            return end if end < self._document.length else None
        return start or None

    def offer(self, proposed: AnnotationSet) -> None:
        """Show candidates that were made here and not by a suggester."""
        self._sets[proposed.annotator] = proposed
        self._screen.session.candidates.put(*self._sets.values())
        self._screen.show_candidates()

    def remind(self) -> int:
        """Go to the first disagreement that is left in a document, the first time it is asked.

        Returns:
            How many are left to decide; 0 outside adjudication, and from the second time on.
        """
        session, between = self._screen.session, set(self._adjudicated)
        spans = [one for one in session.candidates.open_spans() if between.intersection(one.by)]
        links = [one for one in session.candidates.due_links() if one.source in between]
        left: list[Candidate | LinkCandidate] = [*spans, *links]
        if not left or session.document.id in self._reminded:
            return 0
        self._reminded.add(session.document.id)
        review_place.go_to(session, left[0])
        return len(left)

    def close(self) -> None:
        """End the suggesters' process."""
        if self._service is not None:
            self._service.close()

    def _made(self, event: SuggestionEvent) -> None:
        """Make a set of what a suggester found, in the service's thread, and hand it on."""
        from ..suggest.running.events import SuggestionsFound
        from ..suggest.running.job import HUGE

        if not isinstance(event, SuggestionsFound):
            where = f"the suggester {event.name}: " if event.name else ""
            self._post(CandidateNews("", complaint=f"{where}{event.message}"))
            return
        document = self._document
        if document is not None and document.sha256 == event.sha256:
            part = (event.start, event.end) if document.length > HUGE else None
            self._post(CandidateNews(event.sha256, self._set_of(event, document), part=part))

    def _set_of(self, event: SuggestionsFound, document: Document) -> AnnotationSet:
        from ..suggest.sets import Stamp, to_set

        scheme = self._screen.workspace.scheme
        return to_set(Stamp(event.name, event.version), document, scheme, event.suggestions)

    def _read_others(self, position: int, document: Document) -> None:
        """Read, in a thread, the sets of those whose spans the project shows as candidates."""
        from ..suggest.choice import candidate_annotators

        workspace = self._screen.workspace
        for name in self._adjudicated or candidate_annotators(workspace.project):
            if name == workspace.annotator:
                continue
            try:
                proposed = workspace.set_of(position, document, name)
            except AnnotatorError as error:
                self._post(CandidateNews(document.sha256, complaint=str(error), document=document))
                continue
            if proposed is not None and (proposed.is_annotated or not self._adjudicated):
                self._post(CandidateNews(document.sha256, proposed, document=document))
        if self._adjudicated:
            self._post(CandidateNews(document.sha256, document=document, last=True))

    def _post(self, news: CandidateNews) -> None:
        self._screen.post_message(news)
