"""Work that time asks for. Every task here is harmless when it runs twice; config/celery.py says when."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from elections import tasks
from elections.documents import store
from elections.models import Act
from elections.selectors import anchors
from elections.services import summaries

logger = logging.getLogger(__name__)

ACTS_KEPT = timedelta(days=2)  # longer than any session: no open form can still carry an older key


@shared_task(name="elections.clock.ring_again")
def ring_again() -> int:
    """Ring for jobs whose bell was lost or whose worker died; return how many."""
    return tasks.ring_due()


@shared_task(name="elections.clock.anchor_journal")
def anchor_journal() -> str:
    """Keep the heads of the journal in a file of the day, and their fingerprint in the log that leaves this machine."""
    folder = settings.VAR_DIR / "anchors"
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = anchors.anchors()
    store.write(folder / f"{timezone.localdate():%Y-%m-%d}.txt", anchors.as_text(kept).encode())
    logger.warning("journal anchored: %d chains, %s", len(kept), anchors.fingerprint(kept))
    return anchors.fingerprint(kept)


@shared_task(name="elections.clock.refresh_lists")
def refresh_lists() -> int:
    """Work out what the lists show of villages that acts have marked, and of all on a new day; return how many."""
    return summaries.refresh_all(timezone.localdate())


@shared_task(name="elections.clock.sweep")
def sweep() -> None:
    """Remove answers kept for repeated forms and the drafts of files that were never finished."""
    Act.objects.filter(created__lt=timezone.now() - ACTS_KEPT).delete()
    store.sweep()
