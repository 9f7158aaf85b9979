"""Accounts: opening, appointing, withdrawing, passwords, the size of type."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import get_random_string
from django_otp.plugins.otp_totp.models import TOTPDevice

from elections import journal
from elections.models import Appointment, Area, User
from elections.services.hold import Overtaken

FONT_BY_STEP = {"1": "normal", "2": "large", "3": "larger"}
SLIP_LENGTH = 14
SLIP_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper


@transaction.atomic
def open_account(
    username: str, name: str, role: str, area: Area, *, actor: User | None, password: str = ""
) -> tuple[User, str]:
    """One person, one account, one first duty. Returns the account and the password slip that is shown once.

    Raises ``ValidationError`` for a weak given password and ``IntegrityError`` for a taken account name.
    """
    slip = password or get_random_string(SLIP_LENGTH, SLIP_LETTERS)
    user = User(username=username, name=name)
    validate_password(slip, user)
    user.set_password(slip)
    user.save()
    appoint(user, role, area, actor=actor)
    return user, slip


@transaction.atomic
def appoint(user: User, role: str, area: Area, *, actor: User | None, department: str = "") -> Appointment:
    """Give a role over an area from today on."""
    appointment = Appointment.objects.create(user=user, role=role, area=area, department=department)
    journal.record(area.code, "appointment.made", actor=actor, obj=appointment, details={"role": role})
    return appointment


@transaction.atomic
def withdraw(appointment: Appointment, today: date, *, actor: User | None) -> None:
    """End a role. It ends with the next request, because nothing is cached (C15).

    Raises :class:`Overtaken` when somebody else ended it: the first day stands.
    """
    if not Appointment.objects.filter(pk=appointment.pk, until=None).update(until=today):
        raise Overtaken("这项职责刚刚已由他人撤销。请刷新页面后再看。")
    details = {"role": appointment.role}
    journal.record(appointment.area_id, "appointment.withdrawn", actor=actor, obj=appointment, details=details)


@transaction.atomic
def close_account(user: User, *, actor: User | None) -> None:
    """Close an account and end its sessions at once (C15)."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    for code in sorted(set(user.appointments.values_list("area_id", flat=True))):
        journal.record(code, "account.closed", actor=actor, obj=user)


@transaction.atomic
def reset_password(user: User, *, actor: User | None) -> str:
    """A new password slip, shown once to hand over on paper; the old one is dead."""
    slip = get_random_string(SLIP_LENGTH, SLIP_LETTERS)
    user.set_password(slip)
    user.save(update_fields=["password"])
    for code in sorted(set(user.appointments.values_list("area_id", flat=True))):
        journal.record(code, "password.reset", actor=actor, obj=user)
    return slip


def note_password_change(user: User) -> None:
    """The account's owner changed his own password."""
    for code in sorted(set(user.appointments.values_list("area_id", flat=True))):
        journal.record(code, "password.changed", actor=user, obj=user)


def change_font(user: User, step: str) -> None:
    """A-/A+; anything but a known step changes nothing."""
    if step in FONT_BY_STEP:
        User.objects.filter(pk=user.pk).update(font_scale=FONT_BY_STEP[step])


def token_being_set_up(user: User) -> TOTPDevice:
    """The token this person is setting up; made at the first look, the same until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "手机令牌"})
    return device


@transaction.atomic
def confirm_token(device: TOTPDevice) -> None:
    """The token answered: from now on the account needs it."""
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    for code in sorted(set(device.user.appointments.values_list("area_id", flat=True))):
        journal.record(code, "second_factor.set_up", actor=device.user, obj=device.user)
