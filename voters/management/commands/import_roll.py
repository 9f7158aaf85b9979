"""`import_roll FILE --village CODE --as ACCOUNT [--commit] [--json]`: rehearse a roll file, or import it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from elections.permissions import Actor, actor_of, why_not_by_role
from elections.rules import machine
from elections.services.hold import Overtaken
from voters import spreadsheet
from voters.importing.report import Report
from voters.importing.source import SourceTable
from voters.selectors.imports import account_of, villagers_committee_election
from voters.services import imports

SHOWN = 30  # faults in the plain output


class Command(BaseCommand):
    help = "导入选民名单；默认只检查、不入库，加 --commit 才入库"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="xlsx、xls 或 csv 文件")
        parser.add_argument("--village", required=True, help="12位村（社区）代码")
        parser.add_argument("--as", dest="account", required=True, help="以哪个账号办理")
        parser.add_argument("--commit", action="store_true", help="入库；不加只检查")
        parser.add_argument("--json", action="store_true", help="输出JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self._report(options)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._print(report)
        if report.error:
            raise SystemExit(1)

    def _report(self, options: dict[str, Any]) -> Report:
        election, actor = self._who(options["village"], options["account"])
        path, today = options["file"], timezone.localdate()
        if not path.is_file():
            raise CommandError(f"没有找到文件 {path}")
        try:
            given = SourceTable.read(path.read_bytes(), path.name, limit=spreadsheet.COMMAND_BYTES)
            spreadsheet.check_required(given.sheet.mapping)
        except spreadsheet.FileFault as fault:
            return Report.of_file(fault)
        try:
            if not options["commit"]:
                return imports.rehearse(election, given, actor=actor, today=today).report
            with transaction.atomic():
                return imports.import_roll(election, given, actor=actor, today=today)
        except (machine.Refused, Overtaken) as refused:
            raise CommandError(str(refused)) from None

    def _who(self, code: str, account: str) -> tuple[Any, Actor]:
        user = account_of(account)
        if user is None:
            raise CommandError(f"没有账号 {account}")
        actor, election = actor_of(user), villagers_committee_election(code)
        if election is None or not actor.roles_at(code):
            raise CommandError(f"没有找到村（社区）{code}，或者账号 {account} 不管这个村（社区）")
        why = why_not_by_role(actor, "roll.import", code)
        if why:
            raise CommandError(why)
        return election, actor

    def _print(self, report: Report) -> None:
        if report.error:
            self.stdout.write(report.faults[0].fault.message)
            return
        word = "已导入" if report.committed else "只检查，没有入库"
        self.stdout.write(
            f"{word}：读到{report.read}行，新增{report.new}，更新{report.changed}，不变{report.same}，"
            f"需修改{report.refused}，需核对{report.to_check}"
        )
        for each in report.faults[:SHOWN]:
            fault = each.fault
            self.stdout.write(f"  第{each.row}行 {fault.column} {fault.level.label}：{fault.message}")
        if len(report.faults) > SHOWN:
            self.stdout.write(f"  另有{len(report.faults) - SHOWN}处，加 --json 查看全部")
