"""The acts of the spine: steps, facts, the election committee, the count — in one of two villages at the same point."""

import json
from datetime import timedelta

import pytest

from config.demo.walk import Walk
from elections.journal import reference
from elections.models import (
    CommitteeMember,
    Kinship,
    Meeting,
    Paper,
    PartyRecord,
    Posting,
    Removal,
    Round,
    StandingChange,
    Training,
    Waiver,
)
from elections.rules.kinds import Body
from elections.selectors.steps import open_problems
from elections.services import election_committee, moves, poll_day, records, rounds
from elections.services.hold import Overtaken
from office.papers import making as papers
from tests.acts.table import of
from tests.acts.world import EARLY, HERE, POLL_DAY, Village, World
from tests.elections.make_persons import somebody_new
from tests.footprint import only, row_of
from voters.models import RollObjection
from voters.services import objections, publishing

pytestmark = pytest.mark.django_db
MOVED = "stage stage_since version"
STEP = "body reason_given"


def ready_to_vote(world: World) -> None:
    """Every objection answered and posted, every soft gate explained."""
    for village in (world.here, world.there):
        for objection in village.all(RollObjection, decided_on=None):
            objections.uphold(objection, "经核对登记无误", actor=world.township, today=POLL_DAY)
        publishing.publish_supplement(
            village.election, place="公开栏", posted_by="演示张贴员", actor=world.township, today=POLL_DAY
        )
        for problem in open_problems(village.election, today=POLL_DAY):
            if problem.soft and not problem.waived:
                moves.waive(village.election, problem.guard, actor=world.township, today=POLL_DAY, reason="已研究")


def voting(world: World, village: Village) -> Round:
    walk = Walk(village.election, POLL_DAY, POLL_DAY, world.township, world.county)
    walk.step("open_poll", 0)
    return Round.objects.get(election=village.election)


def counted(world: World, village: Village) -> Round:
    """A vote with a sheet by which every first candidate wins."""
    round_ = voting(world, village)
    rounds.record_count(round_, figures(100), votes_of(round_), actor=world.township)
    return round_


def figures(returned: int) -> dict[str, int]:
    return {"issued_in_person": returned, "issued_by_proxy": 0, "returned": returned, "invalid": 0, "blank": 0}


def votes_of(round_: Round) -> dict[str, dict[str, int]]:
    contest = json.loads(round_.contest)
    return {
        post["post"]: {
            person["name"]: 80 - place if place < post["seats"] else 10
            for place, person in enumerate(p for p in contest["people"] if post["post"] in p["candidate_for"])
        }
        for post in contest["posts"]
    }


# --- Steps ----------------------------------------------------------------------------------------------


@of(moves.move)
def test_one_village_goes_a_step_back(world: World):
    election = world.here.election
    line = (HERE, "step.return_vetting", reference(election), STEP)
    with only(by=world.township.user, changed={election: MOVED}, lines=[line]):
        moves.move(
            election, "return_vetting", version=election.version, actor=world.township, today=POLL_DAY, reason="需补审"
        )


@of(moves.move, rounds.open_round)
def test_the_vote_is_opened_in_one_village(world: World):
    ready_to_vote(world)
    election = world.here.election
    line = (HERE, "step.open_poll", reference(election), STEP)
    with only(
        at=HERE,
        by=world.township.user,
        added=["elections.Round"],
        changed={election: "stage_since version"},
        lines=[line],
    ):
        moves.move(election, "open_poll", version=election.version, actor=world.township, today=POLL_DAY)


@of(moves.move)
def test_an_agent_who_stands_loses_what_he_accepted_when_the_vote_opens(world: World):
    ready_to_vote(world)
    agent = world.here.election.proxy_votes.filter(ended_on=None).first().agent
    held = list(agent.proxies_held.filter(ended_on=None))
    nominee = world.here.nominee("member")
    type(nominee).objects.filter(pk=nominee.pk).update(voter=agent)
    election = world.here.election
    lines = [
        *[(HERE, "proxy.ended_by_candidacy", reference(each), "body ended_on proxy") for each in held],
        (HERE, "step.open_poll", reference(election), STEP),
    ]
    with only(
        at=HERE, by=world.township.user, added=["elections.Round"],
        changed={election: "stage_since version", **dict.fromkeys(held, "ended_on ending")}, lines=lines,
    ):  # fmt: skip
        moves.move(election, "open_poll", version=election.version, actor=world.township, today=POLL_DAY)


@of(moves.change_standing)
def test_a_suspension_keeps_its_reason_and_approval(world: World):
    election = world.here.election
    line = (HERE, "standing.suspend", reference(election), "approved_on body")
    with only(
        at=HERE, by=world.county.user, added=["elections.StandingChange"], changed={election: "standing version"},
        lines=[line],
    ):  # fmt: skip
        moves.change_standing(
            election, "suspend", version=election.version, actor=world.county, today=POLL_DAY, reason="选情复杂",
            approval="清委〔2026〕8号", approved_on=POLL_DAY,
        )  # fmt: skip
    said = StandingChange.objects.get(election=election)
    assert (said.act, said.reason, said.approval, said.approved_on, said.made_by) == (
        "suspend", "选情复杂", "清委〔2026〕8号", POLL_DAY, world.county.user,
    )  # fmt: skip


@of(moves.waive)
def test_one_soft_gate_is_explained_and_explained_again(world: World):
    Posting.objects.filter(key="proxy").delete()
    before = set(Waiver.objects.values_list("guard", flat=True))
    guard = next(
        each.guard
        for each in open_problems(world.here.election, today=POLL_DAY)
        if each.soft and each.guard not in before
    )
    line = (HERE, "step.waive", reference(world.here.election), "body guard")
    with only(at=HERE, by=world.township.user, added=["elections.Waiver"], lines=[line]):
        moves.waive(world.here.election, guard, actor=world.township, today=POLL_DAY, reason="已研究")
    with only(
        by=world.township.user, changed={world.here.all(Waiver).get(guard=guard): "made_at reason"}, lines=[line]
    ):
        moves.waive(world.here.election, guard, actor=world.township, today=POLL_DAY, reason="再次研究")


@of(poll_day.set_poll_day)
def test_election_day_moves_in_one_village(world: World):
    election = world.here.election
    line = (HERE, "poll_day.set", reference(election), "body reason_given registration_start")
    with only(by=world.township.user, changed={election: "poll_day registration_start"}, lines=[line]):
        poll_day.set_poll_day(
            election, POLL_DAY + timedelta(days=1), registration_start=election.registration_start + timedelta(days=1),
            actor=world.township, today=POLL_DAY - timedelta(days=3), reason="大雪封路",
        )  # fmt: skip


# --- Facts ----------------------------------------------------------------------------------------------


@of(records.record)
def test_a_fact_is_recorded_and_changed(world: World):
    row = Training(election=world.here.election, held_on=POLL_DAY, topic="计票培训", attendees=12)
    with only(
        at=HERE, by=world.township.user, added=["elections.Training"],
        lines=[(HERE, "training.added", "elections.training:new", "attendees body held_on")],
    ):  # fmt: skip
        records.record(world.here.election, row, actor=world.township)
    row.attendees = 13
    line = (HERE, "training.changed", reference(row), "attendees body held_on")
    with only(by=world.township.user, changed={row: "attendees"}, lines=[line]):
        records.record(world.here.election, row, actor=world.township)


@of(records.record)
def test_the_line_of_a_party_record_has_figures_and_dates_and_no_keys(world: World):
    row = PartyRecord.objects.get(election=world.here.of(Body.PARTY))
    row.present += 1
    details = "body candidates elected full_members issued left_out present request_on returned seats"
    line = (HERE, "partyrecord.changed", reference(row), details)
    with only(by=world.township.user, changed={row: "present"}, lines=[line]):
        records.record(world.here.of(Body.PARTY), row, actor=world.township)


@of(records.remove, records.restore)
def test_one_of_two_rows_is_taken_out_and_put_back(world: World):
    row = world.here.all(Training)[0]
    line = (HERE, "row.removed", reference(row), "body removal")
    with only(at=HERE, by=world.township.user, added=["elections.Removal"], removed=[row], lines=[line]):
        removal = records.remove(world.here.election, row, actor=world.township)
    with only(
        at=HERE, by=world.township.user, added=["elections.Training"], changed={removal: "restored_at"},
        lines=[(HERE, "row.restored", "elections.training:new", "body removal")],
    ):  # fmt: skip
        records.restore(world.here.election, removal, actor=world.township)
    with only(by=world.township.user):
        records.restore(world.here.election, removal, actor=world.township)


@of(records.remove)
def test_a_row_is_taken_out_once_and_as_it_stands(world: World):
    row, seen = world.here.all(Training)[0], world.here.all(Training)[0]
    row.attendees = 77
    records.record(world.here.election, row, actor=world.township)
    removed = row_of(seen)
    line = (HERE, "row.removed", reference(row), "body removal")
    with only(at=HERE, by=world.township.user, added=["elections.Removal"], removed=[row], lines=[line]):
        removal = records.remove(world.here.election, seen, actor=world.township)
    with only(by=None), pytest.raises(Overtaken, match="（换届培训）刚刚已由他人删除"):
        records.remove(world.here.election, row, actor=world.township)
    records.restore(world.here.election, removal, actor=world.township)
    assert Training.objects.get(pk=removed[1]).attendees == 77


@of(records.restore)
def test_one_of_two_removals_is_put_back(world: World):
    supervision = world.here.of(Body.SUPERVISION)
    first = Removal.objects.filter(election=supervision).order_by("pk").first()
    with only(
        at=HERE, by=world.township.user, added=["elections.Meeting"], changed={first: "restored_at"},
        lines=[(HERE, "row.restored", "elections.meeting:new", "body removal")],
    ):  # fmt: skip
        records.restore(supervision, first, actor=world.township)
    assert Meeting.objects.get(election=supervision).held_on == POLL_DAY - timedelta(days=2)


@of(papers.make_paper)
def test_a_paper_is_made_once_and_asked_for_again_until_it_is_printed(world: World):
    line = (HERE, "paper.made", "elections.paper:new", "body fingerprint kind number")
    with only(at=HERE, by=world.township.user, added=["elections.Paper", "elections.Job"], lines=[line]):
        paper, _ = papers.make_paper(world.here.election, "mobile", actor=world.township)
    with only(at=HERE, by=world.township.user, added=["elections.Job"]):
        papers.make_paper(world.here.election, "mobile", actor=world.township)
    Paper.objects.filter(pk=paper.pk).update(pdf="0" * 64)
    with only(by=world.township.user):
        assert papers.make_paper(world.here.election, "mobile", actor=world.township) == (paper, None)


# --- The election committee -----------------------------------------------------------------------------


@of(election_committee.form_election_committee)
def test_a_committee_is_entered_in_place_of_the_one_before(world: World):
    before = list(world.early.all(CommitteeMember))
    places = [
        election_committee.Place(somebody_new("演示甲", "M"), "", "chair", 40),
        election_committee.Place(somebody_new("演示乙", "F"), "", "member", 39),
    ]
    line = (EARLY, "committee.formed", reference(world.early.election), "body members reserves")
    person = (EARLY, "person.added", "elections.person:new", "relabelled")
    with only(
        at=EARLY, by=world.township.user, added=["elections.CommitteeMember", "elections.Person"] * 2, removed=before,
        lines=[person, person, line],
    ):  # fmt: skip
        election_committee.form_election_committee(world.early.election, places, actor=world.township)


@of(election_committee.record_change)
def test_a_member_leaves_and_the_first_reserve_follows(world: World):
    member = world.here.all(CommitteeMember, post="member")[1]
    reserve = world.here.all(CommitteeMember, post="reserve").order_by("-votes")[0]
    line = (HERE, "committee.member_left", reference(member), "body followed left left_on posts remaining unfilled")
    with only(by=world.township.user, changed={member: "left_on left_why", reserve: "post replaces_id"}, lines=[line]):
        election_committee.record_change(
            world.here.election, member, why="病假", left_on=POLL_DAY, actor=world.township, today=POLL_DAY
        )


@of(election_committee.leave_for_nomination)
def test_a_nominated_member_leaves_and_asking_again_changes_nothing(world: World):
    member = world.here.all(CommitteeMember, post="member")[0]
    reserve = world.here.all(CommitteeMember, post="reserve").order_by("-votes")[0]
    nominee = world.here.nominee("member")
    type(nominee).objects.filter(pk=nominee.pk).update(name=member.name)
    details = "body followed left posts remaining unfilled"
    line = (HERE, "committee.left_for_nomination", reference(world.here.election), details)
    with only(by=world.township.user, changed={member: "left_on left_why", reserve: "post replaces_id"}, lines=[line]):
        election_committee.leave_for_nomination(world.here.election, actor=world.township, today=POLL_DAY)
    with only(by=world.township.user):
        election_committee.leave_for_nomination(world.here.election, actor=world.township, today=POLL_DAY)


@of(election_committee.declare_kinship)
def test_a_relation_lets_the_relative_of_a_nominee_leave(world: World):
    member = world.here.all(CommitteeMember, post="member")[0]
    reserve = world.here.all(CommitteeMember, post="reserve").order_by("-votes")[0]
    tie = Kinship(
        election=world.here.election, name=member.name, other=world.here.nominee("chair").name, relation="spouse"
    )
    details = "body followed left posts remaining unfilled"
    lines = [
        (HERE, "kinship.added", "elections.kinship:new", "body"),
        (HERE, "committee.left_for_nomination", reference(world.here.election), details),
    ]
    with only(
        at=HERE, by=world.township.user, added=["elections.Kinship"],
        changed={member: "left_on left_why", reserve: "post replaces_id"}, lines=lines,
    ):  # fmt: skip
        election_committee.declare_kinship(world.here.election, tie, actor=world.township, today=POLL_DAY)


@of(election_committee.name_follower)
def test_one_of_two_equal_reserves_is_named(world: World):
    reserves = world.here.all(CommitteeMember, post="reserve")
    reserves.update(votes=30)
    world.there.all(CommitteeMember, post="reserve").update(votes=30)
    member = world.here.all(CommitteeMember, post="member")[0]
    election_committee.record_change(
        world.here.election, member, why="病假", left_on=POLL_DAY, actor=world.township, today=POLL_DAY
    )
    named = reserves[1]
    line = (HERE, "committee.follower_named", reference(named), "body votes")
    with only(by=world.township.user, changed={named: "post replaces_id"}, lines=[line]):
        election_committee.name_follower(world.here.election, named, actor=world.township)


@of(election_committee.elect_member)
def test_a_member_is_elected_anew_where_no_reserve_is_left(world: World):
    world.here.all(CommitteeMember, post="reserve").delete()
    member = world.here.all(CommitteeMember, post="member")[0]
    election_committee.record_change(
        world.here.election, member, why="病假", left_on=POLL_DAY, actor=world.township, today=POLL_DAY
    )
    line = (HERE, "committee.member_elected", "elections.committeemember:new", "body votes")
    person = (HERE, "person.added", "elections.person:new", "relabelled")
    added = ["elections.CommitteeMember", "elections.Person"]
    with only(at=HERE, by=world.township.user, added=added, lines=[person, line]):
        election_committee.elect_member(
            world.here.election,
            election_committee.Place(somebody_new("演示丙", "F"), "", "member", 31),
            actor=world.township,
        )


@of(election_committee.choose_officer)
def test_the_committee_chooses_a_new_deputy(world: World):
    deputy = world.here.all(CommitteeMember, post="deputy").get()
    election_committee.record_change(
        world.here.election, deputy, why="病假", left_on=POLL_DAY, actor=world.township, today=POLL_DAY
    )
    member = world.here.all(CommitteeMember, post="member", left_on=None)[0]
    line = (HERE, "committee.officer_chosen", reference(member), "body")
    with only(by=world.township.user, changed={member: "post"}, lines=[line]):
        election_committee.choose_officer(world.here.election, member, "deputy", actor=world.township)


# --- The count ------------------------------------------------------------------------------------------


@of(rounds.record_count)
def test_a_second_sheet_stands_beside_the_first(world: World):
    ready_to_vote(world)
    round_ = counted(world, world.here)
    voting(world, world.there)
    line = (
        HERE, "count.recorded", "elections.countsheet:new",
        "blank body invalid issued_by_proxy issued_in_person returned round sheet write_ins",
    )  # fmt: skip
    with only(at=HERE, by=world.township.user, added=["elections.CountSheet"], lines=[line]):
        rounds.record_count(round_, figures(101), votes_of(round_), actor=world.township)


@of(rounds.confirm_result)
def test_a_confirmed_result_seats_its_own_village(world: World):
    ready_to_vote(world)
    round_ = counted(world, world.here)
    counted(world, world.there)
    line = (HERE, "result.confirmed", reference(round_), "body reasons round sheet status")
    with only(
        at=HERE, by=world.township.user, added=["elections.Seated"] * 5,
        changed={round_: "confirmed_at confirmed_by_id outcome"}, lines=[line],
    ):  # fmt: skip
        rounds.confirm_result(round_, 1, actor=world.township)
