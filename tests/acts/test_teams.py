"""The acts on teams: who takes an office, is corrected, leaves; lists taken in and back; what an election does."""

from __future__ import annotations

from datetime import date

import pytest

from elections.journal import reference
from elections.models import Area, Person, Round, Seated, TeamList, Tenure
from elections.rules.kinds import Stage
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen
from elections.services import team_lists, tenures
from elections.services.persons import add_person
from elections.services.team_lists import Entrant
from elections.services.tenures import Post
from tests.acts.table import of
from tests.acts.world import HERE, POLL_DAY, THERE, TOWN, World
from tests.footprint import only

pytestmark = pytest.mark.django_db
SINCE = date(2021, 3, 1)
CHAIR = Post("committee", "chair", SINCE, "imported")
MEMBER = Post("committee", "member", SINCE, "imported")


def area(code: str) -> Area:
    return Area.objects.get(code=code)


def somebody(world: World, name: str, code: str = HERE) -> Person:
    return add_person(area(code), Entry(name, "M"), actor=world.township)


def in_office(world: World, name: str, post: Post = CHAIR, code: str = HERE) -> Tenure:
    return tenures.add(area(code), Chosen(somebody(world, name, code)), post, actor=world.township)


@of(tenures.add)
def test_somebody_takes_an_office_of_one_village(world: World):
    in_office(world, "旁人", code=THERE)
    chosen = Chosen(somebody(world, "来人"))
    line = (HERE, "tenure.added", "elections.tenure:new", "body ending how office since")
    with only(at=HERE, by=world.township.user, added=["elections.Tenure"], lines=[line]):
        tenures.add(area(HERE), chosen, CHAIR, actor=world.township)


@of(tenures.correct)
def test_one_tenure_is_corrected(world: World):
    tenure = in_office(world, "来人")
    in_office(world, "旁人", MEMBER)
    line = (HERE, "tenure.changed", reference(tenure), "")
    with only(by=world.township.user, changed={tenure: "office since"}, lines=[line]):
        tenures.correct(tenure, Post("committee", "deputy", date(2021, 4, 1), "imported"), actor=world.township)


@of(tenures.end)
def test_one_person_leaves(world: World):
    tenure = in_office(world, "来人")
    in_office(world, "旁人", MEMBER)
    line = (HERE, "tenure.ended", reference(tenure), "")
    with only(by=world.township.user, changed={tenure: "ending until"}, lines=[line]):
        tenures.end(tenure, POLL_DAY, "resigned", actor=world.township)


# --- Lists ------------------------------------------------------------------------------------------------------


def entrant(name: str, code: str, person: Person | None = None, **known) -> Entrant:
    entry = Entry(name, "M", **known)
    return Entrant(Chosen(person) if person else Chosen(new=entry), entry, ((area(code), CHAIR),))


@of(team_lists.take_in)
def test_a_list_of_two_villages_ends_the_terms_it_follows(world: World):
    old = in_office(world, "旧人", Post("committee", "chair", date(2018, 3, 1), "imported"))
    known = somebody(world, "熟人", THERE)
    line = (TOWN, "team.taken_in", "elections.teamlist:new", "left new tenures")
    with only(
        by=world.township.user,
        added=[
            f"elections.Person@{HERE}", f"elections.Tenure@{HERE}", f"elections.Tenure@{THERE}",
            f"elections.TeamList@{TOWN}",
        ],
        changed={old: "ending until", known: "education version"},
        lines=[line],
    ):  # fmt: skip
        entrants = [entrant("来人", HERE), entrant("熟人", THERE, known, education="30")]
        team_lists.take_in(area(TOWN), entrants, new_term=True, actor=world.township)


@of(team_lists.take_back)
def test_a_list_is_taken_back_and_another_stays(world: World):
    old = in_office(world, "旧人", Post("committee", "chair", date(2018, 3, 1), "imported"))
    known = somebody(world, "熟人", THERE)
    entrants = [entrant("来人", HERE), entrant("熟人", THERE, known, education="30")]
    kept = team_lists.take_in(area(TOWN), entrants, new_term=True, actor=world.township)
    team_lists.take_in(area(THERE), [entrant("旁人", THERE)], new_term=False, actor=world.township)
    made = Tenure.objects.filter(person__name__in=["来人", "熟人"])
    line = (TOWN, "team.taken_back", reference(kept), "left people tenures")
    with only(
        by=world.township.user,
        changed={old: "ending until", known: "education version", kept: "taken_back_at"},
        removed=[Person.objects.get(name="来人"), *made],
        lines=[line],
    ):  # fmt: skip
        team_lists.take_back(kept, actor=world.township)
    assert TeamList.objects.filter(taken_back_at=None).count() == 1


# --- Elections --------------------------------------------------------------------------------------------------


def elected(world: World) -> Round:
    """A vote that elected three people who are in the register, and an old team in two villages."""
    election = world.here.put(stage=Stage.HANDOVER)
    round_ = election.rounds.create(number=1, kind="first", held_on=POLL_DAY, registered=100, contest="{}")
    for name, office in (("甲某", "chair"), ("乙某", "member"), ("丙某", "member")):
        Seated.objects.create(
            election=election, round=round_, person=somebody(world, name), office=office, name=name, sex="M", votes=9, why="过半数"
        )  # fmt: skip
    Round.objects.filter(pk=round_.pk).update(confirmed_at="2026-12-20T20:00+08:00", confirmed_by=world.township.user)
    return round_


@of(tenures.begin_term)
def test_the_new_team_of_one_village_begins(world: World):
    elected(world)
    old, _ = in_office(world, "旧人"), in_office(world, "旁人", code=THERE)
    line = (HERE, "team.begun", reference(world.here.election), "body left members")
    with only(
        at=HERE, by=world.township.user, added=["elections.Tenure"] * 3, changed={old: "ending until"}, lines=[line]
    ):
        tenures.begin_term(world.here.election, actor=world.township, today=POLL_DAY)


@of(tenures.withdraw_term)
def test_a_void_election_gives_the_old_team_back(world: World):
    elected(world)
    old = in_office(world, "旧人")
    tenures.begin_term(world.here.election, actor=world.township, today=POLL_DAY)
    made = list(Tenure.objects.filter(how="elected"))
    line = (HERE, "team.withdrawn", reference(world.here.election), "back body members")
    with only(by=world.county.user, changed={old: "ending until"}, removed=made, lines=[line]):
        tenures.withdraw_term(world.here.election, actor=world.county, today=POLL_DAY)
