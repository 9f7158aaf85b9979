"""The few rows that a township has to look into, found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0004_summary"),
        ("voters", "0004_polling"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="voter",
            index=models.Index(
                condition=models.Q(("omission", "LISTED_ELSEWHERE")),
                fields=["election"],
                name="listed_in_another_village",
            ),
        ),
    ]
