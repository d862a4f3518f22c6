"""Take an export through doccano itself: its import into a database, its export out of it.

Run by the Python of an environment with doccano (pip install doccano):
``python check_doccano.py entities.jsonl BACK.jsonl`` or, for the other style,
``python check_doccano.py --label labels.jsonl BACK.jsonl``. Makes a database in a temporary folder,
takes the file in as its web interface does, and writes what it gives out again. Prints how many
texts, spans and relations went in and came out; ends with status 1 when they differ.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SPAN_KEYS = ("start_offset", "end_offset", "label")


def start(folder: str) -> None:
    """Make doccano's database in a folder."""
    found = find_spec("backend")
    assert found is not None, "doccano is not installed"
    assert found.submodule_search_locations is not None
    sys.path.insert(0, found.submodule_search_locations[0])
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.development"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/doccano.sqlite3"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("create_roles", stdout=sys.stderr)


def through(path: Path, back: Path, *, relations: bool) -> list[Any]:
    """Take a file in and write it out; return what doccano found wrong with it."""
    from data_export.models import ExportedExample
    from data_export.pipeline import factories
    from data_export.pipeline.dataset import Dataset
    from data_export.pipeline.services import ExportApplicationService
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format
    from data_import.pipeline.readers import FileName
    from django.contrib.auth import get_user_model
    from projects.models import ProjectType, SequenceLabelingProject

    user = get_user_model().objects.create_user("checker")
    project = SequenceLabelingProject.objects.create(
        name="check",
        project_type=ProjectType.SEQUENCE_LABELING,
        allow_overlapping=True,
        use_relation=relations,
        collaborative_annotation=True,
        created_by=user,
    )
    task = RELATION_EXTRACTION if relations else ProjectType.SEQUENCE_LABELING
    names = [FileName(str(path), str(path), path.name)]
    dataset = load_dataset(task, create_file_format("JSONL"), names, project, encoding="utf_8")
    dataset.save(user)
    examples = ExportedExample.objects.filter(project=project).order_by("id")
    made = Dataset(
        examples, factories.create_labels(project, examples), factories.create_comment(examples)
    )
    formatters = factories.create_formatter(project, "JSONL")
    ExportApplicationService(made, formatters, factories.create_writer("JSONL")).export(str(back))
    return [error.dict() for error in dataset.errors]


def told(path: Path) -> list[Any]:
    """Return what a file says of each text: the text, its spans, its relations by their ends."""
    rows = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        entities = row.get("entities") or []
        spans = [tuple(each[key] for key in SPAN_KEYS) for each in entities]
        by_id = dict(zip((each["id"] for each in entities), spans, strict=True))
        links = [
            (each["type"], by_id[each["from_id"]], by_id[each["to_id"]])
            for each in row.get("relations") or []
            if {each["from_id"], each["to_id"]} <= by_id.keys()
        ]
        triples = [tuple(each) for each in row.get("label") or []]
        rows.append((row["text"], sorted([*spans, *triples]), sorted(links)))
    return rows


def main() -> int:
    """Check the file named on the command line."""
    arguments = [each for each in sys.argv[1:] if each != "--label"]
    path, back = Path(arguments[0]).absolute(), Path(arguments[1]).absolute()
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        errors = through(path, back, relations="--label" not in sys.argv)
    before, after = told(path), told(back)
    for name, rows in (("in", before), ("out", after)):
        spans, links = (sum(len(row[at]) for row in rows) for at in (1, 2))
        print(f"{name}: {len(rows)} texts, {spans} spans, {links} relations")
    for error in errors:
        print(f"doccano: {error}")
    differ = [at for at, rows in enumerate(zip(before, after, strict=False)) if rows[0] != rows[1]]
    print(f"texts that differ: {differ}" if differ else "every text, span and relation is equal")
    return int(bool(errors or differ or len(before) != len(after)))


if __name__ == "__main__":
    sys.exit(main())
