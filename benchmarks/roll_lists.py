"""Lists over 500,000 voters in 600 villages on PostgreSQL: milliseconds in the database, p50 and p95, one line each.

What is asked is what the product asks: the roll's page, the duplicates of a file, the township's comparison. Floor:
``SELECT 1`` in the same run. Arguments: voters, villages.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rolls import BASE, database, report

VOTERS = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
VILLAGES = int(sys.argv[2]) if len(sys.argv) > 2 else 600
TIMES = 200
CHANCE = random.Random(2026)


def main() -> None:
    with database("postgresql"):
        command = [sys.executable, "manage.py", "load_synthetic", "-v0"]
        figures = ["--villages", str(VILLAGES), "--voters", str(VOTERS)]
        began = time.perf_counter()
        subprocess.run([*command, *figures], cwd=BASE, env=dict(os.environ), check=True, stdout=subprocess.DEVNULL)
        loaded = time.perf_counter() - began
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself in a quiet minute
        report("synthetic_loaded", VOTERS, loaded, None, None, villages=VILLAGES)
        floor = measured(one)
        for name, act, most in acts():
            tell(name, measured(act, 5 if most > 100 else TIMES), most, floor)


def tell(name: str, spent: list[float], most: float, floor: list[float]) -> None:
    cuts = quantiles(spent, n=20)
    report(
        name, VOTERS, cuts[9] / 1000, None, quantiles(floor, n=20)[9] / 1000,
        p50_ms=round(cuts[9], 2), p95_ms=round(cuts[18], 2), reach_ms=most, well=cuts[18] <= most,
    )  # fmt: skip


class County:
    """What is asked of the synthetic county, each time of another village or voter."""

    def __init__(self) -> None:
        from django.test import Client

        from elections.models import Election, User
        from elections.permissions import actor_of
        from voters.models import Voter

        self.elections = list(Election.objects.select_related("village", "cycle"))
        self.some = list(Voter.objects.order_by("?").values_list("name", "id_index", "election_id")[:500])
        villages = CHANCE.sample(self.elections, 60)
        self.numbers = [list(each.voters.values_list("id_index", flat=True)) for each in villages]
        user = User.objects.get(username="synthetic")
        self.actor, self.browser = actor_of(user), Client()
        self.browser.force_login(user)

    def page(self, **asked: str) -> None:
        """As the roll's page asks: the filtered rows counted, fifty of them shown."""
        from voters.filters import RollFilter
        from voters.selectors import lists

        election = CHANCE.choice(self.elections)
        found = RollFilter(asked, queryset=lists.everybody(election), election=election).qs
        start = CHANCE.randrange(0, max(found.count(), 1), 50)
        list(found[start : start + 50])

    def of_the_roll(self) -> None:
        from voters.selectors.roll import roll_of

        _, index, election = CHANCE.choice(self.some)
        assert roll_of(election).filter(id_index=index).first()

    def elsewhere(self, indexes: list) -> None:
        from voters.selectors import duplicates

        assert indexes == [] or duplicates.listed_elsewhere(CHANCE.choice(self.elections), indexes) is not None

    def unknown(self) -> list:
        from voters.sealing import index_of

        return [index_of(self.elections[0].cycle_id, f"9901001990{CHANCE.randrange(10**8):08}")]

    def begins_with(self) -> None:
        """As the index of names serves it; no page lists a whole county."""
        from voters.models import Voter

        name, cycle = CHANCE.choice(self.some)[0], self.elections[0].cycle_id
        found = Voter.objects.filter(cycle_id=cycle, name__startswith=name[: CHANCE.choice((1, 2, 3))])
        assert list(found.order_by()[:50])

    def every_query(self) -> None:
        village = CHANCE.choice(self.elections).village_id
        assert self.browser.get(f"/villages/{village}/roll/").status_code == 200

    def registered_twice(self) -> object:
        from voters.selectors import duplicates

        return duplicates.same_person_elsewhere(self.actor)


def acts() -> list[tuple[str, Callable[[], object], float]]:
    """Name, what is done once, milliseconds it may take at p95."""
    county = County()
    return [
        ("village_page", county.page, 5),
        ("village_search", lambda: county.page(q=CHANCE.choice(county.some)[0][1:]), 5),
        ("exact_lookup_in_the_village", county.of_the_roll, 2),
        ("exact_lookup_elsewhere", lambda: county.elsewhere([CHANCE.choice(county.some)[1]]), 2),
        ("exact_lookup_of_nobody", lambda: county.elsewhere(county.unknown()), 2),
        ("county_name_prefix", county.begins_with, 5),
        ("duplicates_of_a_village", lambda: county.elsewhere(CHANCE.choice(county.numbers)), 10),
        ("roll_page_every_query", county.every_query, 40),
        ("same_person_over_a_county", county.registered_twice, 1_000),
    ]


def one() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def measured(act: Callable[[], object], times: int = TIMES) -> list[float]:
    """Milliseconds in the database for each of many times, after some to warm up."""
    found = []
    for _ in range(times + times // 10 + 1):
        with database_time() as spent:
            act()
        found.append(sum(spent) * 1000)
    return found[-times:]


@contextmanager
def database_time() -> Iterator[list[float]]:
    """Seconds of each statement."""
    from django.db import connection

    spent: list[float] = []

    def timed(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(timed):
        yield spent


if __name__ == "__main__":
    main()
