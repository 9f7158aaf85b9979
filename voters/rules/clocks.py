"""The two clocks of an objection to the roll (名单申诉): five days to object, three to decide (VR-13, VR-14, VR-16)."""

from dataclasses import dataclass
from datetime import date

from elections.rules.policy import Policy
from elections.rules.timetable.counting import answer_last_day, objection_last_day
from elections.rules.wording import cn_date, days_left


@dataclass(frozen=True, slots=True)
class ObjectionClock:
    """The last day to object, the last day to decide, and whether the objection came in time. A late one is outside
    the statutory route; obvious errors may still be corrected with a notice."""

    object_by: date
    answer_by: date
    in_time: bool
    words: str


def objection_clock(posted_on: date, received_on: date, policy: Policy) -> ObjectionClock:
    """Return the clock of an objection received on `received_on` to a roll posted on `posted_on`."""
    object_by = objection_last_day(posted_on, policy)
    answer_by = answer_last_day(received_on, policy)
    if received_on <= object_by:
        words = f"在申诉期限（{cn_date(object_by)}）内收到，应在{cn_date(answer_by)}前作出决定并公布"
    else:
        late = (received_on - object_by).days
        words = f"超过申诉期限（{cn_date(object_by)}）{late}天，不按申诉办理；明显的错误可以更正并公布"
    return ObjectionClock(object_by, answer_by, received_on <= object_by, words)


def answer_status(answer_by: date, decided_on: date | None, today: date) -> str:
    """剩2天 / 今天到期 / 逾期1天, or when it was decided and how late."""
    if decided_on is None:
        return days_left(answer_by, today)
    late = (decided_on - answer_by).days
    return f"{cn_date(decided_on)}已决定，逾期{late}天" if late > 0 else f"{cn_date(decided_on)}已决定"
