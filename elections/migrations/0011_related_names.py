"""The page of the election committee is called so, in the tasks that the lists show too; its members are reached by it.

The address stays where it was. No table changes.
"""

import django.db.models.deletion
from django.db import migrations, models

BEFORE, AFTER = "committee", "election_committee"


def name_pages(before, after):
    return lambda apps, editor: (
        apps.get_model("elections", "SummaryTask").objects.filter(page=before).update(page=after)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0010_team_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='committeemember',
            name='election',
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name='election_committee',
                to='elections.election',
            ),
        ),
        migrations.RunPython(name_pages(BEFORE, AFTER), name_pages(AFTER, BEFORE)),
    ]
