"""What the rules of the stages may know of the rolls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from elections.facts import RegistrationFacts
from elections.models import Election
from voters.selectors.ages import Count, shifts_of
from voters.selectors.changes import unpublished_changes
from voters.selectors.figures import RollFigures, roll_figures


def registration_facts(
    elections: Iterable[Election], figures: Mapping[int, RollFigures] | None = None
) -> dict[int, RegistrationFacts]:
    """Dates and counts of each roll, by key of the election; at most four statements, one when ``figures`` are given
    and nothing was posted."""
    rolls = {each.pk: each for each in elections}
    known = roll_figures(rolls.values()) if figures is None else figures
    posted = [each for pk, each in rolls.items() if known[pk].published_on]
    moved = shifts_of([each for each in posted if not known[each.pk].voting])
    untold = unpublished_changes([each for each in posted if known[each.pk].changes_waiting])
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
