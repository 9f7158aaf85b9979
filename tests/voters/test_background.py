"""A large file is read by a worker: refused with its reason on the page, killed and taken up again."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from elections import tasks
from elections.leases import Work
from elections.models import Job, Role
from elections.services import jobs
from tests.client import Browser
from tests.elections.test_job_kills import all_ended, broker, kill_child, until, worker  # noqa: F401  fixtures
from tests.make import VILLAGE, a_user
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, csv_bytes, table, xlsx
from voters.importing import checking
from voters.importing.plan import Work as RollWork
from voters.importing.source import SourceTable
from voters.importing.staging import sheet_of
from voters.models import RollImport, Voter
from voters.selectors.publishing import imports_finished
from voters.services import imports


@pytest.fixture
def desk(monkeypatch, db):
    """A clerk at a site for which every file is a large one."""
    monkeypatch.setattr("voters.forms.imports.LARGE_FROM", 10)
    browser = Browser()
    browser.force_login(a_user(Role.VILLAGE), backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True):
        yield browser


def sent(desk, data) -> RollImport:
    file = SimpleUploadedFile("名单.xlsx", data)
    desk.post(reverse("roll_import", args=[VILLAGE]), {"way": "upload", "file": file})
    return RollImport.objects.latest("made_at")


def page(desk, batch, follow=True) -> str:
    return desk.get(reverse("import", args=[batch.pk]), follow=follow).content.decode()


def test_the_page_waits_and_then_goes_on_whenever_it_is_opened(desk):
    a_roll_election()
    batch = sent(desk, xlsx(table([a_row(1), a_row(2, 身份证号="123")])))
    for _ in range(2):
        text = page(desk, batch)
        assert "读完后继续" in text
        assert "放弃这次导入" in text
    tasks.run(str(batch.job_id))
    text = page(desk, batch)
    assert "按问题处理" in text
    assert "下一步：导入1人" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"%PDF-1.4 no table", "这个文件不是可以读取的表格"), ("甲,乙\n1,2\n".encode(), "没有找到表头")],
)
def test_a_file_refused_in_the_background_says_why_and_keeps_nobody_waiting(desk, data, words):
    election = a_roll_election()
    batch = sent(desk, data)
    tasks.run(str(batch.job_id))
    text = page(desk, batch)
    assert words in text
    assert "换文件" in text
    assert "读完后继续" not in text
    assert "重做" not in text
    assert imports_finished(election) is not None
    desk.post(reverse("import_drop", args=[batch.pk]))
    assert imports_finished(election) is None
    batch.refresh_from_db()
    assert bytes(batch.file_sealed) == b""


def test_a_reading_that_somebody_stopped_says_so(desk):
    a_roll_election()
    batch = sent(desk, xlsx(table([a_row(1)])))
    desk.post(reverse("job_cancel", args=[batch.job_id]))
    assert "读取已停止" in page(desk, batch)
    assert jobs.again(Job.objects.get())
    tasks.run(str(batch.job_id))
    assert "下一步：导入1人" in page(desk, batch)


def test_given_up_while_it_was_read_it_stays_given_up(desk, monkeypatch):
    a_roll_election()
    batch = sent(desk, xlsx(table([a_row(1)])))
    check = checking.check

    def given_up_meanwhile(*args, **kwargs):
        RollImport.objects.update(state=RollImport.State.DROPPED)
        return check(*args, **kwargs)

    monkeypatch.setattr("voters.tasks.check", given_up_meanwhile)
    tasks.run(str(batch.job_id))
    batch.refresh_from_db()
    assert batch.state == RollImport.State.DROPPED
    assert bytes(batch.source_sealed) == b""


@pytest.mark.django_db
def test_the_background_says_what_the_page_would_have_said():
    election, clerk = a_roll_election(), a_clerk()
    rows = [a_row(1), a_row(2, 性别="男"), a_row(3, 身份证号="12345"), a_row(4), a_row(4)]
    data = xlsx(table(rows))
    at_once = imports.open_import(election, SourceTable.read(data, "x"), actor=clerk, today=timezone.localdate())
    queued = imports.queue_import(election, data, "x", actor=clerk)
    tasks.run(str(queued.job_id))
    queued.refresh_from_db()
    assert json.loads(queued.summary) == json.loads(at_once.summary)
    assert sheet_of(queued) == sheet_of(at_once)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_reads_is_followed_by_another_that_says_the_same(worker, settings):  # noqa: F811
    settings.JOB_LEASE_SECONDS = 2
    election, clerk = a_roll_election(), a_clerk()
    rows = [a_row(n, 身份证号=_id(n), 性别="") for n in range(1, 14_001)]
    data = csv_bytes(table(rows), "gb18030")
    with transaction.atomic():
        batch = imports.queue_import(election, data, "名单.csv", actor=clerk)
    kills = 0
    while kills < 2 and not all_ended():
        until(lambda: all_ended() or kill_child(worker), within=60)
        kills += not all_ended()
    until(all_ended)
    batch.refresh_from_db()
    assert kills >= 1
    sheet = SourceTable.read(data, "x").sheet
    said = checking.check(election, RollWork.of(sheet), today=timezone.localdate(), names_villages=False).report
    assert (batch.state, batch.said.read, batch.said.new) == ("open", 14_000, said.new)
    assert not Voter.objects.exists()
    with transaction.atomic():
        plan = imports.commit_import(batch, actor=clerk, today=timezone.localdate(), version=batch.version)
    assert plan.report.new == Voter.objects.count() == said.new


def _id(number: int) -> str:
    from datetime import date, timedelta

    from tests.voters.make_voters import an_id

    return an_id(1 + number % 996, date(1950, 1, 1) + timedelta(days=number % 15_000))


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_by_the_next(settings):
    """The same without a process: half read, the holder silent, the next one reads it all."""
    election, clerk = a_roll_election(), a_clerk()
    batch = imports.queue_import(election, xlsx(table([a_row(1), a_row(2)])), "x", actor=clerk)
    first = Work.take(batch.job_id)
    assert first is not None
    assert Work.take(batch.job_id) is None
    Job.objects.update(lease_until=timezone.now())
    tasks.run(str(batch.job_id))
    batch.refresh_from_db()
    assert (batch.state, batch.said.new) == ("open", 2)
