"""Puts the recorded rows of a release into an empty database in the state of that release, brings it to the newest
state, and asks whether everything recorded can still be read.

Run as ``python -m tests.upgrades.replay NAME`` with DATABASE_URL. Prints one JSON object; an empty list or object under
a name means that all is well there.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import sys
from collections.abc import Iterator
from typing import Any

from tests.upgrades.record import FOLDER, KEYS, TOWN

os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "ID_KEYS": KEYS}

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

CACHES = {"elections.Summary"}  # worked out again at the first look


def main(name: str) -> None:
    with lzma.open(FOLDER / f"{name}.json.xz", "rt", encoding="utf-8") as file:
        recorded = json.load(file)
    before = [tuple(each) for each in recorded["migrations"]]
    executor = MigrationExecutor(connection)
    executor.migrate(before)
    put_in(executor.loader.project_state(before).apps, recorded["rows"])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    print(
        json.dumps(
            {
                "changed": list(changed(recorded["rows"])),
                "journal": broken_chains(),
                "sealed": unreadable_numbers(),
                "papers": foreign_fingerprints(),
                "rolls": foreign_rolls(),
                "rounds": other_outcomes(),
                "pages": broken_pages(),
            }
        )
    )


def put_in(apps: Any, rows: dict[str, list[dict[str, str]]]) -> None:
    """Every row, in one transaction; the checks of foreign keys wait until its end."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        for label in in_order(rows):
            model = apps.get_model(label)
            model.objects.bulk_create([_row(model, said) for said in rows[label]], batch_size=200)
    with connection.cursor() as cursor:
        models = [apps.get_model(label) for label in rows]
        for statement in connection.ops.sequence_reset_sql(_no_style(), models):
            cursor.execute(statement)


def in_order(rows: dict[str, list]) -> list[str]:
    """What the database freezes when a list is posted, a round confirmed, comes before the posting and confirming."""
    last = ["elections.Round", "voters.RollVersion", "voters.RollChange"]
    return [label for label in rows if label not in last] + last


def _row(model: Any, said: dict[str, str]) -> Any:
    row = model()
    for name, text in said.items():
        field = next(each for each in model._meta.concrete_fields if each.attname == name)
        target = field.target_field if field.is_relation else field
        setattr(row, name, target.to_python(text))
    return row


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def changed(rows: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    """Values that are no longer what was recorded, and rows that are gone."""
    from django.apps import apps

    for label, recorded in rows.items():
        if label in CACHES:
            continue
        model = apps.get_model(label)
        fields = {field.attname: field for field in model._meta.concrete_fields}
        now = {str(row.pk): row for row in model._default_manager.all()}
        if len(now) != len(recorded):
            yield f"{label}: {len(recorded)} rows became {len(now)}"
        key = model._meta.pk.attname
        for said in recorded:
            row = now.get(said[key])
            for name in said.keys() & fields.keys():
                if row is None or fields[name].value_to_string(row) != said[name]:
                    yield f"{label} {said[key]} {name}"


def broken_chains() -> list[str]:
    from elections.selectors.journal import verify

    return [str(each) for each in verify()]


def unreadable_numbers() -> list[str]:
    """Voters whose number does not open, or no longer leads to them."""
    from voters.models import Voter
    from voters.sealing import index_of, open_column

    voters = list(Voter.objects.all())
    numbers = open_column("id_number", voters)
    return [str(v.pk) for v, number in zip(voters, numbers, strict=True) if index_of(v.cycle_id, number) != v.id_index]


def foreign_fingerprints() -> list[str]:
    from elections.documents.fingerprint import fingerprint
    from elections.models import Paper
    from office.papers.catalogue import TEMPLATE_VERSION

    versions = range(1, TEMPLATE_VERSION + 1)
    return [
        paper.code
        for paper in Paper.objects.all()
        if paper.fingerprint not in {fingerprint(paper.kind, each, paper.snapshot) for each in versions}
    ]


def foreign_rolls() -> list[str]:
    """Published lists whose text would have another fingerprint today."""
    from voters.models import RollVersion

    return [
        str(version.pk)
        for version in RollVersion.objects.all()
        if RollVersion.text_of(version.lines) != version.snapshot
        or hashlib.sha256(version.snapshot.encode()).hexdigest() != version.fingerprint
    ]


def other_outcomes() -> list[str]:
    """Confirmed rounds that would be decided otherwise today, or written otherwise."""
    from elections.models import Round
    from elections.rules.counting.stored import outcome_text
    from elections.services.rounds import work_out

    return [
        str(each.pk)
        for each in Round.objects.exclude(confirmed_at=None)
        if outcome_text(work_out(each, each.sheets.last())) != each.outcome
    ]


def broken_pages() -> list[str]:
    """Pages of every village that do not open, for somebody of the township."""
    from django.test import Client
    from django.urls import reverse

    from elections.models import Area, User

    client = Client()
    client.force_login(User.objects.get())
    codes = Area.objects.filter(code__startswith=TOWN, kind="village").values_list("code", flat=True)
    names = ("village", "log", "roll", "candidates", "count", "election_committee", "village_papers", "proxies")
    places = [reverse(name, args=[code]) for code in codes for name in names]
    places += [reverse(name) for name in ("desk", "overview", "villages", "schedule", "papers", "jobs", "waivers")]
    return [place for place in places if client.get(place).status_code != 200]


if __name__ == "__main__":
    main(sys.argv[1])
