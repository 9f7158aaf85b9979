"""The last team of a village: some of its invented people, entered as a township enters them, from a list."""

from __future__ import annotations

from datetime import date

from config.demo.people import Person
from elections.models import Area
from elections.permissions import Actor
from elections.rules.codes import Education, politics_of
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen
from elections.services.team_lists import Entrant, take_in
from elections.services.tenures import Post

# Office in the Party, in the villagers' committee, in the supervision committee, one line a person.
TOGETHER = (
    ("secretary", "chair", ""),
    ("vice_secretary", "", ""),
    ("member", "deputy", ""),
    ("", "member", ""),
    ("", "member", ""),
    ("", "", "chair"),
    ("", "", "member"),
    ("", "", "member"),
)
APART = (("secretary", "", ""), ("", "chair", ""), *TOGETHER[2:])
BODIES = ("party", "committee", "supervision")
FROM = 12  # of the villagers; those before stand on the election committee
LEARNED = (Education.SENIOR, Education.COLLEGE, Education.JUNIOR, Education.UNIVERSITY)
TERM = 5  # years
AGES = range(26, 56)  # on taking office


def last_team(village: Area, villagers: list[Person], day: date, *, actor: Actor) -> None:
    """Enter who holds office until the election of ``day``; in every fourth village two people head the two bodies."""
    since = day.replace(year=day.year - TERM, day=1)
    lines = APART if int(village.code[-3:]) % 4 == 0 else TOGETHER
    able = [each for each in villagers[FROM:] if since.year - each.birth.year in AGES]
    chosen = able[: len(lines)]
    take_in(
        village,
        [_entrant(village, person, line, place, since) for place, (person, line) in enumerate(zip(chosen, lines, strict=True))],
        new_term=False,
        actor=actor,
    )  # fmt: skip


def _entrant(village: Area, person: Person, line: tuple[str, ...], place: int, since: date) -> Entrant:
    posts = [Post(body, office, since, "imported") for body, office in zip(BODIES, line, strict=True) if office]
    politics = politics_of("中共党员" if line[0] else person.party)
    entry = Entry(
        person.name, person.sex, person.birth, person.group, id_number=person.id_number, nation="01",
        education=LEARNED[place % len(LEARNED)], politics=politics,
    )  # fmt: skip
    return Entrant(Chosen(new=entry), entry, tuple((village, post) for post in posts))
