"""The tasks inside each stage, for each body: verb + object, who, by when, and when it counts as done.

A task is done when none of its guards has a reason against it, so the list on the page, the gate of the stage and the
refusal rest on the same conditions (CONTRIBUTING.md, rule 1). ``page`` names an address; ``due`` a key of the timetable.
"""

from __future__ import annotations

from dataclasses import dataclass

from elections.rules.facts import Facts
from elections.rules.guards import (
    audit,
    handover,
    nomination,
    party,
    preparation,
    registration,
    supervision,
    vetting,
    voting,
)
from elections.rules.kinds import Body, Stage
from elections.rules.machine import Guard, Problem, problems
from elections.rules.policy import Policy

TOWNSHIP, VILLAGE, COUNTY, AUDITOR = "镇换届办", "选举委员会", "县委组织部", "审计组"


@dataclass(frozen=True)
class Task:
    """One line of a stage's list."""

    key: str
    title: str
    owner: str
    page: str
    guards: tuple[Guard, ...]
    due: str = ""
    body: str = ""  # of the page, where it is not the election's own
    after: tuple[Guard, ...] = ()  # what must hold before there is anything to do
    waits: str = ""  # the words while it does not


@dataclass(frozen=True)
class TaskState:
    """A task with what still stands against it."""

    task: Task
    problems: tuple[Problem, ...]
    waiting: bool = False

    @property
    def done(self) -> bool:
        return not self.waiting and not any(problem.blocks for problem in self.problems)


S = Stage
P, A, R, N, V, W, H = preparation, audit, registration, nomination, vetting, voting, handover

# fmt: off
VILLAGERS_COMMITTEE = {
    S.PREPARATION: (
        Task("bodies",    "登记工作机构",               TOWNSHIP, "bodies",       (P.working_bodies_formed,)),
        Task("survey",    "完成调查摸底，评定选情等级", TOWNSHIP, "survey",       (P.survey_done, P.rectified_before_electing)),
        Task("talks",     "完成谈心谈话",               TOWNSHIP, "talks",        (P.talks_held,)),
        Task("training",  "培训换届工作人员",           TOWNSHIP, "training",     (P.trained_before_electing,)),
        Task("plan",      "通过选举办法和工作方案",     VILLAGE,  "plan",         (P.plan_passed_by_meeting, P.plan_published), "plan"),
        Task("election_committee", "推选并公布选举委员会",       VILLAGE,  "election_committee",  (P.election_committee_chosen_by_meeting, P.election_committee_large_enough, P.election_committee_odd, P.committee_odd_explained, P.election_committee_has_chair,
                                                                                   P.committee_has_standby_deputy, P.election_committee_without_kin, P.committee_kin_explained, P.election_committee_published), "ec_list"),
        Task("poll_day",  "确定选举日",                 TOWNSHIP, "poll_day",     (P.poll_day_set,), "election_day"),
    ),
    S.AUDIT: (
        Task("audit",     "完成离任审计",               AUDITOR,  "audit",        (A.audit_reported,)),
        Task("findings",  "整改审计发现的问题",         AUDITOR,  "audit",        (A.findings_closed,), after=(A.audit_reported,), waits="审计报告出具后办理"),
        Task("published", "公示审计结果",               AUDITOR,  "audit",        (A.audit_published_often_enough, A.audit_published_before_poll), "audit"),
        Task("objections", "答复审计异议",              AUDITOR,  "audit",        (A.audit_objections_answered,), after=(A.audit_reported,), waits="审计报告出具后办理"),
        Task("party",     "先完成村党组织换届",         TOWNSHIP, "village",      (A.party_organisation_first,), body=Body.PARTY),
    ),
    S.REGISTRATION: (
        Task("announce",  "张贴选民登记公告",           VILLAGE,  "postings",     (R.registration_announced,), "registration"),
        Task("publish",   "登记选民，公布选民名单",     VILLAGE,  "roll",         (R.roll_published, R.roll_published_in_time), "roll"),
        Task("objections", "受理并答复名单申诉",        VILLAGE,  "roll_appeals", (R.objection_period_over, R.objections_answered, R.objections_answered_in_time), "answer", after=(R.roll_published,), waits="名单公布后办理"),
        Task("supplement", "补充公布名单变动",          VILLAGE,  "roll_supplement", (R.roll_changes_published,), "roll_fix", after=(R.roll_published,), waits="名单公布后办理"),
        Task("election_committee", "补足选举委员会",             VILLAGE,  "election_committee",  (P.election_committee_large_enough,)),
    ),
    S.NOMINATION: (
        Task("seats",     "决定职位职数",               VILLAGE,  "nominations",  (N.seats_decided_by_meeting, N.villagers_committee_of_lawful_size)),
        Task("announce",  "张贴提名公告",               VILLAGE,  "postings",     (N.nomination_announced,), "nominate"),
        Task("nominees",  "登记提名结果",               VILLAGE,  "nominations",  (N.nominated_by_lawful_source, N.nominees_on_roll, N.more_nominees_than_seats, N.women_among_nominees), "prelim", after=(N.seats_decided_by_meeting,), waits="职位职数决定后办理"),
        Task("election_committee", "办理选举委员会成员退出和递补", VILLAGE, "election_committee", (N.nominated_members_left_election_committee, P.election_committee_large_enough, P.election_committee_has_chair), "ec_change"),
    ),
    S.VETTING: (
        Task("first",     "初审提名人选",               TOWNSHIP, "candidates",   (V.everybody_first_checked,)),
        Task("conclude",  "作出联审结论",               COUNTY,   "candidates",   (V.county_concluded_on_everybody,), after=(V.everybody_first_checked,), waits="镇初审完成后办理"),
        Task("formal",    "确定并公布正式候选人",       VILLAGE,  "candidates_publish", (V.nobody_barred_is_candidate, V.every_candidate_passed, V.more_candidates_than_seats,
                                                                                   V.women_among_candidates, V.formal_list_published, V.formal_list_published_in_time), "formal"),
    ),
    S.VOTING: (
        Task("roll",      "按选举日核对选民名单",       VILLAGE,  "roll",         (R.nobody_barred_on_roll, R.nobody_of_age_left_out)),
        Task("supplement", "补充公布名单变动",          VILLAGE,  "roll_supplement", (R.objections_answered, R.roll_changes_published), "roll_fix"),
        Task("meet",      "组织候选人与村民见面",       VILLAGE,  "candidates_publish", (W.candidates_met_voters,), "meet"),
        Task("arrange",   "公布投票安排，设秘密写票处", VILLAGE,  "poll",         (W.poll_announced, W.poll_announced_in_time, W.secret_booth_ready), "poll"),
        Task("staff",     "确定选举工作人员",           VILLAGE,  "poll",         (W.staff_named, W.staff_without_conflicts), "staff"),
        Task("proxies",   "公布委托投票名单",           VILLAGE,  "proxies",      (W.proxy_list_published, W.proxy_list_published_in_time), "proxy"),
        Task("count",     "投票、计票、确认结果",       VILLAGE,  "count",        (W.last_round_confirmed, W.result_valid, W.no_tie_left, W.enough_members_seated,
                                                                         W.rerun_held_for_vacancies, W.every_seat_filled, W.woman_seated, W.no_near_relatives_seated, W.near_relatives_explained), "result"),
        Task("report",    "宣布结果并报镇备案",         VILLAGE,  "result_report", (W.result_announced, W.result_reported), "result", after=(W.last_round_confirmed,), waits="结果确认后办理"),
    ),
    S.HANDOVER: (
        Task("items",     "登记移交清单",               VILLAGE,  "handover",     (H.items_listed,)),
        Task("sign",      "三方签字，完成移交",         VILLAGE,  "handover",     (H.handover_signed, H.handed_over_in_time), "handover"),
        Task("archive",   "归集选举档案",               VILLAGE,  "archive",      (H.archive_complete,)),
    ),
}

PARTY = {
    S.PREPARATION: (
        Task("survey",    "完成调查摸底，整顿到位",     TOWNSHIP, "survey",       (P.survey_done, P.rectified_before_electing)),
        Task("training",  "培训换届工作人员",           TOWNSHIP, "training",     (P.trained_before_electing,)),
        Task("request",   "报送换届请示，取得批复",     TOWNSHIP, "party_record", (party.election_requested_and_approved,)),
    ),
    S.AUDIT:        (Task("audit", "完成离任审计并公示", AUDITOR, "audit",       (A.audit_reported, A.audit_published_often_enough)),),
    S.REGISTRATION: (Task("due",   "核定应到会人数",    TOWNSHIP, "party_record", (party.due_settled, party.left_out_with_both_approvals)),),
    S.NOMINATION:   (Task("two",   "进行党员推荐和群众推荐", TOWNSHIP, "party_record", (party.both_recommendations_held, party.enough_candidates)),),
    S.VETTING:      (
        Task("vetting",   "完成联审和考察",             TOWNSHIP, "party_record", (party.vetted_and_inspected,)),
        Task("notice",    "公示候选人预备人选，取得批复", TOWNSHIP, "party_record", (party.notice_long_enough, party.candidates_approved)),
    ),
    S.VOTING:       (
        Task("meeting",   "召开党员大会选举",           TOWNSHIP, "party_record", (party.quorum_present, party.met_after_reply, party.ballots_agree, party.seats_filled)),
        Task("secretary", "召开第一次全体会议选举书记", TOWNSHIP, "party_record", (party.secretary_elected,)),
    ),
    S.HANDOVER:     (Task("report", "报告选举结果，取得批复", TOWNSHIP, "party_record", (party.result_approved,)),),
}

SUPERVISION = {
    S.PREPARATION:  (),
    S.AUDIT:        (),
    S.REGISTRATION: (Task("after", "新一届村（居）民委员会产生", VILLAGE, "village", (supervision.villagers_committee_exists,)),),
    S.NOMINATION:   (Task("names", "提出监督委员会人选", VILLAGE, "supervision",  (supervision.of_lawful_size, supervision.somebody_keeps_books)),),
    S.VETTING:      (Task("vetting", "审查人选，落实回避", TOWNSHIP, "supervision", (supervision.nobody_barred, supervision.members_vetted)),),
    S.VOTING:       (Task("meeting", "召开会议推选",     VILLAGE,  "supervision",  (supervision.chosen_by_meeting,)),),
    S.HANDOVER:     (Task("publish", "公布推选结果",     VILLAGE,  "supervision",  (supervision.supervision_published,)),),
}
# fmt: on

LISTS = {Body.VILLAGERS_COMMITTEE: VILLAGERS_COMMITTEE, Body.PARTY: PARTY, Body.SUPERVISION: SUPERVISION}


def tasks_of(body: str, stage: str) -> tuple[Task, ...]:
    """Return the tasks of one stage of one body, in order."""
    return LISTS[Body(body)][Stage(stage)]


def states_of(body: str, stage: str, facts: Facts, policy: Policy) -> tuple[TaskState, ...]:
    """Return the same with what is still missing in each."""
    return tuple(
        TaskState(task, problems(task.guards, facts, policy), bool(problems(task.after, facts, policy)))
        for task in tasks_of(body, stage)
    )


def tasks_on(page: str, body: str, stage: str) -> tuple[Task, ...]:
    """Return the tasks worked off on ``page``: those of ``stage``, else of the next stage that has any, else of the
    last."""
    here = Stage(stage).number
    for each in sorted(Stage, key=lambda each: (each.number < here, abs(each.number - here))):
        found = tuple(task for task in tasks_of(body, each) if task.page == page)
        if found:
            return found
    return ()
