"""验证发票 at the polling place: one field for the scanner, one large answer, the counts of all tables."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from elections.models import Election, Round
from elections.permissions import allowed, why_not_allowed
from elections.rules.machine import Refused
from elections.views.addresses import address, address_with, breadcrumbs
from elections.views.form_page import done
from voters.forms.check_in import GiveForm, ScanForm, TableForm, UndoForm
from voters.models import CheckIn, Voter
from voters.selectors import check_in as read
from voters.services import check_in

PAGE = "check_in"


@allowed("roll.view", post="poll.check_in")
def desk(request: HttpRequest, election: Election) -> HttpResponse:
    """Scan, answer, next. The page asks for the counts again by itself."""
    round_ = read.open_round_of(election)
    if request.method != "POST":
        return _counts(request, election, round_) if request.htmx else _page(request, election, round_)
    if round_ is None:
        return _page(request, election, None, why_not=read.NO_ROUND)
    if "number" in request.POST:
        return _pressed(request, election, round_)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _page(request, election, round_, why_not=str(form.errors["code"][0]), status=422)
    scan = form.cleaned_data["code"]
    answer = read.answer(round_, scan, _table(request))
    if answer.sure and scan.election and answer.voter:
        return _give(request, election, round_, answer.voter, answer.ways[0])
    if answer.why_not:
        return _page(request, election, round_, why_not=answer.why_not, whose=answer.voter)
    return _page(request, election, round_, answer=answer)


def _pressed(request: HttpRequest, election: Election, round_: Round) -> HttpResponse:
    """Show the button under the person shown."""
    form = GiveForm(request.POST)
    card = read.card_of(round_, number=form.cleaned_data["number"]) if form.is_valid() else None
    if card is None:
        raise Http404
    return _give(request, election, round_, card.voter, form.cleaned_data["way"])


def _give(request: HttpRequest, election: Election, round_: Round, voter: Voter, way: str) -> HttpResponse:
    table = _table(request)
    try:
        row = check_in.give(round_, voter, way=way, table=table, actor=request.actor, today=timezone.localdate())
    except Refused as refused:
        return _page(request, election, round_, why_not=refused.problems[0].text, whose=voter)
    return redirect(f"{_here(election, table)}&given={row.pk}")


@allowed("poll.check_in")
@require_POST
def undo(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """Take one back for a reason; what belongs to a vote that is over is refused with its reason."""
    row = read.one_given(election, pk)
    form = UndoForm(request.POST)
    if row is None or not form.is_valid():
        raise Http404
    taken = check_in.take_back(row, form.cleaned_data["why"], actor=request.actor)
    words = f"已撤销{taken.voter.name}的领票登记（{taken.get_undone_why_display()}），可以重新领票。"
    answer = done(request, election, PAGE, words)
    answer["Location"] = _here(election, row.table)
    return answer


def _table(request: HttpRequest) -> str:
    """Return the table that is asking: in the form, else in the address, else the first."""
    said = request.POST.get("table") or request.GET.get("table", "")
    return said if said in read.TABLES else "1"


def _here(election: Election, table: str) -> str:
    return address_with(PAGE, election, table=table)


def _counts(request: HttpRequest, election: Election, round_: Round | None) -> HttpResponse:
    if round_ is None:
        raise Http404
    context = {"issued": read.issued(round_), "round": round_, "here": _here(election, _table(request))}
    return render(request, "voters/_issued.html", context)


def _page(
    request: HttpRequest,
    election: Election,
    round_: Round | None,
    *,
    why_not: str = "",
    status: int = 409,
    **shown: Any,
) -> HttpResponse:
    table = _table(request)
    context = {
        "title": "验证发票",
        "election": election,
        "crumbs": breadcrumbs(election, ("投票准备", "poll")),
        "round": round_,
        "locked": why_not_allowed(request.actor, "poll.check_in", election),
        "table": table,
        "table_name": read.table_name(table),
        "table_form": TableForm(initial={"table": table}),
        "scan_form": ScanForm(),
        "here": _here(election, table),
        "why_not": why_not,
        "back_url": address("village", election),
        **(_state(request, round_) if round_ else {}),
        **shown,
    }
    return render(request, "voters/check_in.html", context, status=status if why_not else 200)


def _state(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """Return counts, the last ten, and the one just handed out."""
    said = request.GET.get("given", "") if request.method == "GET" else ""
    given = read.ballot_just_given(round_, said)
    return {"issued": read.issued(round_), "latest": read.latest(round_), "given": given, "undoings": CheckIn.Undoing}
