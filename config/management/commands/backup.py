"""`backup`: database, uploaded files, anchors and manifest; never a key."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import backups


class Command(BaseCommand):
    help = "备份数据库和上传文件（不含密钥），写明每个文件的校验值"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", type=Path, default=settings.BACKUP_DIR, help="备份目录")
        parser.add_argument("--keep", type=int, default=14, help="保留最近几份")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = backups.make(options["into"], max(1, options["keep"]))
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        manifest = backups.read_manifest(made)
        rows = sum(manifest["tables"].values())
        self.stdout.write(f"已备份：{made}（{rows} 行，{len(manifest['media'])} 个文件；密钥另行保管）")
