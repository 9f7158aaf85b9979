"""The clock's table names tasks that exist, and the worker's limits fit each other."""

import time

import pytest
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from config.celery import app


@pytest.fixture(scope="module", autouse=True)
def _tasks_of_all_apps():
    app.loader.import_default_modules()


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values(), ids=lambda entry: entry["task"])
def test_every_recurring_task_exists(entry):
    assert entry["task"] in app.tasks


def test_who_rings_at_a_frozen_redis_waits_less_than_three_seconds(redis_server):
    doorbell = Celery(broker=redis_server.url, broker_transport_options=settings.REDIS_OPTIONS, set_as_current=False)
    doorbell.send_task("any", retry=False)
    redis_server.freeze()
    began = time.monotonic()
    with pytest.raises(OperationalError):
        doorbell.send_task("any", retry=False)
    assert time.monotonic() - began < 3


def test_only_json_is_accepted():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_a_lost_worker_gives_its_message_back():
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost, app.conf.worker_prefetch_multiplier) == (
        True,
        True,
        1,
    )


def test_a_task_is_ended_before_its_message_is_given_to_another():
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT == 1_500


def test_the_day_turns_in_china():
    assert app.conf.timezone == "Asia/Shanghai"
