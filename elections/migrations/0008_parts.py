"""A place on the election committee names the row it replaces; one place a person, not a name.

Until now ``follows`` held the name of who had left, which is unique on its list.
"""

import django.db.models.deletion
from django.db import migrations, models


def point_at_rows(apps, editor):
    Member = apps.get_model("elections", "CommitteeMember")
    left = {(row.election_id, row.name): row for row in Member.objects.exclude(left_on=None)}
    for row in Member.objects.exclude(follows=""):
        row.replaces = left.get((row.election_id, row.follows))
        row.save(update_fields=["replaces"])


def name_rows(apps, editor):
    for row in apps.get_model("elections", "CommitteeMember").objects.exclude(replaces=None).select_related("replaces"):
        row.follows = row.replaces.name
        row.save(update_fields=["follows"])


def one_place_each(apps, editor):
    """Two names that one number of two rolls made one record: the later row says its name only."""
    for model, key in (("CommitteeMember", ""), ("SupervisionMember", ""), ("StaffMember", "task")):
        seen = set()
        for row in apps.get_model("elections", model).objects.exclude(person=None).order_by("pk"):
            place = row.election_id, row.person_id, getattr(row, key) if key else ""
            if place in seen:
                row.person = None
                row.save(update_fields=["person"])
            seen.add(place)


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0007_doubts"),
        ("candidates", "0003_persons_of_rows"),
    ]
    operations = [
        migrations.AddField(
            "committeemember",
            "replaces",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="elections.committeemember",
                verbose_name="递补",
            ),
        ),
        migrations.RunPython(point_at_rows, name_rows),
        migrations.RemoveField("committeemember", "follows"),
        migrations.RunPython(one_place_each, migrations.RunPython.noop),
    ]
