"""`restore FOLDER`: put a backup back into the empty database and media folder of the settings."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import backups, restoring


class Command(BaseCommand):
    help = "把一份备份恢复到空的数据库和空的上传文件目录，并核对行数和校验值"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="备份目录，如 var/backups/20261122T031000")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restoring.restore(options["backup"])
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已恢复 {manifest['made_at']} 的备份，行数和校验值全部一致。")
