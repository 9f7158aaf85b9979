"""The forms of the handover, the archive, the wall, the Party record and the supervision committee."""

from datetime import date

import pytest

from elections.forms.bodies import SECTIONS, PartyForm, SupervisionMemberForm
from elections.forms.handover import ArchiveForm, HandoverItemForm, PostingForm, SignatureForm
from elections.models import ArchiveItem, PartyRecord
from elections.rules.kinds import Body, Stage
from tests.elections.make_forms import errors, filled
from tests.elections.make_pages import TODAY, a_confirmed_round
from tests.elections.make_persons import a_person
from tests.make import an_election

pytestmark = pytest.mark.django_db


ITEM = {"category": "asset", "name": "2号鱼塘", "quantity": "12.5", "unit": "亩", "value": "１５２,300.50"}


def test_a_line_of_the_list_takes_money_and_parts_of_units():
    form = filled(HandoverItemForm, an_election(Stage.HANDOVER), ITEM)
    assert form.is_valid()
    row = form.save(commit=False)
    assert (row.name, str(row.quantity), str(row.value)) == ("2号鱼塘", "12.5", "152300.50")


def test_a_quantity_that_is_no_number_says_so():
    form = filled(HandoverItemForm, an_election(Stage.HANDOVER), ITEM | {"quantity": "一些"})
    assert errors(form) == {"quantity": ["数量“一些”不是数字。请只填数字，最多两位小数。"]}


SIGNED = {"giver": "甲", "receiver": "乙", "presider": "丙", "supervisor": ""}


@pytest.mark.parametrize(("day", "fine"), [("2026-12-10", True), ("2026-12-9", False)])
def test_the_handover_follows_the_election(day, fine):
    election = an_election(Stage.HANDOVER)
    a_confirmed_round(election, held_on=date(2026, 12, 10))
    form = filled(SignatureForm, election, SIGNED | {"completed_on": day})
    assert errors(form) == ({} if fine else {"completed_on": ["移交完成日期早于新一届产生的日期。请核对日期。"]})


def test_the_archive_offers_only_what_is_not_filed_yet_the_compulsory_first():
    election = an_election(Stage.HANDOVER)
    kinds = election.policy.archive_kinds
    ArchiveItem.objects.create(election=election, kind=kinds[0], pages=3, keeper="陈某", filed_on=TODAY)
    offered = [kind for kind, _ in ArchiveForm(election=election, today=TODAY).fields["kind"].choices if kind]
    assert set(offered) == set(kinds[1:])
    assert offered[-len(election.policy.archive_if_any) :] == list(election.policy.archive_if_any)


def test_a_filed_paper_keeps_its_kind_when_it_is_corrected():
    election = an_election(Stage.HANDOVER)
    kinds = election.policy.archive_kinds
    row = ArchiveItem.objects.create(election=election, kind=kinds[0], pages=3, keeper="陈某", filed_on=TODAY)
    form = ArchiveForm(instance=row, election=election, today=TODAY)
    assert [kind for kind, _ in form.fields["kind"].choices] == [kinds[0]]


def test_a_posting_starts_from_the_board_and_the_hands_of_the_last():
    election = an_election()
    election.postings.create(key="ec_list", posted_on=TODAY, place="公告栏", posted_by="陈某")
    form = PostingForm(election=election, today=TODAY)
    assert (form["place"].value(), form["posted_by"].value()) == ("公告栏", "陈某")


def test_every_fact_of_the_party_record_belongs_to_one_stage():
    named = [name for names in SECTIONS.values() for name in names]
    columns = {field.name for field in PartyRecord._meta.concrete_fields} - {"id", "election"}
    assert sorted(named) == sorted(columns)


@pytest.mark.parametrize("stage", list(SECTIONS))
def test_the_party_record_asks_only_the_present_section(stage):
    """What another stage recorded cannot be sent along."""
    election = an_election(stage, body=Body.PARTY)
    record = PartyRecord.objects.create(election=election, full_members=45, due=40)
    everything = {name: "2026-12-1" if name.endswith(("_on", "_day")) else "7" for name in PartyForm.Meta.fields}
    form = filled(PartyForm, election, everything, record)
    assert tuple(form.fields) == SECTIONS[stage]
    form.is_valid()
    assert set(form.cleaned_data) <= set(SECTIONS[stage])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"full_members": "45", "due": "42", "left_out": "3"}, {}),
        (
            {"full_members": "45", "due": "43", "left_out": "3"},
            {"due": ["应到会43人加上不计入3人，多于正式党员45人。请核对三个数。"]},
        ),
        (
            {"full_members": "45", "due": "46", "left_out": ""},
            {"due": ["应到会有选举权人数（46）多于正式党员（45）。请核对两个数。"]},
        ),
    ],
)
def test_those_due_and_those_left_out_are_full_members(data, found):
    """PB-06."""
    form = filled(PartyForm, an_election(Stage.REGISTRATION, body=Body.PARTY), data)
    assert errors(form) == found


def test_a_party_section_may_be_saved_bit_by_bit():
    election = an_election(Stage.VOTING, body=Body.PARTY)
    form = filled(PartyForm, election, {"meeting_on": "2026-12-1", "present": "33"})
    assert form.is_valid()
    row = form.save(commit=False)
    assert (row.present, row.issued, row.secretary_elected_on) == (33, 0, None)


def test_a_publication_may_run_on_into_the_future():
    election = an_election(Stage.VETTING, body=Body.PARTY)
    form = filled(PartyForm, election, {"notice_first_day": "2026-12-18", "notice_last_day": "2026-12-24"})
    assert form.is_valid()


def test_a_member_of_the_supervision_committee_is_named_once():
    election = an_election(Stage.NOMINATION, body=Body.SUPERVISION)
    election.supervision_members.create(name="周平", person=a_person(election, "周平"))
    form = filled(SupervisionMemberForm, election, {"name": "周平"})
    assert errors(form) == {"name": ["周平已经在名单上。请在原来的一行修改。"]}
