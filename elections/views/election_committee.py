"""村民选举委员会: how it was chosen, who serves and who waits, kinship, and every later change (EC-02…13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import path

from elections.forms.election_committee import ElectForm, FollowerForm, LeaveForm, OfficerForm, PlacesForm
from elections.forms.preparation import KinshipForm
from elections.models import Election
from elections.permissions import Actor
from elections.rules.election_committee import kin_word
from elections.rules.facts import Facts
from elections.selectors import election_committee as read
from elections.selectors.kin import kinships_of
from elections.services import election_committee as services
from elections.views.parts import ActPart, Page, Part
from elections.views.preparation import arithmetic, the_meeting
from elections.views.records import facts_page

RECORD, CHANGE = "preparation.record", "committee.change"


def _form(election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
    services.form_election_committee(election, form.places(), actor=actor)
    return ()


def _leave(election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
    said = form.cleaned_data
    return services.record_change(
        election, form.person(), why=said["why"], left_on=said["left_on"], actor=actor, today=today
    )


def _choose(election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
    services.choose_officer(election, form.person(), form.cleaned_data["post"], actor=actor)
    return read.officers_note(election)


def _follow(election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
    services.name_follower(election, form.person(), actor=actor)
    return ()


def _elect(election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
    services.elect_member(election, form.elected(), actor=actor)
    return ()


@dataclass(frozen=True)
class KinPart(Part):
    """A relation that comes to light may make a member quit at once (EC-09)."""

    def keep(self, election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
        tie = form.save(commit=False)
        return services.declare_kinship(election, tie, people=form.named, actor=actor, today=today)


def _unchanged(election: Election) -> bool:
    return not read.departed(election).exists()


def _somebody_follows(election: Election) -> bool:
    places = read.places_open(election)
    return bool(places and read.succession(election, places).may_follow)


def _nobody_follows(election: Election) -> bool:
    places = read.places_open(election)
    return bool(places and not read.succession(election, places).may_follow)


def _more(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    return arithmetic(election, facts.preparation.election_committee_meeting, "committee") | {
        "serving": read.serving(election),
        "reserves": read.reserves(election),
        "departed": read.departed(election),
        "notes": read.notes_of(election),
    }


ELECTION_COMMITTEE = Page(
    name="election_committee",
    title="选举委员会",
    rule=CHANGE,
    shared=True,
    template="elections/election_committee.html",
    more=_more,
    parts=(
        the_meeting("committee", "推选选举委员会的会议", RECORD, "会议和公布情况已保存。"),
        ActPart(
            key="members",
            title="成员和候补",
            rule=RECORD,
            form=PlacesForm,
            rows=lambda election: (),
            act=_form,
            saved="名单已保存。",
            submit="保存名单",
            hint="按推选结果逐行填写；候补按得票多少依次递补，得票要填准",
            template="elections/_places.html",
            when=_unchanged,
        ),
        ActPart(
            key="follower",
            title="确定递补的人",
            rule=CHANGE,
            form=FollowerForm,
            rows=lambda election: (),
            act=_follow,
            saved="递补已登记。",
            submit="登记递补",
            when=_somebody_follows,
        ),
        ActPart(
            key="elect",
            title="另行推选成员",
            rule=CHANGE,
            form=ElectForm,
            rows=lambda election: (),
            act=_elect,
            saved="新推选的成员已登记。",
            submit="登记推选结果",
            when=_nobody_follows,
        ),
        ActPart(
            key="officer",
            title="推选主任、副主任",
            rule=CHANGE,
            form=OfficerForm,
            rows=lambda election: (),
            act=_choose,
            saved="推选结果已登记。",
            submit="登记推选结果",
            hint="由委员会在现任成员中推选",
            when=lambda election: bool(read.officers_note(election)),
        ),
        KinPart(
            key="kin",
            title="亲属关系",
            rule=CHANGE,
            form=KinshipForm,
            rows=kinships_of,
            many=True,
            columns=("name", "other", "relation", "declared_by", "declared_on"),
            template="elections/_ledger.html",
            saved="亲属关系已登记。",
            submit="登记亲属关系",
            hint="委员会成员、候选人、工作人员之间的亲属关系在这里登记，回避由系统核对",
            empty="还没有登记亲属关系。有近亲属关系的在下面登记；都没有的不用填。",
            say={"relation": lambda row: kin_word(row.relation)},
        ),
        ActPart(
            key="leave",
            title="登记成员退出",
            rule=CHANGE,
            form=LeaveForm,
            rows=lambda election: (),
            act=_leave,
            saved="退出已登记。",
            submit="登记退出",
            hint="本人或者近亲属被提名的，登记提名时自动退出并递补，不在这里登记",
            when=lambda election: read.serving(election).exists(),
        ),
    ),
)
PAGES = (ELECTION_COMMITTEE,)

urlpatterns = [path("villages/<str:code>/committee/", facts_page(ELECTION_COMMITTEE), name="election_committee")]
