"""Reading the soft gates that were passed with a reason."""

from django.db.models import QuerySet

from elections.models import Waiver
from elections.permissions import Actor


def listed(actor: Actor) -> QuerySet[Waiver]:
    """Return those in reach, newest first."""
    reach = actor.reaches(Waiver.objects.all(), "election__village_id", "waivers.view")
    return reach.select_related("election__village", "made_by").order_by("-made_at")
