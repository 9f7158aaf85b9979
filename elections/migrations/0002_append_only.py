"""The journal's triggers: from here on the database refuses to change or remove an entry."""

from django.db import migrations

from elections import append_only


def install(apps, editor):
    append_only.install(editor.connection, "journal")


def remove(apps, editor):
    append_only.remove(editor.connection, "journal")


class Migration(migrations.Migration):
    dependencies = [("elections", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
