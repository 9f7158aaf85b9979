"""After election day has moved: those of age join the roll, those too young leave it, each with its change (VR-05)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.rules.machine import Refused
from elections.rules.wording import cn_date
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.lines import note
from voters.models import Omission, Voter, Young
from voters.persons import setting_of
from voters.rules.categories import Cause
from voters.rules.eligibility import Setting
from voters.rules.rows import Reader
from voters.sealing import unpack
from voters.selectors.ages import shift_of
from voters.services.judging import ListedElsewhere
from voters.services.listing import omit, restore
from voters.services.registering import register_voter


@dataclass(frozen=True)
class Followed:
    """Numbers of those put on the list, taken off it, and could not be put on it: those wait for somebody to look."""

    joined: int
    left: int
    waiting: int


@act("roll.followed_the_day", "按选举日更新选民名单")
def follow_the_day(election: Election, *, actor: Actor) -> Followed:
    """Bring the roll up to the present election day. People listed in another village meanwhile stay where they are.

    Raises :class:`machine.Refused` when there is nothing to do.
    """
    shift = shift_of(election)
    insist(election, (law.AGE_SOURCE, "没有需要按选举日更新的人" if shift.empty else None))
    setting = setting_of(election)
    why = f"选举日改为{cn_date(setting.election_day)}"
    joined = sum(_join(election, each, setting, why, actor) for each in shift.young)
    joined += sum(_list(voter, f"{why}，年满18周岁", Cause.CAME_OF_AGE, actor) for voter in shift.of_age)
    joined += sum(_list(voter, f"{why}，已恢复政治权利", Cause.RIGHTS_RESTORED, actor) for voter in shift.rights_back)
    for code, voters in ((Omission.UNDER_AGE, shift.too_young), (Omission.DEPRIVED, shift.deprived)):
        for voter in voters:
            omit(voter, code, evidence=why, version=voter.version, actor=actor)
    done = Followed(joined, shift.leaving, shift.joining - joined)
    note(election, {**asdict(done), "poll_day": election.poll_day})
    return done


def _list(voter: Voter, why: str, cause: Cause, actor: Actor) -> bool:
    """Put somebody on the list who may be on it now, unless another rule keeps them off it."""
    try:
        restore(voter, reason=why, version=voter.version, actor=actor, cause=cause)
    except Refused:
        return False
    return True


def _join(held: Election, young: Young, setting: Setting, why: str, actor: Actor) -> bool:
    """Register somebody who was set aside; what a file said of them is read again."""
    cells = unpack(young.row_sealed, young, "row_sealed")
    reading = Reader(setting, setting.election_day, held.policy).read(cells)
    try:
        voter = register_voter(
            held,
            reading.row,
            circumstances={},
            checked=False,
            actor=actor,
            reason=f"{why}，年满18周岁",
            cause=Cause.CAME_OF_AGE,
        )
    except ListedElsewhere:
        return False
    young.delete()
    return voter.listed
