"""/healthz: short, public, and wrong only when something is wrong."""

import pytest
from django.db import connections
from django.db.backends.signals import connection_created

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_is_well(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.content.decode().splitlines() == [
        "Database(alias='default'): OK",
        "Storage(alias='default'): OK",
        "Migrations(): OK",
    ]


def test_waiting_migrations_are_told(client, monkeypatch):
    monkeypatch.setattr("config.health.newest_migrations", lambda: {("elections", "9999_later")})
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert "Migrations(): Unavailable: 1 migrations wait" in answer.content.decode()


def test_a_full_disk_is_told_without_a_path(client, monkeypatch, settings):
    def full(*_arguments):
        raise OSError(28, "No space left on device", str(settings.MEDIA_ROOT))

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert str(settings.MEDIA_ROOT) not in answer.content.decode()


def test_questions_leave_no_connection_behind(client):
    opened = []

    def note(connection, **_arguments):
        opened.append(connection)

    connection_created.connect(note)
    client.get("/healthz")
    assert opened
    assert [each for each in opened if each.connection is not None and each is not connections["default"]] == []


def test_answers_are_not_kept_by_caches(client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]
