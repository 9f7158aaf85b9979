"""The two other bodies: one long record of the Party organisation's election, the formation of the supervision committee."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import path

from elections.forms.bodies import (
    SECTIONS,
    TITLES,
    PartyForm,
    SupervisionMemberForm,
    SupervisionRecordForm,
)
from elections.models import Election, PartyRecord
from elections.rules.counting.majority import least
from elections.rules.facts import Facts
from elections.rules.kinds import Body, Stage
from elections.selectors.labels import labels
from elections.selectors.pages import single, words_for
from elections.selectors.supervision import KIN, ON_COMMITTEE, members_of
from elections.views.parts import Page, Part
from elections.views.preparation import arithmetic, the_meeting
from elections.views.records import facts_page

PARTY_RULE, SUPERVISION_RULE = "party.record", "supervision.record"


_record = single("party_record")


def _sections(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    """Return the record cut by stage; the section of the present stage is the form, the others are read."""
    record = next(iter(_record(election)), None)
    sections = [
        {
            "title": TITLES[stage],
            "stage": stage,
            "here": stage == election.stage,
            "past": stage.number < election.stage_number,
            "values": _values(record, names),
        }
        for stage, names in SECTIONS.items()
    ]
    return {
        "sections": sections,
        "present": election.stage in SECTIONS,
        "later": [section for section in sections if not (section["here"] or section["past"])],
        "quorum": _quorum(election, facts) if election.stage in (Stage.REGISTRATION, Stage.VOTING) else None,
    }


def _values(record: models.Model | None, names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(label, words_for(record and getattr(record, name))) for name, label in labels(PartyRecord, names)]


def _quorum(election: Election, facts: Facts) -> dict[str, int] | None:
    """PB-07: how many of those due must be present."""
    if facts.party.due is None:
        return None
    need = least(election.policy.party_quorum, facts.party.due)
    return {"due": facts.party.due, "need": need, "present": facts.party.present, "met": facts.party.present >= need}


PARTY = Page(
    name="party_record",
    title="党组织换届记录",
    rule=PARTY_RULE,
    template="elections/party_record.html",
    more=_sections,
    parts=(
        Part(
            key="record",
            title="",
            rule=PARTY_RULE,
            form=PartyForm,
            rows=_record,
            saved="已保存。",
            when=lambda election: election.body == Body.PARTY,
        ),
    ),
)


def _supervision(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    return arithmetic(election, facts.supervision.meeting, "supervision")


def _ticked(tick: str, row: Any) -> str:
    """The tick, and what persons and relations say against it."""
    against = row.known.against(row, tick)
    return words_for(getattr(row, tick)) + (f"（{against}）" if against else "")


SUPERVISION = Page(
    name="supervision",
    title="村务监督委员会",
    rule=SUPERVISION_RULE,
    more=_supervision,
    parts=(
        Part(
            key="members",
            title="人选",
            rule=SUPERVISION_RULE,
            form=SupervisionMemberForm,
            rows=members_of,
            many=True,
            columns=("name", "chair", "bookkeeping", "kin_on_committee", "on_committee"),
            template="elections/_ledger.html",
            saved="人选已登记。",
            submit="新增人选",
            say={tick: partial(_ticked, tick) for tick in (ON_COMMITTEE, KIN)},
            empty="还没有人选。新一届村（居）民委员会产生后，由村民会议或者村民代表会议推选，在下面登记。",
        ),
        Part(
            key="record",
            title="审查和公布",
            rule=SUPERVISION_RULE,
            form=SupervisionRecordForm,
            rows=single("supervision_record"),
            saved="日期已保存。",
        ),
        the_meeting("supervision", "推选会议", SUPERVISION_RULE, "会议已保存。"),
    ),
)
PAGES = (PARTY, SUPERVISION)
V = "villages/<str:code>/"

urlpatterns = [
    path(V + "party-election/", facts_page(PARTY), name="party_record"),
    path(V + "supervision/", facts_page(SUPERVISION), name="supervision"),
]
