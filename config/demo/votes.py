"""Votes invented for a round of the demonstration."""

from elections.rules.counting.offices import Office
from elections.rules.counting.poll import Votes
from elections.rules.counting.stored import read_contest


def votes_that_elect(contest: str, returned: int, *, short: bool) -> Votes:
    """Return votes by which the first candidates of each office pass the half and the last one does not."""
    asked = read_contest(contest)
    found: dict[Office, dict[str, int]] = {}
    for opening in asked.openings:
        names = [each.name for each in asked.people if opening.office in each.candidate_for]
        won = opening.seats - (short and opening.office is Office.MEMBER)
        found[opening.office] = {
            name: returned * 3 // 5 - 2 * n if n < won else returned // 4 - n for n, name in enumerate(names)
        }
    return found
