"""Login, with a second factor for those roles for which the site asks for one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django_otp import devices_for_user, match_token

from elections.models import User
from elections.permissions import actor_of

WRONG = "账号、密码或者验证码不对。请核对后重新填写；连续填错将暂时锁定，忘记密码请联系本单位管理员。"


class LoginForm(AuthenticationForm):
    """Account and password; one answer for every wrong pair, so that no account is betrayed (C20)."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}
    code = forms.CharField(
        label="动态验证码",
        required=False,
        help_text="单位要求两步登录的账号填写手机令牌上的6位数字，其他账号不填",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["password"].label = "密码"
        if not settings.SECOND_FACTOR_FOR:
            del self.fields["code"]

    def confirm_login_allowed(self, user: User) -> None:
        """Refuse a closed account, and a role that needs a second factor without a right code (C30)."""
        super().confirm_login_allowed(user)
        if needs_second_factor(user) and match_token(user, self.data.get("code", "")) is None:
            raise ValidationError(WRONG, code="invalid_login")


def needs_second_factor(user: User) -> bool:
    """Whether one of this person's roles is named in ``SECOND_FACTOR_FOR``, or he has set up a token himself."""
    held = {role for role, _ in actor_of(user).posts}
    return bool(held & set(settings.SECOND_FACTOR_FOR)) or any(True for _ in devices_for_user(user))
