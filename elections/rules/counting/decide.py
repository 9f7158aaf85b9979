"""Deciding one round, in the reference order of cases.md (CT-20 … CT-29, WN-, RR-, PB-19 … PB-21)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from elections.rules.counting import party
from elections.rules.counting.majority import threshold
from elections.rules.counting.outcome import Elected, NotElected, Outcome
from elections.rules.counting.poll import Poll, Votes
from elections.rules.counting.posts import Office
from elections.rules.counting.reasons import Reasons
from elections.rules.counting.results import contest
from elections.rules.counting.totals import counted_votes
from elections.rules.counting.validity import invalidity
from elections.rules.counting.verdict import Verdict
from elections.rules.policy import Policy


def decide(poll: Poll, policy: Policy) -> Outcome:
    """Who is elected, who is not and why, what is tied and what stays empty. Raises `TooManyEquals`."""
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
    fought = contest(poll, totals, needed, policy)
    verdict = Verdict(fought, fought.seatings(), lambda places: _surplus(places, poll, policy))
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
    poll = verdict.contest.poll
    for office in verdict.offices:
        totals = verdict.contest.totals[office]
        for name in sorted(verdict.sure[office], key=lambda n: (n not in verdict.first, -totals[n], n)):
            own = poll.votes.get(office, {}).get(name, 0)
            why, cite = reasons.why(office, name, totals[name]), reasons.cite(office, name)
            yield Elected(office, name, own, totals[name], why, cite)


def _not_elected(verdict: Verdict, reasons: Reasons) -> Iterator[NotElected]:
    """All votes of all persons (CT-28), by office and votes; those elected higher are not repeated."""
    for office in verdict.offices:
        settled = _elected_up_to(office, verdict) | verdict.possible[office]
        everyone = {**verdict.contest.poll.votes.get(office, {}), **verdict.contest.totals[office]}
        for name, total in _by_votes(everyone):
            if name not in settled:
                yield NotElected(office, name, total, reasons.why_not(office, name, total))


def _published(verdict: Verdict, policy: Policy) -> Votes:
    """Totals by votes; under carry-down those already elected to a higher office are left out (CT-26)."""
    totals = verdict.contest.totals
    left_out = {o: _elected_up_to(o, verdict) if policy.vote_carry_down else frozenset() for o in verdict.offices}
    return {o: {n: v for n, v in _by_votes(totals[o]) if n not in left_out[o]} for o in verdict.offices}


def _elected_up_to(office: Office, verdict: Verdict) -> frozenset[str]:
    """Those surely elected to a higher office in this round."""
    higher = (verdict.sure[each] for each in verdict.offices if each.rank < office.rank)
    return frozenset().union(*higher)


def _by_votes(votes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(votes.items(), key=lambda each: (-each[1], each[0]))
