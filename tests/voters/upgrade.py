"""Takes an empty database to the first release, publishes a roll there, and brings it to the newest state.

Run as ``python -m tests.voters.upgrade`` with DATABASE_URL. Prints one JSON object: ``before`` and ``after`` (the rows as
both releases know them), ``refused`` (what the database refuses in the end), ``allowed`` (what a decision may do).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import DatabaseError, connection, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from elections.rules import policy  # noqa: E402

FIRST = [
    ("elections", "0004_summary"), ("voters", "0002_frozen_roll"), ("candidates", "0001_initial"),
    ("audits", "0001_initial"),
]  # fmt: skip
DAY = date(2026, 11, 20)


def main() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST)
    old = executor.loader.project_state(FIRST).apps
    publish(old)
    columns = {
        name: [field.attname for field in old.get_model("voters", name)._meta.concrete_fields] for name in TABLES
    }
    before = rows(old.get_model, columns)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    from django.apps import apps

    said = {"before": before, "after": rows(apps.get_model, columns)}
    print(json.dumps(said | {"refused": what_is_refused(), "allowed": what_a_decision_may_do()}))


TABLES = ("Voter", "RollVersion", "RollChange")


def publish(apps: Any) -> None:
    """Three people, one of them left out, and the notice of the day."""
    county = apps.get_model("elections", "Area").objects.create(code="990100", name="县", kind="county")
    village = apps.get_model("elections", "Area").objects.create(code="990100101201", name="村", kind="village")
    user = apps.get_model("elections", "User").objects.create(username="clerk", name="甲")
    cycle = apps.get_model("elections", "Cycle").objects.create(
        county=county, name="换届", term_no=12, starts_on=DAY, ends_on=DAY, pack="national-2025"
    )
    election = apps.get_model("elections", "Election").objects.create(
        village=village, cycle=cycle, body="committee", stage="nomination", pack="national-2025",
        policy_values=policy.freeze(policy.load("national-2025")),
    )  # fmt: skip
    for number, name in enumerate(("王芳", "李伟", "张静"), 1):
        apps.get_model("voters", "Voter").objects.create(
            election=election, cycle=cycle, id_index=f"{number:032x}", number=number if number < 3 else None, name=name,
            sex="F", birth=DAY.replace(year=1980), category="CAT1", id_sealed=b"sealed" * number, phone_sealed=b"",
            address_sealed=b"", listed=number < 3, omission="" if number < 3 else "DIED",
        )  # fmt: skip
    apps.get_model("voters", "RollVersion").objects.create(
        election=election, number=1, published_on=DAY, place="村务公开栏", count=2, snapshot="{}", fingerprint="0" * 64,
        made_by=user,
    )  # fmt: skip


def rows(get_model: Callable, columns: dict[str, list[str]]) -> dict[str, list]:
    """Every row of the roll by the columns the first release had."""
    return {
        name: [
            [bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value) for value in row]
            for row in get_model("voters", name).objects.order_by("pk").values_list(*columns[name])
        ]
        for name in TABLES
    }


def what_is_refused() -> list[str]:
    """Each by its own, as somebody with the database alone would try it."""
    from voters.models import RollVersion, Voter

    first = Voter.objects.get(name="王芳")
    tries: dict[str, Callable[[], object]] = {
        "change": lambda: Voter.objects.filter(pk=first.pk).update(name="王改"),
        "remove": lambda: Voter.objects.filter(pk=first.pk)._raw_delete("default"),
        "add": lambda: _add(first),
        "change the version": lambda: RollVersion.objects.update(count=3),
        "remove the version": lambda: RollVersion.objects.all()._raw_delete("default"),
    }
    return [name for name, act in tries.items() if _refused(act)]


def _add(like: Any) -> None:
    from voters.models import Voter

    Voter.objects.create(
        election_id=like.election_id, cycle_id=like.cycle_id, id_index=f"{9:032x}", name="赵多", sex="M", birth=DAY,
        category="CAT1", id_sealed=b"x",
    )  # fmt: skip


def _refused(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def what_a_decision_may_do() -> bool:
    from elections.models import User
    from voters.models import RollChange, Voter

    voter = Voter.objects.get(name="李伟")
    with transaction.atomic():
        change = RollChange.objects.create(
            election_id=voter.election_id, voter=voter, kind="correct", reason="户口簿", after_publication=True,
            made_by=User.objects.get(),
        )  # fmt: skip
        return Voter.objects.filter(pk=voter.pk).update(name="李改", last_change=change) == 1


if __name__ == "__main__":
    main()
