"""What the upgrade could not decide of a person; the triggers under the results, put back.

SQLite makes a table anew to widen a column, and its triggers are gone: 0006 widened the name of who was elected. They
come back in the form in which a row may point at another record of the same person.
"""

from django.db import migrations, models

from elections import append_only


def renew(apps, editor):
    append_only.remove(editor.connection, "results")
    append_only.install(editor.connection, "results")


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0006_persons'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='doubt',
            field=models.TextField(blank=True, default='', editable=False, verbose_name='未能确定的情形'),
        ),
        migrations.RunPython(renew, migrations.RunPython.noop),
    ]
