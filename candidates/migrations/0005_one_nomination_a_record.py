"""One open nomination a person and office: by the record, no longer by the name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("candidates", "0004_second_nominations")]
    operations = [
        migrations.RemoveConstraint(model_name="nominee", name="one_open_nomination_a_person_and_office"),
        migrations.AddConstraint(
            model_name="nominee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("election", "office", "person"),
                name="one_open_nomination_a_person_and_office",
            ),
        ),
    ]
