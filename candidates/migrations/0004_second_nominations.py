"""Whoever stands twice for an office under two names: before one open nomination a record and office is the rule."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from elections.rules.counting.offices import Office


def part_second_nominations(apps: Any, editor: Any) -> None:
    """Who stands twice for an office under two names keeps the first nomination; of the second his record says it."""
    rows = apps.get_model("candidates", "Nominee").objects.filter(withdrawn_on=None).exclude(person=None)
    first: dict[tuple[Any, ...], str] = {}
    for row in rows.select_related("person").order_by("pk"):
        same = row.election_id, row.office, row.person_id
        if same not in first:
            first[same] = row.name
            continue
        said = f"{Office(row.office).label}提名人选中{first[same]}和{row.name}在选民名单上是同一人，请核对后登记其中一项退出。"
        row.person.doubt = "\n".join(filter(None, [row.person.doubt, said]))
        row.person.save(update_fields=["doubt"])
        rows.filter(pk=row.pk).update(person=None)


class Migration(migrations.Migration):
    dependencies = [("candidates", "0003_persons_of_rows")]
    operations = [migrations.RunPython(part_second_nominations, migrations.RunPython.noop)]
