"""THE TABLE: the seven stages and every lawful step, for each of the three bodies.

Read a row as a sentence: "``open_nomination`` leads from registration to nomination when
``registration.COMPLETE`` holds". Who may make a step stands in ``permissions.py``; what a guard demands stands in
``guards/<stage>.py``. 另行选举 and 再次投票 stay inside voting as further rounds; 暂缓, 恢复, 无效 and 归档 stand
beside the stage in :data:`STANDING_MOVES`. No stage can be skipped (CP-11).
"""

from __future__ import annotations

from dataclasses import dataclass

from elections.rules.guards import (
    audit,
    handover,
    nomination,
    party,
    preparation,
    registration,
    standing,
    supervision,
    vetting,
    voting,
)
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.machine import Guard, Transition

S = Stage

# fmt: off
VILLAGERS_COMMITTEE = (
    #          step                   from            to              what must hold                          label
    Transition("start_audit",         S.PREPARATION,  S.AUDIT,        preparation.COMPLETE,                   "进入审计环节"),
    Transition("open_registration",   S.AUDIT,        S.REGISTRATION, audit.COMPLETE,                         "开始选民登记"),
    Transition("open_nomination",     S.REGISTRATION, S.NOMINATION,   registration.COMPLETE,                  "开始提名"),
    Transition("open_vetting",        S.NOMINATION,   S.VETTING,      nomination.COMPLETE,                    "报送资格审查"),
    Transition("open_voting",         S.VETTING,      S.VOTING,       vetting.COMPLETE,                       "进入投票环节"),
    Transition("open_poll",           S.VOTING,       S.VOTING,       voting.READY_TO_POLL,                   "开始第一次投票"),
    Transition("open_rerun",          S.VOTING,       S.VOTING,       voting.READY_TO_RERUN,                  "开始另行选举"),
    Transition("open_tie",            S.VOTING,       S.VOTING,       voting.READY_TO_BREAK_TIE,              "开始再次投票"),
    Transition("hand_over",           S.VOTING,       S.HANDOVER,     voting.COMPLETE,                        "确认选举完成，开始移交"),
    Transition("return_preparation",  S.AUDIT,        S.PREPARATION,  (),                                     "退回准备环节", backward=True),
    Transition("return_audit",        S.REGISTRATION, S.AUDIT,        (registration.roll_not_yet_published,), "退回审计环节", backward=True),
    Transition("return_registration", S.NOMINATION,   S.REGISTRATION, (),                                     "退回登记环节", backward=True),
    Transition("return_nomination",   S.VETTING,      S.NOMINATION,   (),                                     "退回提名环节", backward=True),
    Transition("return_vetting",      S.VOTING,       S.VETTING,      (voting.no_round_opened,),              "退回审查环节", backward=True),
)

PARTY = (
    Transition("start_audit",         S.PREPARATION,  S.AUDIT,        party.PREPARED,                         "进入审计环节"),
    Transition("open_registration",   S.AUDIT,        S.REGISTRATION, party.AUDITED,                          "核定应到会人数"),
    Transition("open_nomination",     S.REGISTRATION, S.NOMINATION,   party.MEMBERS_SETTLED,                  "开始两推"),
    Transition("open_vetting",        S.NOMINATION,   S.VETTING,      party.RECOMMENDED,                      "报送资格审查"),
    Transition("open_voting",         S.VETTING,      S.VOTING,       party.CANDIDATES_APPROVED,              "召开党员大会"),
    Transition("hand_over",           S.VOTING,       S.HANDOVER,     party.ELECTED,                          "确认选举完成"),
    Transition("return_preparation",  S.AUDIT,        S.PREPARATION,  (),                                     "退回准备环节", backward=True),
    Transition("return_audit",        S.REGISTRATION, S.AUDIT,        (),                                     "退回审计环节", backward=True),
    Transition("return_registration", S.NOMINATION,   S.REGISTRATION, (),                                     "退回登记环节", backward=True),
    Transition("return_nomination",   S.VETTING,      S.NOMINATION,   (),                                     "退回提名环节", backward=True),
)

SUPERVISION = (
    Transition("start_audit",         S.PREPARATION,  S.AUDIT,        (),                                     "进入审计环节"),
    Transition("open_registration",   S.AUDIT,        S.REGISTRATION, (),                                     "核定推选会议"),
    Transition("open_nomination",     S.REGISTRATION, S.NOMINATION,   supervision.VILLAGERS_COMMITTEE_EXISTS,           "提出人选"),
    Transition("open_vetting",        S.NOMINATION,   S.VETTING,      supervision.NAMED,                      "报送资格审查"),
    Transition("open_voting",         S.VETTING,      S.VOTING,       supervision.VETTED,                     "召开推选会议"),
    Transition("hand_over",           S.VOTING,       S.HANDOVER,     supervision.CHOSEN,                     "确认推选完成"),
    Transition("return_nomination",   S.VETTING,      S.NOMINATION,   (),                                     "退回提名环节", backward=True),
)
# fmt: on

TABLES = {Body.VILLAGERS_COMMITTEE: VILLAGERS_COMMITTEE, Body.PARTY: PARTY, Body.SUPERVISION: SUPERVISION}


@dataclass(frozen=True)
class StandingMove:
    """An act beside the stages: 暂缓, 恢复, 无效, 归档."""

    act: str
    sources: tuple[Standing, ...]
    target: Standing
    guards: tuple[Guard, ...]
    label: str


# fmt: off
STANDING_MOVES = (
    StandingMove("suspend", (Standing.ACTIVE,),                       Standing.SUSPENDED, (standing.approved_from_above,), "暂缓换届"),
    StandingMove("resume",  (Standing.SUSPENDED,),                    Standing.ACTIVE,    (),                              "恢复换届"),
    StandingMove("annul",   (Standing.ACTIVE, Standing.SUSPENDED, Standing.CLOSED), Standing.ANNULLED, (standing.approved_from_above,), "宣布选举无效"),
    StandingMove("close",   (Standing.ACTIVE,),                       Standing.CLOSED,    (),                              "完成归档"),
)
# fmt: on

CLOSING = {
    Body.VILLAGERS_COMMITTEE: handover.COMPLETE,
    Body.PARTY: party.FILED,
    Body.SUPERVISION: supervision.FILED,
}


def steps_from(body: str, stage: str) -> tuple[Transition, ...]:
    """Return the rows that start at ``stage``, in table order."""
    return tuple(row for row in TABLES[Body(body)] if row.source == stage)


def find(body: str, step: str) -> Transition:
    """Return the row called ``step``; ``KeyError`` when this body has none."""
    for row in TABLES[Body(body)]:
        if row.step == step:
            return row
    raise KeyError(step)


def find_move(act: str) -> StandingMove:
    """Return the standing move called ``act``; ``KeyError`` when there is none."""
    for row in STANDING_MOVES:
        if row.act == act:
            return row
    raise KeyError(act)
