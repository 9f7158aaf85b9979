"""The same person in two villages in the same second: one listing, never two; nothing is lost on the way."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, a_typed_row, a_voter, table, xlsx
from voters.importing.source import SourceTable
from voters.models import Voter
from voters.sealing import index_of
from voters.services import imports
from voters.services.judging import ListedElsewhere
from voters.services.registering import correct_voter, register_voter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
VILLAGES = ["990100101201", "990100101202"]
ROUNDS = 15


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Start all acts at a barrier, each in a transaction of its own; return what they gave or raised."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            barrier.wait(10)
            with transaction.atomic():
                results[place] = acts[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.fixture
def places():
    return [(a_roll_election(code), a_clerk(code)) for code in VILLAGES]


def test_two_villages_register_one_person_in_the_same_moment(places):
    for serial in range(1, ROUNDS + 1):
        row = a_typed_row(serial)
        found = at_once(
            [
                lambda e=election, c=clerk, r=row: register_voter(e, r, circumstances={}, checked=False, actor=c)
                for election, clerk in places
            ]
        )
        assert sorted(type(each).__name__ for each in found) == ["ListedElsewhere", "Voter"]
    assert Voter.objects.filter(listed=True).count() == ROUNDS


def test_two_villages_import_the_same_people_in_the_same_moment(places):
    rows = [a_row(n) for n in range(1, 201)]
    files = [SourceTable.read(xlsx(table(part)), "名单.xlsx") for part in (rows, rows[::-1])]
    found = at_once(
        [
            lambda e=election, c=clerk, g=given: imports.import_roll(e, g, actor=c, today=TODAY)
            for (election, clerk), given in zip(places, files, strict=True)
        ]
    )
    assert not any(isinstance(each, Exception) for each in found), found
    assert sum(each.new for each in found) == 200
    assert sum(each.to_check for each in found) == 200
    assert Voter.objects.filter(listed=True).count() == 200


def test_one_village_imports_and_the_other_types_the_same_person_in_the_same_moment(places):
    """Whoever comes second learns of it; on neither side does a second listing appear."""
    (here, clerk), (there, other) = places
    for serial in range(1, ROUNDS + 1):
        given = SourceTable.read(xlsx(table([a_row(serial)])), "名单.xlsx")
        row = a_typed_row(serial)
        imported, typed = at_once(
            [
                lambda g=given: imports.import_roll(here, g, actor=clerk, today=TODAY),
                lambda r=row: register_voter(there, r, circumstances={}, checked=False, actor=other),
            ]
        )
        assert not isinstance(imported, Exception), imported
        first = imported.new == 1
        assert isinstance(typed, ListedElsewhere if first else Voter), typed
        assert (imported.new, imported.to_check) == ((1, 0) if first else (0, 1))
    assert Voter.objects.filter(listed=True).count() == ROUNDS


def test_a_number_is_corrected_into_one_that_another_village_registers_in_the_same_moment(places):
    (here, clerk), (there, other) = places
    with transaction.atomic():
        voter = a_voter(here, 100, actor=clerk)
    for serial in range(1, ROUNDS + 1):
        row, version = a_typed_row(serial), Voter.objects.get(pk=voter.pk).version
        found = at_once(
            [
                lambda r=row, n=version: correct_voter(
                    voter, r, circumstances={}, checked=False, version=n, actor=clerk
                ),
                lambda r=row: register_voter(there, r, circumstances={}, checked=False, actor=other),
            ]
        )
        assert sorted(type(each).__name__ for each in found) == ["ListedElsewhere", "Voter"]
        assert Voter.objects.filter(id_index=index_of(here.cycle_id, row.id_number), listed=True).count() == 1


def test_the_same_file_twice_at_once_is_in_once(places):
    election, clerk = places[0]
    given = SourceTable.read(xlsx(table([a_row(n) for n in range(1, 101)])), "名单.xlsx")
    found = at_once([lambda: imports.import_roll(election, given, actor=clerk, today=TODAY)] * 2)
    assert sorted((each.new, each.same) for each in found) == [(0, 100), (100, 0)]
    assert Voter.objects.count() == 100


def test_two_editors_of_one_row_and_one_is_told(places):
    election, clerk = places[0]
    with transaction.atomic():
        voter = a_voter(election, 1, actor=clerk)
    for round_ in range(ROUNDS):
        rows = [a_typed_row(1, 电话=f"138001380{round_:02}"), a_typed_row(1, 电话=f"139001390{round_:02}")]
        found = at_once(
            [
                lambda r=row, n=round_: correct_voter(voter, r, circumstances={}, checked=False, version=n, actor=clerk)
                for row in rows
            ]
        )
        assert sorted(type(each).__name__ for each in found) == ["Overtaken", "Voter"]
    assert Voter.objects.get(pk=voter.pk).version == ROUNDS
    assert ListedElsewhere
