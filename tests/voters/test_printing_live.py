"""Two thousand cards with a real worker: progress within two seconds, pages answer meanwhile, stopping stops."""

from __future__ import annotations

import time
import uuid
from datetime import date

import pytest
from django.urls import reverse

from elections import tasks
from elections.models import Job, Role
from tests.elections.make_pages import a_browser, address
from tests.servers import Worker, wait_for
from tests.voters.make_voters import TODAY, a_clerk, a_name, a_roll_election
from voters.models import RollVersion, Voter

VOTERS = 2_000
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.sqlite,  # the bell of plain files rings there
]


@pytest.fixture
def published(transactional_db):
    election = a_roll_election()
    Voter.objects.bulk_create(
        Voter(
            election=election, cycle=election.cycle, number=number, name=a_name(number), sex="MF"[number % 2],
            birth=date(1980, 1, 1), group=f"{number // 200 + 1}组", category="CAT1", id_index=uuid.uuid4(), id_sealed=b"-",
        )
        for number in range(1, VOTERS + 1)
    )  # fmt: skip
    RollVersion.objects.create(
        election=election, number=1, published_on=TODAY, place="公开栏", count=VOTERS, snapshot="[]",
        fingerprint="ab" * 32, made_by=a_clerk().user,
    )  # fmt: skip
    return election


@pytest.fixture
def village(published, database_url, start, monkeypatch):
    """Somebody at the page, and a worker that listens."""
    monkeypatch.setattr(tasks, "_quiet_until", 0.0)
    start(Worker(database_url, None))
    return a_browser(Role.VILLAGE)


def running(job: Job) -> bool:
    job.refresh_from_db()
    return job.state != Job.State.QUEUED


def ended(job: Job) -> bool:
    job.refresh_from_db()
    return not job.is_open


def test_progress_shows_at_once_and_pages_answer_while_cards_are_made(village):
    village.post(address("roll_cards"), {"kind": "households"})  # the worker has read its modules
    wait_for(lambda: ended(Job.objects.get()), 60)
    began = time.monotonic()
    assert village.post(address("roll_cards"), {"kind": "cards"}).status_code == 302
    assert time.monotonic() - began < 2, "asking does not wait for the making"
    job = Job.objects.get(kind="print_cards")
    wait_for(lambda: running(job), 5)  # two on a quiet machine
    slowest, steps = 0.0, set()
    while not ended(job):
        began = time.monotonic()
        assert village.get(reverse("job", args=[job.pk])).status_code == 200
        slowest = max(slowest, time.monotonic() - began)
        steps.add(job.done)
        time.sleep(0.05)
    assert (job.state, job.done, job.message) == (Job.State.DONE, VOTERS, "共250页")
    assert len(steps) >= 3, steps
    assert slowest < 2


def test_a_stopped_job_leaves_no_file(village):
    village.post(address("roll_cards"), {"kind": "cards"})
    job = Job.objects.get()
    wait_for(lambda: running(job), 20)
    village.post(reverse("job_cancel", args=[job.pk]))
    time.sleep(4)
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.CANCELLED, "")
