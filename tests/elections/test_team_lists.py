"""Lists of teams: one act, one line; taken back until something it made was touched."""

from datetime import date

import pytest

from elections.models import JournalEntry, Person, TeamList, Tenure
from elections.rules.machine import Refused
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen
from elections.services import team_lists, tenures
from elections.services.hold import Overtaken
from elections.services.persons import add_person, correct_person, entry_of
from elections.services.team_lists import Entrant
from elections.services.tenures import Post
from tests.elections.make_pages import TODAY
from tests.make import VILLAGE, an_actor, an_area
from tests.voters.make_voters import an_id

pytestmark = pytest.mark.django_db
SINCE = date(2021, 3, 1)
SHAXI = "990100101202"


@pytest.fixture
def actor():
    return an_actor()


def an_entrant(name="丁甲子", *posts, code=VILLAGE, person=None, **known) -> Entrant:
    entry = Entry(name, "F", **known)
    village = an_area(code)
    given = posts or (Post("committee", "chair", SINCE, "imported"),)
    return Entrant(Chosen(person) if person else Chosen(new=entry), entry, tuple((village, post) for post in given))


def take_in(actor, *entrants, new_term=False, code=VILLAGE) -> TeamList:
    return team_lists.take_in(an_area(code), entrants, new_term=new_term, actor=actor)


def test_a_list_of_two_villages_is_one_line(actor):
    both = (Post("party", "secretary", SINCE, "imported"), Post("committee", "chair", SINCE, "imported"))
    kept = take_in(actor, an_entrant("丁甲子", *both), an_entrant("于乙丑", code=SHAXI), code=VILLAGE[:9])
    assert kept.count == 3
    assert {(row.person.name, row.village_id, row.body) for row in Tenure.objects.all()} == {
        ("丁甲子", VILLAGE, "party"), ("丁甲子", VILLAGE, "committee"), ("于乙丑", SHAXI, "committee"),
    }  # fmt: skip
    line = JournalEntry.objects.exclude(act="chain_opened").get()
    assert (line.area_code, line.act, line.details) == (
        VILLAGE[:9], "team.taken_in", {"tenures": 3, "new": 2, "left": 0},
    )  # fmt: skip


def test_namesakes_of_one_list_get_labels_of_their_own(actor):
    add_person(an_area(), Entry("马丙寅", "M", group="1组"), actor=actor)
    member = Post("committee", "member", SINCE, "imported")
    take_in(
        actor, an_entrant("丁甲子", group="1组"), an_entrant("丁甲子", member, group="2组"),
        an_entrant("马丙寅", member, group="2组"), an_entrant("于乙丑", member),
    )  # fmt: skip
    labels = set(Person.objects.values_list("label", flat=True))
    assert labels == {"丁甲子（1组）", "丁甲子（2组）", "马丙寅（1组）", "马丙寅（2组）", "于乙丑"}


def test_taken_back_it_leaves_nothing(actor):
    known = add_person(an_area(), Entry("马丙寅", "F"), actor=actor)
    kept = take_in(
        actor, an_entrant(id_number=an_id(1)), an_entrant("马丙寅", person=known, education="30", id_number=an_id(2))
    )
    filled = Person.objects.get(pk=known.pk)
    assert (filled.education, filled.id_index is None, filled.version) == ("30", False, 1)
    team_lists.take_back(kept, actor=actor)
    assert Tenure.objects.count() == 0
    left = Person.objects.get()
    assert (left.pk, left.education, left.id_index, bytes(left.id_sealed)) == (known.pk, "", None, b"")
    with pytest.raises(Overtaken, match="已由他人撤销"):
        team_lists.take_back(kept, actor=actor)


def test_the_new_team_ends_the_term_of_the_old_and_taken_back_it_goes_on(actor):
    old = add_person(an_area(), Entry("马丙寅", "M"), actor=actor)
    tenures.add(an_area(), Chosen(old), Post("committee", "chair", SINCE, "imported"), actor=actor)
    tenures.add(an_area(), Chosen(old), Post("party", "secretary", SINCE, "imported"), actor=actor)
    coming = Post("committee", "chair", TODAY, "elected")
    kept = take_in(actor, an_entrant("丁甲子", coming), new_term=True)
    ended = Tenure.objects.get(ending="term")
    assert (ended.person_id, ended.body, ended.until) == (old.pk, "committee", TODAY)
    team_lists.take_back(kept, actor=actor)
    assert set(Tenure.objects.values_list("body", "until", "ending")) == {
        ("committee", None, ""), ("party", None, ""),
    }  # fmt: skip


def test_what_was_touched_since_stays(actor):
    kept = take_in(actor, an_entrant(), an_entrant("于乙丑", Post("committee", "member", SINCE, "imported")))
    tenures.end(Tenure.objects.get(person__name="于乙丑"), TODAY, "resigned", actor=actor)
    with pytest.raises(Refused, match="这份名单中有1条任职已经改动，不能整份撤销"):
        team_lists.take_back(kept, actor=actor)
    assert (Tenure.objects.count(), TeamList.objects.get().taken_back_at) == (2, None)


def test_who_is_in_use_or_was_corrected_stays_in_the_register(actor):
    member = Post("committee", "member", SINCE, "imported")
    kept = take_in(actor, an_entrant(), an_entrant("于乙丑", member), an_entrant("马丙寅", member))
    used, corrected = Person.objects.get(name="丁甲子"), Person.objects.get(name="于乙丑")
    tenures.add(an_area(SHAXI), Chosen(used), member, actor=actor)
    correct_person(corrected, entry_of(corrected), version=0, actor=actor)
    team_lists.take_back(kept, actor=actor)
    assert set(Person.objects.values_list("name", flat=True)) == {"丁甲子", "于乙丑"}
    assert Tenure.objects.get().village_id == SHAXI


def test_all_or_nothing(actor):
    held = add_person(an_area(), Entry("马丙寅", "F"), actor=actor)
    chair = Post("committee", "chair", SINCE, "imported")
    tenures.add(an_area(), Chosen(held), chair, actor=actor)
    with pytest.raises(Refused, match="马丙寅已经在任村民委员会主任"):
        take_in(actor, an_entrant(), an_entrant("马丙寅", person=held))
    assert (Person.objects.count(), Tenure.objects.count(), TeamList.objects.count()) == (1, 1, 0)


def test_a_number_that_is_registered_is_not_entered_again(actor):
    add_person(an_area(), Entry("马丙寅", "F", id_number=an_id(1)), actor=actor)
    with pytest.raises(Refused, match="这个身份证号已经登记为"):
        take_in(actor, an_entrant(id_number=an_id(1)))
