"""The acts of nomination and vetting: eight nominees in each of two villages."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from candidates.models import FormalList, Nominee, Seat
from candidates.services import nomination, publication, seats, vetting
from elections.journal import reference
from elections.models import CommitteeMember, Meeting, Person, StaffMember
from elections.services import persons
from tests.acts.table import of
from tests.acts.world import HERE, POLL_DAY, World
from tests.elections.make_persons import an_entry
from tests.footprint import only
from voters.models import Voter
from voters.sealing import number_of
from voters.selectors.roll import listed

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 12, 18, 9, 30))
ADDED = ["elections.Person", "candidates.Nominee"]
ACCEPTED = [
    (HERE, "person.added", "elections.person:new", "relabelled"),
    (HERE, "nominee.accepted", "candidates.nominee:new", "body nominated_on office source voter votes"),
]
DECIDED = "concluded_at concluded_by_id conclusion conclusion_reason"


def nominate(world: World, voter: Voter) -> None:
    nomination.accept_nominee(
        world.here.election, voter=voter, office="member", source="voters", votes=50, nominated_on=POLL_DAY,
        actor=world.township, today=POLL_DAY,
    )  # fmt: skip


def afresh(nominee: Nominee, **values: object) -> Nominee:
    """As the vetting found him; ``values`` beside."""
    kept = {"first_check": "", "conclusion": "", "concluded_by": None, "concluded_at": None, "formal_order": None}
    Nominee.objects.filter(pk=nominee.pk).update(**(kept | values))
    return Nominee.objects.select_related("election").get(pk=nominee.pk)


def order_of(world: World) -> dict[str, list[int]]:
    """The nominees of the village by office, in the order of votes."""
    found = Nominee.objects.filter(election=world.here.election, withdrawn_on=None).order_by("office", "-votes")
    order: dict[str, list[int]] = {}
    for nominee in found:
        order.setdefault(nominee.office, []).append(nominee.pk)
    return order


@of(seats.decide_seats)
def test_seats_are_decided_anew(world: World):
    meeting = Meeting.objects.get(election=world.here.election, purpose="seats")
    Seat.objects.create(election=world.here.election, office="woman", number=1)
    Seat.objects.create(election=world.there.election, office="woman", number=1)
    Nominee.objects.filter(election=world.here.election, office="deputy").update(withdrawn_on=POLL_DAY)
    seat = {each.office: each for each in Seat.objects.filter(election=world.here.election)}
    meeting.in_favour -= 1
    details = "adults body held_on households in_favour kind members present present_households purpose seats"
    line = (HERE, "seats.decided", reference(meeting), details)
    with only(
        by=world.township.user, changed={meeting: "in_favour", seat["member"]: "number"},
        removed=[seat["woman"], seat["deputy"]], lines=[line],
    ):  # fmt: skip
        seats.decide_seats(
            world.here.election, {"chair": 1, "member": 4}, meeting, actor=world.township, today=POLL_DAY
        )


@of(nomination.accept_nominee)
def test_a_nomination_touches_nobody_on_the_election_committee(world: World):
    with only(at=HERE, by=world.township.user, added=ADDED, lines=ACCEPTED):
        nominate(world, world.here.voter(90))


def namesake(world: World, voter: Voter) -> Person:
    """Somebody of the voter's name in both villages; gives the one here."""
    entry = an_entry(voter.name, group="外组", sex=voter.sex)
    here, _ = (persons.add_person(v.election.village, entry, actor=world.township) for v in (world.here, world.there))
    return here


@of(nomination.accept_nominee)
def test_a_namesake_in_the_village_is_called_otherwise_from_then_on(world: World):
    voter = world.here.voter(90)
    here = namesake(world, voter)
    with only(at=HERE, by=world.township.user, added=ADDED, changed={here: "label"}, lines=ACCEPTED):
        nominate(world, voter)


@of(nomination.accept_nominee)
def test_a_namesake_who_stands_posted_keeps_what_he_is_called(world: World):
    voter = world.here.voter(90)
    here = namesake(world, voter)
    nominee = world.here.nominee("chair")
    Nominee.objects.filter(pk=nominee.pk).update(person=here, name=here.label)
    row = StaffMember.objects.create(election=world.here.election, person=here, name=here.label, task="helper")
    with only(at=HERE, by=world.township.user, added=ADDED, lines=ACCEPTED):
        nominate(world, voter)
    row.refresh_from_db()
    assert row.name == voter.name
    assert Nominee.objects.latest("pk").name == f"{voter.name}（{voter.group}）"


@of(nomination.accept_nominee)
def test_who_has_his_record_gets_no_second(world: World):
    voter = world.here.voter(90)
    entry = an_entry(voter.name, sex=voter.sex, id_number=number_of(voter))
    persons.add_person(world.here.election.village, entry, actor=world.township)
    with only(at=HERE, by=world.township.user, added=ADDED[1:], lines=ACCEPTED[1:]):
        nominate(world, voter)


@of(nomination.accept_nominee)
def test_a_member_who_is_nominated_leaves_and_the_first_reserve_follows(world: World):
    member = world.here.all(CommitteeMember, post="member")[0]
    reserve = world.here.all(CommitteeMember, post="reserve").order_by("-votes")[0]
    lines = [
        *ACCEPTED[1:],
        (HERE, "committee.left_for_nomination", reference(world.here.election),
         "body followed left posts remaining unfilled"),
    ]  # fmt: skip
    with only(
        at=HERE, by=world.township.user, added=ADDED[1:],
        changed={member: "left_on left_why", reserve: "post replaces_id"}, lines=lines,
    ):  # fmt: skip
        nominate(world, listed(world.here.election).get(name=member.name))


@of(nomination.change_nominee)
def test_the_votes_of_one_nominee_are_corrected(world: World):
    nominee = world.here.nominee("member")
    line = (HERE, "nominee.changed", reference(nominee), "body")
    with only(by=world.township.user, changed={nominee: "education votes"}, lines=[line]):
        nomination.change_nominee(nominee, votes=77, education="大专", actor=world.township)


@of(nomination.withdraw)
def test_one_of_two_nominees_for_an_office_withdraws(world: World):
    nominee = world.here.nominee("deputy", 1)
    line = (HERE, "nominee.withdrawn", reference(nominee), "body formal office withdrawn_on")
    with only(by=world.township.user, changed={nominee: "withdrawn_on"}, lines=[line]):
        nomination.withdraw(nominee, withdrawn_on=POLL_DAY, actor=world.township, today=POLL_DAY)


@of(vetting.first_check)
def test_one_nominee_is_first_checked(world: World):
    nominee = afresh(world.here.nominee("member"))
    line = (HERE, "nominee.first_checked", reference(nominee), "bars body outcome")
    with only(
        at=HERE, by=world.township.user, added=["candidates.Decision"],
        changed={nominee: "first_check first_check_reason first_checked_on"}, lines=[line],
    ):  # fmt: skip
        vetting.first_check(nominee, outcome="refused", bars=(), reason="材料不全", actor=world.township, now=NOW)


@of(vetting.conclude)
def test_the_county_concludes_on_one_nominee(world: World):
    nominee = afresh(world.here.nominee("member"), first_check="passed")
    line = (HERE, "nominee.concluded", reference(nominee), "body office outcome")
    with only(at=HERE, by=world.county.user, added=["candidates.Decision"], changed={nominee: DECIDED}, lines=[line]):
        vetting.conclude(nominee, outcome="refused", reason="不符合条件", actor=world.county, now=NOW)


@of(vetting.conclude_many)
def test_the_county_concludes_on_two_of_four(world: World):
    two = [afresh(world.here.nominee("member", place), first_check="passed") for place in (1, 2)]
    lines = [(HERE, "nominee.concluded", reference(each), "body office outcome") for each in two]
    with only(
        at=HERE,
        by=world.county.user,
        added=["candidates.Decision"] * 2,
        changed=dict.fromkeys(two, DECIDED),
        lines=lines,
    ):
        vetting.conclude_many(two, outcome="passed", reason="联审未发现新的问题", actor=world.county, now=NOW)


@of(vetting.reopen)
def test_one_conclusion_is_taken_back(world: World):
    nominee = world.here.nominee("chair")
    line = (HERE, "nominee.reopened", reference(nominee), "body office was")
    with only(at=HERE, by=world.county.user, added=["candidates.Decision"], changed={nominee: DECIDED}, lines=[line]):
        vetting.reopen(nominee, reason="有新的情况", actor=world.county, now=NOW)


@of(publication.publish_formal_list)
def test_the_formal_list_is_published_again_without_somebody_who_withdrew(world: World):
    gone = world.here.nominee("member", 0)
    Nominee.objects.filter(pk=gone.pk).update(withdrawn_on=POLL_DAY)
    rest = [world.here.nominee("member", place) for place in (1, 2, 3)]
    Nominee.objects.filter(election__in=[world.here.election, world.there.election], office="deputy").update(
        formal_order=9
    )
    again = {world.here.nominee("deputy", place): "formal_order" for place in (0, 1)}
    Seat.objects.filter(election=world.here.election, office="member").update(number=2)
    line = (HERE, "candidates.published", "candidates.formallist:new", "body count fingerprint number published_on")
    with only(
        at=HERE, by=world.township.user, added=["candidates.FormalList"],
        changed=dict.fromkeys((gone, *rest), "formal_order") | again, lines=[line],
    ):  # fmt: skip
        publication.publish_formal_list(
            world.here.election, order_of(world), published_on=POLL_DAY - timedelta(days=2), place="公开栏",
            actor=world.township, today=POLL_DAY,
        )  # fmt: skip


@of(publication.note_meeting)
def test_the_meeting_with_the_voters_is_noted_on_the_last_list(world: World):
    last = world.here.all(FormalList).last()
    line = (HERE, "candidates.met_voters", reference(last), "body met_on")
    with only(by=world.township.user, changed={last: "met_voters_on"}, lines=[line]):
        publication.note_meeting(
            world.here.election, met_on=POLL_DAY - timedelta(days=1), actor=world.township, today=POLL_DAY
        )
