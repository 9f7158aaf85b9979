"""Vetting: the township's first check, the county's conclusion, reopening (NM-06, NM-09, NM-10). People decide, not we."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from candidates.models import Decision, Nominee
from candidates.rules.nomination import FOUR_BARS, screen
from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.rules.policy import Policy
from elections.services.act import act
from elections.services.conditions import Condition, insist
from elections.services.lines import Picture, note, picture

Act, Check, Conclusion = Decision.Act, Nominee.FirstCheck, Nominee.Conclusion


@act("nominee.first_checked", "登记初审意见")
def first_check(
    nominee: Nominee, *, outcome: str, bars: Iterable[str], reason: str, actor: Actor, now: datetime
) -> Nominee:
    """Note the township's check: passed or refused, the heads of the negative list that apply, and why.

    Raises :class:`machine.Refused` when a head that shuts out is ticked and the person passes all the same, when a
    refusal or a doubtful pass has no reason, or when the county has concluded already.
    """
    held, nominee, was = _hold(nominee)
    ticked = tuple(dict.fromkeys(bars))
    insist(
        held,
        (law.VET_FIRST, _why_not_vetted(nominee)),
        (law.VET_FIRST, _why_not_checked_again(nominee)),
        *bar_conditions(held.policy, ticked, passes=outcome == Check.PASSED),
        (law.VET_FIRST, _why_not_without_reason(outcome == Check.PASSED, held.policy, ticked, reason)),
    )
    nominee.first_check, nominee.first_check_reason, nominee.bars = outcome, reason, ",".join(ticked)
    nominee.first_checked_on = now.date()
    nominee.save(update_fields=["first_check", "first_check_reason", "bars", "first_checked_on"])
    _note(nominee, Act.FIRST_CHECK, outcome, reason, actor, now)
    note(nominee, {"outcome": outcome, "bars": list(ticked)}, was=was)
    return nominee


@act("nominee.concluded", "作出联审结论")
def conclude(nominee: Nominee, *, outcome: str, reason: str, actor: Actor, now: datetime) -> Nominee:
    """Record the county's conclusion on one person: 通过, 不通过 or 暂缓. It stands until it is reopened."""
    held, nominee, was = _hold(nominee)
    passes = outcome == Conclusion.PASSED
    insist(
        held,
        (law.VET_FIRST, _why_not_vetted(nominee)),
        (law.VET_FIRST, _why_not_concluded_yet(nominee)),
        (law.VET_FIRST, _why_not_concluded_anew(nominee)),
        *bar_conditions(held.policy, nominee.bar_codes, passes=passes),
        (law.VET_FIRST, _why_not_without_reason(passes, held.policy, nominee.bar_codes, reason)),
    )
    _conclude(nominee, outcome, reason, actor, now)
    _note(nominee, Act.CONCLUSION, outcome, reason, actor, now)
    note(nominee, {"outcome": outcome, "office": nominee.office}, was=was)
    return nominee


@act()
def conclude_many(
    nominees: Sequence[Nominee], *, outcome: str, reason: str, actor: Actor, now: datetime
) -> list[Nominee]:
    """Record the same conclusion on each ticked person; one that cannot stand refuses them all."""
    return [conclude(each, outcome=outcome, reason=reason, actor=actor, now=now) for each in nominees]


@act("nominee.reopened", "重新审查")
def reopen(nominee: Nominee, *, reason: str, actor: Actor, now: datetime) -> Nominee:
    """Take a conclusion back for a new look, with the reason; the old one stays on record."""
    held, nominee, was = _hold(nominee)
    insist(
        held,
        (law.VET_FIRST, None if nominee.conclusion else "还没有联审结论，不需要重新审查"),
        (law.VET_FIRST, None if reason.strip() else "没有写明重新审查的理由"),
    )
    before = nominee.conclusion
    _conclude(nominee, "", "", None, None)
    _note(nominee, Act.REOPENED, before, reason, actor, now)
    note(nominee, {"was": before, "office": nominee.office}, was=was)
    return nominee


def bar_conditions(policy: Policy, codes: Sequence[str], *, passes: bool) -> list[Condition]:
    """NM-06, NM-09: no conclusion passes a person over a head that shuts out; codes are those of the pack."""
    known = {bar.code for bar in policy.negative_list}
    if not known.issuperset(codes):
        return [(law.NEGATIVE_LIST, "勾选的情形不在本次选举的负面清单上，请刷新页面后重新勾选")]
    if not passes or screen(codes, policy).result != "block":
        return []
    shut = [bar for bar in screen(codes, policy).bars if bar.severity == "block" or bar.code in FOUR_BARS]
    return [
        (law.CANDIDATE_BARS if bar.code in FOUR_BARS else law.NEGATIVE_LIST, f"有“{bar.words}”的情形，不能通过")
        for bar in shut
    ]


def _why_not_without_reason(passes: bool, policy: Policy, codes: Sequence[str], reason: str) -> str | None:
    """Return why not: a no says why, and so does a yes in spite of a head that asks for a decision."""
    if reason.strip():
        return None
    if not passes:
        return "没有写明理由，不通过和暂缓都应说明理由"
    known = {bar.code for bar in policy.negative_list}
    advised = known.issuperset(codes) and screen(codes, policy).result == "advise"
    return "勾选了需要研究的情形，通过的也应写明理由" if advised else None


def _hold(nominee: Nominee) -> tuple[Election, Nominee, Picture]:
    """Return the election, and the nominee as they are now: locked, and to compare with."""
    fresh = Nominee.objects.select_for_update(of=("self",)).get(pk=nominee.pk)
    fresh.election = nominee.election
    return nominee.election, fresh, picture(fresh)


def _conclude(nominee: Nominee, outcome: str, reason: str, actor: Actor | None, now: datetime | None) -> None:
    nominee.conclusion, nominee.conclusion_reason = outcome, reason
    nominee.concluded_by, nominee.concluded_at = actor.user if actor else None, now
    nominee.save(update_fields=["conclusion", "conclusion_reason", "concluded_by", "concluded_at"])


def _note(nominee: Nominee, act: str, outcome: str, reason: str, actor: Actor, now: datetime) -> None:
    Decision.objects.create(
        nominee=nominee, act=act, outcome=outcome, bars=nominee.bars, reason=reason, made_by=actor.user, made_at=now
    )


def _why_not_vetted(nominee: Nominee) -> str | None:
    return f"{nominee.name}已经退出，不需要审查" if nominee.withdrawn_on else None


def _why_not_checked_again(nominee: Nominee) -> str | None:
    if not nominee.conclusion:
        return None
    return f"县级联审已有结论（{nominee.get_conclusion_display()}），不能再改初审；有新情况的报县换届办重新审查"


def _why_not_concluded_yet(nominee: Nominee) -> str | None:
    return None if nominee.first_check == Check.PASSED else f"{nominee.name}还没有通过镇级初审"


def _why_not_concluded_anew(nominee: Nominee) -> str | None:
    """Return why not: a pass or a refusal stands until it is reopened with a reason; 暂缓 waits for its conclusion."""
    if nominee.conclusion in (Conclusion.PASSED, Conclusion.REFUSED):
        return f"{nominee.name}已有结论（{nominee.get_conclusion_display()}），改变结论应先写明理由重新审查"
    return None
