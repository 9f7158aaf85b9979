"""Getting in: no account is betrayed, guessing is stopped, a second factor cannot be stepped around."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from elections.models import Appointment, Role
from elections.permissions import actor_of
from elections.selectors.accounts import listed
from elections.services.accounts import close_account, open_account, withdraw
from tests.make import COUNTY, PASSWORD, TOWN, a_user, an_actor, an_area, an_election

pytestmark = pytest.mark.django_db
VARYING = re.compile(rb'name="(csrfmiddlewaretoken|act|username)"[^>]*|nonce-[\w]+')


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("login"), {"username": username, "password": password, **more})


def test_the_right_password_leads_to_the_screen_of_the_role():
    a_user(Role.TOWNSHIP, username="town")
    client = Client()
    assert sign_in(client, "town").url == "/"
    assert client.get("/").url == reverse("desk")


def test_a_wrong_password_and_a_missing_account_get_the_same_answer():
    a_user(Role.TOWNSHIP, username="town")
    known = sign_in(Client(), "town", "wrong-password-1")
    unknown = sign_in(Client(), "nobody", "wrong-password-1")
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert VARYING.sub(b"", known.content) == VARYING.sub(b"", unknown.content)
    assert "账号、密码或者验证码不对" in known.content.decode()


def test_guessing_is_stopped_after_five_tries_in_plain_words():
    a_user(Role.TOWNSHIP, username="town")
    client = Client()
    for _ in range(5):
        last = sign_in(client, "town", "wrong-password-1")
    assert last.status_code in (403, 429)
    assert "15分钟" in last.content.decode()
    assert sign_in(client, "town").status_code in (403, 429)


def test_the_session_key_changes_at_login():
    a_user(Role.TOWNSHIP, username="town")
    client = Client()
    client.get(reverse("login"))
    before = client.session.session_key
    sign_in(client, "town")
    assert client.session.session_key != before


def test_a_withdrawn_duty_ends_with_the_next_request():
    user, election = a_user(Role.TOWNSHIP), an_election()
    client = Client()
    client.force_login(user)
    address = reverse("village", args=[election.village_id])
    assert client.get(address).status_code == 200
    withdraw(Appointment.objects.get(user=user), timezone.localdate(), actor=None)
    assert client.get(address).status_code == 404


def test_a_closed_account_is_out_at_once():
    a_user(Role.TOWNSHIP, username="town")
    client = Client()
    sign_in(client, "town")
    user = Appointment.objects.get(user__username="town").user
    close_account(user, actor=None)
    assert client.get(reverse("desk")).status_code == 302
    assert sign_in(Client(), "town").status_code == 422


@override_settings(SECOND_FACTOR_FOR=["township"])
def test_a_role_that_needs_a_second_factor_opens_nothing_until_it_is_set_up():
    user = a_user(Role.TOWNSHIP, username="town")
    client = Client()
    sign_in(client, "town")
    assert client.get(reverse("desk")).url == reverse("second_factor")
    assert client.get(reverse("second_factor")).status_code == 200
    device = TOTPDevice.objects.get(user=user, confirmed=False)
    wrong = client.post(reverse("second_factor"), {"code": "000000", "act": "a" * 32})
    assert wrong.status_code == 422
    right = client.post(reverse("second_factor"), {"code": f"{totp(device.bin_key):06}", "act": "b" * 32})
    assert right.url == reverse("home")
    assert client.get(reverse("desk")).status_code == 200


@override_settings(SECOND_FACTOR_FOR=["township"])
def test_once_set_up_the_password_alone_is_not_enough_and_a_code_works_once():
    user = a_user(Role.TOWNSHIP, username="town")
    device = TOTPDevice.objects.create(user=user, name="手机令牌", confirmed=True)
    code = f"{totp(device.bin_key):06}"
    client = Client()
    assert sign_in(client, "town", code=code).status_code == 302
    assert client.get(reverse("desk")).status_code == 200
    assert sign_in(Client(), "town", code=code).status_code == 422
    assert sign_in(Client(), "town").status_code == 422


def test_an_administrator_opens_accounts_only_in_his_own_county():
    an_area(COUNTY)
    admin = an_actor(Role.ADMIN, COUNTY)
    user, slip = open_account("clerk", "测试员", Role.TOWNSHIP, an_area(TOWN), actor=admin.user)
    assert user.check_password(slip)
    a_user(Role.TOWNSHIP, "990200101", username="foreign")
    assert set(listed(admin, "").values_list("username", flat=True)) == {"clerk", admin.user.username}


def test_one_is_referred_to_the_offices_above_ones_own_village():
    an_area("990100000", name="另一镇")
    actor = actor_of(a_user(Role.VILLAGE))
    assert [office.code for office in actor.offices] == [TOWN, COUNTY]


def test_an_administrator_sees_no_village():
    election = an_election()
    client = Client()
    client.force_login(a_user(Role.ADMIN, COUNTY))
    assert client.get(reverse("village", args=[election.village_id])).status_code == 404
    assert actor_of(a_user(Role.ADMIN, COUNTY, username="two")).roles_at(COUNTY) == {Role.ADMIN}
