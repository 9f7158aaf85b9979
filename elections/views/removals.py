"""Taking a row out of a ledger and putting it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_POST

from elections.models import Election, Removal
from elections.permissions import Actor, View, allowed, refusal, why_not_allowed
from elections.selectors.removals import open_removals
from elections.services import records
from elections.views import bodies, election_committee, handover, postings, preparation, voting
from elections.views.addresses import address
from elections.views.parts import Page, Part

PAGES = tuple(
    page for views in (preparation, election_committee, voting, handover, bodies, postings) for page in views.PAGES
)
LEDGERS: dict[str, tuple[Page, Part]] = {
    part.form.Meta.model._meta.label_lower: (page, part) for page in PAGES for part in page.parts if part.many
}
# Rows of other apps that are taken out on their own pages: the rule that puts them back.
ELSEWHERE = {"audits.finding": "audit.record", "audits.publication": "audit.record"}


def removing(label: str) -> View:
    """Return the view that takes one row of this ledger out."""
    page, part = LEDGERS[label]

    @allowed(part.rule)
    @require_POST
    def view(request: HttpRequest, election: Election, model: str, pk: int) -> HttpResponse:
        removal = records.remove(election, part.row(election, str(pk)), actor=request.actor)
        undo = {"removal": removal, "url": address("removal_restore", election, removal.pk)}
        messages.success(request, render_to_string("elections/_undo.html", undo, request))
        return redirect(f"{address(page.name, election)}#{part.key}")

    return view


def rule_of(removal: Removal) -> str | None:
    """Return the rule that lets one put this row back; ``None`` for rows that no page takes out."""
    label = removal.label
    return LEDGERS[label][1].rule if label in LEDGERS else ELSEWHERE.get(label)


def restorable(actor: Actor, election: Election) -> list[Removal]:
    """Return the rows taken out within a day that this person may put back now."""
    found = open_removals(election).select_related("removed_by")
    return [each for each in found if (rule := rule_of(each)) and why_not_allowed(actor, rule, election) is None]


@allowed("village.view")
@require_POST
def restore(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """Put a row back, for whoever may record such rows now."""
    removal = get_object_or_404(open_removals(election), pk=pk)
    label, rule = removal.label, rule_of(removal)
    if rule is None:
        raise Http404
    refused = refusal(request, rule, election)
    if refused:
        return refused
    records.restore(election, removal, actor=request.actor)
    messages.success(request, f"已恢复：{removal.what}。")
    page = LEDGERS[label][0].name if label in LEDGERS else "log"
    return redirect(address(page, election))


V = "villages/<str:code>/"

urlpatterns = [
    *[
        path(
            f"{V}rows/{label.partition('.')[2]}/<int:pk>/remove/",
            removing(label),
            {"model": label.partition(".")[2]},
            name="row_remove",
        )
        for label in LEDGERS
    ],
    path(V + "removals/<int:pk>/restore/", restore, name="removal_restore"),
]
