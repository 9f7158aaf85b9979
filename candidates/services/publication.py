"""Publishing the formal candidates, and the day they met the voters (NM-12, NM-14)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from candidates.models import FormalList, Nominee
from candidates.rules import listing
from candidates.selectors.formal import (
    formal_list_of,
    lines_to_publish,
    listing_line_of,
    passed_by_office,
    same_as_published,
)
from candidates.selectors.nominees import nominees_of
from elections.models import Election
from elections.permissions import Actor
from elections.rules import law, machine
from elections.rules.facts import Facts
from elections.rules.guards import vetting as guards
from elections.rules.wording import cn_date, why_not_happened
from elections.selectors.facts import facts_for
from elections.services import candidacy
from elections.services.act import act
from elections.services.conditions import Condition, insist, problems_of
from elections.services.lines import note, picture

GUARDS = (
    guards.everybody_first_checked,
    guards.county_concluded_on_everybody,
    guards.nobody_barred_is_candidate,
    guards.every_candidate_passed,
    guards.more_candidates_than_seats,
)
NOTED = (guards.women_among_candidates, guards.formal_list_published_in_time)


@act("candidates.published", "公布正式候选人")
def publish_formal_list(
    election: Election, order: Mapping[str, Sequence[int]], *, published_on: date, place: str, actor: Actor, today: date
) -> FormalList:
    """Publish the list of formal candidates; a second publication is a further list beside the first.

    ``order``: office → primary keys of nominees as they shall be posted. Raises :class:`machine.Refused` with every
    reason: the gates of the stage, the order, people left off against the order of votes.
    """
    problems = list_problems(election, order, today=today)
    found = problems_of(
        election, (law.FORMAL_LIST, why_not_happened("公布日期", published_on, today, then="，张贴后再登记"))
    )
    if problems + found:
        raise machine.Refused(problems + found)
    Nominee.objects.filter(election=election).update(formal_order=None)
    for keys in order.values():
        for place_, key in enumerate(keys, start=1):
            nominees_of(election).filter(pk=key).update(formal_order=place_)
    formal = _store(election, published_on, place, actor)
    candidacy.follow(election, actor=actor, today=today)
    details = {"number": formal.number, "published_on": published_on, "fingerprint": formal.fingerprint}
    note(formal, details | {"count": {o: len(k) for o, k in order.items()}})
    return formal


def list_problems(
    election: Election, order: Mapping[str, Sequence[int]], *, today: date
) -> tuple[machine.Problem, ...]:
    """Return what stands against publishing this list; the check page shows the same beforehand."""
    found = machine.problems(GUARDS, _once_published(election, order, today), election.policy)
    return found + problems_of(election, *_list_conditions(election, order))


def list_notes(election: Election, order: Mapping[str, Sequence[int]], *, today: date) -> tuple[machine.Problem, ...]:
    """Return what the township would have to explain before the vote if this list were published today (NM-11,
    NM-12)."""
    return machine.problems(NOTED, _once_published(election, order, today), election.policy)


def _once_published(election: Election, order: Mapping[str, Sequence[int]], today: date) -> Facts:
    """Return the facts as they would be with this list."""
    chosen = {key for keys in order.values() for key in keys}
    facts = facts_for(election, today)
    nominees = zip(nominees_of(election).values_list("pk", flat=True), facts.nomination.nominees, strict=True)
    formal = tuple(replace(each, formal=pk in chosen) for pk, each in nominees)
    return facts.as_if(nomination=replace(facts.nomination, nominees=formal, formal_published_on=today))


def _list_conditions(election: Election, order: Mapping[str, Sequence[int]]) -> list[Condition]:
    lines = {line.key: line for line in map(listing_line_of, nominees_of(election).select_related("voter"))}
    held = [key for keys in order.values() for key in keys]
    if len(set(held)) != len(held) or not lines.keys() >= set(held):
        return [(law.FORMAL_LIST, "名单在核对期间有变动，请刷新页面后重新核对")]
    found: list[Condition] = []
    for office, passed in passed_by_office(election).items():
        kept = [lines[key] for key in order.get(office, ())]
        left = [line for line in passed if line not in kept]
        found.append((law.FORMAL_LIST, listing.why_not_in_this_order(kept, election.policy)))
        found.append((law.NOMINATORS, listing.why_not_left_out(kept, left)))
    return [*found, (law.FORMAL_LIST, _why_not_published_again(election, order))]


@act("candidates.met_voters", "登记候选人见面")
def note_meeting(election: Election, *, met_on: date, actor: Actor, today: date) -> FormalList:
    """Note the day on which the formal candidates met the voters (NM-14)."""
    formal = formal_list_of(election)
    insist(
        election,
        (law.MEET_VOTERS, None if formal else "正式候选人名单还没有公布，公布后再组织见面"),
        (law.MEET_VOTERS, why_not_happened("见面日期", met_on, today)),
        (law.MEET_VOTERS, _why_not_met_before_the_list(formal, met_on)),
        (law.MEET_VOTERS, _why_not_met_after_the_poll(election, met_on)),
    )
    assert formal is not None
    was = picture(formal)
    formal.met_voters_on = met_on
    formal.save(update_fields=["met_voters_on"])
    note(formal, {"met_on": met_on}, was=was)
    return formal


def _store(held: Election, published_on: date, place: str, actor: Actor) -> FormalList:
    last = formal_list_of(held)
    snapshot = FormalList.text_of(lines_to_publish(held))
    return FormalList.objects.create(
        election=held,
        number=last.number + 1 if last else 1,
        published_on=published_on,
        place=place,
        order=held.policy.candidate_order,
        snapshot=snapshot,
        fingerprint=hashlib.sha256(snapshot.encode()).hexdigest(),
        made_by=actor.user,
    )


def _why_not_published_again(election: Election, order: Mapping[str, Sequence[int]]) -> str | None:
    """Return why not: a list is published again only when it says something new."""
    if formal_list_of(election) is None or not same_as_published(election, order):
        return None
    return "名单和已经公布的一致，不需要重新公布"


def _why_not_met_before_the_list(formal: FormalList | None, met_on: date) -> str | None:
    if formal and met_on < formal.published_on:
        return f"见面日期早于正式候选人名单公布日期（{cn_date(formal.published_on)}），请核对"
    return None


def _why_not_met_after_the_poll(election: Election, met_on: date) -> str | None:
    if election.poll_day and met_on > election.poll_day:
        return f"见面应在选举日（{cn_date(election.poll_day)}）前组织"
    return None
