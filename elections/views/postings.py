"""张贴登记: which notice was put up when, where and by whom; it starts the legal clocks (NT-03)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path

from elections.forms.handover import PostingForm
from elections.models import Election
from elections.rules import notices
from elections.rules.deadlines import settled
from elections.rules.facts import Facts
from elections.selectors.pages import ledger
from elections.selectors.village import deadlines
from elections.views.parts import Page, Part
from elections.views.records import facts_page


def _due(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    """Return the notices of the body with their deadlines, those that are settled last."""
    items = deadlines(election, facts)
    lines = [
        {
            "notice": each, "item": items.get(each.key), "posted_on": facts.postings.get(each.key),
            "settled": settled(each.key, facts, election.policy),
        }
        for each in notices.of_body(election.body, community=election.village.is_community)
    ]  # fmt: skip
    return {"board": sorted(lines, key=lambda line: bool(line["posted_on"] or line["settled"]))}


POSTINGS = Page(
    name="postings",
    title="张贴登记",
    rule="posting.record",
    template="elections/postings.html",
    more=_due,
    parts=(
        Part(
            key="posting",
            title="已张贴的公告",
            rule="posting.record",
            form=PostingForm,
            rows=ledger("postings"),
            many=True,
            columns=("key", "posted_on", "place", "posted_by"),
            template="elections/_ledger.html",
            saved="张贴已登记，期限从张贴日期起算。",
            submit="登记张贴",
            empty="还没有登记张贴。公告贴出后，在下面登记日期、地点和张贴人。",
            say={"key": lambda row: notices.title_of(row.key)},
        ),
    ),
)
PAGES = (POSTINGS,)

urlpatterns = [path("villages/<str:code>/postings/", facts_page(POSTINGS), name="postings")]
