"""Counting days: “自…之日起n日内” with or without the first day (the pack's `day_count_excludes_start`)."""

from datetime import date, timedelta

from elections.rules.policy import Policy


def last_day_within(start: date, days: int, policy: Policy) -> date:
    """Return the last of `days` days counted from `start`. The first day is not counted unless the pack says so."""
    return start + timedelta(days=days if policy.day_count_excludes_start else days - 1)


def objection_last_day(posted_on: date, policy: Policy) -> date:
    """VR-13: the last day on which an objection to the roll is in time."""
    return last_day_within(posted_on, policy.roll_objection_days, policy)


def answer_last_day(received_on: date, policy: Policy) -> date:
    """VR-14: the last day for deciding an objection and publishing the decision."""
    return last_day_within(received_on, policy.roll_answer_days, policy)


def handover_last_day(elected_on: date, policy: Policy) -> date:
    """RS-05: the last day of the handover."""
    return last_day_within(elected_on, policy.handover_days, policy)
