"""A backup is whole, holds no key, and comes back only into an empty place."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from config import backups
from elections.models import Area, User
from tests.servers import url_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def site(settings, tmp_path):
    """A site with a few rows and two uploaded files; gives back the folder of its backups."""
    settings.MEDIA_ROOT, settings.BACKUP_DIR = tmp_path / "media", tmp_path / "backups"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "a.pdf").write_bytes(b"one")
    (settings.MEDIA_ROOT / "papers").mkdir()
    (settings.MEDIA_ROOT / "papers" / "b.pdf").write_bytes(b"one")  # the same content is kept once
    Area.objects.create(code="990100101201", name="石门村", kind=Area.Kind.VILLAGE)
    User.objects.create_user("clerk", "x", name="甲")
    return settings.BACKUP_DIR


def restore(backup, url, media):
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(media),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "restore", str(backup)], env=environment, capture_output=True, text=True
    )


@pytest.fixture
def empty_place(tmp_path):
    """An empty database of the engine under test and an empty folder."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh.sqlite3'}", tmp_path / "fresh"
        return
    name = f"fresh_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield url_of({**connection.settings_dict, "NAME": name}), tmp_path / "fresh"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_manifest_names_every_file_and_counts_every_table(site):
    backup = backups.make(site, keep=3)
    manifest = backups.read_manifest(backup)
    assert manifest["tables"]["elections_area"] == 1
    assert manifest["tables"]["elections_user"] == 1
    assert set(manifest["files"]) == {backups.DATABASE_FILE[connection.vendor], "anchors.txt"}
    assert set(manifest["media"]) == {"a.pdf", "papers/b.pdf"}
    assert len(list((site / "media").glob("*/*"))) == 1
    assert backups.damaged(backup) == []


def test_no_key_is_in_it(site, settings):
    backups.make(site, keep=3)
    keys = [key for versions in settings.ID_KEYS.values() for key in versions.values()]
    secrets = keys + [key.hex().encode() for key in keys] + [settings.SECRET_KEY.encode()]
    for path in site.rglob("*"):
        if path.is_file():
            assert not any(secret in path.read_bytes() for secret in secrets), path


def test_keys_among_the_uploads_stop_the_backup(site, settings):
    settings.KEYS_DIR = settings.MEDIA_ROOT / "papers"
    with pytest.raises(CommandError, match="密钥目录在上传文件目录里"):
        call_command("backup", into=site)
    assert backups.all_backups(site) == []


def test_it_comes_back_into_an_empty_place_and_only_there(site, empty_place):
    backup = backups.make(site, keep=3)
    url, media = empty_place
    first = restore(backup, url, media)
    assert first.returncode == 0, first.stderr
    assert (media / "papers" / "b.pdf").read_bytes() == b"one"
    again = restore(backup, url, media)
    assert again.returncode == 1
    assert "目标数据库不是空的，没有动它" in again.stderr


@pytest.mark.parametrize("harm", ["database", "media", "manifest"])
def test_a_damaged_backup_is_refused(site, empty_place, harm):
    backup = backups.make(site, keep=3)
    harmed = {
        "database": backup / backups.DATABASE_FILE[connection.vendor],
        "media": next((site / "media").glob("*/*")),
        "manifest": backup / "manifest.json",
    }[harm]
    harmed.write_bytes(harmed.read_bytes()[:-1])
    done = restore(backup, *empty_place)
    assert done.returncode == 1
    assert ("不是完整的备份" if harm == "manifest" else "备份已损坏") in done.stderr


def test_other_keys_are_refused_before_anything_is_written(site, empty_place):
    backup = backups.make(site, keep=3)
    manifest = backups.read_manifest(backup)
    manifest["keys"]["encrypt"]["1"] = "000000000000"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    done = restore(backup, *empty_place)
    assert done.returncode == 1
    assert "当前密钥不是备份时的密钥" in done.stderr
    assert not empty_place[1].exists() or not any(empty_place[1].iterdir())


def test_only_the_newest_are_kept_with_the_files_they_need(site, settings, monkeypatch):
    names = iter(["20261101T000000", "20261102T000000", "20261103T000000"])
    monkeypatch.setattr(backups, "_new_name", lambda: next(names))
    backups.make(site, keep=2)
    shutil.rmtree(settings.MEDIA_ROOT / "papers")
    (settings.MEDIA_ROOT / "a.pdf").write_bytes(b"two")
    backups.make(site, keep=2)
    backups.make(site, keep=2)
    assert [each.name for each in backups.all_backups(site)] == ["20261102T000000", "20261103T000000"]
    assert [path.read_bytes() for path in (site / "media").glob("*/*")] == [b"two"]


def test_the_drill_restores_the_newest_and_leaves_nothing_behind(site, capsys):
    backups.make(site, keep=3)
    call_command("restore_drill")
    assert "恢复演练通过" in capsys.readouterr().out
    assert json.loads((site / "last_drill.json").read_text())["backup"] == backups.all_backups(site)[-1].name
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'huanjie_drill%'")
            assert cursor.fetchone() == (0,)
