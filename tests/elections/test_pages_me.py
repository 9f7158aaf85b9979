"""个人设置: the password, the size of type, and that no address of ours leads away to another site."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from config.passwords import SHORTEST
from elections.models import JournalEntry, Role, User
from tests.client import Browser
from tests.elections.make_pages import text_of
from tests.make import PASSWORD, TOWN, a_user

pytestmark = pytest.mark.django_db
NEW = "another-long-password-2"
ASTRAY = ["https://example.org/", "//example.org/", "http:example.org", "javascript:alert(1)", "\\\\example.org", ""]


@pytest.fixture
def town() -> User:
    return a_user(Role.TOWNSHIP, username="town")


def signed_in(password: str = PASSWORD) -> Browser:
    browser = Browser()
    browser.post(reverse("login"), {"username": "town", "password": password})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(reverse("desk")).status_code == 200


def change(browser: Browser, old: str = PASSWORD, new: str = NEW, again: str = NEW):
    return browser.post(reverse("me"), {"old_password": old, "new_password1": new, "new_password2": again})


def test_the_page_speaks_of_passwords_as_this_house_does(town):
    here = signed_in()
    assert f"至少{SHORTEST}个字符" in text_of(here.get(reverse("me")))
    assert "你" not in text_of(here.get(reverse("me")))
    assert "旧密码不对。请重新填写。" in text_of(change(here, old="not-the-old-one"))
    assert "两次填写的新密码不一样。请重新填写。" in text_of(change(here, again="something-else-12"))


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(town):
    here, elsewhere = signed_in(), signed_in()
    assert (is_in(here), is_in(elsewhere)) == (True, True)
    assert change(here).url == reverse("me")
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert (is_in(signed_in()), is_in(signed_in(NEW))) == (False, True)
    [line] = JournalEntry.objects.filter(act="password.changed")
    assert (line.area_code, line.actor) == (TOWN, town)
    assert NEW not in str(line.said)


@pytest.mark.parametrize(
    "typed", [{"old": "wrong-password-1"}, {"again": "something-else-3"}, {"new": "12345678", "again": "12345678"}]
)
def test_a_password_that_is_not_taken_changes_nothing(town, typed):
    browser = signed_in()
    assert change(browser, **typed).status_code == 422
    assert (is_in(browser), is_in(signed_in())) == (True, True)
    assert not JournalEntry.objects.filter(act="password.changed").exists()


def test_the_size_of_type_stays_with_the_account(town):
    browser = signed_in()
    answer = browser.post(reverse("font_scale"), {"font_scale": "3", "next": "/desk/"})
    town.refresh_from_db()
    assert (answer.url, town.font_scale) == ("/desk/", "larger")
    browser.post(reverse("font_scale"), {"font_scale": "9", "next": "/desk/"})
    town.refresh_from_db()
    assert town.font_scale == "larger"
    assert 'aria-pressed="true"' in text_of(browser.get(reverse("me")))


@pytest.mark.parametrize("target", ASTRAY)
def test_the_size_of_type_leads_nowhere_else(town, target):
    assert signed_in().post(reverse("font_scale"), {"font_scale": "2", "next": target}).url == "/"


@pytest.mark.parametrize("target", ASTRAY)
def test_the_login_leads_nowhere_else(town, target):
    typed = {"username": "town", "password": PASSWORD, "next": target}
    assert Client().post(reverse("login"), typed).url == "/"


def test_the_login_leads_back_to_where_one_was(town):
    asked = Client().get(reverse("schedule"))
    assert asked.url == f"{reverse('login')}?next={reverse('schedule')}"
    typed = {"username": "town", "password": PASSWORD, "next": reverse("schedule")}
    assert Client().post(reverse("login"), typed).url == reverse("schedule")
