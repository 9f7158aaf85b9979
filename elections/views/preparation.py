"""准备: working bodies, survey, talks, training, plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from elections.forms.bodies import SupervisionMeetingForm
from elections.forms.preparation import (
    ElectionCommitteeMeetingForm,
    PlanMeetingForm,
    SurveyForm,
    TalksForm,
    TrainingForm,
    WorkingBodyForm,
)
from elections.models import Election, Survey
from elections.permissions import allowed
from elections.rules import meetings
from elections.rules.facts import Facts, MeetingFacts
from elections.selectors.meetings import meeting_of
from elections.selectors.pages import ledger, single
from elections.views.addresses import address
from elections.views.parts import Page, Part
from elections.views.records import facts_page

MEETING_FORMS = {
    "plan": PlanMeetingForm,
    "committee": ElectionCommitteeMeetingForm,
    "supervision": SupervisionMeetingForm,
}


def the_meeting(purpose: str, title: str, rule: str, saved: str) -> Part:
    """Return the part of a page that records the meeting which decided ``purpose``."""
    return Part(
        key="meeting",
        title=title,
        rule=rule,
        form=MEETING_FORMS[purpose],
        rows=lambda election: list(filter(None, [meeting_of(election, purpose)])),
        saved=saved,
        submit="保存会议",
        template="elections/_meeting.html",
    )


def arithmetic(election: Election, meeting: MeetingFacts | None, purpose: str) -> dict[str, Any]:
    """Return how the meeting's attendance and vote stand to what the law asks (EC-04)."""
    judged = meeting and meetings.judge(meeting, election.policy, community=election.village.is_community)
    return {"meeting": meeting, "outcome": judged, "meeting_check_url": address("meeting_check", election, purpose)}


def _causes(survey: Survey) -> str:
    words = {each.code: each.words for each in survey.election.policy.difficulty_causes}
    return "、".join(words.get(code, code) for code in survey.causes.split(",") if code) or "--"


def _grade(survey: Survey) -> str:
    words = {each.code: each.words for each in survey.election.policy.difficulty_grades}
    return words.get(survey.difficulty, survey.difficulty)


def _plan(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    return arithmetic(election, facts.preparation.plan_meeting, "plan")


LEAD, RECORD = "preparation.lead", "preparation.record"

BODIES = Page(
    name="bodies",
    title="工作机构",
    rule=LEAD,
    shared=True,
    parts=(
        Part(
            key="body",
            title="已成立的机构",
            rule=LEAD,
            form=WorkingBodyForm,
            rows=ledger("working_bodies"),
            many=True,
            columns=("kind", "head", "size", "formed_on"),
            template="elections/_ledger.html",
            saved="工作机构已登记。",
            submit="新增机构",
            empty="还没有登记换届工作机构。领导小组和办公室成立后，在下面登记负责人、人数和日期。",
        ),
    ),
)
SURVEY = Page(
    name="survey",
    title="基本情况和调查摸底",
    rule=LEAD,
    shared=True,
    parts=(
        Part(
            key="survey",
            title="",
            rule=LEAD,
            form=SurveyForm,
            rows=single("survey"),
            saved="调查摸底已保存。",
            hint="户籍人口、户数和党员人数由村档案带入，保存前核对",
            say={"causes": _causes, "difficulty": _grade},
        ),
    ),
)
TALKS = Page(
    name="talks",
    title="谈心谈话",
    rule=LEAD,
    shared=True,
    parts=(
        Part(
            key="talks",
            title="",
            rule=LEAD,
            form=TalksForm,
            rows=single("talks"),
            saved="谈心谈话已保存。",
            hint="与每一名现任成员至少谈一次；党组织书记由镇党委书记和组织委员一起谈",
        ),
    ),
)
TRAINING = Page(
    name="training",
    title="换届培训",
    rule=LEAD,
    shared=True,
    parts=(
        Part(
            key="training",
            title="已办的培训",
            rule=LEAD,
            form=TrainingForm,
            rows=ledger("trainings"),
            many=True,
            columns=("held_on", "topic", "attendees"),
            template="elections/_ledger.html",
            saved="培训已登记。",
            submit="登记培训",
            empty="还没有登记培训。先培训、后换届，培训办完后在下面登记。",
        ),
    ),
)
PLAN = Page(
    name="plan",
    title="选举办法和工作方案",
    rule=RECORD,
    shared=True,
    more=_plan,
    parts=(the_meeting("plan", "通过选举办法和工作方案的会议", RECORD, "会议和公布情况已保存。"),),
)
PAGES = (BODIES, SURVEY, TALKS, TRAINING, PLAN)


@allowed("village.view")
def meeting_check(request: HttpRequest, election: Election, purpose: str) -> HttpResponse:
    """Show the arithmetic of the figures in the cells now; nothing is saved."""
    if purpose not in MEETING_FORMS:
        raise Http404
    form = MEETING_FORMS[purpose](request.GET, prefix="meeting", election=election, today=timezone.localdate())
    form.is_valid()
    return render(request, "elections/_arithmetic.html", arithmetic(election, form.facts(), purpose))


V = "villages/<str:code>/"

urlpatterns = [
    path(V + "bodies/", facts_page(BODIES), name="bodies"),
    path(V + "profile/", facts_page(SURVEY), name="survey"),
    path(V + "talks/", facts_page(TALKS), name="talks"),
    path(V + "training/", facts_page(TRAINING), name="training"),
    path(V + "plan/", facts_page(PLAN), name="plan"),
    path(V + "meetings/<str:purpose>/check/", meeting_check, name="meeting_check"),
]
