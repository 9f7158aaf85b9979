"""Posting the roll and its supplements, and what is decided on objections: several of each in two villages."""

from datetime import timedelta

import pytest
from django.db import transaction

from elections.journal import reference
from elections.rules.machine import Refused
from tests.acts.table import of
from tests.acts.world import EARLY, HERE, POLL_DAY, World, corrected
from tests.footprint import only
from voters.models import RollChange, RollImport, RollObjection, Voter
from voters.selectors.roll import listed
from voters.services import objections, publishing

pytestmark = pytest.mark.django_db
SAID = "body cause change columns kind listed objection omission posted"
VERSION = "added body corrected count fingerprint published_on removed version"


def open_objection(world: World, place: int = 0) -> RollObjection:
    return world.here.all(RollObjection, decided_on=None).select_related("election")[place]


@of(publishing.publish_roll)
def test_a_published_roll_numbers_its_own_voters_and_forgets_its_own_files(world: World):
    files = world.early.all(RollImport)
    line = (EARLY, "roll.published", "voters.rollversion:new", VERSION)
    with only(
        at=EARLY, by=world.township.user, added=["voters.RollVersion", "elections.Posting"],
        changed=dict.fromkeys(listed(world.early.election), "number") | dict.fromkeys(files, "source_sealed"),
        lines=[line],
    ):  # fmt: skip
        publishing.publish_roll(
            world.early.election, place="公开栏", posted_by="演示张贴员", actor=world.township,
            today=POLL_DAY - timedelta(days=30),
        )  # fmt: skip


@of(publishing.publish_supplement)
def test_a_supplement_posts_what_was_decided_and_nothing_undecided(world: World):
    change = RollChange.objects.get(election=world.here.election, after_publication=True, published_in=None)
    decided = world.here.all(RollObjection, published_in=None).exclude(decided_on=None).get()
    assert world.here.all(RollObjection, decided_on=None).count() == 3
    line = (HERE, "roll.supplemented", "voters.rollversion:new", VERSION)
    with only(
        at=HERE, by=world.township.user, added=["voters.RollVersion", "elections.Posting"],
        changed={change: "published_in_id", decided: "published_in_id published_on"}, lines=[line],
    ):  # fmt: skip
        publishing.publish_supplement(
            world.here.election, place="公开栏", posted_by="演示张贴员", actor=world.township, today=POLL_DAY
        )


@of(objections.receive_objection)
def test_an_objection_comes_in(world: World):
    line = (HERE, "roll.objection_received", "voters.rollobjection:new", "answer_by body in_time received_on")
    with only(at=HERE, by=world.township.user, added=["voters.RollObjection"], lines=[line]):
        objections.receive_objection(
            world.here.election, person="某人", objector="演示村民", matter="漏登", received_on=POLL_DAY, voter=None,
            actor=world.township, today=POLL_DAY,
        )  # fmt: skip


@of(objections.uphold, objections.decide_objection)
def test_one_of_three_objections_is_turned_down(world: World):
    objection = open_objection(world, 1)
    line = (HERE, "roll.objection_decided", reference(objection), "body decided_on decision late")
    with only(by=world.township.user, changed={objection: "decided_on decision reason"}, lines=[line]):
        objections.uphold(objection, "经核对无误", actor=world.township, today=POLL_DAY)


@of(objections.remove_by_decision)
def test_a_person_is_taken_off_by_one_decision(world: World):
    objection = open_objection(world)
    voter = Voter.objects.select_related("election").get(pk=objection.voter_id)
    lines = [
        (HERE, "roll.omitted", reference(voter), SAID),
        (HERE, "roll.objection_decided", reference(objection), "body decided_on decision late"),
    ]
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={
            voter: "by_hand evidence last_change_id listed omission row_mark version",
            objection: "decided_on decision reason",
        },
        lines=lines,
    ):  # fmt: skip
        objections.remove_by_decision(
            objection, voter, "MOVED", "户籍已经迁出", evidence="迁出证明", actor=world.township, today=POLL_DAY
        )


@of(objections.list_by_decision)
def test_a_person_is_put_on_by_one_decision(world: World):
    objection, voter = open_objection(world), world.here.voter(120)
    lines = [
        (HERE, "roll.restored", reference(voter), SAID),
        (HERE, "roll.objection_decided", reference(objection), "body decided_on decision late"),
    ]
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={
            voter: "by_hand evidence last_change_id listed omission version",
            objection: "decided_on decision reason voter_id",
        },
        lines=lines,
    ):  # fmt: skip
        objections.list_by_decision(objection, voter, "户籍未迁出", actor=world.township, today=POLL_DAY)


@of(objections.change_by_decision)
def test_a_row_is_corrected_by_one_decision(world: World):
    objection = open_objection(world)
    voter = Voter.objects.select_related("election").get(pk=objection.voter_id)

    def change(decided: RollObjection) -> Voter:
        return corrected(world, voter, objection=decided, name="演示改名")

    lines = [
        (HERE, "roll.corrected", reference(voter), SAID),
        (HERE, "roll.objection_decided", reference(objection), "body decided_on decision late"),
    ]
    with only(
        at=HERE, by=world.township.user, added=["voters.RollChange"],
        changed={
            voter: "by_hand evidence id_sealed initials last_change_id name row_mark version",
            objection: "decided_on decision reason",
        },
        lines=lines,
    ):  # fmt: skip
        objections.change_by_decision(
            objection, RollObjection.Decision.CORRECT, "姓名有误", change, actor=world.township, today=POLL_DAY
        )


def test_a_decision_to_correct_that_corrects_nothing_leaves_nothing(world: World):
    objection = open_objection(world)
    voter = Voter.objects.select_related("election").get(pk=objection.voter_id)
    with only(by=None), pytest.raises(Refused, match="没有改动"), transaction.atomic():
        objections.change_by_decision(
            objection, RollObjection.Decision.CORRECT, "姓名有误", lambda decided: corrected(world, voter),
            actor=world.township, today=POLL_DAY,
        )  # fmt: skip
