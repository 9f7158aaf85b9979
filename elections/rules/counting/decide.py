"""Deciding one round, in the order the rules give (CT-20 … CT-29, WN-, RR-, PB-19 … PB-21)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from elections.rules.counting import party
from elections.rules.counting.majority import invalidity, threshold
from elections.rules.counting.offices import CARRIED, Office
from elections.rules.counting.outcome import Elected, NotElected, Outcome
from elections.rules.counting.poll import Poll, Votes
from elections.rules.counting.results import reckoning
from elections.rules.counting.verdict import Reasons, Verdict
from elections.rules.policy import Policy


def decide(poll: Poll, policy: Policy) -> Outcome:
    """Return who is elected, who is not and why, what is tied and what stays empty. Raises `TooManyEquals`."""
    outcome = _decide(poll, policy)
    if not poll.for_party or poll.round == "tie" or outcome.status == "invalid":
        return outcome
    return party.flagged(outcome, party.needs_ruling(outcome, _decide(poll, party.other_base(policy))))


def _decide(poll: Poll, policy: Policy) -> Outcome:
    totals, needed = counted_votes(poll, policy), threshold(poll, policy)
    outcome = Outcome(
        "decided",
        need=needed.need,
        totals=totals,
        invalid_ballots=poll.invalid_ballots,
        blank_ballots=poll.blank_ballots,
    )
    ground = invalidity(poll, totals, policy)
    if ground:
        return replace(outcome, status="invalid", reasons=(ground.code,), grounds=(ground,))
    reckoned = reckoning(poll, totals, needed, policy)
    verdict = Verdict(reckoned, reckoned.seatings(), lambda places: _surplus(places, poll, policy))
    return _pronounced(outcome, verdict, policy)


def _pronounced(outcome: Outcome, verdict: Verdict, policy: Policy) -> Outcome:
    reasons = Reasons(verdict, policy.law_version)
    return replace(
        outcome,
        status="open" if verdict.ties or verdict.waiting or verdict.vacancies else "decided",
        elected=tuple(_elected(verdict, reasons)),
        not_elected=tuple(_not_elected(verdict, reasons)),
        ties=verdict.ties,
        waiting=verdict.waiting,
        vacancies=verdict.vacancies,
        totals=_published(verdict, policy),
    )


def _surplus(places: int, poll: Poll, policy: Policy) -> int:
    """RR-02, PB-09."""
    return party.surplus(places, policy.party_surplus) if poll.for_party else policy.rerun_surplus


def _elected(verdict: Verdict, reasons: Reasons) -> Iterator[Elected]:
    """By office, women seated first before the others, then by votes."""
    poll = verdict.reckoning.poll
    for office in verdict.offices:
        totals = verdict.reckoning.totals[office]
        for name in sorted(verdict.sure[office], key=lambda n: (n not in verdict.first, -totals[n], n)):
            own = poll.votes.get(office, {}).get(name, 0)
            why, cite = reasons.why(office, name, totals[name]), reasons.cite(office, name)
            yield Elected(office, name, own, totals[name], why, cite)


def _not_elected(verdict: Verdict, reasons: Reasons) -> Iterator[NotElected]:
    """Return all votes of all persons (CT-28), by office and votes; those elected higher are not repeated."""
    for office in verdict.offices:
        settled = _elected_up_to(office, verdict) | verdict.possible[office]
        everyone = {**verdict.reckoning.poll.votes.get(office, {}), **verdict.reckoning.totals[office]}
        for name, total in _by_votes(everyone):
            if name not in settled:
                yield NotElected(office, name, total, reasons.why_not(office, name, total))


def _published(verdict: Verdict, policy: Policy) -> Votes:
    """Return totals by votes; under carry-down those already elected to a higher office are left out (CT-26)."""
    totals = verdict.reckoning.totals
    left_out = {o: _elected_up_to(o, verdict) if policy.vote_carry_down else frozenset() for o in verdict.offices}
    return {o: {n: v for n, v in _by_votes(totals[o]) if n not in left_out[o]} for o in verdict.offices}


def _elected_up_to(office: Office, verdict: Verdict) -> frozenset[str]:
    """Return those surely elected to a higher office in this round."""
    higher = (verdict.sure[each] for each in verdict.offices if each.rank < office.rank)
    return frozenset().union(*higher)


def _by_votes(votes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(votes.items(), key=lambda each: (-each[1], each[0]))


def counted_votes(poll: Poll, policy: Policy) -> Votes:
    """Return office → name → votes that count: own votes of the office, and under carry-down also those for higher
    offices.

    Votes for someone who cannot be elected are void and left out (CT-08); never upwards."""
    own = {opening.office: _valid(poll, opening.office) for opening in poll.openings}
    if not policy.vote_carry_down or poll.for_party or poll.round == "tie":
        return own
    return {office: _with_higher(office, own) if office in CARRIED else votes for office, votes in own.items()}


def _valid(poll: Poll, office: Office) -> dict[str, int]:
    """Own votes of one office, without those who cannot hold it."""
    return {
        name: votes
        for name, votes in poll.votes.get(office, {}).items()
        if poll.person(name).electable and (office is not Office.WOMAN or poll.person(name).is_woman)
    }


def _with_higher(office: Office, own: Votes) -> dict[str, int]:
    total: Counter[str] = Counter()
    for higher in CARRIED[: CARRIED.index(office) + 1]:
        total.update(own.get(higher, {}))
    return dict(total)
