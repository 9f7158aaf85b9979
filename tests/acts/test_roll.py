"""The acts on the roll: two published rolls, two that are not; objections, changes and people too young in each."""

from datetime import date

import pytest

from elections.journal import reference
from elections.models import Election
from elections.rules.kinds import Stage, Standing
from elections.rules.machine import Refused
from elections.services.beginning import begin_again
from tests.acts.table import of
from tests.acts.world import EARLY, HERE, POLL_DAY, World, corrected
from tests.footprint import only
from tests.voters.make_voters import a_typed_row
from voters.hourly_limits import SEARCHES
from voters.models import Evidence, RollChange, RollExport, Tally, Voter, Young
from voters.sealing import number_of
from voters.selectors.roll import listed
from voters.services import (
    ages,
    exporting,
    finding,
    listing,
    printing,
    registering,
    revealing,
)

pytestmark = pytest.mark.django_db
SAID = "body cause change columns kind listed objection omission posted"


# --- One person -----------------------------------------------------------------------------------------


@of(registering.register_voter)
def test_somebody_is_registered_on_a_published_roll(world: World):
    line = (HERE, "roll.registered", "voters.voter:new", SAID)
    added = ["voters.Voter", "voters.Evidence", "voters.RollChange"]
    with only(at=HERE, by=world.township.user, added=added, lines=[line]):
        voter = registering.register_voter(
            world.here.election, a_typed_row(901), circumstances={"stated_on": POLL_DAY}, checked=True, actor=world.township,
            reason="漏登", cause="left_out",
        )  # fmt: skip
    assert voter.number == max(listed(world.here.election).values_list("number", flat=True))


@of(registering.register_voter)
def test_who_stands_elsewhere_is_kept_off_the_list_and_counted(world: World):
    village, other = world.actor("village"), world.there.voter(1)
    row = a_typed_row(902, 身份证号=number_of(other), 姓名=other.name, 性别="男" if other.sex == "M" else "女")
    lines = [
        (HERE, "roll.elsewhere_met", reference(world.here.election), "body count"),
        (HERE, "roll.registered", "voters.voter:new", SAID),
    ]
    with only(at=HERE, by=village.user, added=["voters.Voter", "voters.RollChange", "voters.Tally@"], lines=lines):
        voter = registering.register_voter(
            world.here.election,
            row,
            circumstances={},
            checked=False,
            actor=village,
            reason="漏登",
            despite_elsewhere=True,
        )
    assert (voter.listed, voter.omission) == (False, "LISTED_ELSEWHERE")


@of(registering.register_voter)
def test_the_first_of_a_second_attempt_releases_those_of_the_void_one(world: World):
    again = begin_again(world.early.put(standing=Standing.ANNULLED), actor=world.township)
    Election.objects.filter(pk=again.pk).update(stage=Stage.REGISTRATION, poll_day=POLL_DAY)
    before = dict.fromkeys(world.early.all(Voter), "in_force")
    line = (EARLY, "roll.registered", "voters.voter:new", SAID)
    with only(
        at=EARLY, by=world.township.user, added=["voters.Voter", "voters.RollChange"], changed=before, lines=[line]
    ):
        registering.register_voter(
            Election.objects.get(pk=again.pk), a_typed_row(903), circumstances={}, checked=False, actor=world.township
        )


@of(registering.correct_voter)
def test_a_new_telephone_number_changes_one_row_and_is_not_posted(world: World):
    voter = world.here.voter(30)
    line = (HERE, "roll.corrected", reference(voter), SAID)
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={voter: "by_hand evidence id_sealed last_change_id phone_sealed row_mark version"}, lines=[line],
    ):  # fmt: skip
        corrected(world, voter, phone="0990-5550199")
    change = RollChange.objects.get(pk=world.here.voter(30).last_change_id)
    assert (change.columns, change.posted, change.after_publication) == ("电话", False, True)


def test_a_new_name_is_posted(world: World):
    corrected(world, world.here.voter(30), name="演示改名")
    change = RollChange.objects.get(pk=world.here.voter(30).last_change_id)
    assert (change.columns, change.posted) == ("姓名", True)


@of(registering.correct_voter)
def test_one_corrected_fact_leaves_the_other_facts(world: World):
    voter = world.here.voter(30)
    facts = Evidence.objects.create(voter=voter, applied_on=date(2026, 11, 1), consent_by="村民会议")
    Evidence.objects.create(voter=world.here.voter(31), applied_on=date(2026, 11, 1))
    line = (HERE, "roll.corrected", reference(voter), SAID)
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={voter: "evidence id_sealed last_change_id row_mark version", facts: "consent_on"}, lines=[line],
    ):  # fmt: skip
        corrected(world, voter, {"consent_on": date(2026, 11, 5)})
    assert RollChange.objects.get(pk=world.here.voter(30).last_change_id).columns == "会议同意日期"


@of(registering.correct_voter)
def test_who_falls_off_the_list_by_a_correction_takes_his_proxy_with_him(world: World):
    proxy = world.here.election.proxy_votes.filter(ended_on=None).first()
    voter = Voter.objects.select_related("election").get(pk=proxy.principal_id)
    lines = [
        (HERE, "proxy.ended_off_roll", reference(proxy), "body ended_on proxy"),
        (HERE, "roll.corrected", reference(voter), SAID),
    ]
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange", "voters.Evidence"],
        changed={
            voter: "evidence id_sealed last_change_id listed omission row_mark version", proxy: "ended_on ending",
        },
        lines=lines,
    ):  # fmt: skip
        corrected(world, voter, {"refused_on": date(2026, 12, 1)})
    voter.refresh_from_db()
    assert (voter.listed, voter.omission) == (False, "REFUSED")


@of(listing.omit)
def test_one_person_is_taken_off_and_his_proxies_end(world: World):
    proxy = world.here.election.proxy_votes.filter(ended_on=None).first()
    agent = Voter.objects.select_related("election").get(pk=proxy.agent_id)
    held = list(agent.proxies_held.filter(ended_on=None))
    lines = [
        *[(HERE, "proxy.ended_off_roll", reference(each), "body ended_on proxy") for each in held],
        (HERE, "roll.omitted", reference(agent), SAID),
    ]
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={
            agent: "by_hand evidence last_change_id listed omission row_mark version",
            **dict.fromkeys(held, "ended_on ending"),
        },
        lines=lines,
    ):  # fmt: skip
        listing.omit(agent, "MOVED", evidence="户籍迁出证明", version=agent.version, actor=world.township)


@of(listing.omit)
def test_a_deprivation_keeps_its_last_day_and_the_other_facts(world: World):
    voter = world.here.voter(40)
    facts = Evidence.objects.create(voter=voter, applied_on=date(2026, 11, 1))
    line = (HERE, "roll.omitted", reference(voter), SAID)
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={voter: "by_hand evidence last_change_id listed omission row_mark version", facts: "deprived_until"},
        lines=[line],
    ):  # fmt: skip
        listing.omit(
            voter, "DEPRIVED", evidence="判决书", version=voter.version, actor=world.township, until=date(2028, 1, 1)
        )


@of(listing.restore)
def test_one_of_two_who_were_taken_off_comes_back(world: World):
    voter = world.here.voter(120)
    line = (HERE, "roll.restored", reference(voter), SAID)
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={voter: "by_hand evidence last_change_id listed omission version"}, lines=[line],
    ):  # fmt: skip
        listing.restore(voter, reason="未迁出", version=voter.version, actor=world.township)


@of(ages.follow_the_day)
def test_those_of_age_join_except_who_is_listed_elsewhere_meanwhile(world: World):
    for village in (world.early, world.later):
        village.put(poll_day=date(2027, 1, 20))
    young = list(world.early.all(Young))
    gone = young[0]
    cells = ages.unpack(gone.row_sealed, gone, "row_sealed")
    reading = a_typed_row(904)._replace(name=cells[0], id_number=cells[1], birth=gone.birth)
    registering.register_voter(world.later.election, reading, circumstances={}, checked=False, actor=world.township)
    lines = [
        *[(EARLY, "roll.registered", "voters.voter:new", SAID)] * 3,
        (EARLY, "roll.followed_the_day", reference(world.early.election), "body joined left poll_day waiting"),
    ]
    with only(
        at=EARLY,
        by=world.township.user,
        added=["voters.Voter", "voters.RollChange"] * 3,
        removed=young[1:],
        lines=lines,
    ):
        done = ages.follow_the_day(world.early.election, actor=world.township)
    assert done == ages.Followed(joined=3, left=0, waiting=1)


# --- Looking up, listing, printing ----------------------------------------------------------------------


@of(revealing.reveal_id)
def test_showing_a_number_is_counted_and_noted(world: World):
    voter = world.here.voter(50)
    line = (HERE, "roll.id_revealed", reference(voter), "body")
    with only(by=world.township.user, added=["voters.Tally@"], lines=[line]):
        revealing.reveal_id(voter, actor=world.township)


@of(finding.by_last_four)
def test_looking_for_a_number_is_counted_noted_and_limited(world: World):
    line = (HERE, "roll.searched_by_number", reference(world.here.election), "body found")
    last = number_of(world.here.voter(50))[-4:]
    with only(by=world.township.user, added=["voters.Tally@"], lines=[line]):
        found = finding.by_last_four(world.here.election, last, actor=world.township)
    assert world.here.voter(50) in found
    Tally.objects.update(count=SEARCHES.most)
    with pytest.raises(Refused, match="按身份证号查找"):
        finding.by_last_four(world.here.election, last, actor=world.township)


@of(exporting.ask_export)
def test_a_third_list_is_asked_for(world: World):
    line = (HERE, "roll.export_asked", "voters.rollexport:new", "body number rows")
    with only(at=HERE, by=world.township.user, added=["voters.RollExport"], lines=[line]):
        exporting.ask_export(world.here.election, query="", rows=3, reason="核对", actor=world.township)


@of(exporting.agree)
def test_a_second_person_agrees_to_one_of_two_lists(world: World):
    asked = world.here.all(RollExport).select_related("election").first()
    line = (HERE, "roll.export_agreed", reference(asked), "body number rows")
    with only(by=world.user("village"), changed={asked: "agreed_at agreed_by_id"}, lines=[line]):
        exporting.agree(asked, actor=world.actor("village"))


@of(exporting.take)
def test_one_of_two_lists_is_taken(world: World):
    asked = world.here.all(RollExport).select_related("election").first()
    line = (HERE, "roll.export_taken", reference(asked), "body number rows")
    with only(by=world.township.user, changed={asked: "taken"}, lines=[line]):
        exporting.take(asked, rows=12, actor=world.township)


@of(printing.ask_print)
@pytest.mark.parametrize("kind", ["cards", "households", "issue"])
def test_each_printing_is_one_job_and_one_line(world: World, kind: str):
    line = (HERE, f"roll.print_{kind}", "elections.job:new", "body count tables")
    with only(at=HERE, by=world.township.user, added=["elections.Job"], lines=[line]):
        printing.ask_print(world.here.election, printing.PrintRequest(kind=kind), actor=world.township)
