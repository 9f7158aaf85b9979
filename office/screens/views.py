"""工作台, 村（社区）一览, 县总览, 日程时限, 说明理由后通过的事项."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from elections.permissions import allowed
from elections.views.paging import in_pages
from elections.views.sheets import sheet_response
from office.screens import desk, overview, schedule, waivers
from office.screens.forms import VillageFilter
from office.screens.tables import VillageTable


@allowed("desk.view")
def desk_page(request: HttpRequest) -> HttpResponse:
    """工作台: what waits for this office, how far the villages are, what falls due this week."""
    today = timezone.localdate()
    rows = desk.rows(request.actor, "desk.view", today)
    waiting = desk.waiting_for(request.actor, rows)
    chosen = request.GET.get("due", "")
    context = {
        "title": "工作台",
        "waiting": desk.chosen_by_due(waiting, chosen, today),
        "waiting_count": len(waiting),
        "chosen": chosen,
        "progress": desk.progress(rows),
        "week": desk.this_week(rows, today),
        "twice": desk.registered_twice(request.actor),
        "rows": rows,
    }
    return render(request, "office/desk.html", context)


@allowed("villages.view")
def villages_page(request: HttpRequest) -> HttpResponse:
    """村（社区）一览: filter, sort, page, export, print."""
    today = timezone.localdate()
    rows = desk.rows(request.actor, "villages.view", today)
    townships = desk.townships_of(rows)
    form = VillageFilter(request.GET, townships=townships)
    chosen = form.apply(rows)
    if request.GET.get("export") == "xlsx":
        return sheet_response("村社区一览", desk.sheet(chosen, townships, today))
    table = VillageTable(chosen, townships=townships, today=today)
    in_pages(request, table)
    context = {"title": "村（社区）", "table": table, "filter_form": form, "count": len(chosen), "all": len(rows)}
    return render(request, "office/villages.html", context)


@allowed("overview.view")
def overview_page(request: HttpRequest) -> HttpResponse:
    """县总览 in its first form: figures, progress by township, what is overdue."""
    today, now = timezone.localdate(), timezone.localtime()
    rows = desk.rows(request.actor, "overview.view", today)
    party = overview.party_done(request.actor, "overview.view")
    context = {
        "title": "县总览",
        "as_of": now,
        "figures": overview.figures(rows, party),
        "sentence": overview.sentence(rows, party, now),
        "townships": overview.by_township(rows),
        "stages": overview.by_stage(rows),
        "attention": [row for row in rows if row.overdue][:8],
        "polls": overview.polls_ahead(rows, today),
        "twice": desk.registered_twice(request.actor),
    }
    return render(request, "office/overview.html", context)


@allowed("schedule.view")
def schedule_page(request: HttpRequest) -> HttpResponse:
    """日程时限 of all villages in reach as a list: 逾期, 今天, 7天内, 以后."""
    today = timezone.localdate()
    groups = schedule.groups(desk.rows(request.actor, "schedule.view", today), today)
    if request.GET.get("export") == "xlsx":
        return sheet_response("时限清单", schedule.sheet(groups, today))
    return render(request, "office/schedule.html", {"title": "日程时限", "groups": groups})


@allowed("waivers.view")
def waivers_page(request: HttpRequest) -> HttpResponse:
    """Soft gates passed with a reason, listed for township and county."""
    context = {"title": "说明理由事项", "waivers": waivers.listed(request.actor)}
    return render(request, "office/waivers.html", context)
