"""Proxies, ballots brought to the house, helpers, cards shown at the door."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0004_summary'),
        ('voters', '0003_exports_and_young'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('in_person', '本人'), ('proxy', '受委托人'), ('roving', '流动票箱')], max_length=10, verbose_name='领票方式')),
                ('table', models.CharField(blank=True, max_length=20, verbose_name='发票处')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='elections.round')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='voters.voter')),
            ],
            options={
                'verbose_name': '验证发票',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('round', 'voter'), name='one_ballot_a_voter_and_round')],
            },
        ),
        migrations.CreateModel(
            name='HelpedVoter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('helper', models.CharField(max_length=100, verbose_name='代写人')),
                ('reason', models.CharField(max_length=100, verbose_name='原因')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helped_voters', to='elections.election')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helped', to='voters.voter')),
            ],
            options={
                'verbose_name': '代写',
                'ordering': ['voter__number'],
                'constraints': [models.UniqueConstraint(fields=('election', 'voter'), name='one_helper_a_voter')],
            },
        ),
        migrations.CreateModel(
            name='ProxyVote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='委托证编号')),
                ('relation', models.CharField(max_length=20, verbose_name='关系')),
                ('reason', models.CharField(max_length=100, verbose_name='不能到场的原因')),
                ('applied_on', models.DateField(verbose_name='申请日期')),
                ('consented_by', models.CharField(max_length=50, verbose_name='选举委员会经办人')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                ('ending', models.CharField(blank=True, choices=[('withdrawn', '委托人撤回'), ('candidate', '受委托人成为候选人'), ('off_roll', '委托人或者受委托人不再列入名单'), ('came', '委托人本人到场'), ('corrected', '登记有误')], max_length=10, verbose_name='终止的原因')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies_held', to='voters.voter')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxy_votes', to='elections.election')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies_given', to='voters.voter')),
            ],
            options={
                'verbose_name': '委托投票',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('election', 'number'), name='one_proxy_a_number'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('principal',), name='one_agent_a_principal'), models.CheckConstraint(condition=models.Q(('principal', models.F('agent')), _negated=True), name='nobody_his_own_agent'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('ending', '')), models.Q(('ended_on__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='proxy_ended_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='RovingVoter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('old', '年老体弱'), ('ill', '患病'), ('disabled', '残疾、行动不便'), ('other', '其他')], max_length=10, verbose_name='原因')),
                ('note', models.CharField(blank=True, max_length=100, verbose_name='情况说明')),
                ('route', models.CharField(max_length=40, verbose_name='路线（票箱）')),
                ('applied_on', models.DateField(verbose_name='申请日期')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roving_voters', to='elections.election')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roving', to='voters.voter')),
            ],
            options={
                'verbose_name': '流动票箱投票人员',
                'ordering': ['route', 'voter__number'],
                'constraints': [models.UniqueConstraint(fields=('election', 'voter'), name='one_box_a_voter')],
            },
        ),
    ]
