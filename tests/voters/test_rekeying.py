"""A change of keys: everything readable afterwards under the new key alone, also when broken off in between."""

import secrets
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from elections import secrecy
from elections.models import JournalEntry, Person
from elections.sealing import person_index
from elections.selectors.journal import verify
from elections.selectors.persons import record_of_number
from elections.services.merging import merge_persons
from elections.services.persons import add_person, entry_of
from tests.elections.make_persons import an_entry
from tests.make import an_actor, an_area
from tests.voters.make_pages import OTHER
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, a_voter, an_id, table, xlsx
from voters.importing.source import SourceTable
from voters.models import RollImport, Voter, Young
from voters.sealing import index_of, number_of, open_column
from voters.selectors.duplicates import listed_elsewhere
from voters.services import imports, rekeying
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db


@pytest.fixture
def roll():
    """A roll of eight, one of whom is too young, two changed by a second file that could be undone."""
    election, clerk = a_roll_election(), a_clerk()
    rows = [a_row(n, 电话=f"1000000000{n}", 住址=f"{n}号") for n in range(1, 8)]
    young = a_row(8, 身份证号="990100201503070018", 性别="男")
    imports.import_roll(election, SourceTable.read(xlsx(table([*rows, young])), "x"), actor=clerk, today=TODAY)
    for row in rows[:2]:
        row["电话"] = "10000000099"
    imports.import_roll(election, SourceTable.read(xlsx(table([*rows, young])), "x"), actor=clerk, today=TODAY)
    return election, clerk


@pytest.fixture
def new_keys(settings):
    """Put a second version of both keys beside the first; return a function that takes the first away."""
    old = settings.ID_KEYS
    both = {name: {**old[name], max(old[name]) + 1: secrets.token_bytes(32)} for name in ("encrypt", "index")}

    def change(purposes=("encrypt", "index")):
        settings.ID_KEYS = {**old, **{name: both[name] for name in purposes}}

    def forget():
        newest = {name: {max(keys): keys[max(keys)]} for name, keys in settings.ID_KEYS.items() if name != "journal"}
        settings.ID_KEYS = {**settings.ID_KEYS, **newest}

    change.forget = forget
    return change


def run() -> str:
    out = StringIO()
    call_command("reindex_ids", stdout=out)
    return out.getvalue()


def what_is_read(election) -> list:
    voters = list(election.voters.order_by("name"))
    return [open_column(name, voters) for name in ("id_number", "phone", "address")]


def test_everything_is_read_with_the_new_keys_alone(roll, new_keys):
    election, _ = roll
    before = what_is_read(election)
    new_keys()
    assert "旧版本可以从密钥文件中去掉" in run()
    new_keys.forget()
    assert what_is_read(election) == before
    for voter in Voter.objects.all():
        assert voter.id_index == index_of(election.cycle_id, number_of(voter))
    assert Young.objects.get().id_index == index_of(election.cycle_id, "990100201503070018")
    assert verify() == []


def test_persons_are_read_and_found_with_the_new_keys_alone(new_keys):
    village, number = an_area(), an_id(7)
    entry = an_entry(id_number=number, phone="13900000000")
    person = add_person(village, entry, actor=an_actor())
    other = add_person(village, an_entry(group="5组"), actor=an_actor())
    merge_persons(other, person, "同一人", actor=an_actor())
    new_keys()
    run()
    new_keys.forget()
    assert record_of_number(number) == other
    for each in Person.objects.all():
        assert entry_of(each).id_number == number
        assert entry_of(each).phone == "13900000000"
        assert each.id_index == person_index(number)


def test_a_person_entered_twice_under_two_keys_is_reported(new_keys):
    village, number = an_area(), an_id(7)
    add_person(village, an_entry(id_number=number), actor=an_actor())
    new_keys()
    add_person(village, an_entry(group="5组", id_number=number), actor=an_actor())
    with pytest.raises(CommandError, match="990100101201"):
        run()
    assert Person.objects.exclude(id_index=person_index(number)).count() == 1


def test_an_import_made_before_is_still_undone_after(roll, new_keys):
    election, clerk = roll
    new_keys()
    run()
    new_keys.forget()
    imports.undo_import(RollImport.objects.latest("made_at"), actor=clerk)
    assert set(what_is_read(election)[1]) == {f"1000000000{n}" for n in range(1, 8)}


def test_the_same_file_again_changes_nothing(roll, new_keys):
    election, clerk = roll
    rows = [a_row(n, 电话="10000000099" if n < 3 else f"1000000000{n}", 住址=f"{n}号") for n in range(1, 8)]
    new_keys()
    run()
    report = imports.import_roll(election, SourceTable.read(xlsx(table(rows)), "x"), actor=clerk, today=TODAY)
    assert (report.new, report.changed, report.same) == (0, 0, 7)


def test_broken_off_and_begun_again(roll, new_keys, monkeypatch):
    """What is done is not done again, and nothing is left over."""
    election, _ = roll
    before = what_is_read(election)
    new_keys(["encrypt"])
    monkeypatch.setattr(rekeying, "ROWS_A_PIECE", 2)
    pieces = rekeying.rekey()
    for _ in range(3):
        done = next(pieces)
    pieces.close()
    assert 0 < done.sealed < 8
    assert what_is_read(election) == before  # old and new stand beside each other
    done = list(rekeying.rekey())[-1]
    assert list(rekeying.rekey())[-1].sealed == 0
    assert all(secrecy.is_current(voter.id_sealed) for voter in Voter.objects.all())
    new_keys.forget()
    assert what_is_read(election) == before


def test_a_missing_key_stops_it_before_anything_is_changed(roll, new_keys):
    before = list(Voter.objects.order_by("pk").values_list("id_index", "id_sealed"))
    new_keys()
    new_keys.forget()
    with pytest.raises(CommandError, match="缺少加密密钥版本1，没有改动"):
        run()
    assert [(a, bytes(b)) for a, b in Voter.objects.order_by("pk").values_list("id_index", "id_sealed")] == [
        (a, bytes(b)) for a, b in before
    ]


def test_a_line_in_the_journal_and_none_when_there_was_nothing_to_do(roll, new_keys):
    run()
    assert not JournalEntry.objects.filter(body__contains="keys.changed").exists()
    new_keys()
    run()
    entry = JournalEntry.objects.get(body__contains="keys.changed")
    assert entry.area_code == "990100"
    assert (entry.said["details"]["indexed"], entry.said["details"]["version"]) == (8, 2)


def test_a_published_roll_is_sealed_anew_without_a_decision(roll, new_keys):
    """What the roll says of a person stays; the database's own guard does not mind the rest."""
    election, clerk = roll
    publish_roll(election, place="村务公开栏", posted_by="甲", actor=clerk, today=TODAY)
    before = what_is_read(election)
    new_keys()
    run()
    new_keys.forget()
    assert what_is_read(election) == before


def test_somebody_registered_twice_meanwhile_is_told_of(roll, new_keys):
    """Under the new key he was not found: people settle it, the indexes of that cycle stay until then."""
    election, _ = roll
    other = a_roll_election(OTHER)
    new_keys()
    twice = a_voter(other, 1)
    assert twice.listed
    with pytest.raises(CommandError, match=f"{election.village_id}、{OTHER}有人在更换密钥期间重复登记"):
        run()
    assert Voter.objects.get(pk=twice.pk).listed
    twice.listed, twice.omission = False, "LISTED_ELSEWHERE"
    twice.save()
    run()
    assert listed_elsewhere(other, [twice.id_index]) == {twice.id_index: election.village_id}
