"""`restore_drill`: restore the newest backup into a fresh place, prove it, throw the place away."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from config import backups
from elections.selectors import anchors


class Command(BaseCommand):
    help = "恢复演练：把最近的备份恢复到临时数据库，核对行数、校验值和操作记录"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--backup", type=Path, help="备份目录；不写则用最近的一份")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        backup = options["backup"] or _newest()
        with _fresh_database() as url, tempfile.TemporaryDirectory(prefix="huanjie-drill-") as folder:
            environment = {**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(Path(folder) / "media")}
            self._run(environment, "restore", str(backup.resolve()))
            self._run(environment, "migrate", "--check")
            self._run(environment, "verify_journal", "--anchors", str((backup / backups.ANCHORS).resolve()))
        self._tell_lost(backup)
        seconds = time.monotonic() - began
        self._note(backup, seconds)
        self.stdout.write(f"恢复演练通过：{backup.name}，用时 {seconds:.1f} 秒。")

    def _run(self, environment: dict[str, str], *command: str) -> None:
        program = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        done = subprocess.run(program, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise CommandError(f"演练没有通过（{command[0]}）：{(done.stderr or done.stdout).strip()[-1000:]}")

    def _tell_lost(self, backup: Path) -> None:
        """Say what a restore now would lose: the acts since the backup, area by area."""
        held = {each.area_code: each.seq for each in anchors.from_text((backup / backups.ANCHORS).read_text("utf-8"))}
        now = {each.area_code: each.seq for each in anchors.anchors()}
        for code, seq in now.items():
            if seq > held.get(code, 0):
                self.stdout.write(f"备份之后的操作（恢复时需补录）：{code} 第 {held.get(code, 0) + 1}—{seq} 条")

    def _note(self, backup: Path, seconds: float) -> None:
        note = {
            "at": timezone.localtime().isoformat(timespec="seconds"),
            "backup": backup.name,
            "seconds": round(seconds, 1),
        }
        (Path(settings.BACKUP_DIR) / "last_drill.json").write_text(json.dumps(note), encoding="utf-8")


def _newest() -> Path:
    found = backups.all_backups(Path(settings.BACKUP_DIR))
    if not found:
        raise CommandError("还没有备份：请先运行 make backup")
    return found[-1]


@contextmanager
def _fresh_database() -> Iterator[str]:
    """Yield the DATABASE_URL of an empty database of the same engine, removed afterwards."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="huanjie-drill-") as folder:
            yield f"sqlite:///{folder}/drill.sqlite3"
        return
    name = f"huanjie_drill_{os.getpid()}"
    _outside_transaction(f'CREATE DATABASE "{name}"')
    try:
        yield _url(name)
    finally:
        _outside_transaction(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _outside_transaction(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _url(name: str) -> str:
    database = connection.settings_dict
    who = quote(database["USER"], safe="") + ":" + quote(database["PASSWORD"], safe="")
    kept = {key: value for key, value in database["OPTIONS"].items() if key.startswith("ssl")}
    where = quote(database["HOST"], safe="") + (f":{database['PORT']}" if database["PORT"] else "")
    return f"postgres://{who}@{where}/{name}" + (f"?{urlencode(kept)}" if kept else "")
