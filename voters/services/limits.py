"""How often one person may do something in an hour: looking up numbers, uploading, meeting 已在其他村登记 (C10, C101)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from elections import law, machine
from elections.models import User
from voters.models import Tally

REVEALS = ("reveal", 30, "一小时内已查看{limit}个身份证号，暂时不能再看。请稍后再试；工作确有需要的，请联系镇换届办。")
SEARCHES = ("search", 60, "一小时内已按身份证号查找{limit}次，暂时不能再查。请改用姓名查找。")
UPLOADS = ("upload", 30, "一小时内已上传{limit}次名单，暂时不能再上传。请稍后再试。")
ELSEWHERE = ("elsewhere", 30, "一小时内已有{limit}人核对为“已在其他村登记”，暂时不能再登记。请与镇换届办核实。")

Limit = tuple[str, int, str]


def spend(user: User, limit: Limit) -> None:
    """Count one more; raise :class:`machine.Refused` when the hour's share is used up."""
    if count(user, limit) > limit[1]:
        raise _refusal(limit)


def insist_left(user: User, limit: Limit) -> None:
    """Raise :class:`machine.Refused` when nothing is left of this hour's share; counts nothing."""
    if Tally.objects.filter(user=user, act=limit[0], hour=_hour(), count__gte=limit[1]).exists():
        raise _refusal(limit)


def count(user: User, limit: Limit) -> int:
    """Add one to the tally of this hour, whoever else does so at the same time; return it."""
    tally = Tally.objects.filter(user=user, act=limit[0], hour=_hour())
    if not tally.update(count=F("count") + 1):
        Tally.objects.bulk_create([Tally(user=user, act=limit[0], hour=_hour())], ignore_conflicts=True)
        tally.update(count=F("count") + 1)
    return tally.get().count


def _hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def _refusal(limit: Limit) -> machine.Refused:
    name, most, words = limit
    cite = law.cite(law.ROLL_PRIVACY)
    return machine.Refused([machine.Problem(f"limit_{name}", words.format(limit=most), cite, soft=False)])
