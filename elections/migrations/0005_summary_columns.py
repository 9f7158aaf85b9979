"""A summary is a cache: its columns and rows are made anew, so after the upgrade every summary is out of date.

From here on every election of a villagers' committee has one.
"""

import django.db.models.deletion
from django.db import migrations, models


def put_out_of_date(apps, editor):
    election, summary = apps.get_model("elections", "Election"), apps.get_model("elections", "Summary")
    summary.objects.update(day=None)
    without = election.objects.filter(body="committee", summary=None)
    summary.objects.bulk_create([summary(election=each) for each in without.only("pk")], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0004_summary'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='summary',
            name='items',
        ),
        migrations.RemoveField(
            model_name='summary',
            name='ready',
        ),
        migrations.RemoveField(
            model_name='summary',
            name='tasks',
        ),
        migrations.AddField(
            model_name='summary',
            name='lines',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='summary',
            name='next_due',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='summary',
            name='next_label',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='summary',
            name='overdue',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='SummaryDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20)),
                ('label', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('H', '法定'), ('S', '本地')], max_length=1)),
                ('latest', models.DateField()),
                ('cite', models.TextField()),
                ('formula', models.TextField()),
                ('open', models.BooleanField()),
                ('summary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='elections.summary')),
            ],
            options={
                'verbose_name': '列表中的时限',
                'indexes': [models.Index(fields=['latest'], name='elections_s_latest_1898ec_idx')],
            },
        ),
        migrations.CreateModel(
            name='SummaryTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('step', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(max_length=80)),
                ('owner', models.CharField(max_length=20)),
                ('page', models.CharField(max_length=40)),
                ('body', models.CharField(max_length=12)),
                ('status', models.CharField(max_length=8)),
                ('missing', models.TextField(blank=True)),
                ('due', models.DateField(null=True)),
                ('due_kind', models.CharField(blank=True, max_length=4)),
                ('due_source', models.TextField(blank=True)),
                ('summary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='elections.summary')),
            ],
            options={
                'verbose_name': '列表中的事项',
                'indexes': [models.Index(fields=['due'], name='elections_s_due_452993_idx')],
            },
        ),
        migrations.RunPython(put_out_of_date, migrations.RunPython.noop),
    ]
