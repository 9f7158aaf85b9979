"""A list of teams taken in at once, and taken back as long as nothing it made has been touched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from elections.models import Area, Person, TeamList, Tenure
from elections.permissions import Actor
from elections.rules import machine
from elections.rules.canonical import canonical
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen
from elections.services import persons
from elections.services.act import act
from elections.services.hold import Overtaken
from elections.services.lines import note
from elections.services.tenures import Post, begin, come_back, make_way

FILLED = ("birth", "nation", "education", "politics", "joined_on")  # what a list adds to a record that lacks it


@dataclass(frozen=True)
class Entrant:
    """One person of the list: who he is, what the list knows of him, and what he holds in which village."""

    chosen: Chosen
    known: Entry
    posts: tuple[tuple[Area, Post], ...]


@act("team.taken_in", "录入班子名单")
def take_in(area: Area, entrants: Sequence[Entrant], *, new_term: bool, actor: Actor) -> TeamList:
    """Enter everybody of a list. ``new_term``: it is the new team, so the term of who held these bodies has run out.

    Raises :class:`machine.Refused` for somebody who cannot be told from a namesake or holds the office already.
    """
    people, made_people, filled = _people(entrants, actor)
    left = _make_way(entrants) if new_term else []
    made = [
        begin(village, person, post)
        for person, each in zip(people, entrants, strict=True)
        for village, post in each.posts
    ]
    kept = TeamList(
        area=area,
        count=len(made),
        made_by=actor.user,
        written=canonical(
            {
                "made": {str(each.pk): _picture(each) for each in made},
                "left": {str(each.pk): _picture(each) for each in left},
                "people": {str(each.pk): each.version for each in made_people},
                "filled": filled,
            }
        ),
    )
    kept.save(force_insert=True)
    note(kept, {"tenures": len(made), "new": len(made_people), "left": len(left)}, area=area.code)
    return kept


def _people(entrants: Sequence[Entrant], actor: Actor) -> tuple[list[Person], list[Person], dict[str, Any]]:
    """The records of everybody, in order; those that were made; what was filled into the others."""
    found: dict[int, Person] = {}
    made: list[Person] = []
    filled: dict[str, Any] = {}
    for village, places in _by_village(entrants).items():
        new = [place for place in places if entrants[place].chosen.person is None]
        entered = persons.enter_many(village, [entrants[place].known for place in new], actor=actor)
        found |= dict(zip(new, entered, strict=True))
        made += entered
    for place, each in enumerate(entrants):
        if each.chosen.person is not None:
            found[place] = person = each.chosen.person
            names = persons.fill_in(person, each.known, FILLED)
            filled |= {str(person.pk): {"columns": names, "version": person.version}} if names else {}
    return [found[place] for place in range(len(entrants))], made, filled


def _by_village(entrants: Sequence[Entrant]) -> dict[Area, list[int]]:
    """Where each is at home: in the first village of his posts. In the order of codes, as chains are locked."""
    homes: dict[Area, list[int]] = {}
    for place, each in enumerate(entrants):
        homes.setdefault(each.posts[0][0], []).append(place)
    return dict(sorted(homes.items(), key=lambda pair: pair[0].code))


def _make_way(entrants: Iterable[Entrant]) -> list[Tenure]:
    """Of each body of each village in the list: whoever came before the first of the list leaves."""
    days: dict[tuple[str, str], Any] = {}
    for each in entrants:
        for village, post in each.posts:
            if post.until is None:
                key = village.code, post.body
                days[key] = min(post.since, days.get(key, post.since))
    return [tenure for (village, body), day in sorted(days.items()) for tenure in make_way(village, body, day)]


def _picture(tenure: Tenure) -> list[str]:
    """What must still be so for the list to be taken back."""
    values = (tenure.person_id, tenure.office, tenure.since, tenure.until, tenure.how, tenure.ending)
    return [str(value) for value in values]


@act("team.taken_back", "撤销录入班子名单")
def take_back(kept: TeamList, *, actor: Actor) -> None:
    """Undo a list: what it entered is gone, who left for it is back. People who are in use elsewhere by now stay.

    Raises :class:`machine.Refused` when one of its tenures was touched since, :class:`Overtaken` the second time.
    """
    held = TeamList.objects.select_for_update(of=("self",)).select_related("area").get(pk=kept.pk)
    if held.taken_back_at is not None:
        raise Overtaken("这份名单的录入刚刚已由他人撤销。请刷新页面后再看。")
    written = json.loads(held.written)
    made, left = _untouched(written["made"]), _untouched(written["left"])
    Tenure.objects.filter(pk__in=[each.pk for each in made]).delete()
    come_back(left)
    _empty(written["filled"])
    gone = sum(map(_drop, written["people"].items()))
    held.taken_back_at = timezone.now()
    held.save(update_fields=["taken_back_at"])
    note(held, {"tenures": len(made), "people": gone, "left": len(left)}, area=held.area_id)


def _untouched(pictures: Mapping[str, list[str]]) -> list[Tenure]:
    """The tenures as the list left them; refused when one of them is another now."""
    rows = list(Tenure.objects.select_for_update(of=("self",)).filter(pk__in=[int(pk) for pk in pictures]))
    same = [row for row in rows if _picture(row) == pictures[str(row.pk)]]
    if len(same) < len(pictures):
        text = f"这份名单中有{len(pictures) - len(same)}条任职已经改动，不能整份撤销。请逐条修改，或者登记离任。"
        raise machine.Refused([machine.Problem("list_untouched", text, "", soft=False)])
    return same


def _empty(filled: Mapping[str, Any]) -> None:
    """Take out again what the list added to records that nobody has corrected since."""
    for pk, what in filled.items():
        person = Person.objects.filter(pk=UUID(pk), version=what["version"]).first()
        if person is not None:
            persons.empty_out(person, what["columns"])


def _drop(made: tuple[str, int]) -> bool:
    """Take a person out who came with the list, unless he was corrected or is in use; whether he is gone."""
    pk, version = made
    try:
        with transaction.atomic():
            return persons.drop(UUID(pk), version)
    except ProtectedError:
        return False
