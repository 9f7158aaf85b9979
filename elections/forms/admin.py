"""Opening an account; a file of areas."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.models import Area, Role, User
from elections.permissions import Actor
from elections.selectors.accounts import areas


class AccountForm(forms.Form):
    """One person, their role and area. The password slip is made by the system."""

    username = forms.RegexField(
        r"^[a-z0-9._-]{3,40}$",
        label="账号",
        error_messages={"invalid": "账号只能用小写字母、数字、点和短横，3至40个字符。请重新填写。"},
    )
    name = forms.CharField(label="姓名", max_length=100)
    role = forms.ChoiceField(label="角色", choices=Role)
    area = forms.CharField(label="区划代码", help_text="县6位、镇9位、村12位")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.actor = actor
        for field in self.fields.values():
            field.error_messages["required"] = f"{field.label}没有填写。请填写。"

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(f"账号{username}已经有人使用。请换一个。")
        return username

    def clean_area(self) -> Area:
        code = self.cleaned_data["area"].strip()
        found = areas(self.actor).filter(code=code).first()
        if found is None:
            raise forms.ValidationError(f"没有找到区划代码{code}。请核对，或者先导入村（社区）名单。")
        return found


class AreasForm(forms.Form):
    file = forms.FileField(label="名单文件", help_text="xlsx，列：区划代码、名称、类别、户籍人口、户数、党员、办公电话")
