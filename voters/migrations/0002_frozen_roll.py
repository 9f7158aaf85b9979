"""The roll's triggers: from here on the database refuses to change a published roll without a decision."""

from django.db import migrations

from voters import freeze


def install(apps, editor):
    freeze.install(editor.connection)


def remove(apps, editor):
    freeze.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("voters", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
