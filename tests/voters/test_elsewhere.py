"""Asking whether somebody is listed elsewhere: thirty an hour, each noted, the same words and look-ups
either way; the office above sees who asks too much."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from elections.models import JournalEntry, Role
from elections.rules import machine
from tests.make import TOWN, an_actor
from tests.voters.make_voters import (
    TODAY,
    a_clerk,
    a_roll_election,
    a_row,
    a_typed_row,
    a_voter,
    table,
    xlsx,
)
from voters import hourly_limits as limits
from voters.hourly_limits import unusual
from voters.importing.source import SourceTable
from voters.models import Tally
from voters.sealing import index_of
from voters.selectors.duplicates import listed_elsewhere
from voters.services import imports, repairs
from voters.services.registering import correct_voter, register_voter

pytestmark = pytest.mark.django_db
HERE, THERE = "990100101201", "990100101202"


@pytest.fixture
def places():
    """Ten people of the other village; an election and its clerk here."""
    there = a_roll_election(THERE)
    for serial in range(1, 11):
        a_voter(there, serial, actor=a_clerk(THERE) if serial == 1 else an_actor(Role.TOWNSHIP, TOWN))
    return a_roll_election(HERE), a_clerk(HERE)


def met(actor, act="elsewhere") -> int:
    return sum(Tally.objects.filter(user=actor.user, act=act).values_list("count", flat=True))


def lines() -> list[int]:
    return [entry.said["details"]["count"] for entry in JournalEntry.objects.filter(act="roll.elsewhere_met")]


def register(election, actor, serial, **more):
    return register_voter(election, a_typed_row(serial), circumstances={}, checked=False, actor=actor, **more)


def test_a_row_kept_despite_it_counts_and_is_noted(places):
    election, clerk = places
    assert register(election, clerk, 1, despite_elsewhere=True).omission == "LISTED_ELSEWHERE"
    register(election, clerk, 50, despite_elsewhere=True)  # nobody knows him: nothing to count
    assert (met(clerk), lines()) == (1, [1])


def test_the_number_of_a_row_off_the_list_is_no_way_around(places):
    """Whoever changes one row's number again and again asks as well."""
    election, clerk = places
    voter = register(election, clerk, 50)
    voter.listed, voter.omission = False, "NO_STATEMENT"
    voter.save()
    for version, serial in enumerate((2, 3, 51)):
        row = a_typed_row(serial)
        voter = correct_voter(voter, row, circumstances={}, checked=False, version=version, actor=clerk)
    assert (met(clerk), lines()) == (2, [1, 1])


@pytest.mark.parametrize(("spent", "refused"), [(29, False), (30, True)])
def test_thirty_an_hour(places, spent, refused):
    election, clerk = places
    limits.count(clerk.user, limits.ELSEWHERE, spent)
    if refused:
        for serial in (1, 50):  # no word about anybody, known or not
            with pytest.raises(machine.Refused, match="一小时内已有30人"):
                register(election, clerk, serial, despite_elsewhere=True)
    else:
        register(election, clerk, 1, despite_elsewhere=True)


def test_a_new_hour_begins_anew(places):
    election, clerk = places
    limits.count(clerk.user, limits.ELSEWHERE, 30)
    Tally.objects.update(hour=timezone.now() - timedelta(hours=1, minutes=1))
    register(election, clerk, 1, despite_elsewhere=True)


def test_all_whom_a_file_meets_are_counted_once(places):
    election, clerk = places
    given = SourceTable.read(xlsx(table([a_row(n) for n in range(5, 15)])), "x")
    batch = imports.open_import(election, given, actor=clerk, today=TODAY)
    assert (met(clerk, "in_files"), met(clerk), lines()) == (6, 0, [6])
    batch = repairs.note_choices(batch, actor=clerk, today=TODAY, version=0, ticks=[2])
    assert (met(clerk, "in_files"), met(clerk), lines()) == (6, 0, [6])


def test_a_number_typed_into_an_import_counts_as_on_the_page(places):
    election, clerk = places
    batch = imports.open_import(election, SourceTable.read(xlsx(table([a_row(50)])), "x"), actor=clerk, today=TODAY)
    known = {2: {"身份证号": a_row(3)["身份证号"]}}
    batch = repairs.note_repairs(batch, known, actor=clerk, today=TODAY, version=0)
    assert (met(clerk), lines()) == (1, [1])
    limits.count(clerk.user, limits.ELSEWHERE, 29)
    with pytest.raises(machine.Refused, match="一小时内已有30人"):
        repairs.note_repairs(batch, known, actor=clerk, today=TODAY, version=1)


@pytest.mark.parametrize(("spent", "refused"), [(99, False), (100, True)])
def test_files_that_meet_too_many_are_no_longer_taken(places, spent, refused):
    election, clerk = places
    limits.count(clerk.user, limits.FILES, spent)
    given = SourceTable.read(xlsx(table([a_row(5)])), "x")
    if refused:
        with pytest.raises(machine.Refused, match="上传的名单中已有100人"):
            imports.open_import(election, given, actor=clerk, today=TODAY)
    else:
        imports.open_import(election, given, actor=clerk, today=TODAY)


def test_the_township_is_told_where_and_not_counted(places):
    election, _ = places
    town = an_actor(Role.TOWNSHIP, TOWN)
    given = SourceTable.read(xlsx(table([a_row(5)])), "x")
    imports.open_import(election, given, actor=town, today=TODAY)
    assert (met(town, "in_files"), lines()) == (0, [])
    assert "测试202村" in imports.rehearse(election, given, actor=town, today=TODAY).report.faults[0].fault.message


def test_elsewhere_and_nowhere_cost_the_same_look_ups(places):
    """The index is asked in every case, by the same statements in the same order."""
    election, _ = places
    asked = []
    for number in (a_typed_row(1).id_number, a_typed_row(60).id_number):
        with CaptureQueriesContext(connection) as queries:
            found = listed_elsewhere(election, [index_of(election.cycle_id, number)])
        asked.append((bool(found), [query["sql"].split("IN (")[0] for query in queries]))
    assert [found for found, _ in asked] == [True, False]
    assert asked[0][1] == asked[1][1]
    assert len(asked[0][1]) == 1


# --- The office above ------------------------------------------------------------------------------------


def test_who_reached_the_limit_is_shown_to_the_office_above(places):
    election, clerk = places
    limits.count(clerk.user, limits.REVEALS, 29)
    town, now = an_actor(Role.TOWNSHIP, TOWN), timezone.now()
    assert unusual(town, now) == []
    limits.count(clerk.user, limits.REVEALS)
    assert [(each.who, each.place, each.count, each.at_the_limit) for each in unusual(town, now)] == [
        (clerk.user.name, election.village.name, 30, True)
    ]
    assert unusual(an_actor(Role.TOWNSHIP, "990100102"), now) == []
    assert unusual(clerk, now) == []
    assert unusual(town, now + timedelta(hours=26)) == []


@pytest.mark.parametrize(("count", "shown"), [(12, False), (13, True)])
def test_three_times_his_habit(places, count, shown):
    _, clerk = places
    for day in range(1, 4):
        Tally.objects.create(user=clerk.user, act="search", hour=timezone.now() - timedelta(days=day + 1), count=4)
    limits.count(clerk.user, limits.SEARCHES, count)
    assert bool(unusual(an_actor(Role.TOWNSHIP, TOWN), timezone.now())) is shown


def test_the_page_of_the_township_says_so(client, places):
    _, clerk = places
    limits.count(clerk.user, limits.SEARCHES, 60)
    client.force_login(an_actor(Role.TOWNSHIP, TOWN).user)
    page = client.get("/duplicates/").content.decode()
    assert "查询次数异常" in page
    assert clerk.user.name in page
