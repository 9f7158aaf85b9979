"""工作台, 村（社区）一览, 县总览, 日程时限, 说明理由后通过的事项."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from elections.models import Election
from elections.permissions import allowed
from elections.selectors import current
from elections.services import summaries
from elections.views.paging import in_pages, page_of
from elections.views.sheets import sheet_response
from office.screens import desk, overview, schedule, waivers
from office.screens.forms import ScheduleFilter, VillageFilter
from office.screens.tables import VillageTable

TASKS = 20  # a page of the desk
TOWNSHIPS = 30  # a page of the overview
LINES = 40  # a page of the schedule


def _rows(request: HttpRequest, rule: str, today: date) -> list[summaries.Row]:
    """Return today's summaries of the elections in reach."""
    return summaries.fresh(current.elections_in_reach(request.actor, rule), today)


def _reached(request: HttpRequest, rule: str, today: date) -> QuerySet[Election]:
    """Return the elections in reach, their summaries of today."""
    return current.by_keys(row.pk for row in _rows(request, rule, today))


@allowed("desk.view")
def desk_page(request: HttpRequest) -> HttpResponse:
    """工作台: what waits for this office, how far the villages are, what falls due this week."""
    today = timezone.localdate()
    rows = _rows(request, "desk.view", today)
    elections = current.by_keys(row.pk for row in rows)
    waiting = desk.waiting_for(request.actor, elections)
    counts = desk.counted(request.actor, waiting, today)
    chosen = request.GET.get("due", "")
    tasks = desk.chosen_by_due(waiting, chosen, today)
    shown = page_of(request, tasks, TASKS, counts[chosen if chosen in desk.DUE else desk.ALL])
    context = {
        "title": "工作台",
        "waiting": desk.as_lines(shown),
        "page": shown,
        "waiting_count": counts[desk.ALL],
        "chosen": chosen,
        "progress": desk.progress(rows),
        "week": desk.this_week(elections, today),
        "week_lines": desk.WEEK_LINES,
        "twice": counts.get("twice"),
    }
    return render(request, "office/desk.html", context)


@allowed("villages.view")
def villages_page(request: HttpRequest) -> HttpResponse:
    """村（社区）一览: filter, sort, page, export, print."""
    today = timezone.localdate()
    elections = _reached(request, "villages.view", today)
    townships = current.townships(elections)
    form = VillageFilter(request.GET, townships=townships)
    chosen = form.apply(elections)
    if request.GET.get("export") == "xlsx":
        return sheet_response("村社区一览", desk.sheet(chosen, townships, today))
    table = VillageTable(chosen.select_related("village", "summary"), townships=townships, today=today)
    in_pages(request, table)
    context = {
        "title": "村（社区）",
        "table": table,
        "filter_form": form,
        "count": table.paginator.count,
        "all": sum(each.villages for each in townships),
    }
    return render(request, "office/villages.html", context)


@allowed("overview.view")
def overview_page(request: HttpRequest) -> HttpResponse:
    """县总览 in its first form: figures, progress by township, what is overdue."""
    today, now = timezone.localdate(), timezone.localtime()
    elections = _reached(request, "overview.view", today)
    counts = overview.counted(request.actor, "overview.view")
    townships = overview.by_township(elections)
    whole = overview.total(townships)
    late, polls = overview.late_or_voting(elections, today)
    context = {
        "title": "县总览",
        "as_of": now,
        "figures": overview.figures(whole, counts["party"]),
        "sentence": overview.sentence(townships, counts["party"], now),
        "townships": page_of(request, townships, TOWNSHIPS),
        "stages": whole.stages,
        "attention": late,
        "overdue_villages": whole.overdue_villages,
        "polls": polls,
        "twice": counts.get("twice"),
    }
    return render(request, "office/overview.html", context)


@allowed("schedule.view")
def schedule_page(request: HttpRequest) -> HttpResponse:
    """日程时限 of all villages in reach: the beginnings of 逾期, 今天, 7天内, 以后, or one of them or one day whole."""
    today = timezone.localdate()
    elections = _reached(request, "schedule.view", today)
    groups = schedule.groups(today)
    form = ScheduleFilter(request.GET, townships=current.townships(elections), groups=groups)
    found = schedule.lines(form.in_township(elections), today)
    asked = schedule.chosen_group(groups, form.asked)
    if request.GET.get("export") == "xlsx":
        return sheet_response("时限清单", schedule.sheet(schedule.within(found, asked) if asked else found, today))
    context = {"title": "日程时限", "filter_form": form}
    if asked:
        context |= {"asked": asked, "page": page_of(request, schedule.within(found, asked), LINES)}
    else:
        days = schedule.by_day(found)
        context |= {"sections": schedule.beginnings(found, groups, days), "days": schedule.offered(days, today)}
    return render(request, "office/schedule.html", context)


@allowed("waivers.view")
def waivers_page(request: HttpRequest) -> HttpResponse:
    """Show soft gates passed with a reason, to township and county."""
    context = {"title": "说明理由事项", "waivers": waivers.listed(request.actor)}
    return render(request, "office/waivers.html", context)
