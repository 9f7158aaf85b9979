"""Hourly limits for one person: looking up numbers, uploading, meeting 已在其他村登记.

What is counted here is also what the office above is told of those who ask more than their work explains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean

from django.db.models import F
from django.utils import timezone

from elections.models import Appointment, User
from elections.permissions import Actor
from elections.rules import law, machine
from voters.models import Tally


@dataclass(frozen=True)
class Limit:
    """One thing that is counted: how often an hour at most, its words, what is said when the share is used up."""

    name: str
    most: int
    words: str
    used_up: str


REVEALS = Limit(
    "reveal", 30, "查看身份证号",
    "一小时内已查看{most}个身份证号，暂时不能再看。请稍后再试；工作确有需要的，请联系镇换届办。",
)  # fmt: skip
SEARCHES = Limit(
    "search", 60, "按身份证号查找", "一小时内已按身份证号查找{most}次，暂时不能再查。请改用姓名查找。"
)  # fmt: skip
UPLOADS = Limit("upload", 30, "上传名单", "一小时内已上传{most}次名单，暂时不能再上传。请稍后再试。")
ELSEWHERE = Limit(
    "elsewhere", 30, "逐人核对出在其他村登记的人",
    "一小时内已有{most}人核对为“已在其他村登记”，暂时不能再登记。请与镇换届办核实。",
)  # fmt: skip
FILES = Limit(
    "in_files", 100, "上传名单核对出在其他村登记的人",
    "一小时内上传的名单中已有{most}人核对为“已在其他村登记”，暂时不能再上传。请先与镇换届办核实。",
)  # fmt: skip
LIMITS = {each.name: each for each in (REVEALS, SEARCHES, UPLOADS, ELSEWHERE, FILES)}

SHOWN_FOR = timedelta(hours=24)
HABIT_OF = timedelta(days=30)
HABIT_FROM = 3  # earlier hours; before that nobody has a habit
TIMES_THE_HABIT = 3
WORTH_A_WORD = 10  # times in one hour


def spend(user: User, limit: Limit) -> None:
    """Count one more; raise :class:`machine.Refused` when the hour's share is used up."""
    if count(user, limit) > limit.most:
        raise _refusal(limit)


def insist_left(user: User, limit: Limit) -> None:
    """Raise :class:`machine.Refused` when nothing is left of this hour's share; counts nothing."""
    if Tally.objects.filter(user=user, act=limit.name, hour=_this_hour(), count__gte=limit.most).exists():
        raise _refusal(limit)


def count(user: User, limit: Limit, times: int = 1) -> int:
    """Add to the tally of this hour, whoever else does so at the same time; return it."""
    tally = Tally.objects.filter(user=user, act=limit.name, hour=_this_hour())
    if not tally.update(count=F("count") + times):
        Tally.objects.bulk_create([Tally(user=user, act=limit.name, hour=_this_hour())], ignore_conflicts=True)
        tally.update(count=F("count") + times)
    return tally.get().count


def _this_hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def _refusal(limit: Limit) -> machine.Refused:
    text = limit.used_up.format(most=limit.most)
    return machine.Refused([machine.Problem(f"limit_{limit.name}", text, law.cite(law.ROLL_PRIVACY), soft=False)])


@dataclass(frozen=True)
class Unusual:
    """One person, one act, one hour. ``at_the_limit``: the hour's share was used up."""

    who: str
    place: str
    words: str
    count: int
    hour: datetime
    at_the_limit: bool


def unusual(actor: Actor, now: datetime) -> list[Unusual]:
    """Return what happened in the villages in reach since yesterday, newest first."""
    posts = actor.reaches(Appointment.objects.filter(until=None), "area_id", "roll.compare").select_related("area")
    places = {post.user_id: post.area.name for post in posts.order_by("area_id")}
    recent = Tally.objects.filter(user__in=places, act__in=LIMITS, hour__gte=now - SHOWN_FOR).select_related("user")
    return [
        Unusual(
            each.user.name, places[each.user_id], LIMITS[each.act].words, each.count, each.hour,
            each.count >= LIMITS[each.act].most,
        )
        for each in recent.order_by("-hour", "-count")
        if each.count >= LIMITS[each.act].most or _beyond_habit(each)
    ]  # fmt: skip


def _beyond_habit(tally: Tally) -> bool:
    """Return whether it is three times as often as in this person's earlier hours."""
    if tally.count < WORTH_A_WORD:
        return False
    same = Tally.objects.filter(user=tally.user_id, act=tally.act)
    earlier = same.filter(hour__lt=tally.hour, hour__gte=tally.hour - HABIT_OF).values_list("count", flat=True)
    return len(earlier) >= HABIT_FROM and tally.count > TIMES_THE_HABIT * mean(earlier)
