"""`persons --doubts`: whom the upgrade could not decide, by village, for whoever puts the registers in order."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from elections.selectors.register import doubts_everywhere


class Command(BaseCommand):
    help = "列出升级时没有能够确定的人员"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--doubts", action="store_true", help="列出没有能够确定的人员和原因")

    def handle(self, *args: Any, doubts: bool, **options: Any) -> None:
        if not doubts:
            raise CommandError("请写明要列出什么：--doubts")
        found = 0
        for person in doubts_everywhere().iterator():
            for line in person.doubt.splitlines():
                self.stdout.write(f"{person.village_id} {person.village.name} {person.label}：{line}")
            found += 1
        self.stdout.write(f"共{found}人。在各村的“人员”页更正或者合并。" if found else "没有未能确定的人员。")
