"""Election day → every legal and local deadline, each with its rule; what moving the day would break (rules.md §8)."""

from elections.rules.timetable.changes import Change, Comparison, Conflict, Grade, Situation, compare
from elections.rules.timetable.counting import (
    answer_last_day,
    certificate_last_day,
    handover_last_day,
    last_day_within,
    objection_last_day,
)
from elections.rules.timetable.items import Item, Kind, Known, derive, known_from
from elections.rules.timetable.problems import Fault, problems
from elections.rules.timetable.reminders import LADDER, Reader, Reminder, reminder

__all__ = [
    "LADDER",
    "Change",
    "Comparison",
    "Conflict",
    "Fault",
    "Grade",
    "Item",
    "Kind",
    "Known",
    "Reader",
    "Reminder",
    "Situation",
    "answer_last_day",
    "certificate_last_day",
    "compare",
    "derive",
    "handover_last_day",
    "known_from",
    "last_day_within",
    "objection_last_day",
    "problems",
    "reminder",
]
