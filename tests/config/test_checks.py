"""A production site refuses to start while anything unsafe is set, one bad setting at a time."""

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.checks import refuse_unsafe_start
from elections import append_only
from elections.models import Appointment, Area, Role, User
from voters import freeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings, tmp_path):
    """Settings of a good production site."""
    key_file = tmp_path / "keys" / "id_keys"
    key_file.parent.mkdir()
    key_file.touch(mode=0o400)
    settings.DEMO, settings.DEBUG, settings.TLS = False, False, True
    settings.SECRET_KEY = "kR7vQ2mX9cL4nB8wZ1tY6hJ3gF5dS0aPuEiOyTrWqLkMjNhBvC"
    settings.ALLOWED_HOSTS = ["huanjie.example.gov.cn"]
    settings.ID_KEYS_FILE = str(key_file)
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECOND_FACTOR_FOR = ["county", "township"]
    settings.REDIS_URL = ""
    return settings


def found(level: int = checks.ERROR) -> set[str]:
    messages = checks.run_checks(include_deployment_checks=True, databases=["default"])
    return {message.id for message in messages if message.level >= level and message.id.startswith("site.")}


def test_a_good_site_starts(production):
    assert found() == set()
    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DEBUG", True, "site.E001"),
        ("SECRET_KEY", "x" * 49, "site.E002"),
        ("SECRET_KEY", "x" * 80, "site.E002"),
        ("SECRET_KEY", "django-insecure-kR7vQ2mX9cL4nB8wZ1tY6hJ3gF5dS0aPuEiOyT", "site.E002"),
        ("ALLOWED_HOSTS", [], "site.E003"),
        ("ALLOWED_HOSTS", ["good.example", "*"], "site.E003"),
        ("SESSION_COOKIE_SECURE", False, "site.E007"),
        ("CSRF_COOKIE_SECURE", False, "site.E007"),
        ("SECURE_HSTS_SECONDS", 0, "site.E007"),
        ("CELERY_BROKER_TRANSPORT_OPTIONS", {"visibility_timeout": 1_500}, "site.E011"),
    ],
)
def test_one_unsafe_setting_is_enough_to_refuse(production, name, value, message):
    setattr(production, name, value)
    assert found() == {message}
    with pytest.raises(ImproperlyConfigured, match=message):
        refuse_unsafe_start()


def test_a_key_file_others_can_read_is_refused(production, tmp_path):
    (tmp_path / "keys" / "id_keys").chmod(0o440)
    assert found() == {"site.E004"}


def test_a_key_file_among_the_uploads_is_refused(production, tmp_path):
    production.MEDIA_ROOT = tmp_path
    assert found() == {"site.E005"}


def test_uploads_under_the_static_files_are_refused(production, tmp_path):
    production.STATIC_ROOT = tmp_path / "public"
    production.MEDIA_ROOT = tmp_path / "public" / "media"
    production.MEDIA_ROOT.mkdir(parents=True)
    assert found() == {"site.E006"}


def test_plain_http_is_a_choice_with_a_warning(production):
    production.TLS = False
    assert found() == set()
    assert "site.W007" in found(checks.WARNING)


@pytest.mark.parametrize(("package", "number", "message"), [("weasyprint", "69.9", "site.E009")])
def test_old_libraries_are_refused(production, monkeypatch, package, number, message):
    monkeypatch.setattr("config.checks.version", lambda name: number if name == package else "999")
    assert found() == {message}


def test_demo_accounts_are_refused(production):
    area = Area.objects.create(code="990100", name="清源县", kind=Area.Kind.COUNTY)
    user = User.objects.create_user("county", "demo-2026", name="甲")
    Appointment.objects.create(user=user, role=Role.COUNTY, area=area)
    assert found() == {"site.E024"}
    User.objects.update(is_active=False)
    assert found() == set()


@pytest.mark.sqlite
def test_sqlite_is_for_few_accounts(production, monkeypatch):
    monkeypatch.setattr("config.surroundings.SQLITE_ACCOUNTS", 1)
    monkeypatch.setattr("config.surroundings.SQLITE_ACCOUNTS_AT_MOST", 2)
    seen = []
    for number in range(3):
        User.objects.create_user(f"user{number}", "x", name="甲")
        seen.append({"site.W025", "site.E025"} & found(checks.WARNING))
    assert seen == [set(), {"site.W025"}, {"site.E025"}]


def test_a_redis_that_may_forget_is_refused(production, redis_server):
    production.REDIS_URL = redis_server.url
    assert found() == set()
    redis_server.client().config_set("maxmemory-policy", "allkeys-lru")
    assert found() == {"site.E026"}


def test_a_redis_that_is_away_only_warns(production):
    production.REDIS_URL = "redis://127.0.0.1:1/0"
    assert found() == set()
    assert "site.W026" in found(checks.WARNING)


@pytest.mark.parametrize("triggers", [*append_only.GROUPS.values(), freeze.ROLL], ids=["journal", "results", "roll"])
def test_missing_triggers_are_refused(production, triggers):
    triggers.remove(connection)
    assert found() == {"site.E023"}
    triggers.install(connection)
    assert found() == set()


def test_a_demonstration_is_not_judged(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["*"]
    assert found(checks.WARNING) == set()
    refuse_unsafe_start()
