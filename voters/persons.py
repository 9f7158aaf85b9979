"""From rows to the values that rules.classify takes: what is known of one person, and of the election they are judged
for."""

from __future__ import annotations

from elections.models import Election
from elections.rules.policy import Policy
from voters.models import Evidence, Voter
from voters.rules.eligibility import Category, Person, Setting, anniversary, months_later
from voters.rules.rows import Row


class NoPollDay(Exception):
    """Election day is not set, so nobody's age can be judged."""


def setting_of(election: Election) -> Setting:
    """Return the election as its people are judged. Raises :class:`NoPollDay`."""
    if election.poll_day is None:
        raise NoPollDay
    return Setting(
        election_day=election.poll_day,
        registration_start=election.registration_start,
        community=election.village.is_community,
    )


def person_of_file(row: Row, setting: Setting, policy: Policy, *, given: bool, elsewhere: bool) -> Person:
    """Return a row of a file. Its category is taken as said: “居住一年以上” is a residence of a year.

    ``given``: the file has a column 本人表示参加. In a community, where everybody must state it, a file without that
    column is the list of those who did.
    """
    outsider = row.category == Category.CAT3
    reference = setting.registration_start or setting.election_day
    return Person(
        birth=row.birth or setting.election_day,
        household_here=_household_here(row.category, setting.community),
        lives_here=_lives_here(row.category, setting.community),
        resident_since=anniversary(reference, -policy.residence_years) if outsider else None,
        works_here_since=months_later(reference, -policy.social_worker_months)
        if outsider and setting.community
        else None,
        stated=row.stated or (setting.community and not given),
        listed_elsewhere=elsewhere,
    )


def person_of(voter: Voter, circumstances: Evidence | None, setting: Setting, *, elsewhere: bool) -> Person:
    """Return a row of the roll with what was recorded beside it."""
    return Person(
        birth=voter.birth,
        household_here=_household_here(voter.category, setting.community),
        lives_here=_lives_here(voter.category, setting.community),
        resident_since=circumstances.resident_since if circumstances else None,
        works_here_since=circumstances.works_since if circumstances else None,
        stated=voter.stated,
        applied=bool(circumstances and circumstances.applied_on),
        consent=bool(circumstances and circumstances.consent_on),
        listed_elsewhere=elsewhere,
        deprived_until=circumstances.deprived_until if circumstances else None,
        written_refusal=bool(circumstances and circumstances.refused_on),
    )


def circumstances_of(voter: Voter) -> Evidence | None:
    """Return what was recorded beside a row of the roll, if anything."""
    return getattr(voter, "circumstances", None)


def _household_here(category: str, community: bool) -> bool:
    if community:
        return category == Category.CAT1
    return category in (Category.CAT1, Category.CAT2)


def _lives_here(category: str, community: bool) -> bool | None:
    """Return whether a class lives here: in a village the second one lives away, in a community here without a
    household."""
    if category == Category.CAT2:
        return community
    if category == Category.CAT1:
        return None if community else True
    return False if community else None
