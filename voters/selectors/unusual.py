"""Who looked up numbers, or met people of other villages, more often than his work explains: for the office above (C10,
C101)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean

from elections.models import Appointment
from elections.permissions import Actor
from voters.models import Tally

MOST_AN_HOUR = {"reveal": 30, "search": 60, "upload": 30, "elsewhere": 30, "in_files": 100}
WORDS = {
    "reveal": "查看身份证号",
    "search": "按身份证号查找",
    "upload": "上传名单",
    "elsewhere": "逐人核对出在其他村登记的人",
    "in_files": "上传名单核对出在其他村登记的人",
}
SHOWN_FOR = timedelta(hours=24)
HABIT_OF = timedelta(days=30)
HABIT_FROM = 3  # earlier hours; before that nobody has a habit
TIMES_THE_HABIT = 3
WORTH_A_WORD = 10  # times in one hour


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
    """What happened in the villages in reach since yesterday, newest first."""
    posts = actor.reaches(Appointment.objects.filter(until=None), "area_id", "roll.compare").select_related("area")
    places = {post.user_id: post.area.name for post in posts.order_by("area_id")}
    recent = Tally.objects.filter(user__in=places, act__in=WORDS, hour__gte=now - SHOWN_FOR).select_related("user")
    return [
        Unusual(
            each.user.name, places[each.user_id], WORDS[each.act], each.count, each.hour,
            each.count >= MOST_AN_HOUR[each.act],
        )
        for each in recent.order_by("-hour", "-count")
        if each.count >= MOST_AN_HOUR[each.act] or _beyond_habit(each)
    ]  # fmt: skip


def _beyond_habit(tally: Tally) -> bool:
    """Three times as often as in his own earlier hours."""
    if tally.count < WORTH_A_WORD:
        return False
    same = Tally.objects.filter(user=tally.user_id, act=tally.act)
    earlier = same.filter(hour__lt=tally.hour, hour__gte=tally.hour - HABIT_OF).values_list("count", flat=True)
    return len(earlier) >= HABIT_FROM and tally.count > TIMES_THE_HABIT * mean(earlier)
