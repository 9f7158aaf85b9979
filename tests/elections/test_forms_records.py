"""The forms of facts: fields by name only, days that have come, figures that fit, sentences that say what to do."""

from datetime import date, timedelta

import pytest
from django.forms import NumberInput

from elections.forms.bodies import PartyForm
from elections.forms.preparation import KinshipForm, PlanMeetingForm, SurveyForm, TalksForm, TrainingForm
from elections.forms.voting import ArrangementForm, ConfirmForm, ResultReportForm, StaffForm
from elections.models import Kinship, StaffMember, Survey
from elections.rules.kinds import Body, Stage
from elections.views.removals import PAGES
from tests.elections.make_forms import errors, filled
from tests.elections.make_pages import TODAY, a_confirmed_round, a_nominee
from tests.elections.make_persons import a_person
from tests.make import an_area, an_election

pytestmark = pytest.mark.django_db


def record_forms():
    forms = {part.form for page in PAGES for part in page.parts if hasattr(part.form, "Meta")}
    return sorted(forms, key=lambda form: form.__name__)


@pytest.mark.parametrize("kind", record_forms())
def test_every_form_names_its_fields_and_never_the_stage(kind):
    """No form writes what moves only through services."""
    names = set(kind.Meta.fields)
    assert "__all__" not in names
    assert not names & {"id", "election", "stage", "standing", "version", "village", "outcome", "confirmed_at"}


@pytest.mark.parametrize("kind", record_forms())
def test_no_field_is_a_number_box_and_none_cuts_what_is_typed(kind):
    page = str(
        kind(election=an_election(body=Body.PARTY if kind is PartyForm else Body.VILLAGERS_COMMITTEE), today=TODAY)
    )
    assert 'type="number"' not in page
    assert "maxlength" not in page
    assert 'type="date"' not in page


def test_counts_take_full_width_digits_and_separators():
    form = filled(TrainingForm, an_election(), {"held_on": "2026-12-1", "topic": "选举实务", "attendees": "１,２３４"})
    assert form.is_valid()
    assert form.cleaned_data["attendees"] == 1234


def test_counts_open_the_numeric_keyboard():
    field = TrainingForm(election=an_election(), today=TODAY)["attendees"]
    assert isinstance(field.field.widget, NumberInput)
    assert 'inputmode="numeric"' in str(field)


def test_an_empty_field_says_what_to_fill_in():
    form = filled(TrainingForm, an_election(), {})
    assert errors(form) == {
        "held_on": ["培训日期没有填写。请填写。"],
        "topic": ["培训内容没有填写。请填写。"],
        "attendees": ["参加人数没有填写。请填写。"],
    }


def test_a_text_that_is_too_long_says_by_how_much():
    form = filled(TrainingForm, an_election(), {"held_on": "2026-12-1", "topic": "字" * 121, "attendees": "3"})
    assert errors(form) == {"topic": ["培训内容有121个字，最多120个字。请删减1个字。"]}


@pytest.mark.parametrize(("shift", "fine"), [(0, True), (1, False)])
def test_a_fact_has_happened(shift, fine):
    day = TODAY + timedelta(days=shift)
    form = filled(TrainingForm, an_election(), {"held_on": day.isoformat(), "topic": "实务", "attendees": "3"})
    assert form.is_valid() is fine
    if not fine:
        assert errors(form) == {"held_on": ["培训日期2026年12月21日还没有到。请在办完后登记，或者核对日期。"]}


def test_nobody_at_a_training_is_no_training():
    form = filled(TrainingForm, an_election(), {"held_on": "2026-12-1", "topic": "实务", "attendees": "0"})
    assert errors(form) == {"attendees": ["参加人数不能小于1。请核对后重新填写。"]}


SURVEY = {
    "done_on": "2026-12-1", "population": "2316", "households": "612", "adults": "1811", "party_members": "58",
    "difficulty": "medium", "causes": ["finance", "clan"], "note": "", "rectified_on": "",
}  # fmt: skip


def test_the_survey_keeps_the_causes_of_the_rule_pack():
    form = filled(SurveyForm, an_election(), SURVEY)
    assert form.is_valid()
    assert form.save(commit=False).causes == "finance,clan"


def test_the_survey_starts_from_what_the_village_file_knows():
    election = an_election()
    village = an_area()
    village.population, village.households, village.party_members = 2316, 612, 58
    election.village = village
    form = SurveyForm(election=election, today=TODAY)
    assert (form["population"].value(), form["households"].value(), form["party_members"].value()) == (2316, 612, 58)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"adults": "2316"}, {}),
        ({"adults": "2317"}, {"adults": ["18周岁以上人数（2317）多于户籍人口（2316）。请核对两个数。"]}),
        ({"party_members": "1812"}, {"party_members": ["党员人数（1812）多于18周岁以上人数（1811）。请核对两个数。"]}),
        ({"causes": ["weather"]}, {"causes": ["原因不在可选的范围内。请重新选择。"]}),
        ({"difficulty": ""}, {"difficulty": ["选情等级没有选择。请选择一项。"]}),
        (
            {"rectified_on": "2026-12-1"},
            {"rectified_on": ["没有勾选“需要先整顿”，不填整顿完成日期。请勾选，或者清空日期。"]},
        ),
        ({"rectified_on": "2026-12-1", "needs_rectification": "on"}, {}),
    ],
)
def test_the_figures_of_the_survey_fit_together(change, found):
    assert errors(filled(SurveyForm, an_election(), SURVEY | change)) == found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"due": "9", "done": "9", "finished_on": "2026-12-1"}, {}),
        ({"due": "9", "done": "0", "finished_on": ""}, {}),
        (
            {"due": "9", "done": "10", "finished_on": "2026-12-1"},
            {"done": ["已谈人数（10）多于应谈人数（9）。请核对两个数。"]},
        ),
        (
            {"due": "9", "done": "1", "finished_on": ""},
            {"finished_on": ["已谈人数不是0，还要写明最近一次谈话日期。请填写。"]},
        ),
    ],
)
def test_talks_held_are_not_more_than_those_due(data, found):
    assert errors(filled(TalksForm, an_election(), data)) == found


def meeting(**change):
    return {
        "kind": "representatives",
        "held_on": "2026-12-1",
        "members": "48",
        "present": "40",
        "in_favour": "35",
    } | change


def test_a_meeting_of_representatives_keeps_only_its_own_figures():
    form = filled(PlanMeetingForm, an_election(), meeting(adults="1811", households="600"))
    assert form.is_valid()
    row = form.save(commit=False)
    assert (row.purpose, row.members, row.adults, row.households) == ("plan", 48, 0, 0)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"members": ""}, {"members": ["代表（组成人员）应到人数没有填写。请填写。"]}),
        ({"present": ""}, {"present": ["实到人数没有填写。请填写。"]}),
        (
            {"kind": "villagers", "members": ""},
            {"adults": ["18周岁以上应到人数和应到户数都没有填写。请至少填写一项。"]},
        ),
        ({"kind": "villagers", "households": "600"}, {}),
        ({"kind": "group", "adults": "600"}, {"kind": ["会议不在可选的范围内。请重新选择。"]}),
        ({"published_on": "2026-12-1"}, {}),
        (
            {"published_on": "2026-11-30"},
            {"published_on": ["选举办法和方案公布日期早于召开日期（2026年12月1日）。请核对两个日期。"]},
        ),
    ],
)
def test_a_meeting_needs_the_figures_of_its_kind(change, found):
    assert errors(filled(PlanMeetingForm, an_election(), meeting(**change))) == found


def test_a_residents_committee_reads_its_own_words():
    election = an_election()
    election.village.kind = "community"
    form = PlanMeetingForm(election=election, today=TODAY)
    assert [label for _, label in form.fields["kind"].choices] == ["居民会议", "居民代表会议"]
    assert form.fields["adults"].help_text == "居民会议填写"


def test_what_is_still_to_come_is_not_called_optional_and_may_stay_empty():
    election = an_election()
    form = PlanMeetingForm(election=election, today=TODAY)
    assert form.fields["published_on"].required is True
    assert "required" not in str(form["published_on"])
    assert filled(PlanMeetingForm, election, meeting()).is_valid()


def two_people(election):
    return a_person(election, "王芳", sex="F"), a_person(election, "阿依古丽·买买提", sex="F")


def test_names_are_cleaned_like_those_of_the_roll():
    election = an_election()
    people = two_people(election)
    form = filled(KinshipForm, election, {"name": "王　芳", "other": "阿依古丽.买买提", "relation": "sibling"})
    assert form.is_valid()
    assert (form.named["person"].person, form.named["relative"].person) == people


def test_a_name_with_a_digit_is_no_name():
    new = {"name_new-is_new": "on", "name_new-sex": "F"}
    form = filled(StaffForm, an_election(), {"name": "王芳2", "task": "teller", **new})
    assert errors(form) == {"name": ["姓名中有“2”。请按户口簿填写。"]}


def test_a_relation_is_between_two_people_and_declared_once_in_whatever_election():
    election = an_election()
    fang, other = two_people(election)
    Kinship.objects.create(person=fang, relative=other, name="王芳", other=other.label, relation="child")
    same = filled(KinshipForm, election, {"name": "王芳", "other": "王芳", "relation": "child"})
    again = filled(KinshipForm, election, {"name": "王芳", "other": other.label, "relation": "parent"})
    turned = filled(KinshipForm, election, {"name": other.label, "other": "王芳", "relation": "parent"})
    assert errors(same) == {"other": ["两处填的是同一个人。请填写另一个人。"]}
    assert errors(again) == {"name": ["王芳和阿依古丽·买买提的关系已经登记。请在原来的一行修改。"]}
    assert errors(turned) == {"other": ["已经登记王芳的子女是阿依古丽·买买提。请在原来的一行修改。"]}


def test_each_relation_of_the_law_is_offered_in_words_once():
    choices = KinshipForm(election=an_election(), today=TODAY).fields["relation"].choices
    words = [word for _, word in choices]
    assert len(words) == len(set(words))
    assert ("spouse", "配偶") in choices and ("child", "子女") in choices


def test_a_candidate_cannot_be_staff():
    """EC-18, VT-13."""
    election = an_election(Stage.VOTING)
    a_nominee(election, "王芳", sex="F")
    form = filled(StaffForm, election, {"name": "王芳", "task": "scrutineer"})
    assert errors(form) == {"name": ["监票人王芳是候选人，请更换。"]}


@pytest.mark.parametrize(("relation", "refused"), [("sibling", True), ("cousin", False)])
def test_a_near_relative_of_a_candidate_cannot_be_staff(relation, refused):
    election = an_election(Stage.VOTING)
    fang, hong = a_person(election, "王芳", sex="F"), a_person(election, "马红", sex="F")
    a_nominee(election, "王芳", sex="F", person=fang)
    Kinship.objects.create(person=fang, relative=hong, name="王芳", other="马红", relation=relation)
    form = filled(StaffForm, election, {"name": "马红", "task": "scrutineer"})
    assert errors(form) == ({"name": ["监票人马红是候选人王芳的近亲属，请更换。"]} if refused else {})


def test_one_person_may_have_two_tasks_but_none_twice():
    election = an_election(Stage.VOTING)
    StaffMember.objects.create(election=election, person=a_person(election, "马红"), name="马红", task="teller")
    assert filled(StaffForm, election, {"name": "马红", "task": "caller"}).is_valid()
    again = filled(StaffForm, election, {"name": "马红", "task": "teller"})
    assert errors(again) == {"name": ["马红已经担任这一项工作。请在原来的一行修改。"]}


ARRANGED = {"place": "村小学", "opens_at": "8:00", "closes_at": "17:00", "form": "meeting", "secret_booth": "on"}


@pytest.mark.parametrize(("closes", "fine"), [("8:01", True), ("8:00", False)])
def test_the_poll_closes_after_it_opens(closes, fine):
    form = filled(ArrangementForm, an_election(Stage.VOTING), ARRANGED | {"closes_at": closes})
    assert errors(form) == ({} if fine else {"closes_at": ["截止时间应晚于开始时间（8:00）。请核对两个时间。"]})


def test_a_result_is_announced_only_when_it_is_confirmed():
    election = an_election(Stage.VOTING)
    form = filled(ResultReportForm, election, {"announced_on": "2026-12-20"})
    assert errors(form) == {"announced_on": ["投票结果还没有确认。请先确认结果，再登记宣布日期。"]}


@pytest.mark.parametrize(("day", "fine"), [("2026-12-20", True), ("2026-12-19", False)])
def test_a_result_is_not_announced_before_the_vote(day, fine):
    election = an_election(Stage.VOTING)
    a_confirmed_round(election, held_on=date(2026, 12, 20))
    form = filled(ResultReportForm, election, {"announced_on": day})
    assert errors(form) == ({} if fine else {"announced_on": ["当场宣布日期早于投票日期。请核对日期。"]})


def test_the_statement_is_not_ticked_beforehand():
    assert "checked" not in str(ConfirmForm()["agreed"])
    assert errors(ConfirmForm({"sheet": "1"})) == {
        "agreed": ["“已与监票人签字的计票单核对一致”没有勾选。请核实后勾选。"]
    }


def test_extra_inputs_change_nothing():
    election = an_election()
    data = SURVEY | {"election": "999", "id": "77", "stage": "voting", "standing": "closed"}
    form = filled(SurveyForm, election, data)
    assert form.is_valid()
    row = form.save(commit=False)
    assert (row.pk, row.election, row.election.stage) == (None, election, Stage.PREPARATION)
    assert Survey.objects.count() == 0
