"""任职: entering, correcting, leaving; what the end of an election and its annulment do to the teams."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from elections.models import Area, JournalEntry, Person, Tenure
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.machine import Refused
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen
from elections.services import moves, tenures
from elections.services.hold import Overtaken
from elections.services.persons import add_person
from elections.services.tenures import Post
from tests.elections.make_pages import TODAY, a_confirmed_round
from tests.make import VILLAGE, an_actor, an_area, an_election

pytestmark = pytest.mark.django_db
LAST = date(2021, 3, 1)
NOW = timezone.now()


@pytest.fixture
def actor():
    return an_actor()


@pytest.fixture
def village() -> Area:
    return an_area()


def a_person(actor, name: str, **fields) -> Person:
    return add_person(an_area(), Entry(name, "M", **fields), actor=actor)


def a_post(office="member", body="committee", since=LAST, **fields) -> Post:
    return Post(body, office, since, "imported", **fields)


def held(**having) -> list[tuple]:
    rows = Tenure.objects.filter(**having).order_by("since", "pk")
    return [(row.person.name, row.office, row.since, row.until, row.ending) for row in rows]


def acts() -> list[str]:
    return list(JournalEntry.objects.filter(area_code=VILLAGE).order_by("seq").values_list("act", flat=True))


def test_somebody_new_takes_an_office(actor, village):
    tenure = tenures.add(village, Chosen(new=Entry("丁甲子", "F")), a_post("chair"), actor=actor)
    assert held() == [("丁甲子", "chair", LAST, None, "")]
    assert acts() == ["person.added", "tenure.added"]
    line = JournalEntry.objects.get(act="tenure.added")
    assert line.details == {
        "body": "committee",
        "office": "chair",
        "since": "2021-03-01",
        "how": "imported",
        "ending": "",
    }
    assert (line.obj, "丁甲子" in line.body) == (f"elections.tenure:{tenure.pk}", False)


def test_nobody_holds_one_office_twice(actor, village):
    person = Chosen(a_person(actor, "丁甲子"))
    tenures.add(village, person, a_post(), actor=actor)
    with pytest.raises(Refused, match="丁甲子已经在任村民委员会委员"):
        tenures.add(village, person, a_post(since=TODAY), actor=actor)
    tenures.add(village, person, a_post("secretary", "party"), actor=actor)
    tenures.add(village, person, a_post(since=date(2018, 1, 1), until=LAST, ending="term"), actor=actor)
    assert Tenure.objects.count() == 3


def test_a_correction_may_bring_somebody_back(actor, village):
    tenure = tenures.add(village, Chosen(a_person(actor, "丁甲子")), a_post(), actor=actor)
    tenures.end(tenure, TODAY, "resigned", actor=actor)
    tenures.correct(tenure, a_post("deputy"), actor=actor)
    assert held() == [("丁甲子", "deputy", LAST, None, "")]
    assert JournalEntry.objects.get(act="tenure.changed").details["before"] == {
        "office": "member", "until": "2026-12-20", "ending": "resigned",
    }  # fmt: skip


def test_nobody_leaves_twice(actor, village):
    tenure = tenures.add(village, Chosen(a_person(actor, "丁甲子")), a_post(), actor=actor)
    tenures.end(tenure, TODAY, "died", actor=actor)
    with pytest.raises(Overtaken, match="丁甲子的离任刚刚已由他人登记"):
        tenures.end(tenure, TODAY, "moved", actor=actor)
    assert held() == [("丁甲子", "member", LAST, TODAY, "died")]


# --- What an election does ------------------------------------------------------------------------------------


@pytest.fixture
def elected(actor, village, monkeypatch):
    """Three people elected today in a complete election; two of the old team hold office, one of them was elected again."""
    election = an_election(Stage.VOTING, poll_day=TODAY)
    round_ = a_confirmed_round(election)
    for name in ("甲", "乙", "丙"):
        round_.seated.filter(name=name).update(person=a_person(actor, name))
    old = a_person(actor, "旧")
    tenures.add(village, Chosen(old), a_post("chair"), actor=actor)
    tenures.add(village, Chosen(Person.objects.get(name="甲")), a_post(), actor=actor)
    tenures.add(village, Chosen(old), a_post("secretary", "party"), actor=actor)
    monkeypatch.setattr(moves, "step_problems", lambda *args, **kwargs: ())
    return election


def hand_over(election, actor):
    election.refresh_from_db()
    return moves.move(election, "hand_over", version=election.version, actor=actor, today=TODAY)


def test_the_elected_take_office_on_the_day_the_committee_came_into_being(elected, actor):
    hand_over(elected, actor)
    assert held(body="committee", until=None) == [(name, "member", TODAY, None, "") for name in ("甲", "乙", "丙")]
    assert held(ending="term") == [("旧", "chair", LAST, TODAY, "term"), ("甲", "member", LAST, TODAY, "term")]
    assert held(body="party") == [("旧", "secretary", LAST, None, "")]
    assert set(Tenure.objects.filter(since=TODAY).values_list("how", "round__number")) == {("elected", 1)}
    assert acts()[-2:] == ["team.begun", "step.hand_over"]


def test_it_begins_once(elected, actor):
    election = hand_over(elected, actor)
    assert tenures.begin_term(election, actor=actor, today=TODAY + timedelta(days=1)) == 0
    assert Tenure.objects.count() == 6


def test_an_annulled_election_brings_the_old_team_back(elected, actor):
    before = held()
    election = hand_over(elected, actor)
    annul = {"reason": "选举违法", "approval": "县〔2026〕1号", "approved_on": TODAY}
    moves.change_standing(election, "annul", version=election.version, actor=actor, today=TODAY, **annul)
    assert held() == before
    assert acts()[-2:] == ["team.withdrawn", "standing.annul"]
    election.refresh_from_db()
    assert tenures.withdraw_term(election, actor=actor, today=TODAY) == 0


def test_whom_nobody_recorded_is_not_guessed(elected, actor):
    elected.seated.update(person=None)
    before = held()
    hand_over(elected, actor)
    assert (held(), acts()[-1], "team.begun" in acts()) == (before, "step.hand_over", False)


def test_who_was_elected_later_comes_later(elected, actor):
    later = elected.rounds.create(
        number=2, kind="rerun", held_on=TODAY + timedelta(days=9), registered=900, contest="{}"
    )
    who = {"name": "丁", "sex": "M", "person": a_person(actor, "丁")}
    later.seated.create(election=elected, office="chair", votes=500, why="过半数", **who)
    elected.rounds.filter(pk=later.pk).update(confirmed_at=NOW, confirmed_by=actor.user)
    hand_over(elected, actor)
    assert held(until=None, office="chair") == [("丁", "chair", TODAY + timedelta(days=9), None, "")]
    assert held(ending="term", office="chair")[0][3] == TODAY


def test_the_supervision_committee_begins_when_it_is_published(actor, village, monkeypatch):
    monkeypatch.setattr(moves, "step_problems", lambda *args, **kwargs: ())
    election = an_election(Stage.VOTING, body=Body.SUPERVISION)
    election.supervision_members.create(name="甲", chair=True, person=a_person(actor, "甲"))
    election.supervision_members.create(name="乙", person=a_person(actor, "乙"))
    moves.move(election, "hand_over", version=0, actor=actor, today=TODAY)
    assert held() == [("甲", "chair", TODAY, None, ""), ("乙", "member", TODAY, None, "")]
    election.refresh_from_db()
    assert election.standing == Standing.ACTIVE
    assert tenures.withdraw_term(election, actor=actor, today=TODAY) == 2
    assert held() == []
