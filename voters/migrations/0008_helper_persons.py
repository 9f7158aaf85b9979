"""Whoever writes for a voter is somebody of the register; candidates/0003 finds out who."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0007_doubts'),
        ('voters', '0007_longer_filters'),
    ]

    operations = [
        migrations.AddField(
            model_name='helpedvoter',
            name='helper_person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='helping', to='elections.person', verbose_name='代写人'),
        ),
        migrations.AlterField(
            model_name='helpedvoter',
            name='helper',
            field=models.CharField(max_length=160, verbose_name='代写人'),
        ),
    ]
