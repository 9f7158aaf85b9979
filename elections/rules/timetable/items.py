"""The table of deadlines and its reading for one election day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from elections.rules import law
from elections.rules.facts import Facts
from elections.rules.policy import Policy
from elections.rules.timetable import counting
from elections.rules.wording import cn_date, short_date


class Kind(StrEnum):
    """The setter of a limit: the law (nobody passes it) or local practice (the township may, with a reason)."""

    LEGAL = "H"
    LOCAL = "S"

    @property
    def label(self) -> str:
        return {"H": "法定", "S": "本地"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDays:
    """KnownDays dates of one election besides its day; `None` is not yet."""

    roll_posted: date | None = None
    objection_received: date | None = None  # the oldest that waits for its answer
    audit_published: date | None = None
    elected_on: date | None = None  # the day the villagers' committee reached its lawful size
    rerun_on: date | None = None
    community: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One deadline: the last day, the day advised, and how the last day is computed, for checking on one's fingers."""

    key: str
    label: str
    kind: Kind
    rule: str
    latest: date
    advised: date
    cite: str
    formula: str
    confirmed: bool  # False: show 待核对


@dataclass(frozen=True, slots=True)
class _Day:
    """A day with the arithmetic that led to it."""

    day: date
    formula: str


Reckoning = Callable[[date, KnownDays, Policy], _Day]


def derive(poll_day: date, known: KnownDays, policy: Policy) -> tuple[Item, ...]:
    """Return every deadline of an election on `poll_day`, in the order of the calendar."""
    items = [row.item(poll_day, known, policy) for row in TABLE if row.applies(policy)]
    return tuple(sorted(items, key=lambda item: (item.latest, item.advised)))


def days_moving_deadlines(facts: Facts) -> KnownDays:
    """Return the facts of an election that move its deadlines."""
    reruns = [each.held_on for each in facts.voting.rounds if each.kind == "rerun"]
    return KnownDays(
        roll_posted=facts.registration.published_on,
        objection_received=facts.registration.objection_received,
        audit_published=min((first for first, _ in facts.audit.publications), default=None),
        elected_on=facts.handover.elected_on,
        rerun_on=reruns[-1] if reruns else None,
        community=facts.community,
    )


def _offset(days: int) -> Reckoning:
    """So many days after election day; negative before."""
    return lambda poll_day, known, policy: _shifted(poll_day, days)


def _shifted(poll_day: date, shift: int) -> _Day:
    day = poll_day + timedelta(days=shift)
    return _Day(day, _sum("选举日", poll_day, shift, day))


def _sum(word: str, start: date, shift: int, day: date) -> str:
    """选举日2026年12月20日－20日＝11月30日"""
    if not shift:
        return f"{word}{cn_date(start)}当日"
    end = short_date(day) if day.year == start.year else cn_date(day)
    return f"{word}{cn_date(start)}{'＋' if shift > 0 else '－'}{abs(shift)}日＝{end}"


def _within(word: str, start: date, days: int, policy: Policy) -> _Day:
    day = counting.last_day_within(start, days, policy)
    formula = _sum(word, start, (day - start).days, day)
    return _Day(day, formula if policy.day_count_excludes_start else f"{formula}（当日计入，共{days}日）")


def _posting(poll_day: date, known: KnownDays, policy: Policy) -> date:
    """The day the roll was posted, or is advised to be."""
    return known.roll_posted or poll_day - timedelta(days=policy.roll_post_advised_days)


def _objection(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    word = "名单公布日" if known.roll_posted else "建议的名单公布日"
    return _within(word, _posting(poll_day, known, policy), policy.roll_objection_days, policy)


def _answer(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    word = "收到申诉日" if known.objection_received else "申诉截止日"
    received = known.objection_received or _objection(poll_day, known, policy).day
    return _within(word, received, policy.roll_answer_days, policy)


def _roll(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _shifted(poll_day, -policy.roll_post_min_days)


def _roll_advised(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _shifted(poll_day, -policy.roll_post_advised_days)


def _formal(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _shifted(poll_day, -policy.candidate_post_days)


def _poll(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _shifted(poll_day, -policy.poll_notice_days)


def _proxy(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _shifted(poll_day, -policy.proxy_list_post_days)


def _certificate(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _within("产生之日", known.elected_on or poll_day, policy.certificate_days, policy)


def _handover(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _within("产生之日", known.elected_on or poll_day, policy.handover_days, policy)


def _rerun(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    return _within("选举日", poll_day, policy.rerun_within_days, policy)


def _rerun_result(poll_day: date, known: KnownDays, policy: Policy) -> _Day:
    if known.rerun_on:
        return _Day(known.rerun_on, f"另行选举日{cn_date(known.rerun_on)}当场公布")
    return _rerun(poll_day, known, policy)


def _always(policy: Policy) -> bool:
    return True


def _with_primary(policy: Policy) -> bool:
    return policy.primary_mode != "none"


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: str
    kind: Kind
    rule: str
    provision: law.Provision
    latest: Reckoning
    advised: Reckoning
    applies: Callable[[Policy], bool] = _always

    def item(self, poll_day: date, known: KnownDays, policy: Policy) -> Item:
        latest = self.latest(poll_day, known, policy)
        advised = min(self.advised(poll_day, known, policy).day, latest.day)
        cite = law.cite(self.provision, policy.law_version, residents=known.community)
        words = self.label.replace("村民", "居民") if known.community else self.label
        formula, confirmed = latest.formula, self.provision.confirmed
        return Item(self.key, words, self.kind, self.rule, latest.day, advised, cite, formula, confirmed)


H, S, D = Kind.LEGAL, Kind.LOCAL, _offset
# fmt: off
TABLE: tuple[Row, ...] = (
    # key             what is due               rule     provision, last day, day advised
    Row("audit",          "公布离任审计结果",     H, "RS-07", law.EXIT_AUDIT, D(-1), D(-35)),
    Row("election_day",   "公布选举日",           S, "EC-19", law.ELECTION_DAY, D(-34), D(-34)),
    Row("ec_list",        "公布选举委员会名单",   S, "EC-07", law.EC_PUBLISHED, D(-34), D(-34)),
    Row("registration",   "公布选民登记办法",     S, "VR-11", law.REGISTRATION_ANNOUNCED, D(-33), D(-34)),
    Row("roll",           "公布选民名单",         H, "VR-12", law.ROLL_PUBLISHED, _roll, _roll_advised),
    Row("objection",      "名单申诉截止",         H, "VR-13", law.ROLL_OBJECTION, _objection, _objection),
    Row("answer",         "名单申诉处理截止",     H, "VR-14", law.ROLL_DECISION, _answer, _answer),
    Row("roll_fix",       "公布名单更正补充",     H, "VR-14", law.ROLL_DECISION, _answer, _answer),
    Row("rep_election",   "推选村民代表和小组长", S, "RP-02", law.REPRESENTATIVES_CHOSEN, D(-16), D(-20)),
    Row("rep_list",       "公布村民代表名单",     S, "RP-02", law.REPRESENTATIVES_CHOSEN, D(-16), D(-20)),
    Row("group_leaders",  "公布村民小组长名单",   S, "RP-06", law.GROUP_LEADER, D(-16), D(-20)),
    Row("plan",           "公布选举办法",         S, "EC-17", law.PLAN_ADOPTED, D(-16), D(-20)),
    Row("nominate",       "公布职数和提名办法",   S, "NM-01", law.SEATS_DECIDED, D(-15), D(-15)),
    Row("prelim",         "公布初步候选人",       S, "NM-03", law.NOMINATORS, D(-13), D(-13)),
    Row("primary_rule",   "公布预选办法",         S, "NM-18", law.PRIMARY, D(-12), D(-12), _with_primary),
    Row("primary_result", "公布预选结果",         S, "NM-18", law.PRIMARY, D(-10), D(-10), _with_primary),
    Row("formal",         "公布正式候选人",       S, "NM-12", law.FORMAL_LIST, _formal, D(-7)),
    Row("meet",           "候选人与村民见面",     H, "NM-14", law.MEET_VOTERS, D(-1), D(-3)),
    Row("poll",           "公布投票时间地点方式", S, "VT-02", law.POLL_NOTICE, _poll, D(-5)),
    Row("staff",          "公布选举工作人员",     S, "VT-13", law.STAFF, D(-2), D(-3)),
    Row("mobile",         "公布流动票箱投票人员", S, "VT-03", law.MOBILE_BOX, D(-2), D(-3)),
    Row("proxy",          "公布委托投票名单",     H, "VT-09", law.PROXY_LIST, _proxy, D(-3)),
    Row("helper",         "公布代写人员名单",     S, "VT-14", law.HELPER, D(-1), D(-3)),
    Row("invalid",        "公布无效票认定规则",   S, "CT-10", law.INVALID_RULES, D(-1), D(-3)),
    Row("result",         "公布选举结果",         H, "RS-01", law.SECRET_BALLOT, D(0), D(0)),
    Row("tie",            "公布再次投票安排",     S, "CT-22", law.TIE, D(0), D(0)),
    Row("rerun",          "举行另行选举",         S, "RR-05", law.RERUN_TIME, _rerun, D(0)),
    Row("rerun_result",   "公布另行选举结果",     H, "RS-01", law.SECRET_BALLOT, _rerun_result, _rerun_result),
    Row("certificate",    "颁发当选证书",         S, "RS-03", law.CERTIFICATE, _certificate, D(1)),
    Row("supervision",    "推选村务监督委员会",   S, "RP-09", law.SUPERVISION_SIZE, D(10), D(1)),
    Row("handover",       "完成工作移交",         H, "RS-05", law.HANDOVER, _handover, _handover),
)
# fmt: on
