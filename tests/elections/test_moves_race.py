"""Two people press the same button at once: exactly one wins, the other is told."""

from __future__ import annotations

import multiprocessing
from collections import Counter

import pytest

from elections.models import Election, Role
from elections.models.journal import JournalEntry
from elections.rules.kinds import Body, Stage, Standing
from elections.selectors.journal import verify
from tests.elections.race_moves import contend
from tests.make import COUNTY, a_user, an_area, an_election
from tests.pace import RACE_ROUNDS

PROCESSES = 8
S = Stage
# act, body, stage, standing — twelve transitions that rest on no fact, so that only the race decides
TRANSITIONS = (
    ("return_preparation", Body.VILLAGERS_COMMITTEE, S.AUDIT, Standing.ACTIVE),
    ("return_audit", Body.VILLAGERS_COMMITTEE, S.REGISTRATION, Standing.ACTIVE),
    ("return_registration", Body.VILLAGERS_COMMITTEE, S.NOMINATION, Standing.ACTIVE),
    ("return_nomination", Body.VILLAGERS_COMMITTEE, S.VETTING, Standing.ACTIVE),
    ("return_vetting", Body.VILLAGERS_COMMITTEE, S.VOTING, Standing.ACTIVE),
    ("return_preparation", Body.PARTY, S.AUDIT, Standing.ACTIVE),
    ("return_nomination", Body.PARTY, S.VETTING, Standing.ACTIVE),
    ("start_audit", Body.SUPERVISION, S.PREPARATION, Standing.ACTIVE),
    ("open_registration", Body.SUPERVISION, S.AUDIT, Standing.ACTIVE),
    ("suspend", Body.VILLAGERS_COMMITTEE, S.VOTING, Standing.ACTIVE),
    ("resume", Body.VILLAGERS_COMMITTEE, S.VOTING, Standing.SUSPENDED),
    ("annul", Body.VILLAGERS_COMMITTEE, S.HANDOVER, Standing.ACTIVE),
)


def race(database_url: str, rounds: int) -> tuple[list[tuple[int, str, int]], Counter[tuple[int, str]]]:
    """Let eight processes try every transition ``rounds`` times, each time on an election of its own."""
    actor = a_user(Role.TOWNSHIP, COUNTY)
    actor.appointments.create(role=Role.COUNTY, area=an_area(COUNTY), since="2020-01-01")
    races = []
    for number in range(rounds):
        for place, (act, body, stage, standing) in enumerate(TRANSITIONS):
            code = f"9901001{place:02}{200 + number:03}"
            election = an_election(stage, code=code, body=body, standing=standing)
            races.append((election.pk, act, election.version))
    spawn = multiprocessing.get_context("spawn")
    barrier, answers = spawn.Barrier(PROCESSES), spawn.Queue()
    runners = [
        spawn.Process(target=contend, args=(database_url, actor.pk, races, len(TRANSITIONS), barrier, answers))
        for _ in range(PROCESSES)
    ]
    for runner in runners:
        runner.start()
    found = Counter(answers.get(timeout=180) for _ in range(len(races) * PROCESSES))
    for runner in runners:
        runner.join(timeout=30)
    return races, found


@pytest.mark.postgres
@pytest.mark.slow(seconds=30)
def test_twelve_transitions_many_rounds_eight_processes(transactional_db, database_url):
    races, found = race(database_url, rounds=RACE_ROUNDS)
    assert {pk: found[pk, "won"] for pk, _, _ in races} == {pk: 1 for pk, _, _ in races}
    assert sum(found[pk, "late"] for pk, _, _ in races) == len(races) * (PROCESSES - 1)
    assert Election.objects.filter(version=1).count() == len(races)
    assert JournalEntry.objects.filter(act__startswith="s").exclude(act="chain_opened").count() == len(races)
    assert verify() == []


@pytest.mark.sqlite
@pytest.mark.slow
def test_sqlite_has_one_winner_and_no_lock_error(transactional_db, database_url):
    races, found = race(database_url, rounds=4)
    assert {outcome for _, outcome in found} == {"won", "late"}
    assert {pk: found[pk, "won"] for pk, _, _ in races} == {pk: 1 for pk, _, _ in races}
