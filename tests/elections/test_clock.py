"""What the clock does by itself: harmless twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from elections import clock, journal
from elections.documents import store
from elections.models import Act, User
from elections.selectors import anchors

AREA = "990100101201"
pytestmark = pytest.mark.django_db


def test_the_heads_of_the_day_are_kept_in_a_file(settings, tmp_path, time_machine):
    settings.VAR_DIR = tmp_path
    time_machine.move_to("2026-12-20 23:50:00+08:00")
    with transaction.atomic():
        journal.record(AREA, "x", actor=None)
    fingerprints = {clock.anchor_journal(), clock.anchor_journal()}
    kept = anchors.from_text((tmp_path / "anchors" / "2026-12-20.txt").read_text())
    assert [(each.area_code, each.seq) for each in kept] == [(journal.ROOT, 1), (AREA, 1)]
    assert fingerprints == {anchors.fingerprint(kept)}
    assert anchors.against(kept) == []


@pytest.mark.parametrize(("age", "stays"), [(clock.ACTS_KEPT - timedelta(minutes=1), True), (clock.ACTS_KEPT, False)])
def test_answers_to_forms_are_swept_when_no_form_can_be_open_any_more(settings, tmp_path, age, stays):
    settings.MEDIA_ROOT = tmp_path
    user = User.objects.create_user("clerk", name="甲")
    Act.objects.create(user=user, key=uuid4(), method="POST", path="/", digest="", created=timezone.now() - age)
    clock.sweep()
    clock.sweep()
    assert Act.objects.exists() is stays


def test_the_store_is_swept_too(monkeypatch):
    swept = []
    monkeypatch.setattr(store, "sweep", lambda: swept.append(True))
    clock.sweep()
    assert swept == [True]
