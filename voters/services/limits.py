"""How often one person may do something in an hour: looking up numbers, uploading, meeting 已在其他村登记 (C10, C101)."""

from __future__ import annotations

from elections.models import User
from elections.rules import law, machine
from voters.importing.tally import IN_FILES, add, this_hour
from voters.models import Tally
from voters.selectors.unusual import MOST_AN_HOUR

REVEALS = (
    "reveal",
    MOST_AN_HOUR["reveal"],
    "一小时内已查看{limit}个身份证号，暂时不能再看。请稍后再试；工作确有需要的，请联系镇换届办。",
)
SEARCHES = ("search", MOST_AN_HOUR["search"], "一小时内已按身份证号查找{limit}次，暂时不能再查。请改用姓名查找。")
UPLOADS = ("upload", MOST_AN_HOUR["upload"], "一小时内已上传{limit}次名单，暂时不能再上传。请稍后再试。")
ELSEWHERE = (
    "elsewhere",
    MOST_AN_HOUR["elsewhere"],
    "一小时内已有{limit}人核对为“已在其他村登记”，暂时不能再登记。请与镇换届办核实。",
)
FILES = (
    IN_FILES,
    MOST_AN_HOUR[IN_FILES],
    "一小时内上传的名单中已有{limit}人核对为“已在其他村登记”，暂时不能再上传。请先与镇换届办核实。",
)

Limit = tuple[str, int, str]


def spend(user: User, limit: Limit) -> None:
    """Count one more; raise :class:`machine.Refused` when the hour's share is used up."""
    if count(user, limit) > limit[1]:
        raise _refusal(limit)


def insist_left(user: User, limit: Limit) -> None:
    """Raise :class:`machine.Refused` when nothing is left of this hour's share; counts nothing."""
    if Tally.objects.filter(user=user, act=limit[0], hour=this_hour(), count__gte=limit[1]).exists():
        raise _refusal(limit)


def count(user: User, limit: Limit, times: int = 1) -> int:
    """Add to the tally of this hour; return it."""
    return add(user, limit[0], times)


def _refusal(limit: Limit) -> machine.Refused:
    name, most, words = limit
    cite = law.cite(law.ROLL_PRIVACY)
    return machine.Refused([machine.Problem(f"limit_{name}", words.format(limit=most), cite, soft=False)])
