"""选民证和发票表: what can be printed from the roll, and what still stands against it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.selectors import jobs
from elections.services.conditions import problems_of
from elections.views.addresses import address, breadcrumbs
from voters.documents.conditions import conditions
from voters.documents.polling import Kind
from voters.forms.printing import FORMS, PrintForm
from voters.services import printing
from voters.tasks import PRINTS

# fmt: off
TOLD = {
    Kind.CARDS:      "每页8张，有二维码和可以撕下的存根；编号就是名单序号，与领票登记表一致；补登、遗失的可以只打印其中几号",
    Kind.HOUSEHOLDS: "按组、按户排列，由各户核对、签字；公布名单前后都可以打印",
    Kind.ISSUE:      "一个发票处一份，选民逐行签字，注明委托和流动票箱",
}
# fmt: on


@allowed("roll.view", post="roll.print")
def papers(request: HttpRequest, election: Election) -> HttpResponse:
    """Ask for one of the three papers; it is made in the background."""
    if request.method != "POST":
        return _page(request, election)
    chosen = FORMS.get(request.POST.get("kind", ""))
    if chosen is None:
        raise Http404
    form = chosen(request.POST)
    if not form.is_valid():
        return _page(request, election, form)
    job = printing.ask_print(election, form.asked(), actor=request.actor)
    return redirect("job", pk=job.pk)


def _page(request: HttpRequest, election: Election, failed: PrintForm | None = None) -> HttpResponse:
    made = jobs.own_jobs(request.actor).filter(kind__in=PRINTS.values(), area_code=election.village_id)[:10]
    context = {
        "title": "选民证和发票表",
        "election": election,
        "crumbs": breadcrumbs(election, ("选民名单", "roll")),
        "papers": [_paper(election, kind, failed) for kind in Kind],
        "locked": why_not_allowed(request.actor, "roll.print", election),
        "made": [jobs.as_line(job) for job in made],
        "form": failed,
        "back_url": address("roll", election),
    }
    return render(request, "voters/printing.html", context, status=422 if failed else 200)


def _paper(election: Election, kind: Kind, failed: PrintForm | None) -> dict[str, Any]:
    form = failed if failed and failed.paper == kind else FORMS[kind]()
    problems = problems_of(election, *conditions(election, kind))
    return {"kind": kind, "told": TOLD[kind], "form": form, "problems": problems}
