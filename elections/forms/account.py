"""Login, with a second factor for those roles for which the site asks for one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django_otp import devices_for_user, match_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from elections.models import User

WRONG = "账号、密码或者验证码不对。请核对后重新填写；连续填错将暂时锁定，忘记密码请联系本单位管理员。"
CODE = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8})


class LoginForm(AuthenticationForm):
    """Account and password; one answer for every wrong pair, so that no account is betrayed."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}
    code = forms.CharField(
        label="动态验证码", required=False, help_text="开通了两步登录的账号填写手机令牌上的6位数字", widget=CODE
    )
    device = None  # the token that answered

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["username"].label, self.fields["password"].label = "账号", "密码"
        self.fields["username"].error_messages["required"] = "账号没有填写。请填写。"
        self.fields["password"].error_messages["required"] = "密码没有填写。请填写。"
        if not settings.SECOND_FACTOR_FOR:
            del self.fields["code"]

    def confirm_login_allowed(self, user: User) -> None:
        """Refuse a closed account, and one with a token that did not answer."""
        super().confirm_login_allowed(user)
        if any(True for _ in devices_for_user(user)):
            self.device = match_token(user, self.data.get("code", ""))
            if self.device is None:
                raise ValidationError(WRONG, code="invalid_login")


class PasswordForm(PasswordChangeForm):
    """The words of this house in place of the framework's."""

    error_messages = {
        "password_incorrect": "旧密码不对。请重新填写。",
        "password_mismatch": "两次填写的新密码不一样。请重新填写。",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels = {"old_password": "旧密码", "new_password1": "新密码", "new_password2": "再填一次新密码"}
        for name, label in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
            self.fields[name].error_messages["required"] = f"{label}没有填写。请填写。"
        self.fields["new_password1"].help_text = "至少12个字符，不能全是数字；不要用姓名、生日、地名和常见的密码"


class TokenForm(forms.Form):
    """The first code of a new token proves that it was set up."""

    code = forms.CharField(label="手机令牌上的6位数字", widget=CODE)

    def __init__(self, *args: Any, device: TOTPDevice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.device = device
        self.fields["code"].error_messages["required"] = "验证码没有填写。请填写手机令牌上显示的6位数字。"

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        if not self.device.verify_token(code):
            raise ValidationError("验证码不对，或者已经过期。请核对手机时间后填写最新显示的6位数字。")
        return code
