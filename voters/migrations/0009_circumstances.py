"""What is proved of a voter is reached as his circumstances: facts are what guards are asked with. No table changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voters', '0008_helper_persons'),
    ]

    operations = [
        migrations.AlterField(
            model_name='evidence',
            name='voter',
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name='circumstances',
                serialize=False,
                to='voters.voter',
            ),
        ),
    ]
