"""任职: who takes an office, what is corrected, who leaves; and what an election does to the teams by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from elections.models import Area, Election, Person, Round, Seated, SupervisionMember, Tenure
from elections.permissions import Actor
from elections.rules import machine
from elections.rules.counting.offices import Office
from elections.rules.kinds import Body
from elections.selectors.persons import Chosen
from elections.selectors.rounds import formed_on
from elections.services.act import act, part
from elections.services.hold import Overtaken
from elections.services.lines import figures, note, picture, unchanged
from elections.services.persons import person_of

ADDED, CHANGED, ENDED = "tenure.added", "tenure.changed", "tenure.ended"
TWICE = "{label}已经在任{office}。请在原来的一行修改。"


class Post(NamedTuple):
    """What a person holds: where, what, from when to when, and how he came to it and why he left."""

    body: str
    office: str
    since: date
    how: str
    until: date | None = None
    ending: str = ""


@act(ADDED, "登记任职")
def add(village: Area, chosen: Chosen, post: Post, *, actor: Actor) -> Tenure:
    """Enter who holds or held an office. Raises :class:`machine.Refused` when he holds it already."""
    tenure = begin(village, person_of(chosen, village, actor=actor), post)
    note(tenure, figures(tenure), area=village.code)
    return tenure


@part
def begin(village: Area, person: Person, post: Post, round_: Round | None = None) -> Tenure:
    """The row itself. Raises :class:`machine.Refused` when the person holds this office already."""
    tenure = Tenure(person=person, village=village, round=round_, **post._asdict())
    _store(tenure)
    return tenure


@act(CHANGED, "修改任职")
def correct(tenure: Tenure, post: Post, *, actor: Actor) -> Tenure:
    """Put a row right as it should have been typed; without ``until`` he holds the office again."""
    held = _fresh(tenure)
    was = picture(held)
    for name, value in post._asdict().items():
        setattr(held, name, value)
    _store(held)
    note(held, was=was, area=held.village_id)
    return held


@act(ENDED, "登记离任")
def end(tenure: Tenure, until: date, ending: str, *, actor: Actor) -> Tenure:
    """Somebody leaves, or was entered by mistake (录入有误). Raises :class:`Overtaken` when he has left already."""
    held = _fresh(tenure)
    if held.until is not None:
        raise Overtaken(f"{held.person.label}的离任刚刚已由他人登记。请刷新页面后再看。")
    was = picture(held)
    held.until, held.ending = until, ending
    _store(held)
    note(held, was=was, area=held.village_id)
    return held


def _fresh(tenure: Tenure) -> Tenure:
    """The row as it is now, locked."""
    found = Tenure.objects.select_for_update(of=("self",)).select_related("person", "village")
    held = found.filter(pk=tenure.pk).first()
    if held is None:
        raise Overtaken("这一条任职刚刚已由他人撤销。请刷新页面后再看。")
    return held


def _store(tenure: Tenure) -> None:
    try:
        with transaction.atomic():
            tenure.save()
    except IntegrityError:
        text = TWICE.format(label=tenure.person.label, office=f"{Body(tenure.body).label}{Office(tenure.office).label}")
        raise machine.Refused([machine.Problem("one_tenure_an_office", text, "", soft=False)]) from None


@part
def make_way(village: str, body: str, day: date) -> list[Tenure]:
    """Their term has run out that day: everybody who came into this body before it."""
    leaving = list(
        Tenure.objects.select_for_update(of=("self",)).filter(village=village, body=body, until=None, since__lt=day)
    )
    for tenure in leaving:
        tenure.until, tenure.ending = day, Tenure.Ending.TERM
    Tenure.objects.bulk_update(leaving, ["until", "ending"])
    return leaving


@part
def come_back(leaving: Iterable[Tenure]) -> int:
    """They hold their offices again, as if there had been no change of term; who holds his office anew stays as he is."""
    back = 0
    for tenure in leaving:
        again = Tenure.objects.filter(person=tenure.person_id, village=tenure.village_id, body=tenure.body)
        if not again.filter(office=tenure.office, until=None).exists():
            back += Tenure.objects.filter(pk=tenure.pk).update(until=None, ending="")
    return back


class Incoming(NamedTuple):
    """Somebody who was elected, and the day on which he takes his office."""

    person: Person
    office: str
    since: date
    round: Round | None


@act("team.begun", "新一届任职")
def begin_term(election: Election, *, actor: Actor, today: date) -> int:
    """The election is complete: those elected take their offices and the last term ends on the day the new body came
    into being (RS-04, RS-05). Part of the step that says so; a second time it does nothing. How many came in.
    """
    coming = incoming(election, today)
    if not coming or _made_by(election, coming).exists():
        return unchanged(0)
    leaving = make_way(election.village_id, election.body, min(each.since for each in coming))
    made = [
        Tenure(
            person=each.person, village=election.village, body=election.body, office=each.office, since=each.since,
            how=Tenure.How.ELECTED, round=each.round,
        )
        for each in coming
    ]  # fmt: skip
    Tenure.objects.bulk_create(made)
    note(election, {"members": len(made), "left": len(leaving)})
    return len(made)


def incoming(election: Election, today: date) -> list[Incoming]:
    """Who was elected, as far as the record says which person he is. The Party's are entered by hand: of its election
    only numbers are recorded."""
    if election.body == Body.VILLAGERS_COMMITTEE:
        began = formed_on(election) or today
        rows = Seated.objects.filter(election=election).exclude(person=None).select_related("person", "round")
        return [
            Incoming(row.person, row.office, max(began, row.round.held_on), row.round) for row in rows if row.person
        ]
    if election.body == Body.SUPERVISION:
        record = getattr(election, "supervision_record", None)
        began = (record and record.published_on) or today
        members = SupervisionMember.objects.filter(election=election).exclude(person=None).order_by("-chair", "pk")
        return [
            Incoming(each.person, Office.CHAIR if each.chair else Office.MEMBER, began, None)
            for each in members.select_related("person")
            if each.person
        ]
    return []


def _made_by(election: Election, coming: list[Incoming]) -> QuerySet[Tenure]:
    """The tenures that the end of this election made."""
    if election.body == Body.VILLAGERS_COMMITTEE:
        return Tenure.objects.filter(round__election=election)
    people, days = [each.person.pk for each in coming], {each.since for each in coming}
    rows = Tenure.objects.filter(village=election.village_id, body=election.body, how=Tenure.How.ELECTED, round=None)
    return rows.filter(person__in=people, since__in=days)


@act("team.withdrawn", "撤回新一届任职")
def withdraw_term(election: Election, *, actor: Actor, today: date) -> int:
    """The election is void: those it brought in never held their offices, and whose term it ended goes on (RS-08, RS-10).

    Part of the act that says so; when there is nothing to withdraw it does nothing.
    """
    made = _made_by(election, incoming(election, today))
    days = list(made.order_by("since").values_list("since", flat=True))
    if not days:
        return unchanged(0)
    gone, _ = made.delete()
    left = Tenure.objects.filter(village=election.village_id, body=election.body, ending=Tenure.Ending.TERM)
    back = come_back(left.filter(until=days[0]))
    note(election, {"members": gone, "back": back})
    return gone
