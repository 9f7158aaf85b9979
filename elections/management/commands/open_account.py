"""``manage.py open_account``: the first account of a site, and any that an administrator cannot reach."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from elections.models import Area, Role
from elections.services.accounts import open_account


class Command(BaseCommand):
    help = "Open an account with one duty and print its password slip once: open_account USERNAME NAME ROLE CODE"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("code", help="区划代码；县还没有建立时与 --county 同用")
        parser.add_argument("--county", default="", help="县名：同时建立这个县")

    def handle(self, *args: Any, username: str, name: str, role: str, code: str, county: str, **options: Any) -> None:
        if county:
            Area.objects.get_or_create(code=code, defaults={"name": county, "kind": Area.Kind.COUNTY})
        area = Area.objects.filter(code=code).first()
        if area is None:
            raise CommandError(f"没有区划代码{code}。请先导入名单，或者用 --county 建立县。")
        try:
            _, slip = open_account(username, name, role, area, actor=None)
        except IntegrityError:
            raise CommandError(f"账号{username}已经有人使用。请换一个。") from None
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from None
        self.stdout.write(f"账号 {username}　密码 {slip}　请本人登录后修改。")
