"""Lists with full numbers under two persons; people who come of age; files read in the background.

SQLite makes a table anew to change it, and refuses while a trigger names that table: the roll's triggers are taken away
before and put back after.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from voters import freeze


def install(apps, editor):
    freeze.install(editor.connection)


def remove(apps, editor):
    freeze.remove(editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0004_summary'),
        ('voters', '0002_frozen_roll'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.CreateModel(
            name='RollExport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='份号')),
                ('query', models.CharField(blank=True, max_length=200, verbose_name='范围')),
                ('rows', models.PositiveIntegerField(verbose_name='人数')),
                ('reason', models.CharField(max_length=200, verbose_name='用途')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='下载次数')),
            ],
            options={
                'verbose_name': '带身份证号的名单',
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Young',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('id_index', models.UUIDField(editable=False)),
                ('birth', models.DateField(verbose_name='出生日期')),
                ('row_sealed', models.BinaryField()),
            ],
            options={
                'verbose_name': '未到年龄的人',
            },
        ),
        migrations.AddField(
            model_name='rollchange',
            name='cause',
            field=models.CharField(blank=True, choices=[('CAME_OF_AGE', '选举日年满18周岁'), ('MOVED_IN', '户籍迁入'), ('RIGHTS_RESTORED', '恢复政治权利'), ('OVERLOOKED', '漏登')], max_length=16, verbose_name='增加的原因'),
        ),
        migrations.AddField(
            model_name='rollimport',
            name='file_sealed',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='rollimport',
            name='headings_mark',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='rollimport',
            name='job',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='elections.job'),
        ),
        migrations.AlterField(
            model_name='rollimport',
            name='state',
            field=models.CharField(choices=[('reading', '读取中'), ('open', '检查中'), ('done', '已导入'), ('undone', '已撤销'), ('dropped', '已放弃')], default='open', max_length=8, verbose_name='状态'),
        ),
        migrations.AddIndex(
            model_name='voter',
            index=models.Index(fields=['cycle', 'name'], name='names_of_a_cycle', opclasses=['int8_ops', 'varchar_pattern_ops']),
        ),
        migrations.AddField(
            model_name='rollexport',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rollexport',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rollexport',
            name='election',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll_exports', to='elections.election'),
        ),
        migrations.AddField(
            model_name='young',
            name='election',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='too_young', to='elections.election'),
        ),
        migrations.AddField(
            model_name='young',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='voters.rollimport'),
        ),
        migrations.AddConstraint(
            model_name='rollexport',
            constraint=models.UniqueConstraint(fields=('election', 'number'), name='one_export_a_number'),
        ),
        migrations.AddConstraint(
            model_name='young',
            constraint=models.UniqueConstraint(fields=('election', 'id_index'), name='one_young_row_a_person'),
        ),
        migrations.RunPython(install, remove),
    ]
