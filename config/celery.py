"""The worker, and all recurring work on one screen.

Celery is only the doorbell: what is to be done stands in `Job` rows, and the
reconciler rings again for whatever a lost message or a killed worker left behind.
Every recurring task is therefore harmless when it runs twice.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("huanjie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="clock")

# fmt: off
app.conf.beat_schedule = {
    #  name                       task                                         when (Asia/Shanghai)
    "ring again for waiting jobs": {"task": "elections.clock.ring_again",     "schedule": 30.0},
    "anchors of the journal":      {"task": "elections.clock.anchor_journal", "schedule": crontab(hour=23, minute=50)},
    "lists out of date":           {"task": "elections.clock.refresh_lists",  "schedule": 10.0, "options": {"expires": 10}},
    "sweep what has expired":      {"task": "elections.clock.sweep",          "schedule": crontab(hour=3, minute=30)},
}
# fmt: on


@setup_logging.connect
def keep_django_logging(**_kwargs: object) -> None:
    """Keep the JSON log of the settings: Celery's own would print task arguments."""
    from logging.config import dictConfig

    from django.conf import settings

    dictConfig(settings.LOGGING)
