"""Suggesters of somebody else, installed for real: a module and its entry points."""

from __future__ import annotations

from pathlib import Path

MODULE = '''
import os, re, signal, threading
from annotator.suggest.base import SuggestedLink, Suggestion, Suggestions


class Words:
    """Proposes each FACT as a claim; each LINKED one restates the one before."""

    name, version, labels, needs_entities = "words", "1.0", ("claim",), False

    def suggest(self, text):
        print("a library that prints")
        spans = tuple(
            Suggestion(label="claim", start=found.start(), end=found.end(), score=0.123456,
                       rule="words/fact", reasons=("it says so",),
                       attributes={"worthiness": "check-worthy"})
            for found in re.finditer("FACT|LINKED", text.text)
        )
        links = tuple(
            SuggestedLink(type="restates", source=n - 1, target=n, score=0.5, rule="words/linked")
            for n, span in enumerate(spans)
            if n and text.text[span.start:span.end] == "LINKED"
        )
        return Suggestions(spans, links)


class Names:
    """Proposes each entity as a claim; without entities the first letter."""

    name, version, labels, needs_entities = "names", "2.0", ("claim",), True

    def suggest(self, text):
        places = [(0, 1)] if text.entities is None else [(e.start, e.end) for e in text.entities]
        return Suggestions(tuple(
            Suggestion(label="claim", start=start, end=end, score=1, rule="names/any")
            for start, end in places
        ))


class Raising(Words):
    name = "raising"

    def suggest(self, text):
        raise RuntimeError("first line\\nsecond line")


class Deadly(Words):
    """Takes its process along where the text says so."""

    name = "deadly"

    def suggest(self, text):
        if "DEADLY" in text.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().suggest(text)


class Endless(Words):
    """Never comes back from a text that says so."""

    name = "endless"

    def suggest(self, text):
        if "ENDLESS" in text.text:
            threading.Event().wait()
        return super().suggest(text)


class Assassin(Words):
    """Kills who started its process where the text says so, and tells its own process id."""

    name = "assassin"

    def suggest(self, text):
        told = os.environ.get("ASSASSIN")
        if "ASSASSIN" in text.text and told:
            with open(told, "w") as file:
                file.write(str(os.getpid()))
            os.kill(os.getppid(), signal.SIGKILL)
        return super().suggest(text)


class Gated(Words):
    """Waits at a named pipe where the text says so."""

    name = "gated"

    def suggest(self, text):
        if "GATE" in text.text:
            with open(os.environ["GATE"]) as gate:
                gate.read()
        return super().suggest(text)


class Peeking(Words):
    """Asks for no entities, and proposes the text if it is told some."""

    name = "peeking"

    def suggest(self, text):
        told = () if text.entities is None else ((0, len(text.text)),)
        return Suggestions(tuple(
            Suggestion(label="claim", start=start, end=end, score=1, rule="p")
            for start, end in told
        ))


class Leaving(Words):
    """Ends the program where the text says so, as a library does that finds no licence."""

    name = "leaving"

    def suggest(self, text):
        if "LEAVE" in text.text:
            raise SystemExit("no licence")
        return super().suggest(text)


class Stubborn(Words):
    """Goes on forever where the text says so, whatever is raised, and twice if it is no error."""

    name = "stubborn"

    def suggest(self, text):
        ignored = 0
        while "ENDLESS" in text.text:
            try:
                while True:
                    pass
            except Exception:
                pass
            except BaseException:
                ignored += 1
                if ignored > 2:
                    raise
        return super().suggest(text)


class Countless(Words):
    """Proposes more than anybody could look at where the text says so."""

    name = "countless"

    def suggest(self, text):
        if "COUNTLESS" not in text.text:
            return super().suggest(text)
        one = Suggestion(label="claim", start=0, end=1, score=1, rule="countless")
        return Suggestions((one,) * 1001)


class Nothing(Words):
    name = "nothing"

    def suggest(self, text):
        return None


class Numbered(Words):
    name, version = "numbered", 3


class Letters(Words):
    name, labels = "letters", "claim"


class Outside(Words):
    name = "outside"

    def suggest(self, text):
        return Suggestions((
            Suggestion(label="claim", start=0, end=len(text.text) + 1, score=1, rule="outside"),
        ))


class Stray(Words):
    name = "stray"

    def suggest(self, text):
        return Suggestions((Suggestion(label="other", start=0, end=1, score=1, rule="stray"),))


class Foreign(Words):
    """Has a label that the default scheme lacks."""

    name, labels = "foreign", ("claim", "no-such-label")


def broken():
    raise ImportError("it lacks a part")


def thing():
    return object()


def fatal():
    os._exit(7)


def fatal_once():
    told = os.environ["FATAL_ONCE"]
    if not os.path.exists(told):
        open(told, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return Words()


def leaving_early():
    raise SystemExit("no licence")


def endless_load():
    while True:
        pass
'''

NAMES = (
    "Words",
    "Names",
    "Raising",
    "Deadly",
    "Endless",
    "Assassin",
    "Gated",
    "Peeking",
    "Leaving",
    "Stubborn",
    "Nothing",
    "Countless",
    "Numbered",
    "Letters",
    "Outside",
    "Stray",
    "Foreign",
)
FUNCTIONS = ("broken", "thing", "fatal", "fatal_once", "leaving_early", "endless_load")


def install(folder: Path) -> Path:
    """Install the package into a folder that is to stand on ``sys.path``; return the folder."""
    (folder / "annotator_extra_suggesters.py").write_text(MODULE)
    installed = folder / "annotator_extra_suggesters-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: annotator-extra-suggesters\nVersion: 1.0\n"
    )
    lines = [f"{name.lower()} = annotator_extra_suggesters:{name}" for name in NAMES]
    lines += [f"{name} = annotator_extra_suggesters:{name}" for name in FUNCTIONS]
    lines += ["absent = annotator_no_such_module:Suggester"]
    (installed / "entry_points.txt").write_text("\n".join(["[annotator.suggesters]", *lines, ""]))
    return folder
