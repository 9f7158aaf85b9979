"""The roll in figures: by group, sex, age, class, and the four sets of the registers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from elections.models import Election
from voters.models import RollChange
from voters.rules.categories import Counted, Lines, category_words, four_sets
from voters.rules.eligibility import age_on
from voters.selectors.breakdown import Breakdown
from voters.selectors.publishing import last_term
from voters.selectors.roll import is_published, listed, roll_of

BANDS = ((18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, None))  # full years on election day


@dataclass(frozen=True)
class Change:
    """One group now and at the last term."""

    name: str
    now: int
    before: int | None

    @property
    def difference(self) -> int | None:
        return None if self.before is None else self.now - self.before


def groups_against_last_term(election: Election) -> list[Change]:
    """Group by group, for the check before publication."""
    version = last_term(election)
    before = Counter(line.group_name for line in version.lines) if version else None
    now = {each.name: each.total for each in Breakdown(election).groups}
    if before is None:
        return [Change(name, count, None) for name, count in now.items()]
    gone = [name for name in before if name not in now]
    return [Change(name, now.get(name, 0), before[name]) for name in [*now, *gone]]


def by_age(election: Election) -> list[tuple[str, int, int]]:
    """Band, men, women, in full years on election day; nothing before it is set."""
    if election.poll_day is None:
        return []
    found: Counter[tuple[int, str]] = Counter()
    for birth, sex in listed(election).values_list("birth", "sex"):
        age = age_on(birth, election.poll_day)
        found[next(place for place, (_, last) in enumerate(BANDS) if last is None or age <= last), sex] += 1
    return [(_word(band), found[place, "M"], found[place, "F"]) for place, band in enumerate(BANDS)]


def _word(band: tuple[int, int | None]) -> str:
    first, last = band
    return f"{first}至{last}周岁" if last else f"{first}周岁以上"


def by_category(election: Election) -> Lines:
    """Return how many of each class are on the list."""
    found = Counter(listed(election).values_list("category", flat=True))
    words = category_words(community=election.village.is_community)
    return [(word, found[each.value]) for each, word in words.items()]


def registers(election: Election) -> dict[str, Lines]:
    """四登四不登, 四增四减."""
    causes, taken_off = _after_publication(election)
    rows = (
        Counted(category, on, omission, causes.get(pk, ""), pk in taken_off)
        for pk, category, on, omission in roll_of(election).values_list("pk", "category", "listed", "omission")
    )
    return four_sets(rows, community=election.village.is_community)


def _after_publication(election: Election) -> tuple[dict[UUID, str], set[UUID]]:
    """Return why rows were added, and which were taken off, since the roll was posted."""
    if not is_published(election):
        return {}, set()
    changes = RollChange.objects.filter(election=election, after_publication=True).order_by("made_at")
    causes: dict[UUID, str] = {}
    taken_off: set[UUID] = set()
    for voter, kind, cause in changes.values_list("voter_id", "kind", "cause"):
        if kind == RollChange.Kind.OMIT:
            taken_off.add(voter)
            causes.pop(voter, None)
        elif kind in (RollChange.Kind.RESTORE, RollChange.Kind.REGISTER):
            taken_off.discard(voter)
            causes[voter] = cause
    return causes, taken_off
