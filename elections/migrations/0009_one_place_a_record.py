"""One place a person on the election committee, the supervision committee and among the staff."""

from django.db import migrations, models


def one(model, *fields, name):
    return migrations.AddConstraint(model_name=model, constraint=models.UniqueConstraint(fields=fields, name=name))


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0008_parts"),
    ]
    operations = [
        one("committeemember", "election", "person", name="one_committee_place_a_record"),
        one("supervisionmember", "election", "person", name="one_supervision_place_a_record"),
        one("staffmember", "election", "person", "task", name="one_task_a_record"),
    ]
