"""Records what a release leaves in its database, for the upgrade tests of all that come after it.

Run at the release: ``python -m tests.upgrades.record NAME``. A small invented county is walked to many stages on an empty
SQLite database; every row of our apps goes to ``NAME.json.xz`` beside this file, with the state of the migrations. The
keys are those of ``KEYS``: they protect invented people only.
"""

from __future__ import annotations

import json
import lzma
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
KEYS = ",".join(
    f"{purpose}:1:{letter * 43}=" for purpose, letter in (("encrypt", "A"), ("index", "E"), ("journal", "I"))
)
APPS = ("elections", "audits", "voters", "candidates")
COUNTY, TOWN = "990100", "990100101"
VOTERS = 140
# code: (how far, election day from today)
VILLAGES = {
    "990100101201": ("closed", -20),
    "990100101202": ("rerun", -2),
    "990100101203": ("vetting", 12),
    "990100101204": ("objections", 29),
    "990100101205": ("registration", 38),
    "990100101206": ("suspended", 60),
}


def main(name: str) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "ID_KEYS": KEYS}
    import django
    from django.core.management import call_command
    from django.db import transaction

    django.setup()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        walk_county()
    with lzma.open(FOLDER / f"{name}.json.xz", "wt", encoding="utf-8", preset=9) as file:
        json.dump({"migrations": state(), "rows": rows()}, file, ensure_ascii=False)


def walk_county() -> None:
    """A county, a township and its villages; one person holds both offices."""
    from django.utils import timezone

    from config.demo.people import people
    from config.demo.walk import STOPS, Walk
    from elections.models import Appointment, Area, Election, User
    from elections.permissions import actor_of
    from elections.services.beginning import begin_cycle

    today = timezone.localdate()
    Area.objects.create(code=COUNTY, name="录县", kind="county")
    Area.objects.create(code=TOWN, name="录镇", kind="town")
    for code in VILLAGES:
        Area.objects.create(
            code=code, name=f"录{code[-3:]}村", kind="village", population=900, households=250, party_members=30
        )
    user = User.objects.create_user("office", "a-long-recorded-password", name="录办")
    for role in ("county", "township"):
        Appointment.objects.create(user=user, role=role, area_id=COUNTY, since=date(2020, 1, 1))
    begin_cycle(
        Area.objects.get(code=COUNTY), "届", term_no=12, starts_on=today - timedelta(days=90),
        ends_on=today + timedelta(days=90), pack="national-2025", actor=user,
    )  # fmt: skip
    actor = actor_of(user)
    for code, (until, offset) in VILLAGES.items():
        election = Election.objects.select_related("village", "cycle").get(village_id=code, body="committee")
        poll = today + timedelta(days=offset)
        walk = Walk(election, poll, today, actor, actor, people(code, VOTERS, poll))
        for act in STOPS[until]:
            act(walk)


def state() -> list[tuple[str, str]]:
    """The last migration of each of our apps."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    return [node for node in MigrationLoader(connection).graph.leaf_nodes() if node[0] in APPS]


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row by model, in an order in which rows may be put in again: what they point at comes first."""
    from django.apps import apps

    models = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label: [
            {field.attname: field.value_to_string(row) for field in model._meta.concrete_fields if _is_said(field, row)}
            for row in model._default_manager.order_by("pk")
        ]
        for model in models
    }


def _is_said(field: Any, row: Any) -> bool:
    return getattr(row, field.attname) is not None


if __name__ == "__main__":
    main(sys.argv[1])
