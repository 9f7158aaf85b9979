"""`anchor_journal`: print the head of every chain, for the level above to keep."""

from typing import Any

from django.core.management.base import BaseCommand

from elections.selectors import anchors


class Command(BaseCommand):
    help = "输出各村（社区）操作记录的末条校验值，供上级留存"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(anchors.as_text(anchors.anchors()), ending="")
