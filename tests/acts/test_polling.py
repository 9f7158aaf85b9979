"""Who votes how: proxies, the box that comes home, helpers, ballots handed out — several of each in two villages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from elections.journal import reference
from elections.models import Round
from elections.services.hold import Overtaken
from tests.acts.table import of
from tests.acts.world import HERE, POLL_DAY, Village, World
from tests.elections.make_persons import somebody_new
from tests.footprint import only
from voters import assisting
from voters.models import CheckIn, HelpedVoter, ProxyVote, RovingVoter, Voter
from voters.services import check_in, proxies

pytestmark = pytest.mark.django_db
APPLIED = POLL_DAY - timedelta(days=5)


def a_round(village: Village, number: int = 1) -> Round:
    """A vote that is going on."""
    registered = village.election.roll_versions.last().count
    return Round.objects.create(
        election=village.election, number=number, kind="first", held_on=POLL_DAY, registered=registered, contest="{}"
    )


def in_force(village: Village) -> list[ProxyVote]:
    return list(village.all(ProxyVote, ended_on=None).select_related("election").order_by("number"))


def give(world: World, round_: Round, voter: Voter, *, way: str = "in_person", table: str = "1") -> CheckIn:
    return check_in.give(round_, voter, way=way, table=table, actor=world.township, today=timezone.localdate())


@of(proxies.record_proxy)
def test_a_proxy_is_recorded(world: World):
    line = (HERE, "proxy.recorded", "voters.proxyvote:new", "applied_on body proxy")
    with only(at=HERE, by=world.township.user, added=["voters.ProxyVote"], lines=[line]):
        proxies.record_proxy(
            world.here.election, world.here.voter(60), world.here.voter(61), relation="other", reason="外出务工",
            applied_on=APPLIED, consented_by="演示经办人", actor=world.township, today=APPLIED,
        )  # fmt: skip


@of(proxies.end_proxy)
def test_one_of_three_proxies_of_one_agent_ends(world: World):
    proxy = in_force(world.here)[1]
    line = (HERE, "proxy.withdrawn", reference(proxy), "body ended_on proxy")
    with only(by=world.township.user, changed={proxy: "ended_on ending"}, lines=[line]):
        proxies.end_proxy(proxy, "withdrawn", actor=world.township, today=POLL_DAY)


@of(proxies.end_proxy)
def test_a_proxy_wrongly_recorded_is_struck(world: World):
    proxy = in_force(world.here)[0]
    line = (HERE, "proxy.struck", reference(proxy), "body ended_on proxy")
    with only(by=world.township.user, changed={proxy: "ended_on ending"}, lines=[line]):
        proxies.end_proxy(proxy, "corrected", actor=world.township, today=POLL_DAY)


@of(assisting.record_roving)
def test_the_box_comes_to_one_more(world: World):
    line = (HERE, "roving.recorded", "voters.rovingvoter:new", "applied_on body")
    with only(at=HERE, by=world.township.user, added=["voters.RovingVoter"], lines=[line]):
        assisting.record_roving(
            world.here.election, world.here.voter(62), why="ill", note="", route="2号箱", applied_on=APPLIED,
            actor=world.township, today=APPLIED,
        )  # fmt: skip


@of(assisting.strike_roving)
def test_the_box_does_not_come_to_one_of_three(world: World):
    row = world.here.all(RovingVoter)[1]
    line = (HERE, "roving.struck", reference(row), "body")
    with only(by=world.township.user, removed=[row], lines=[line]):
        assisting.strike_roving(row, actor=world.township)
    with only(by=None), pytest.raises(Overtaken, match="已由他人移出名单"):
        assisting.strike_roving(row, actor=world.township)


@of(assisting.record_helper)
def test_a_third_helper_is_recorded(world: World):
    lines = [
        (HERE, "person.added", "elections.person:new", "relabelled"),
        (HERE, "helper.recorded", "voters.helpedvoter:new", "body"),
    ]
    added = ["elections.Person", "voters.HelpedVoter"]
    with only(at=HERE, by=world.township.user, added=added, lines=lines):
        assisting.record_helper(
            world.here.election, world.here.voter(63), helper=somebody_new("演示代写人"), reason="不识字",
            actor=world.township,
        )  # fmt: skip


@of(assisting.strike_helper)
def test_one_of_two_helpers_is_struck(world: World):
    row = world.here.all(HelpedVoter)[0]
    line = (HERE, "helper.struck", reference(row), "body")
    with only(by=world.township.user, removed=[row], lines=[line]):
        assisting.strike_helper(row, actor=world.township)
    with only(by=None), pytest.raises(Overtaken, match="已由他人移出名单"):
        assisting.strike_helper(row, actor=world.township)


@of(check_in.give)
def test_a_ballot_is_handed_out(world: World):
    round_ = a_round(world.here)
    a_round(world.there)
    line = (HERE, "check_in.given", "voters.checkin:new", "body round table way")
    with only(at=HERE, by=world.township.user, added=["voters.CheckIn"], lines=[line]):
        give(world, round_, world.here.voter(64))


@of(check_in.give)
def test_a_principal_who_comes_ends_his_own_proxy(world: World):
    round_, proxy = a_round(world.here), in_force(world.here)[0]
    lines = [
        (HERE, "proxy.principal_came", reference(proxy), "body ended_on proxy"),
        (HERE, "check_in.given", "voters.checkin:new", "body round table way"),
    ]
    with only(
        at=HERE, by=world.township.user, added=["voters.CheckIn"], changed={proxy: "ended_on ending"}, lines=lines
    ):
        give(world, round_, Voter.objects.get(pk=proxy.principal_id))


def test_no_ballot_goes_to_a_voter_of_another_village(world: World):
    round_, stranger = a_round(world.here), world.there.voter(64)
    with only(by=None), pytest.raises(Voter.DoesNotExist):
        give(world, round_, stranger)


def test_no_proxy_box_or_helper_for_a_voter_of_another_village(world: World):
    stranger = world.there.voter(64)
    with only(by=None):
        for principal, agent in ((stranger, world.here.voter(64)), (world.here.voter(64), stranger)):
            with pytest.raises(Voter.DoesNotExist):
                proxies.record_proxy(
                    world.here.election, principal, agent, relation="other", reason="外出", applied_on=APPLIED,
                    consented_by="经办人", actor=world.township, today=APPLIED,
                )  # fmt: skip
        with pytest.raises(Voter.DoesNotExist):
            assisting.record_roving(
                world.here.election, stranger, why="ill", note="", route="1", applied_on=APPLIED, actor=world.township,
                today=APPLIED,
            )  # fmt: skip
        with pytest.raises(Voter.DoesNotExist):
            assisting.record_helper(
                world.here.election, stranger, helper=somebody_new("演示代写人"), reason="不识字", actor=world.township
            )


@of(check_in.take_back)
def test_one_of_two_ballots_is_taken_back_and_revives_its_own_proxy_only(world: World):
    round_, (first, second, *_) = a_round(world.here), in_force(world.here)
    row = give(world, round_, Voter.objects.get(pk=first.principal_id))
    give(world, round_, Voter.objects.get(pk=second.principal_id))
    lines = [
        (HERE, "proxy.revived", reference(first), "body proxy"),
        (HERE, "check_in.undone", reference(row), "body round why"),
    ]
    with only(
        by=world.township.user,
        changed={row: "undone_at undone_by_id undone_why", first: "ended_on ending"},
        lines=lines,
    ):
        check_in.take_back(row, "wrong_person", actor=world.township)


@of(check_in.take_back)
def test_a_ballot_that_was_returned_revives_nothing(world: World):
    round_, proxy = a_round(world.here), in_force(world.here)[0]
    row = give(world, round_, Voter.objects.get(pk=proxy.principal_id))
    line = (HERE, "check_in.undone", reference(row), "body round why")
    with only(by=world.township.user, changed={row: "undone_at undone_by_id undone_why"}, lines=[line]):
        check_in.take_back(row, "returned", actor=world.township)
