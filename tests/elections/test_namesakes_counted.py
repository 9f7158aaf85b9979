"""Two of one name on a ballot, beside it and on the roll: counted, asked for and seated apart; labels stay as posted."""

import json
from inspect import unwrap

import pytest
import time_machine
from django.db import transaction

from candidates.models import FormalList, Seat
from elections.models import CountSheet, Person, Role, Round, Seated, StaffMember
from elections.rules.counting.stored import read_contest
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.selectors.contest import candidates_now
from elections.selectors.rounds import WriteIn
from elections.services import rounds
from elections.services.persons import add_person
from tests.elections.make_pages import TODAY, a_browser, a_nominee, address, another_voter, text_of
from tests.elections.make_persons import a_person, an_entry, recorded, two_wangs
from tests.make import an_actor, an_election
from voters.selectors.candidacy import candidates_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
FIGURES = {"issued_in_person": 900, "issued_by_proxy": 0, "returned": 900, "invalid": 0, "blank": 0}


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 20:00+08:00", tick=False):
        yield


@pytest.fixture
def election():
    return an_election(Stage.VOTING, poll_day=TODAY)


def opened(election, *people: Person) -> Round:
    """The vote for one chair among these, 1000 on the roll."""
    Seat.objects.create(election=election, office="chair", number=1)
    for person in people:
        a_nominee(election, person.label, person=person, office="chair")
    with transaction.atomic():
        round_ = unwrap(rounds.open_round)(election, Round.Kind.FIRST, today=TODAY)  # without the step that opens it
    Round.objects.filter(pk=round_.pk).update(registered=1000)
    round_.refresh_from_db()
    return round_


def typed(**cells) -> dict[str, str]:
    return {name: str(value) for name, value in (FIGURES | {"rows": 2} | cells).items()}


def counted(round_, votes, *write_ins, **options) -> CountSheet:
    return rounds.record_count(round_, FIGURES, {"chair": votes}, write_ins=write_ins, actor=an_actor(), **options)


def test_two_candidates_of_one_name_are_counted_and_seated_apart(election):
    one, other = two_wangs(election)
    round_ = opened(election, one, other)
    assert json.loads(round_.contest)["persons"] == {"王伟（3组）": str(one.pk), "王伟（5组）": str(other.pk)}
    browser = a_browser(Role.VILLAGE)
    page = text_of(browser.get(address("count_entry", 1)))
    assert page.index("王伟（3组）") < page.index("王伟（5组）")
    browser.post(address("count_entry", 1), typed(p0_chair=200, p1_chair=700))
    result = text_of(browser.get(address("count_result", 1)))
    assert "王伟（5组）" in result
    browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"})
    seated = Seated.objects.get()
    assert (seated.person, seated.name, seated.votes) == (other, "王伟（5组）", 700)


def test_a_round_of_an_earlier_release_seats_whom_the_list_of_candidates_names(election):
    one, other = two_wangs(election)
    round_ = opened(election, one, other)
    old = json.loads(round_.contest)
    del old["persons"]
    Round.objects.update(contest=json.dumps(old, ensure_ascii=False))
    round_.refresh_from_db()
    sheet = counted(round_, {one.label: 700, other.label: 200})
    rounds.confirm_result(round_, sheet.number, actor=an_actor())
    assert Seated.objects.get().person == one


def test_a_name_that_several_have_is_asked_and_never_guessed(election):
    one, other = two_wangs(election)
    round_ = opened(election, one)
    browser = a_browser(Role.VILLAGE)
    cells = typed(p0_chair=200, w0_name="王伟", w0_chair=700)
    page = browser.post(address("count_entry", 1), cells)
    assert page.status_code == 422
    assert "有2人符合“王伟”。请选择其中一人。" in text_of(page)
    assert f'name="w0_name_picked" id="w0_name_picked-2" value="p-{other.pk}"' in text_of(page)
    page = browser.post(address("count_entry", 1), cells | {"w0_name_picked": f"p-{one.pk}"})
    assert "王伟（3组）在选票上或者已经填了一行。请把票数填在那一行。" in text_of(page)
    assert not CountSheet.objects.exists()
    with pytest.raises(Refused, match="有2人符合“王伟”"):
        counted(round_, {one.label: 200, "王伟": 700}, WriteIn("王伟"))
    assert browser.post(address("count_entry", 1), cells | {"w0_name_picked": f"p-{other.pk}"}).status_code == 302
    (row,) = json.loads(CountSheet.objects.get().write_ins)
    assert (row["name"], row["person"], row["on_roll"]) == ("王伟（5组）", str(other.pk), False)
    again = text_of(browser.get(address("count_entry", 1)))
    assert f'<input type="hidden" name="w0_name_picked" value="p-{other.pk}">' in again


def test_the_bare_name_of_the_only_candidate_of_that_name_is_his(election):
    one = recorded(election, another_voter(election, "王伟", group="3组"))
    round_ = opened(election, one)
    with pytest.raises(Refused, match="王伟在选票上，票数填在选票的那一行"):
        counted(round_, {"王伟": 7}, WriteIn("王伟"))


def test_a_namesake_of_the_roll_is_written_in_and_the_ballot_keeps_its_name(election):
    """The candidate stands posted as 王伟; only the newcomer's label tells the two apart."""
    one = recorded(election, another_voter(election, "王伟", group="3组"))
    round_ = opened(election, one, a_person(election, "赵某"))
    another_voter(election, "王伟", group="5组")
    with pytest.raises(Refused, match="有2人符合“王伟”"):
        counted(round_, {"王伟": 7}, WriteIn("王伟"))
    browser = a_browser(Role.VILLAGE)
    page = browser.post(address("count_entry", 1), typed(p0_chair=200, p1_chair=0, w0_name="王伟", w0_chair=700))
    (row,) = [each for each in page.context["form"].meant["w0"].people if "5组" in each.words]
    cells = typed(p0_chair=200, p1_chair=0, w0_name="王伟", w0_chair=700, w0_name_picked=row.key)
    assert browser.post(address("count_entry", 1), cells).status_code == 302
    sheet = CountSheet.objects.get()
    assert json.loads(sheet.votes) == {"chair": {"王伟": 200, "王伟（5组）": 700, "赵某": 0}}
    rounds.confirm_result(round_, sheet.number, actor=an_actor())
    seated = Seated.objects.get()
    assert (seated.name, seated.person.group) == ("王伟（5组）", "5组")
    one.refresh_from_db()
    assert one.label == "王伟"


def test_somebody_written_in_who_stands_again_is_a_candidate_by_his_record(election):
    round_ = opened(election, entered(election), a_person(election, "赵某"))
    written = another_voter(election, "李娜", sex="F", group="5组")
    namesake = another_voter(election, "李娜", sex="M", group="6组")
    sheet = counted(round_, {"王伟": 400, "李娜": 390}, WriteIn("李娜", "F"))
    rounds.confirm_result(round_, sheet.number, actor=an_actor())
    lina = Person.objects.get(name="李娜")
    assert lina.pk in {each.person for each in candidates_now(election)}
    found = candidates_of(election)
    assert written.pk in found.rows
    assert namesake.pk not in found.rows
    assert found.doubtful == frozenset()


def test_old_texts_of_a_round_are_written_as_they_were(election):
    one, other = two_wangs(election)
    text = opened(election, one, other).contest
    assert [each.person for each in read_contest(text).people] == [str(one.pk), str(other.pk)]


# --- Labels that stand posted -----------------------------------------------------------------------------


def entered(election, group="3组") -> Person:
    person = add_person(election.village, an_entry(group=group), actor=an_actor())
    person.refresh_from_db()
    return person


def test_a_label_on_an_open_ballot_stays_and_the_newcomer_is_told_apart(election):
    one = entered(election)
    opened(election, one)
    row = StaffMember.objects.create(election=election, person=entered(election, "5组"), name="王伟（5组）", task="box")
    one.refresh_from_db()
    assert (one.label, row.person.label) == ("王伟", "王伟（5组）")


def test_a_label_on_the_posted_list_of_candidates_stays(election):
    one = entered(election)
    nominee = a_nominee(election, "王伟", person=one)
    FormalList.objects.create(election=election, number=1, snapshot="[]", published_on=TODAY, made_by=an_actor().user)
    assert entered(election, "5组").label == "王伟（5组）"
    one.refresh_from_db()
    nominee.refresh_from_db()
    assert (one.label, nominee.name) == ("王伟", "王伟")


def test_a_label_that_nobody_has_seen_follows(election):
    one = entered(election)
    nominee = a_nominee(election, "王伟", person=one)
    entered(election, "5组")
    nominee.refresh_from_db()
    assert nominee.name == "王伟（3组）"
