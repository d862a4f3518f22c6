"""``annotator train PROJECT``: fits a claim model on the project's own decisions."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from .output import say, write_json
from .stages import Stages

if TYPE_CHECKING:
    from ..store.project import Project
    from ..training.labelling import Examples
    from ..training.train import Trained

_EPILOG = """\
Learns from decisions: tagged sentences count for the label; rejected candidates, and in documents
that are done all other sentences, count against it. What it is worth is measured on documents
that were held out. The model is saved as a spaCy pipeline, and `annotator suggest` and the app
rank by it from then on; delete its folder to go back. See docs/training.md.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator train``."""
    parser.epilog = _EPILOG
    parser.add_argument("project", metavar="PROJECT", help="a folder, a corpus or a project")
    parser.add_argument(
        "--label", metavar="NAME", help="the label to learn (the first one that tags sentences)"
    )
    parser.add_argument(
        "--annotator",
        metavar="NAME",
        action="append",
        default=[],
        help="whose sets to learn from; may be repeated (gold, else the project's annotator)",
    )
    parser.add_argument(
        "--against",
        metavar="ATTRIBUTE=VALUE",
        action="append",
        help="a tag with this value counts against its sentence; may be repeated "
        "(worthiness=unimportant, worthiness=not-checkable)",
    )
    parser.add_argument(
        "--output", metavar="FOLDER", help="where to save (PROJECT/.annotator/models/claims)"
    )
    parser.add_argument(
        "--compare",
        choices=("bow", "ensemble"),
        help="also judge spaCy's text classifier on the same folds; takes minutes",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the folds (%(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="only print scores, save nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument(
        "--encoding", metavar="CODEC", default="utf-8", help="encoding of the texts (%(default)s)"
    )
    parser.add_argument("--scheme", metavar="NAME", help="labels: a scheme's name or a file")


def run(arguments: Namespace) -> int:
    """Train, report and save.

    Raises:
        AnnotatorError: there is too little to learn from, or an argument means nothing.
    """
    # The vectors are short: more threads only burn time, and one gives the same sums everywhere.
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    from ..store.project import open_project
    from ..store.trained_models import check_replaceable, default_folder
    from ..training.labelling import NOT_WORTH, collect
    from ..training.train import train
    from .open import check_encoding

    check_encoding(arguments.encoding)
    against = NOT_WORTH if arguments.against is None else _values(arguments.against)
    project = open_project(
        Path(arguments.project), encoding=arguments.encoding, scheme=arguments.scheme
    )
    folder = Path(arguments.output).absolute() if arguments.output else default_folder(project.root)
    if not arguments.dry_run:
        check_replaceable(folder)
    with Stages() as stages:
        examples = collect(
            project,
            label=arguments.label,
            annotators=arguments.annotator,
            against=against,
            progress=stages.show,
        )
        trained = train([one.labelled for one in examples.examples], arguments.seed, stages.show)
        others = _compared(arguments, examples, stages)
    for line in (*project.notices, *examples.skipped):
        say(f"annotator: {line}")
    _finish(arguments, project, folder, examples, trained, others, against)
    return 0


def _finish(
    arguments: Namespace,
    project: Project,
    folder: Path,
    examples: Examples,
    trained: Trained,
    others: Mapping[str, object],
    against: Mapping[str, Sequence[str]],
) -> None:
    """Save the model unless told not to, and print what it is worth."""
    from ..store.trained_models import next_version, replace_folder, use_model
    from ..training.pipeline_folder import provenance, write_pipeline
    from .train_report import report_data, write_report

    made_of = provenance(examples, trained, arguments.seed, against)
    version = ""
    if not arguments.dry_run:
        version = next_version(project.root, folder)

        def write(new: Path) -> None:
            write_pipeline(
                new,
                trained.model,
                label=examples.label,
                language=project.config.language,
                version=version,
                made_of=made_of,
            )

        replace_folder(folder, write, project.root)
        use_model(project.root, folder)
    if arguments.json:
        saved = None if arguments.dry_run else {"folder": str(folder), "version": version}
        write_json(report_data(made_of, examples, trained, others, saved))
    else:
        write_report(examples, trained, others)
    if not arguments.dry_run:
        say(f"saved {folder}, version {version}: claims are ranked by it from now on")
    if (
        trained.scores
        and trained.untrained
        and (trained.scores.average_precision < trained.untrained.average_precision)
    ):
        say("the untrained ranking is still better here: tag more, then train again")


def _compared(arguments: Namespace, examples: Examples, stages: Stages) -> dict[str, object]:
    """Return the scores of spaCy's classifier by its name, if they are asked for."""
    if arguments.compare is None:
        return {}
    from ..training.examples import split_documents
    from ..training.textcat import cross_validate_textcat

    sentences = [one.labelled for one in examples.examples]
    folds = split_documents(sentences, arguments.seed)
    if len(folds) == 1:
        return {}
    scores = cross_validate_textcat(
        sentences, folds, arguments.compare, arguments.seed, stages.show
    )
    return {f"spaCy {arguments.compare}": scores}


def _values(pairs: Sequence[str]) -> dict[str, list[str]]:
    """Return the values by attribute that ``ATTRIBUTE=VALUE`` arguments name.

    Raises:
        AnnotatorError: one has another form.
    """
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals and value):
            raise AnnotatorError(f"--against {pair!r} is not ATTRIBUTE=VALUE")
        values.setdefault(name, []).append(value)
    return values
