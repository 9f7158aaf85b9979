"""Why and by whom a ballot handed out was taken back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0004_summary'),
        ('voters', '0005_kept_off_for_another_village'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='checkin',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='checkin',
            name='undone_why',
            field=models.CharField(blank=True, choices=[('wrong_person', '登记错人'), ('wrong_way', '领票方式登记错'), ('returned', '选票已退回')], default='', max_length=12, verbose_name='撤销原因'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_why', '')), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undone_why', ''), _negated=True)), _connector='OR'), name='taken_back_for_a_reason'),
        ),
    ]
