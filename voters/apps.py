"""选民登记."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from elections.models import Election
    from elections.permissions import Actor


class VotersConfig(AppConfig):
    name = "voters"
    verbose_name = "选民登记"

    def end_of_candidates(self, held: Election, *, actor: Actor, today: date) -> None:
        """End the proxies that candidates accepted (VT-12)."""
        from voters.services import proxies  # models are not there yet when this file is read

        proxies.end_of_candidates(held, actor=actor, today=today)
