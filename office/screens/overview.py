"""Reading for the county: how far, what is overdue, township by township (screens §3.5)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from elections.models import Area, Election
from elections.permissions import Actor
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.wording import cn_date, share
from office.screens.desk import Row, progress

AHEAD = timedelta(days=14)


def by_stage(rows_: list[Row]) -> list[tuple[Stage, int]]:
    """Villages in each stage; archived ones are not in any."""
    counts = Counter(row.election.stage for row in rows_ if row.election.standing != Standing.CLOSED)
    return [(stage, counts[stage]) for stage in Stage]


def by_township(rows_: list[Row]) -> list[dict[str, Any]]:
    """For each township its villages by stage, done, overdue: a row of the stacked bar (screens §3.5)."""
    groups: dict[str, list[Row]] = {}
    for row in rows_:
        groups.setdefault(row.village.township_code, []).append(row)
    names = dict(Area.objects.filter(code__in=groups).values_list("code", "name"))
    return [
        {
            "code": code,
            "name": names.get(code, code),
            "stages": by_stage(group),
            **progress(group),
        }
        for code, group in sorted(groups.items())
    ]


def party_done(actor: Actor, rule: str) -> int:
    """Villages whose Party organisation has finished its election."""
    reach = actor.reaches(Election.objects.filter(body=Body.PARTY), "village_id", rule)
    return reach.filter(stage=Stage.HANDOVER).values("village_id").distinct().count()


def figures(rows: list[Row], party: int) -> list[dict[str, Any]]:
    """The tiles, each with its definition and the list behind it (UX-51)."""
    done = progress(rows)
    villages = reverse("villages")
    elected = sum(_elected(row) for row in rows)
    return [
        _figure("应换届村（社区）", done["all"], "个", "本县（本镇）本届应换届的村和社区", villages),
        _figure("党组织换届完成", party, "个", "党组织选举已进入移交环节的村（社区）", villages, done["all"]),
        _figure(
            "村（居）委会选举完成",
            elected,
            "个",
            "村（居）民委员会选举已进入移交环节或已归档",
            f"{villages}?done=1",
            done["all"],
        ),
        _figure(
            "逾期事项",
            done["overdue"],
            "项",
            "当前环节中已过时限还没有办结的事项",
            f"{villages}?overdue=1",
            alert=done["overdue"] > 0,
        ),
        _figure(
            "暂缓", done["suspended"], "个", "经批准暂缓换届的村（社区），不计入进度", f"{villages}?standing=suspended"
        ),
        _figure(
            "已归档", done["done"], "个", "档案齐全并完成归档的村（社区）", f"{villages}?standing=closed", done["all"]
        ),
    ]


def _elected(row: Row) -> bool:
    return row.election.stage == Stage.HANDOVER and row.election.standing in (Standing.ACTIVE, Standing.CLOSED)


def _figure(name: str, value: int, unit: str, definition: str, url: str, whole: int = 0, alert: bool = False) -> dict:
    return {
        "name": name, "value": value, "unit": unit, "definition": definition, "url": url, "whole": whole,
        "alert": "逾期" if alert else "",
    }  # fmt: skip


def sentence(rows: list[Row], party: int, now: datetime) -> str:
    """The overview in one sentence, to be copied into a report (复制为文字)."""
    done = progress(rows)
    elected = sum(_elected(row) for row in rows)
    overdue_towns = len({row.village.township_code for row in rows if row.overdue})
    return (
        f"截至{cn_date(now.date())}{now.hour}时，{done['all']}个村（社区）中，已完成村党组织换届{party}个，"
        f"占{share(party, done['all'])}；已完成村（居）民委员会选举{elected}个，占{share(elected, done['all'])}；"
        f"逾期事项{done['overdue']}项，涉及{overdue_towns}个乡镇（街道）。"
    )


def polls_ahead(rows: list[Row], today: date) -> list[tuple[date, list[Area]]]:
    """The villages that vote in the next fourteen days, by day."""
    found: dict[date, list[Area]] = {}
    for row in rows:
        day = row.election.poll_day
        if day and today <= day <= today + AHEAD and row.election.standing == Standing.ACTIVE:
            found.setdefault(day, []).append(row.village)
    return sorted(found.items())
