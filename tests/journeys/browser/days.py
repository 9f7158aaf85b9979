"""Travelling in time: the law counts in days, a test cannot wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

POLL = date(2026, 11, 15)  # a Sunday
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Days:
    """``day(n)`` lies n days before (−) or after (+) election day; ``go(n)`` makes it today, at nine in the morning."""

    traveller: Any

    def day(self, offset: int) -> date:
        return POLL + timedelta(days=offset)

    def go(self, offset: int) -> date:
        self.traveller.move_to(nine_o_clock(self.day(offset)), tick=True)
        return self.day(offset)


def nine_o_clock(day: date) -> datetime:
    return datetime.combine(day, time(9), SHANGHAI)


@contextmanager
def days_from(offset: int) -> Iterator[Days]:
    """From here on the clock of this process, and so of the live server, stands that many days from election day."""
    with time_machine.travel(nine_o_clock(POLL + timedelta(days=offset)), tick=True) as traveller:
        yield Days(traveller)
