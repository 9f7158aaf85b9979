"""``manage.py load_synthetic --villages N --voters N``: false people for the benchmarks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo import synthetic

EVERY = 50  # villages


class Command(BaseCommand):
    help = "载入虚构的村和选民，只用于测速；正式系统和已有真实数据的库拒绝载入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--villages", type=int, required=True, help=f"村数，最多{synthetic.MOST_VILLAGES}")
        parser.add_argument("--voters", type=int, required=True, help="选民总数，不少于村数")

    def handle(self, *args: Any, **options: Any) -> None:
        villages, voters = options["villages"], options["voters"]
        made = 0
        try:
            for number, (_, count) in enumerate(synthetic.load(villages, voters, today=timezone.localdate()), start=1):
                made += count
                if number % EVERY == 0 and options["verbosity"]:
                    self.stdout.write(f"{number}个村，{made}人")
        except ValueError:
            raise CommandError(f"村数为1至{synthetic.MOST_VILLAGES}，选民不少于村数。") from None
        except synthetic.NotHere as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"已载入{villages}个村，{made}名虚构选民，名称均以“{synthetic.NAME}”开头")
