"""Putting a backup back, into an empty place only."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from config.backups import (
    DATABASE_FILE,
    BackupError,
    damaged,
    key_fingerprints,
    path_in_backup,
    read_manifest,
    row_counts,
    run_client,
)


def restore(backup: Path) -> dict[str, Any]:
    """Fill the empty database and media folder of the settings; raise `BackupError` unless all is as it was.

    Returns the manifest. Never overwrites: a place that holds anything is refused before the first byte.
    """
    manifest = read_manifest(backup)
    _refuse_unfit(backup, manifest)
    _restore_database(backup / DATABASE_FILE[manifest["engine"]])
    for name, digest in manifest["media"].items():
        target = Path(settings.MEDIA_ROOT) / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(path_in_backup(backup.parent, digest), target)
        target.chmod(0o600)
    different = {table for table, rows in manifest["tables"].items() if row_counts().get(table) != rows}
    if different:
        raise BackupError(f"恢复后行数不同的表：{'、'.join(sorted(different))}")
    return manifest


def _refuse_unfit(backup: Path, manifest: dict[str, Any]) -> None:
    if manifest["engine"] != connection.vendor:
        raise BackupError(f"备份来自 {manifest['engine']}，当前数据库是 {connection.vendor}")
    if bad := damaged(backup):
        raise BackupError(f"备份已损坏：{'、'.join(bad)}")
    if connection.introspection.table_names():
        raise BackupError("目标数据库不是空的，没有动它")
    if any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*")):
        raise BackupError("目标上传文件目录不是空的，没有动它")
    ours = key_fingerprints()
    if any(
        ours.get(purpose, {}).get(v) != mark for purpose, keys in manifest["keys"].items() for v, mark in keys.items()
    ):
        raise BackupError("当前密钥不是备份时的密钥，身份证号将无法读取；请先放好密钥文件")


def _restore_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        shutil.copyfile(source, connection.settings_dict["NAME"])
        return
    run_client("pg_restore", ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"], source)
