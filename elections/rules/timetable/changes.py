"""Moving election day: what every deadline becomes, and what that breaks, in three grades."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elections.rules import law
from elections.rules.policy import Policy
from elections.rules.timetable.items import Item, Kind, KnownDays, derive
from elections.rules.timetable.problems import problems
from elections.rules.wording import cn_date


class Grade(StrEnum):
    """The gravity of a conflict: `LAW` forbids the day, `PLAN` needs a written reason, `PAPER` only means work."""

    LAW = "law"
    PLAN = "plan"
    PAPER = "paper"

    @property
    def label(self) -> str:
        return {"law": "不符合法定时限", "plan": "不符合县方案时限", "paper": "已生成文书需重新生成"}[self.value]


@dataclass(frozen=True, slots=True)
class Change:
    """One deadline before and after; `days`: later is positive."""

    key: str
    label: str
    kind: Kind
    old: date
    new: date
    days: int
    formula: str


@dataclass(frozen=True, slots=True)
class Conflict:
    grade: Grade
    key: str
    text: str
    rule: str
    cite: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything shown before the new day is confirmed."""

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def forbidden(self) -> bool:
        return any(each.grade is Grade.LAW for each in self.conflicts)

    @property
    def needs_reason(self) -> bool:
        return any(each.grade is Grade.PLAN for each in self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The situation of an election whose day is moved."""

    today: date
    posted: Mapping[str, date]  # notice key → first day posted: these papers exist
    window: tuple[date, date] | None = None  # the county's first and last day for voting


def compare(old_day: date, new_day: date, known: KnownDays, policy: Policy, situation: Situation) -> Comparison:
    """Return what moving the day from `old_day` to `new_day` changes and breaks."""
    old = {item.key: item for item in derive(old_day, known, policy)}
    new = derive(new_day, known, policy)
    changes = tuple(
        Change(
            item.key, item.label, item.kind, old[item.key].latest, item.latest,
            (item.latest - old[item.key].latest).days, item.formula,
        )
        for item in new
        if item.latest != old[item.key].latest
    )  # fmt: skip
    moved = {change.key for change in changes}
    conflicts = [*_against_law(new_day, new, known, policy, situation), *_against_plan(new_day, new, known, situation)]
    conflicts += _papers(old_day, new_day, new, moved, known, policy, situation)
    return Comparison(changes, tuple(conflicts))


def _against_law(
    new_day: date, items: tuple[Item, ...], known: KnownDays, policy: Policy, situation: Situation
) -> Iterator[Conflict]:
    for broken in problems(new_day, known, policy):
        yield Conflict(Grade.LAW, broken.code, broken.text, broken.rule, broken.cite)
    yield from _missed(Grade.LAW, Kind.LEGAL, new_day, items, known, situation)


def _against_plan(new_day: date, items: tuple[Item, ...], known: KnownDays, situation: Situation) -> Iterator[Conflict]:
    if situation.window and not situation.window[0] <= new_day <= situation.window[1]:
        first, last = map(cn_date, situation.window)
        text = f"选举日{cn_date(new_day)}不在规定的投票时间（{first}至{last}）内。请说明理由。"
        yield Conflict(Grade.PLAN, "election_day", text, "EC-19", law.cite(law.ELECTION_DAY))
    yield from _missed(Grade.PLAN, Kind.LOCAL, new_day, items, known, situation)


def _missed(
    grade: Grade, kind: Kind, new_day: date, items: tuple[Item, ...], known: KnownDays, situation: Situation
) -> Iterator[Conflict]:
    """Return limits before the new day that have already passed without the act, or that the act missed."""
    done = dict(situation.posted)
    for key, day in (("roll", known.roll_posted), ("audit", known.audit_published)):
        if day:
            done.setdefault(key, day)
    for item in items:
        if item.kind is not kind or item.latest >= new_day or item.key in _BY_EVENT:
            continue
        acted = done.get(item.key)
        if acted is None and item.latest < situation.today:
            late = f"{item.label}的时限是{cn_date(item.latest)}，已经过去。"
        elif acted and acted > item.latest and item.key not in _CHECKED_BY_PROBLEMS:
            late = f"{item.label}是{cn_date(acted)}，晚于时限{cn_date(item.latest)}。"
        else:
            continue
        advice = "请另选日期。" if grade is Grade.LAW else "请说明理由。"
        yield Conflict(grade, item.key, late + advice, item.rule, item.cite)


def _papers(
    old_day: date, new_day: date, items: tuple[Item, ...], moved: set[str], known: KnownDays, policy: Policy,
    situation: Situation,
) -> Iterator[Conflict]:  # fmt: skip
    """Return papers that name a day which is no longer right, and voters who come of age by the later day (VR-05)."""
    for item in items:
        if item.key in situation.posted and (item.key in moved or item.key in _NAME_THE_DAY):
            text = f"“{item.label}”已经生成，其中的日期需要改为按{cn_date(new_day)}计算。"
            yield Conflict(Grade.PAPER, item.key, text, item.rule, item.cite)
    if new_day > old_day and known.roll_posted:
        age = policy.voting_age
        text = f"选举日推迟，{cn_date(old_day)}以后新满{age}周岁的应当补充登记并公布。"
        yield Conflict(Grade.PAPER, "roll_fix", text, "VR-05", law.cite(law.AGE_SOURCE, policy.law_version))


_BY_EVENT = frozenset({"objection", "answer", "roll_fix", "mobile", "helper", "proxy"})  # due only if there is a case
_CHECKED_BY_PROBLEMS = frozenset({"roll", "audit"})
_NAME_THE_DAY = frozenset({"election_day", "registration", "roll", "nominate", "formal", "poll", "proxy", "mobile"})
