"""Take an export through Label Studio itself: its import into a database, its export out of it.

Run by the Python of an environment with label-studio (pip install label-studio):
``python check_label_studio_server.py TASKS.json TASKS.config.xml BACK.json``. Makes a database in a
temporary folder, sends the configuration and the tasks to the server's own views, asks them for
the JSON export, and compares results. Ends with status 1 when they differ.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOT_COMPARED = {"origin", "annotator"}
"""Keys of a result that are not compared: where it is from, and what is the program's own."""


def start(folder: str) -> None:
    """Make Label Studio's database in a folder."""
    found = find_spec("label_studio")
    assert found is not None, "label-studio is not installed"
    assert found.submodule_search_locations is not None
    sys.path.insert(0, found.submodule_search_locations[0])
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
        "LABEL_STUDIO_BASE_DATA_DIR": folder,
        "DJANGO_DB": "sqlite",
        "LOG_LEVEL": "ERROR",
        "COLLECT_ANALYTICS": "False",
        "LATEST_VERSION_CHECK": "False",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def through(tasks: bytes, config: str) -> list[dict[str, Any]]:
    """Return the tasks that the server exports of those that it imported."""
    from organizations.models import Organization
    from rest_framework.test import APIClient
    from users.models import User

    user = User.objects.create(email="checker@example.org", username="checker")
    user.active_organization = Organization.create_organization(created_by=user, title="check")
    user.save()
    client = APIClient()
    client.force_authenticate(user=user)

    def asked(answer: Any, status: int) -> Any:
        assert answer.status_code == status, (answer.status_code, answer.content[:2000])
        return json.loads(b"".join(answer) if answer.streaming else answer.content)

    made = {"title": "check", "label_config": config}
    project = asked(client.post("/api/projects/", made, format="json"), 201)["id"]
    address = f"/api/projects/{project}"
    sent = client.post(f"{address}/import", json.loads(tasks), format="json")
    told = asked(sent, 201)
    print(f"import: {told['task_count']} tasks, {told['annotation_count']} annotations")
    export = client.get(f"{address}/export?exportType=JSON&download_all_tasks=true")
    found: list[dict[str, Any]] = asked(export, 200)
    return found


def told(tasks: list[dict[str, Any]]) -> list[Any]:
    """Return what tasks say: their texts, and the results of their annotations."""
    return [
        (
            task["data"],
            [
                [
                    {key: v for key, v in result.items() if key not in NOT_COMPARED}
                    for result in annotation["result"]
                ]
                for annotation in sorted(task["annotations"], key=lambda one: one["id"])
            ],
        )
        for task in sorted(tasks, key=lambda task: task["id"])
    ]


def main() -> int:
    """Check the files named on the command line."""
    path, config, back = map(Path, sys.argv[1:])
    tasks = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        found = through(tasks, config.read_text(encoding="utf-8"))
    back.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    before, after = told(json.loads(tasks)), told(found)
    results = sum(len(each) for _, annotations in after for each in annotations)
    print(f"export: {len(found)} tasks, {results} results")
    print("every text and result is equal" if before == after else "they differ")
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
