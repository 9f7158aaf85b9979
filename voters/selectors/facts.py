"""Facts of the rolls for the rules of the stages: figures of any number of elections, nothing of any person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from elections.models import Election, JournalEntry, Posting, Round
from elections.rules.facts import RegistrationFacts
from elections.selectors.tallies import count_of, first_of
from voters.models import ProxyVote, RollObjection, RollVersion, Voter
from voters.selectors.ages import Count, shifts_of
from voters.selectors.polling import NOTICE
from voters.selectors.roll import changes_waiting
from voters.selectors.supplement import WORDS, numbers_to_tell_among


@dataclass(frozen=True)
class RollFigures:
    """Figures of one roll: what is on it, what was posted, what waits for whom."""

    listed: int
    published_on: date | None  # of the first version
    published_count: int | None  # N of the last version
    voting: bool  # a round was opened: the roll is frozen
    objections_open: int
    objection_received: date | None  # the oldest of these that came in time
    answers_late: int
    decisions_unpublished: int
    changed_since: str | None  # text of the last version, where changes of what was posted wait to be told
    proxies: int  # in force
    proxy_list_on: date | None  # the list was last put up
    proxies_since: int  # in force, recorded after that day
    proxies_that_day: int  # in force, recorded on that day


def roll_figures(elections: Iterable[Election]) -> dict[int, RollFigures]:
    """By key of the election."""
    rows = _with_figures().filter(pk__in=[each.pk for each in elections])
    return {row.pop("pk"): RollFigures(**row) for row in rows}


@cache
def _with_figures() -> QuerySet[Election, dict[str, Any]]:
    """Of all elections, and never asked as it is: to build it takes longer than to ask for some of them."""
    versions, objections = RollVersion.objects.order_by("number"), RollObjection.objects.all()
    waiting_for_answer = objections.filter(decided_on=None)
    waiting = changes_waiting().filter(election=OuterRef("election"))
    decided, in_force = objections.exclude(decided_on=None), ProxyVote.objects.filter(ended_on=None)
    counted = {
        "listed": count_of(Voter.objects.filter(listed=True)),
        "published_on": first_of(versions, "published_on"),
        "published_count": first_of(versions.reverse(), "count"),
        "voting": Exists(Round.objects.filter(election=OuterRef("pk"))),
        "objections_open": count_of(waiting_for_answer),
        "objection_received": first_of(waiting_for_answer.filter(in_time=True).order_by("received_on"), "received_on"),
        "answers_late": count_of(decided.filter(in_time=True, decided_on__gt=F("answer_by"))),
        "decisions_unpublished": count_of(decided.filter(published_on=None)),
        "changed_since": first_of(versions.reverse().filter(Exists(waiting)), "snapshot"),
        "proxies": count_of(in_force),
        "proxy_list_on": first_of(_lists_of_proxies(), "posted_on"),
        "proxies_since": count_of(in_force.filter(made_at__date__gt=_last_list("posted_on"))),
        "proxies_that_day": count_of(in_force.filter(made_at__date=_last_list("posted_on"))),
    }
    return Election.objects.annotate(**counted).values("pk", *counted)


def registration_facts(
    elections: Iterable[Election], figures: Mapping[int, RollFigures] | None = None
) -> dict[int, RegistrationFacts]:
    """Return dates and counts of each roll, by key of the election. Beside ``figures`` at most two statements: who
    joins or leaves by election day, and what a supplement has to tell."""
    rolls = {each.pk: each for each in elections}
    known = roll_figures(rolls.values()) if figures is None else figures
    movable = [each for pk, each in rolls.items() if known[pk].published_on and not known[pk].voting]
    moved = shifts_of(movable) if movable else {}
    changed = [each for pk, each in rolls.items() if known[pk].changed_since]
    untold = unpublished_changes(changed, known) if changed else {}
    return {
        pk: RegistrationFacts(
            registration_start=each.registration_start,
            listed=known[pk].listed,
            published_on=known[pk].published_on,
            published_count=known[pk].published_count or 0,
            unpublished_changes=untold.get(pk, 0),
            objections_open=known[pk].objections_open,
            objection_received=known[pk].objection_received,
            answers_late=known[pk].answers_late,
            decisions_unpublished=known[pk].decisions_unpublished,
            leaving_by_day=moved.get(pk, Count()).leaving,
            joining_by_day=moved.get(pk, Count()).joining,
        )
        for pk, each in rolls.items()
    }


def proxies_unpublished(figures: Mapping[int, RollFigures]) -> dict[int, int]:
    """Return proxies in force that were recorded after the list was last put up (VT-09), by election."""
    found = {pk: each.proxies_since if each.proxy_list_on else each.proxies for pk, each in figures.items()}
    same_day = [pk for pk, each in figures.items() if each.proxies_that_day]
    later: Counter[int] = _after_the_list(same_day) if same_day else Counter()
    return {pk: count + later[pk] for pk, count in found.items()}


def _after_the_list(elections: list[int]) -> Counter[int]:
    """Of one day, what came before the posting was entered stands on the list, what came after does not. A posting that
    no journal line tells of is taken for entered just now."""
    rows = ProxyVote.objects.filter(election__in=elections, ended_on=None, made_at__date=_last_list("posted_on"))
    posting = Concat(Value(f"{Posting._meta.label_lower}:"), Cast(_last_list("pk"), CharField()))
    entries = JournalEntry.objects.filter(area_code=OuterRef("election__village_id"), obj=OuterRef("posting"))
    rows = rows.annotate(posting=posting, noted_at=Subquery(entries.order_by("seq").values("at")[:1]))
    made = rows.values_list("election_id", "made_at", "noted_at")
    return Counter(election for election, at, noted in made if noted and at > noted)


def _lists_of_proxies() -> QuerySet[Posting]:
    return Posting.objects.filter(key=NOTICE).order_by("-posted_on", "-pk")


def _last_list(field: str) -> Subquery:
    """Return a field of the last posting of the list, beside each proxy."""
    return Subquery(_lists_of_proxies().filter(election=OuterRef("election")).values(field)[:1])


def unpublished_changes(elections: Iterable[Election], figures: Mapping[int, RollFigures]) -> dict[int, int]:
    """Return how many of the changes that wait a supplement has to tell, of the elections that have any; one statement.

    Somebody who was taken off and put back stands as posted: there is nothing to tell.
    """
    posted = {each: RollVersion(snapshot=text).lines for each in elections if (text := figures[each.pk].changed_since)}
    if not posted:
        return {}
    found: dict[int, list[Voter]] = defaultdict(list)
    numbered = Voter.objects.filter(election__in=posted).exclude(number=None).order_by()
    for each in numbered.annotate(waiting=count_of(changes_waiting(), "voter")).only("election_id", "listed", *WORDS):
        found[each.election_id].append(each)
    return {
        each.pk: _to_tell(found[each.pk], numbers_to_tell_among(found[each.pk], old, each))
        for each, old in posted.items()
    }


def _to_tell(voters: Iterable[Voter], untold: frozenset[int]) -> int:
    return sum(each.waiting for each in voters if each.number in untold)  # type: ignore[attr-defined]  # annotated
