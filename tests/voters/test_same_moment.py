"""Somebody else was first in the same moment: the look-up saw nothing, the database does."""

from datetime import timedelta

import pytest
from django.db import transaction

from elections.journal import reference
from elections.models import JournalEntry
from elections.rules.machine import Refused
from elections.services.hold import Overtaken
from tests.voters.make_check_in import a_polling_election, an_open_round, numbered
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, a_typed_row, a_voter, table, xlsx
from voters.importing.source import SourceTable
from voters.models import CheckIn, RollChange, RollImport, Voter
from voters.services import check_in, imports, judging, registering
from voters.services.listing import omit, restore

pytestmark = pytest.mark.django_db
HERE, THERE = "990100101201", "990100101202"


def nobody(election, indexes):
    """What the look-up says an instant before the other village commits."""
    return {}


@pytest.fixture
def here():
    """Somebody is listed in the other village; here a look-up does not know it yet."""
    a_voter(a_roll_election(THERE), 1)
    return a_roll_election(HERE)


def test_who_is_registered_elsewhere_in_the_same_moment_is_refused_whole(here, monkeypatch):
    monkeypatch.setattr(registering, "listed_elsewhere", nobody)
    with pytest.raises(judging.ListedElsewhere), transaction.atomic():
        a_voter(here, 1)
    assert not Voter.objects.filter(election=here).exists()
    assert not RollChange.objects.filter(election=here).exists()


def test_whose_number_becomes_one_listed_elsewhere_in_the_same_moment_keeps_his_row(here, monkeypatch):
    voter, clerk = a_voter(here, 2), a_clerk(HERE)
    monkeypatch.setattr(judging, "listed_elsewhere", nobody)
    with pytest.raises(judging.ListedElsewhere), transaction.atomic():
        registering.correct_voter(voter, a_typed_row(1), circumstances={}, checked=False, version=0, actor=clerk)
    voter.refresh_from_db()
    assert (voter.name, voter.version) == (a_row(2)["姓名"], 0)
    assert RollChange.objects.filter(voter=voter).count() == 1


def test_who_comes_back_to_the_list_while_another_village_lists_him(here, monkeypatch):
    voter, clerk = a_voter(here, 3), a_clerk(HERE)
    omit(voter, "MOVED", evidence="迁出证明", version=0, actor=clerk)
    a_voter(a_roll_election("990100101203"), 3)
    monkeypatch.setattr("voters.services.listing.listed_elsewhere", nobody)
    with pytest.raises(judging.ListedElsewhere), transaction.atomic():
        restore(Voter.objects.get(pk=voter.pk), reason="未迁出", version=1, actor=clerk)
    assert not Voter.objects.get(pk=voter.pk).listed


def test_a_file_that_meets_others_three_times_is_told_to_wait(here, monkeypatch):
    monkeypatch.setattr("voters.importing.checking.listed_elsewhere", nobody)
    given = SourceTable.read(xlsx(table([a_row(1), a_row(5)])), "x")
    with pytest.raises(Overtaken, match="同时有其他村在登记相同的人，这次没有导入"), transaction.atomic():
        imports.import_roll(here, given, actor=a_clerk(HERE), today=TODAY)
    assert not Voter.objects.filter(election=here).exists()
    assert not RollImport.objects.filter(election=here).exists()


def test_of_two_tables_that_were_asked_at_once_the_second_is_told(monkeypatch):
    round_ = an_open_round(a_polling_election(3))
    voter, clerk = numbered(round_.election, 1), a_clerk()
    day = TODAY + timedelta(days=30)
    first = check_in.give(round_, voter, way="in_person", table="1", actor=clerk, today=day)
    monkeypatch.setattr(check_in, "conditions", lambda *asked: [])
    with pytest.raises(Refused, match="在1号发票处领取（本人）"), transaction.atomic():
        check_in.give(round_, voter, way="in_person", table="2", actor=clerk, today=day)
    assert list(CheckIn.objects.all()) == [first]
    assert JournalEntry.objects.filter(act="check_in.given").get().obj == reference(first)
