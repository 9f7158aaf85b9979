"""Taking a person off the list and putting them back: each with its code and what proves it (VR-08)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.rules.wording import cn_date
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.lines import note
from voters.models import LISTING, Evidence, Omission, RollChange, RollObjection, Voter
from voters.persons import circumstances_of
from voters.selectors.duplicates import listed_elsewhere
from voters.services import judging
from voters.services.changes import coded_choices, journal_details, keep, seen
from voters.services.proxies import end_off_roll


@act("roll.omitted", "移出选民名单")
def omit(
    voter: Voter,
    code: str,
    *,
    evidence: str,
    version: int,
    actor: Actor,
    objection: RollObjection | None = None,
    until: date | None = None,
) -> Voter:
    """Take a person off the list; ``until``: the last day of a deprivation of political rights, which ends by itself
    (VR-08). Raises :class:`Overtaken`, :class:`machine.Refused`.
    """
    held = voter.election
    reason = f"{Omission(code).label}：{evidence.strip()}"
    judging.insist_open(held, reason)
    proof = None if evidence.strip() else "没有写明依据。请写明证明材料的名称或者文号。"
    voter = judging.fresh(held, voter, version)
    insist(
        held,
        (law.ROLL_CHANGES, proof),
        (law.ROLL_CHANGES, None if voter.listed else f"{voter.name}本来就不在名单上"),
        (law.RIGHT_TO_VOTE, _why_not_deprived_until(held, until) if code == Omission.DEPRIVED else None),
    )
    before, was = seen(voter, circumstances_of(voter)), coded_choices(voter)
    voter.listed, voter.omission, voter.evidence = False, code, evidence.strip()[:200]
    judging.remember_by_hand(voter, [LISTING])
    circumstances = _deprived(voter, until) if code == Omission.DEPRIVED and until else None
    return _settle(
        held, voter, RollChange.Kind.OMIT, before, was, actor, reason, objection, circumstances=circumstances
    )


def _why_not_deprived_until(held: Election, until: date | None) -> str | None:
    if until is None or held.poll_day is None or until >= held.poll_day:
        return None
    return f"剥夺政治权利到{cn_date(until)}期满，选举日已经恢复，应当列入名单"


def _deprived(voter: Voter, until: date) -> Evidence:
    circumstances = circumstances_of(voter) or Evidence(voter=voter)
    circumstances.deprived_until = until
    return circumstances


@act("roll.restored", "列入选民名单")
def restore(
    voter: Voter,
    *,
    reason: str,
    version: int,
    actor: Actor,
    objection: RollObjection | None = None,
    cause: str = "",
) -> Voter:
    """Put a person on the list, if the rules allow it. Raises like :func:`omit`, and :class:`ListedElsewhere`."""
    held = voter.election
    judging.insist_open(held, reason)
    voter = judging.fresh(held, voter, version)
    insist(held, (law.REGISTRATION, f"{voter.name}已经在名单上" if voter.listed else None))
    before, was = seen(voter, circumstances_of(voter)), coded_choices(voter)
    if listed_elsewhere(held, [voter.id_index]):
        raise judging.ListedElsewhere.of(held)
    listing = judging.judge(held, voter, circumstances_of(voter), elsewhere=False)
    insist(held, (law.REGISTRATION, None if listing.listed else f"{listing.why}，不能列入名单"))
    voter.by_hand = judging.BY_HAND.join(name for name in voter.by_hand.split(judging.BY_HAND) if name != LISTING)
    return _settle(held, voter, RollChange.Kind.RESTORE, before, was, actor, reason, objection, cause)


def _settle(
    held: Election,
    voter: Voter,
    kind: RollChange.Kind,
    before: dict[str, str],
    was: dict[str, Any],
    actor: Actor,
    reason: str,
    objection: RollObjection | None,
    cause: str = "",
    circumstances: Evidence | None = None,
) -> Voter:
    """Finish a change of the listing alone."""
    after = seen(voter, circumstances or circumstances_of(voter))
    change = keep(held, voter, kind, before, after, actor=actor, reason=reason, objection=objection, cause=cause)
    judging.update(held, voter, circumstances, change)
    end_off_roll(held, actor=actor, today=timezone.localdate(change.made_at))
    note(voter, journal_details(change, voter, was))
    return voter
