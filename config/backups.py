"""Backups that can be proven: database, uploaded files by their hash, anchors of the journal, a manifest.

    BACKUP_DIR/
      20261122T031000/    database.sqlite3 or database.dump   anchors.txt   manifest.json
      media/ab/ab12…      every uploaded file once, under its SHA-256, shared by all backups

A backup never holds a key: without the key file, which lies elsewhere, id numbers in it cannot be read.
Database, row counts and anchors come from one snapshot. The manifest is written last; a folder without it is no backup.
"""

import hashlib
import hmac
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils import timezone

from elections.selectors import anchors

MANIFEST, ANCHORS = "manifest.json", "anchors.txt"
DATABASE_FILE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
CHUNK = 1024 * 1024


class BackupError(Exception):
    """The backup cannot be made, is damaged, or does not fit the place; says what and where."""


def make(folder: Path, keep: int) -> Path:
    """Write a new backup under `folder`, remove all but the newest `keep`, return the new one's folder."""
    name = _new_name()
    draft = folder / f".{name}"
    draft.mkdir(mode=0o700, parents=True)
    try:
        with transaction.atomic():
            tables = _copy_database(draft / DATABASE_FILE[connection.vendor])
            (draft / ANCHORS).write_text(anchors.as_text(anchors.anchors()), encoding="utf-8")
        manifest = {
            "made_at": timezone.localtime().isoformat(timespec="seconds"),
            "engine": connection.vendor,
            "tables": tables,
            "keys": key_fingerprints(),
            "files": {path.name: sha256(path) for path in sorted(draft.iterdir())},
            "media": {str(path.relative_to(settings.MEDIA_ROOT)): _keep_file(path, folder) for path in _media()},
        }
        (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.rename(folder / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _forget_old(folder, keep)
    return folder / name


def _new_name() -> str:
    return f"{timezone.localtime():%Y%m%dT%H%M%S}"


def _copy_database(target: Path) -> dict[str, int]:
    """Copy the database as the running transaction sees it; return rows by table."""
    if connection.vendor == "sqlite":
        # The transaction holds the write lock, so the second connection reads exactly its state.
        source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
        copy = sqlite3.connect(target)
        with copy:
            source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file that can be carried away
        copy.close()
        source.close()
        return row_counts()
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    run_client(
        "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"]
    )
    return row_counts()


def row_counts() -> dict[str, int]:
    """Return the number of rows of every table."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  (a table's name)
            counts[table] = cursor.fetchone()[0]
    return counts


def key_fingerprints() -> dict[str, dict[str, str]]:
    """Name the keys in use without telling them, so that a restore knows which it needs."""
    return {
        purpose: {str(version): hmac.digest(key, b"fingerprint", "sha256").hex()[:12] for version, key in keys.items()}
        for purpose, keys in settings.ID_KEYS.items()
    }


def _media() -> Iterator[Path]:
    root, secrets = Path(settings.MEDIA_ROOT), Path(settings.KEYS_DIR).resolve()
    for path in sorted(root.rglob("*")):
        if path.resolve().is_relative_to(secrets):
            raise BackupError(f"密钥目录在上传文件目录里：{secrets}")
        if path.is_file():
            yield path


def _keep_file(path: Path, folder: Path) -> str:
    digest = sha256(path)
    kept = path_in_backup(folder, digest)
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = kept.with_suffix(".draft")
        shutil.copyfile(path, draft)
        draft.rename(kept)
    return digest


def path_in_backup(folder: Path, digest: str) -> Path:
    return folder / "media" / digest[:2] / digest


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    return digest.hexdigest()


def _forget_old(folder: Path, keep: int) -> None:
    found = all_backups(folder)
    for old in found[: max(0, len(found) - keep)]:
        shutil.rmtree(old)
    wanted = {digest for backup in all_backups(folder) for digest in read_manifest(backup)["media"].values()}
    for path in (folder / "media").glob("*/*"):
        if path.name not in wanted:
            path.unlink()


def all_backups(folder: Path) -> list[Path]:
    """Return the folders of whole backups, oldest first."""
    return sorted(path.parent for path in folder.glob(f"[0-9]*/{MANIFEST}"))


def read_manifest(backup: Path) -> dict[str, Any]:
    try:
        return json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{backup} 不是完整的备份：{error}") from error


def damaged(backup: Path) -> list[str]:
    """Return the names of files that are missing or not what the manifest says."""
    manifest = read_manifest(backup)
    wanted = {backup / name: digest for name, digest in manifest["files"].items()}
    wanted |= {path_in_backup(backup.parent, digest): digest for digest in manifest["media"].values()}
    return [path.name for path, digest in wanted.items() if not path.is_file() or sha256(path) != digest]


def run_client(program: str, arguments: list[str], source: Path | None = None) -> None:
    """Run pg_dump or pg_restore on the configured database; its password goes by the environment."""
    command, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, arguments)
    where = command[1:] if source is None else [*command[1:-1], "--dbname", command[-1], str(source)]
    done = subprocess.run(
        [_newest(program), *where], env={**os.environ, **(environment or {})}, capture_output=True, text=True
    )
    if done.returncode:
        raise BackupError(f"{program}：{done.stderr.strip()[-500:]}")


def _newest(program: str) -> str:
    """Return the newest client: it must not be older than the server, and Debian keeps several side by side."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    path = str(found[-1]) if found else shutil.which(program)
    if path is None:
        raise BackupError(f"没有 {program}：请安装 postgresql-client")
    return path
