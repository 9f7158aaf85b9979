"""`verify_journal`: recompute every chain of the journal; exit 1 and the first bad entry of each broken one."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from elections.models import Area
from elections.selectors import anchors, journal


class Command(BaseCommand):
    help = "核验操作记录：逐条重算校验值，指出每条被改动的记录链的第一处"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        parser.add_argument("--area", help="只核验一个区划代码的记录链")
        parser.add_argument("--anchors", type=Path, help="留存的锚定文件（anchor_journal 的输出）")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = journal.verify(options["area"])
        if options["anchors"]:
            broken += anchors.against(_read(options["anchors"]))
        found = _with_names(broken)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not found, "broken": found}, ensure_ascii=False))
        else:
            for each in found:
                self.stdout.write(f"{each['area']} {each['name']} 第{each['seq']}条：{each['reason']}")
            self.stdout.write("操作记录未通过核验。" if found else "操作记录全部核验无误。")
        if found:
            raise SystemExit(1)


def _read(path: Path) -> list[anchors.Anchor]:
    try:
        return anchors.from_text(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}：{error}", returncode=2) from error


def _with_names(broken: list[journal.Broken]) -> list[dict[str, Any]]:
    names = dict(Area.objects.filter(code__in={each.area_code for each in broken}).values_list("code", "name"))
    return [
        {"area": each.area_code, "name": names.get(each.area_code, ""), "seq": each.seq, "reason": each.reason}
        for each in broken
    ]
