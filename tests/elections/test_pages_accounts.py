"""用户与权限 by page: opening, resetting, closing, withdrawing; never one's own, never beyond one's reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from elections.models import Appointment, JournalEntry, Role, User
from tests.client import Browser
from tests.elections.make_pages import said, text_of
from tests.make import COUNTY, PASSWORD, TOWN, VILLAGE, a_user, an_area, an_election

pytestmark = pytest.mark.django_db
ELSEWHERE = "990200101"


@pytest.fixture
def admin() -> Browser:
    """The administrator of the county, signed in."""
    browser = Browser()
    browser.user = a_user(Role.ADMIN, COUNTY, username="admin")
    browser.force_login(browser.user)
    return browser


def lines(act: str) -> list[tuple[str, str]]:
    """Area and account of the journal lines of an act."""
    found = JournalEntry.objects.filter(act=act).order_by("seq").values_list("area_code", "actor__username")
    return list(found)


def signs_in(username: str, password: str) -> bool:
    """Whether this password opens this account."""
    return Client().post(reverse("login"), {"username": username, "password": password}).status_code == 302


def account(name: str) -> User:
    return User.objects.get(username=name)


def test_an_account_is_opened_with_a_slip_that_opens_it(admin):
    an_area(VILLAGE)
    typed = {"username": "clerk", "name": "陈静", "role": "village", "area": VILLAGE}
    page = admin.post(reverse("accounts"), typed)
    slip = page.context["slip"]
    assert page.status_code == 200
    assert slip in text_of(page)
    assert signs_in("clerk", slip)
    duty = Appointment.objects.get(user__username="clerk")
    assert (duty.role, duty.area_id, duty.until) == (Role.VILLAGE, VILLAGE, None)
    assert lines("appointment.made") == [(VILLAGE, "admin")]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": "Clerk"}, "账号只能用小写字母、数字、点和短横，3至40个字符。请重新填写。"),
        ({"username": "admin"}, "账号admin已经有人使用。请换一个。"),
        ({"area": ELSEWHERE}, f"没有找到区划代码{ELSEWHERE}。请核对，或者先导入村（社区）名单。"),
        ({"name": ""}, "姓名没有填写。请填写。"),
    ],
)
def test_what_cannot_be_an_account_comes_back_with_the_sentence(admin, changed, sentence):
    an_area(VILLAGE)
    an_area(ELSEWHERE)
    before = User.objects.count()
    typed = {"username": "clerk", "name": "陈静", "role": "village", "area": VILLAGE, **changed}
    page = admin.post(reverse("accounts"), typed)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert User.objects.count() == before


def test_a_new_slip_kills_the_old_password_and_is_written_down(admin):
    user = a_user(Role.TOWNSHIP, username="town")
    Appointment.objects.create(user=user, role=Role.TOWNSHIP, area=an_area("990100102"), since=date(2020, 1, 1))
    assert signs_in("town", PASSWORD)
    page = admin.post(reverse("account_reset", args=[user.pk]))
    slip = page.context["slip"]
    assert (page.status_code, page.context["account"]) == (200, user)
    assert slip in text_of(page)
    assert (signs_in("town", PASSWORD), signs_in("town", slip)) == (False, True)
    assert lines("password.reset") == [(TOWN, "admin"), ("990100102", "admin")]
    assert slip not in str([entry.said for entry in JournalEntry.objects.all()])


def test_a_new_slip_ends_the_sessions_of_the_old_password(admin):
    user, browser = a_user(Role.TOWNSHIP, username="town"), Client()
    browser.post(reverse("login"), {"username": "town", "password": PASSWORD})
    assert browser.get(reverse("desk")).status_code == 200
    admin.post(reverse("account_reset", args=[user.pk]))
    assert browser.get(reverse("desk")).status_code == 302


def test_a_closed_account_loses_its_sessions_and_no_other_does(admin):
    user = a_user(Role.TOWNSHIP, username="town")
    a_user(Role.TOWNSHIP, username="colleague")
    for name in ("town", "town", "colleague"):
        Client().post(reverse("login"), {"username": name, "password": PASSWORD})
    assert sessions() == ["admin", "colleague", "town", "town"]
    answer = admin.post(reverse("account_close", args=[user.pk]), follow=True)
    assert said(answer) == "账号town已停用，正在使用的登录已经退出。"
    assert sessions() == ["admin", "colleague"]
    assert list(User.objects.filter(is_active=False)) == [user]
    assert lines("account.closed") == [(TOWN, "admin")]
    assert not signs_in("town", PASSWORD)


def sessions() -> list[str]:
    """The accounts behind all sessions."""
    held = [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()]
    return sorted(User.objects.get(pk=key).username for key in held)


def test_withdrawing_ends_one_duty_and_no_other(admin):
    user = a_user(Role.TOWNSHIP, username="town")
    second = Appointment.objects.create(user=user, role=Role.AUDITOR, area=an_area(TOWN), since=date(2020, 1, 1))
    a_user(Role.TOWNSHIP, username="colleague")
    duty = user.appointments.get(role=Role.TOWNSHIP)
    answer = admin.post(reverse("duty_withdraw", args=[duty.pk]), follow=True)
    assert said(answer) == "职责已撤销，立即生效。"
    assert list(Appointment.objects.exclude(until=None)) == [duty]
    duty.refresh_from_db()
    second.refresh_from_db()
    assert (duty.until, second.until) == (timezone.localdate(), None)
    assert lines("appointment.withdrawn") == [(TOWN, "admin")]


def test_a_duty_with_a_last_day_ahead_can_still_be_withdrawn(admin):
    user = a_user(Role.TOWNSHIP, username="town")
    user.appointments.update(until=timezone.localdate() + timedelta(days=30))
    duty = user.appointments.get()
    assert admin.post(reverse("duty_withdraw", args=[duty.pk])).status_code == 302
    duty.refresh_from_db()
    assert duty.until == timezone.localdate()
    assert admin.post(reverse("duty_withdraw", args=[duty.pk])).status_code == 404


def test_nobody_resets_closes_or_withdraws_himself(admin):
    """Another administrator must do it: a slip for oneself, or the last administrator gone, is nobody's wish."""
    duty = admin.user.appointments.get()
    for name, pk in (("account_reset", admin.user.pk), ("account_close", admin.user.pk), ("duty_withdraw", duty.pk)):
        assert admin.post(reverse(name, args=[pk])).status_code == 404
    admin.user.refresh_from_db()
    duty.refresh_from_db()
    assert (admin.user.is_active, duty.until) == (True, None)
    assert signs_in("admin", PASSWORD)


@pytest.mark.parametrize("address", ["account_reset", "account_close"])
def test_an_account_with_a_duty_elsewhere_belongs_to_nobody_here(admin, address):
    """All duties must lie in reach: else one county would take over an account that works in another."""
    foreign, both = a_user(Role.TOWNSHIP, ELSEWHERE, username="foreign"), a_user(Role.TOWNSHIP, username="both")
    Appointment.objects.create(user=both, role=Role.COUNTY, area=an_area("990200"), since=date(2020, 1, 1))
    for user in (foreign, both):
        assert admin.post(reverse(address, args=[user.pk])).status_code == 404
        assert signs_in(user.username, PASSWORD)
    both.appointments.filter(role=Role.COUNTY).update(until=timezone.localdate())
    assert admin.post(reverse(address, args=[both.pk])).status_code in (200, 302)
    assert not signs_in("both", PASSWORD)


def test_who_left_for_another_county_is_no_longer_within_reach(admin):
    user = a_user(Role.TOWNSHIP, username="moved")
    user.appointments.update(until=timezone.localdate())
    Appointment.objects.create(user=user, role=Role.TOWNSHIP, area=an_area(ELSEWHERE), since=date(2020, 1, 1))
    assert admin.post(reverse("account_reset", args=[user.pk])).status_code == 404
    assert signs_in("moved", PASSWORD)


def test_the_page_offers_only_what_it_can_do(admin):
    here, both = a_user(Role.TOWNSHIP, username="here"), a_user(Role.TOWNSHIP, username="both")
    Appointment.objects.create(user=both, role=Role.COUNTY, area=an_area("990200"), since=date(2020, 1, 1))
    page = text_of(admin.get(reverse("accounts")))
    for name in ("account_reset", "account_close"):
        assert reverse(name, args=[here.pk]) in page
        assert reverse(name, args=[both.pk]) not in page
        assert reverse(name, args=[admin.user.pk]) not in page
    assert reverse("duty_withdraw", args=[both.appointments.get(role=Role.TOWNSHIP).pk]) in page
    assert reverse("duty_withdraw", args=[both.appointments.get(role=Role.COUNTY).pk]) not in page


def test_a_duty_out_of_reach_is_not_withdrawn(admin):
    duty = a_user(Role.TOWNSHIP, ELSEWHERE, username="foreign").appointments.get()
    assert admin.post(reverse("duty_withdraw", args=[duty.pk])).status_code == 404
    duty.refresh_from_db()
    assert duty.until is None


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_who_is_no_administrator_changes_no_account(role):
    an_election()
    browser, other = Browser(), a_user(Role.TOWNSHIP, username="other")
    browser.force_login(a_user(role, username="mine"))
    duty = other.appointments.get()
    typed = {"username": "clerk", "name": "陈静", "role": "village", "area": VILLAGE}
    asked = (
        ("accounts", []),
        ("account_reset", [other.pk]),
        ("account_close", [other.pk]),
        ("duty_withdraw", [duty.pk]),
    )
    assert [browser.post(reverse(name, args=args), typed).status_code for name, args in asked] == [403] * 4
    duty.refresh_from_db()
    assert (duty.until, User.objects.filter(username="clerk").exists()) == (None, False)
    assert signs_in("other", PASSWORD)
