"""Hold an export against Label Studio's own code: its configuration, its regions, its converters.

Run by the Python of an environment with label-studio-sdk (pip install label-studio-sdk):
``python check_label_studio.py TASKS.json TASKS.config.xml``. Prints what was checked; ends with
status 1 when something is not as Label Studio wants it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface


def regions(tasks: list[dict[str, Any]], config: str) -> list[str]:
    """Return what the labelling interface refuses."""
    interface = LabelInterface(config)
    interface.validate()
    wrong = []
    count = 0
    for task in tasks:
        for annotation in (*task["annotations"], *task["predictions"]):
            if not interface.validate_annotation(annotation):
                wrong.append(f"task {task['id']}: an annotation is refused")
            for result in annotation["result"]:
                count += 1
                if result["type"] != "relation" and not interface.validate_region(result):
                    wrong.append(f"task {task['id']}: {result['id']} is refused")
    print(f"label interface: {len(tasks)} tasks, {count} results")
    return wrong


def converted(path: Path, config: str) -> list[str]:
    """Return the spans whose quote is not at its UTF-16 offsets in the converter's JSON_MIN."""
    wrong = []
    converter = Converter(config=config, project_dir=None, download_resources=False)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("JSON", "CSV", "TSV", "CONLL2003", "JSON_MIN"):
            converter.convert(str(path), f"{folder}/{name}", name, is_dir=False)
        tasks = json.loads(Path(f"{folder}/JSON_MIN/result.json").read_text(encoding="utf-8"))
    count = 0
    for task in tasks:
        units = task["text"].encode("utf-16-le", "surrogatepass")
        for span in task.get("label", ()):
            count += 1
            here = units[span["start"] * 2 : span["end"] * 2]
            if here.decode("utf-16-le", "surrogatepass") != span["text"]:
                wrong.append(f"{span['text']!r} is not at {span['start']}")
    print(f"converter: five formats; {count} spans of JSON_MIN")
    return wrong


def main() -> int:
    """Check the two files named on the command line."""
    path, config = Path(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    wrong = [*regions(tasks, config), *converted(path, config)]
    print("\n".join(wrong) or "all as Label Studio wants it")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
