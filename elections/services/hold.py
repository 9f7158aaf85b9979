"""Somebody was first: nobody acts on a page that is out of date."""

from __future__ import annotations

from django.utils import timezone

from elections.models import Election
from elections.models.journal import JournalEntry
from elections.rules.kinds import Stage, Standing


class Overtaken(Exception):
    """Somebody else was first. ``str(error)`` is the sentence for the page."""


def overtaken_by(election: Election) -> str:
    """Return who was first and when: “王某在10:32已办理，现在是提名环节”."""
    last = JournalEntry.objects.filter(area_code=election.village_id).select_related("actor").order_by("-seq").first()
    where = f"现在是{Stage(election.stage).label}环节、{Standing(election.standing).label}状态"
    if last is None or last.actor is None:
        return f"这一步已经有人办理，{where}。请刷新页面后再看。"
    at = timezone.localtime(last.at)
    return f"{last.actor.name}在{at:%H:%M}已办理，{where}。请刷新页面后再看。"
