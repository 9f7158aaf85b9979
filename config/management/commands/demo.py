"""``manage.py demo``: load the demonstration county into an empty database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.demo.county import ACCOUNTS, COUNTY, PASSWORD, PLANS, make_accounts, make_areas
from config.demo.walk import walk_village
from elections.models import Area, Role, User
from elections.permissions import Actor, actor_of
from elections.services.beginning import begin_cycle


class Command(BaseCommand):
    help = "Load the invented county 清源县 into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if Area.objects.exists():
            raise CommandError("数据库里已经有数据，演示县没有载入。")
        today = timezone.localdate()
        with transaction.atomic():
            make_areas()
            make_accounts()
            county = Area.objects.get(code=COUNTY)
            cycle = begin_cycle(
                county, "第十二届村（社区）“两委”换届", term_no=12, starts_on=today - timedelta(days=90),
                ends_on=today + timedelta(days=120), pack="national-2025", actor=_user("county"),
            )  # fmt: skip
        for plan in PLANS:
            with transaction.atomic():
                walk_village(
                    plan.code, plan.until, _poll(today, plan.poll_day), cycle=cycle, today=today,
                    township=_office(plan.code), county=actor_of(_user("county")),
                )  # fmt: skip
            self.stdout.write(f"{plan.code}  {plan.until}")
        self.stdout.write(f"{len(PLANS)}个村（社区），{len(ACCOUNTS)}个账号，密码{PASSWORD}")


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _poll(today: date, days: int) -> date:
    return today + timedelta(days=days)


def _office(code: str) -> Actor:
    """Return the township office above a village."""
    office = User.objects.filter(appointments__role=Role.TOWNSHIP, appointments__area_id=code[:9]).first()
    assert office is not None
    return actor_of(office)
