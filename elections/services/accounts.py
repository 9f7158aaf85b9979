"""Accounts: opening, appointing, withdrawing, passwords, the size of type."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.crypto import get_random_string
from django_otp.plugins.otp_totp.models import TOTPDevice

from elections.models import Appointment, Area, User
from elections.services.act import act
from elections.services.hold import Overtaken
from elections.services.lines import Picture, note, picture, unchanged

FONT_BY_STEP = {"1": "normal", "2": "large", "3": "larger"}
SLIP_LENGTH = 14
SLIP_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper


@act()
def open_account(
    username: str, name: str, role: str, area: Area, *, actor: User | None, password: str = ""
) -> tuple[User, str]:
    """Open an account for one person with one first duty. Return the account and the password slip that is shown once.

    Raises ``ValidationError`` for a weak given password and ``IntegrityError`` for a taken account name.
    """
    slip = password or get_random_string(SLIP_LENGTH, SLIP_LETTERS)
    user = User(username=username, name=name)
    validate_password(slip, user)
    user.set_password(slip)
    user.save()
    appoint(user, role, area, actor=actor)
    return user, slip


@act("appointment.made", "授予职责")
def appoint(user: User, role: str, area: Area, *, actor: User | None, department: str = "") -> Appointment:
    """Give a role over an area from today on."""
    appointment = Appointment.objects.create(user=user, role=role, area=area, department=department)
    note(appointment, {"role": role}, area=area.code)
    return appointment


@act("appointment.withdrawn", "收回职责")
def withdraw(appointment: Appointment, today: date, *, actor: User | None) -> None:
    """End a role. It ends with the next request, because nothing is cached.

    Raises :class:`Overtaken` when somebody else ended it: the first day stands.
    """
    was = picture(appointment)
    running = Appointment.objects.filter(Q(until=None) | Q(until__gt=today), pk=appointment.pk)
    if not running.update(until=today):
        raise Overtaken("这项职责刚刚已由他人撤销。请刷新页面后再看。")
    appointment.refresh_from_db(fields=["until"])
    note(appointment, {"role": appointment.role}, was=was, area=appointment.area_id)


@act("account.closed", "停用账号")
def close_account(user: User, *, actor: User | None) -> None:
    """Close an account and end its sessions at once."""
    was = picture(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    _note_everywhere(user, was=was)


@act("password.reset", "重置密码")
def reset_password(user: User, *, actor: User | None) -> str:
    """Make a new password slip, shown once to hand over on paper; the old one is dead."""
    slip = get_random_string(SLIP_LENGTH, SLIP_LETTERS)
    user.set_password(slip)
    user.save(update_fields=["password"])
    _note_everywhere(user)
    return slip


@act("password.changed", "修改密码")
def note_password_change(user: User) -> None:
    """Note that the account's owner changed their own password."""
    _note_everywhere(user, actor=user)


@act(silent="the size of type is nobody's business but one's own")
def change_font(user: User, step: str) -> None:
    """Set the size of type (A-/A+); anything but a known step changes nothing."""
    if step in FONT_BY_STEP:
        User.objects.filter(pk=user.pk).update(font_scale=FONT_BY_STEP[step])


@act(silent="a token counts once it is confirmed, and then there is a line")
def token_being_set_up(user: User) -> TOTPDevice:
    """Return the token this person is setting up; made at the first look, the same until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "手机令牌"})
    return device


@act("second_factor.set_up", "设置动态口令")
def confirm_token(device: TOTPDevice) -> None:
    """Note that the token answered: from now on the account needs it."""
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    _note_everywhere(device.user, actor=device.user)


def _note_everywhere(user: User, *, was: Picture | None = None, actor: User | None = None) -> None:
    """Write one line in the chain of every area this person has or had a duty in; without one there is no chain to
    write in."""
    codes = sorted(set(user.appointments.values_list("area_id", flat=True)))
    for code in codes:
        note(user, was=was, area=code, actor=actor)
    if not codes:
        unchanged(None)
