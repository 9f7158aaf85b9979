"""Problems of an election day, given what has already happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from elections.rules import law
from elections.rules.policy import Policy
from elections.rules.timetable import counting
from elections.rules.timetable.items import KnownDays
from elections.rules.wording import cn_date

AMENDMENT_IN_FORCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class BrokenLimit:
    """One limit of the law that the day or an act breaks."""

    code: str
    rule: str
    text: str
    cite: str


Test = Callable[[date, KnownDays, Policy], "str | None"]


def problems(poll_day: date, known: KnownDays, policy: Policy) -> tuple[BrokenLimit, ...]:
    """Return every limit of the law that is broken as far as is known; what has not happened yet breaks nothing."""
    return tuple(_found(poll_day, known, policy))


def _found(poll_day: date, known: KnownDays, policy: Policy) -> Iterator[BrokenLimit]:
    for code, rule, provision, test in TESTS:
        if text := test(poll_day, known, policy):
            yield BrokenLimit(code, rule, text, law.cite(provision, policy.law_version, residents=known.community))


def _law_version(poll_day: date, known: KnownDays, policy: Policy) -> str | None:
    applies = 2025 if poll_day >= AMENDMENT_IN_FORCE else 2018
    if applies == policy.law_version:
        return None
    return f"选举日{cn_date(poll_day)}适用{applies}年文本，现用的规则包是{policy.law_version}年文本。请更换规则包。"


def _audit(poll_day: date, known: KnownDays, policy: Policy) -> str | None:
    published = known.audit_published
    if published is None or published < poll_day:
        return None
    return f"离任审计结果{cn_date(published)}公布，应在选举日{cn_date(poll_day)}之前公布。请推迟选举日。"


def _roll(poll_day: date, known: KnownDays, policy: Policy) -> str | None:
    posted = known.roll_posted
    latest = poll_day - timedelta(days=policy.roll_post_min_days)
    if posted is None or posted <= latest:
        return None
    late = (posted - latest).days
    return f"选民名单{cn_date(posted)}公布，晚于法定时限（{cn_date(latest)}）{late}天。请推迟选举日。"


def _objection(poll_day: date, known: KnownDays, policy: Policy) -> str | None:
    posted, received = known.roll_posted, known.objection_received
    if posted is None or received is None:
        return None
    if received < posted:
        return f"申诉{cn_date(received)}收到，早于名单公布的{cn_date(posted)}。请核对日期。"
    last = counting.objection_last_day(posted, policy)
    if received <= last:
        return None
    return f"申诉{cn_date(received)}收到，超过申诉期限（{cn_date(last)}）。明显的错误仍可以更正公布。"


def _elected(poll_day: date, known: KnownDays, policy: Policy) -> str | None:
    if known.elected_on is None or known.elected_on >= poll_day:
        return None
    return f"新一届产生日期{cn_date(known.elected_on)}早于选举日{cn_date(poll_day)}。请核对日期。"


def _rerun(poll_day: date, known: KnownDays, policy: Policy) -> str | None:
    last = counting.last_day_within(poll_day, policy.rerun_within_days, policy)
    if known.rerun_on is None or poll_day <= known.rerun_on <= last:
        return None
    return f"另行选举定在{cn_date(known.rerun_on)}，应在选举日当日或者{cn_date(last)}前举行。请重新确定日期。"


TESTS: tuple[tuple[str, str, law.Provision, Test], ...] = (
    ("LAW_VERSION", "VR-01", law.RIGHT_TO_VOTE, _law_version),
    ("AUDIT_NOT_BEFORE", "RS-07", law.EXIT_AUDIT, _audit),
    ("ROLL_TOO_LATE", "VR-12", law.ROLL_PUBLISHED, _roll),
    ("OBJECTION_LATE", "VR-16", law.ROLL_OBJECTION, _objection),
    ("ELECTED_BEFORE_DAY", "RS-05", law.HANDOVER, _elected),
    ("RERUN_TOO_LATE", "RR-05", law.RERUN_TIME, _rerun),
)
