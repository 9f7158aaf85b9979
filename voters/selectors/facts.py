"""What the rules of the stages may know of the rolls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from elections.models import Election
from elections.rules.facts import RegistrationFacts
from voters.selectors.ages import Count, shifts_of
from voters.selectors.changes import unpublished_changes
from voters.selectors.figures import RollFigures, roll_figures


def registration_facts(
    elections: Iterable[Election], figures: Mapping[int, RollFigures] | None = None
) -> dict[int, RegistrationFacts]:
    """Dates and counts of each roll, by key of the election. Beside ``figures`` at most two statements: who joins or
    leaves by election day, and what a supplement has to tell."""
    rolls = {each.pk: each for each in elections}
    known = roll_figures(rolls.values()) if figures is None else figures
    moved = shifts_of(each for pk, each in rolls.items() if known[pk].published_on and not known[pk].voting)
    untold = unpublished_changes(rolls.values(), known)
    return {
        pk: RegistrationFacts(
            registration_start=each.registration_start,
            listed=known[pk].listed,
            published_on=known[pk].published_on,
            published_count=known[pk].published_count or 0,
            unpublished_changes=untold.get(pk, 0),
            objections_open=known[pk].objections_open,
            answers_late=known[pk].answers_late,
            decisions_unpublished=known[pk].decisions_unpublished,
            leaving_by_day=moved.get(pk, Count()).leaving,
            joining_by_day=moved.get(pk, Count()).joining,
        )
        for pk, each in rolls.items()
    }
