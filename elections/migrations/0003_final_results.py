"""The triggers under the results: from here on the database refuses to change what was counted and confirmed."""

from django.db import migrations

from elections import append_only


def install(apps, editor):
    append_only.install(editor.connection, "results")


def remove(apps, editor):
    append_only.remove(editor.connection, "results")


class Migration(migrations.Migration):
    dependencies = [("elections", "0002_append_only")]
    operations = [migrations.RunPython(install, remove)]
