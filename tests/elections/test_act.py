"""`@act`: one door for every change, whoever calls the service and from wherever."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from elections import journal
from elections.models import Act, Election, JournalEntry, Posting, Training
from elections.rules.kinds import Body, Stage
from elections.services import act as act_module
from elections.services import moves, records
from elections.services.act import act, part
from elections.services.hold import Overtaken
from elections.services.lines import note, unchanged
from tests.make import VILLAGE, an_actor, an_area, an_election

TODAY = date(2026, 11, 22)


@pytest.fixture
def declared():
    """A name for the length of a test."""
    yield {"test.done": "试办"}
    journal.WORDS.pop("test.done", None)


def a_training(election: Election) -> Training:
    return Training(election=election, held_on=TODAY, topic="换届培训", attendees=12)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_request_an_act_is_whole():
    election = an_election(Stage.PREPARATION, body=Body.SUPERVISION)
    moves.move(election, "start_audit", version=0, actor=an_actor(), today=TODAY)
    assert Election.objects.get().stage == Stage.AUDIT
    assert JournalEntry.objects.filter(area_code=VILLAGE, act="step.start_audit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_request_an_act_that_fails_at_its_end_never_was(monkeypatch):
    election, actor = an_election(Stage.PREPARATION, body=Body.SUPERVISION), an_actor()

    def fail(*_):
        raise ConnectionError

    monkeypatch.setattr(act_module, "mark", fail)
    with pytest.raises(ConnectionError):
        moves.move(election, "start_audit", version=0, actor=actor, today=TODAY)
    stored = Election.objects.get()
    assert (stored.stage, stored.version, JournalEntry.objects.count()) == (Stage.PREPARATION, 0, 0)


@pytest.mark.django_db
def test_a_service_is_handed_the_election_as_it_is_now():
    election = an_election(Stage.REGISTRATION)
    Election.objects.update(poll_day=date(2026, 12, 20))
    records.record(election, a_training(election), actor=an_actor())
    seen = []

    @act(silent="looks only")
    def look(held: Election, *, actor):
        seen.append((held.poll_day, held is election))

    look(election, actor=None)
    assert seen == [(date(2026, 12, 20), False)]


@pytest.mark.django_db
def test_an_election_that_stands_elsewhere_by_now_is_not_acted_on():
    election, actor = an_election(Stage.REGISTRATION), an_actor()
    Election.objects.update(stage=Stage.NOMINATION)
    with pytest.raises(Overtaken, match="现在是提名环节"):
        records.record(election, a_training(election), actor=actor)
    assert not Training.objects.exists()


@pytest.mark.django_db
def test_an_act_without_a_line_never_was(declared):
    @act(declared)
    def forget(election: Election, *, actor):
        a_training(election).save()

    with pytest.raises(LookupError, match="forget ended without a journal line"):
        forget(an_election(), actor=None)
    assert not Training.objects.exists()


@pytest.mark.django_db
def test_an_act_that_found_nothing_to_do_says_so(declared):
    @act(declared)
    def look(election: Election, *, actor):
        return unchanged("nothing")

    assert look(an_election(), actor=None) == "nothing"
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
def test_an_act_made_of_acts_has_their_lines_and_one_mark(monkeypatch):
    marked = []
    monkeypatch.setattr(act_module, "mark", marked.append)
    election, actor = an_election(), an_actor()

    @act()
    def twice(held: Election, *, actor):
        return [records.record(held, a_training(held), actor=actor) for _ in range(2)]

    assert [row.pk for row in twice(election, actor=actor)] == list(Training.objects.values_list("pk", flat=True))
    assert JournalEntry.objects.filter(act="training.added").count() == 2
    assert marked == [election]


@pytest.mark.django_db
def test_under_one_key_an_act_is_made_once():
    election, actor, key = an_election(), an_actor(), uuid.uuid4()
    records.record(election, a_training(election), actor=actor, key=key)
    with pytest.raises(Overtaken, match="没有重复提交"):
        records.record(election, a_training(election), actor=actor, key=key)
    assert Training.objects.count() == 1
    records.record(election, a_training(election), actor=actor, key=uuid.uuid4())
    assert Training.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_act_leaves_its_key_free():
    election, actor, key = an_election(Stage.REGISTRATION), an_actor(), uuid.uuid4()
    stale = Election(pk=election.pk, village=election.village, stage=Stage.VOTING)
    with pytest.raises(Overtaken):
        records.record(stale, a_training(election), actor=actor, key=key)
    assert not Act.objects.exists()
    records.record(election, a_training(election), actor=actor, key=key)
    assert Training.objects.count() == 1


@pytest.mark.django_db
def test_a_part_of_an_act_is_no_act_by_itself():
    @part
    def alone():
        pass

    with pytest.raises(RuntimeError):
        alone()
    with pytest.raises(RuntimeError):
        note(an_area(), area=VILLAGE)


@pytest.mark.django_db
def test_a_line_bears_only_a_name_that_was_declared():
    @act(silent="tries")
    def invent(election: Election, *, actor):
        note(election, name="test.invented")

    with pytest.raises(LookupError, match=r"test\.invented"):
        invent(an_election(), actor=None)


def test_a_name_is_declared_once(declared):
    act(declared)
    with pytest.raises(ImproperlyConfigured, match=r"test\.done"):
        act("test.done", "再次")


@pytest.mark.django_db
def test_a_row_that_somebody_took_out_is_neither_changed_nor_taken_out_again():
    election, actor = an_election(), an_actor()
    row = Posting(election=election, key="roll", posted_on=TODAY, place="村口", posted_by="甲")
    records.record(election, row, actor=actor)
    Posting.objects.all().delete()
    for again in (records.record, records.remove):
        with pytest.raises(Overtaken, match="已由他人删除"):
            again(election, row, actor=actor)
    assert not Posting.objects.exists()
