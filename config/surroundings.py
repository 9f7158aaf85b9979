"""The part of `check --deploy` that asks the database, Redis and the disk."""

import shutil
import time
from pathlib import Path

import redis
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from config.checks import Found, deployment

SQLITE_ACCOUNTS = 30  # above, writers begin to wait for each other
SQLITE_ACCOUNTS_AT_MOST = 100
DEMO_COUNTY = "990100"
DISK_FREE = 0.20
BACKUP_HOURS = 26


@deployment
def database_answers() -> Found:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield checks.Error(f"数据库连不上：{type(error).__name__}", id="site.E020")


@deployment
def database_keeps_what_it_acknowledged() -> Found:
    if connection.vendor != "postgresql" or not _has_tables():
        return
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] == "off":
                yield checks.Error(f"PostgreSQL 的 {name} 关闭：断电会丢失已确认的操作。", id="site.E021")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            yield checks.Warning("程序使用了 PostgreSQL 超级用户。", hint="deploy/README.md", id="site.W022")


@deployment
def journal_is_guarded() -> Found:
    from elections import append_only
    from voters import freeze

    if _has_tables() and (missing := append_only.missing(connection) + freeze.missing(connection)):
        yield checks.Error(
            f"操作记录、计票结果和选民名单的触发器缺失：{'、'.join(missing)}", hint="manage.py migrate", id="site.E023"
        )


@deployment
def no_demo_accounts() -> Found:
    if not _has_tables():
        return
    appointments = apps.get_model("elections", "Appointment").objects
    if appointments.filter(area__code__startswith=DEMO_COUNTY, user__is_active=True).exists():
        yield checks.Error("数据库里有演示县的账号（口令人人知道）。", hint="正式使用请新建数据库", id="site.E024")


@deployment
def engine_is_big_enough() -> Found:
    if connection.vendor != "sqlite" or not _has_tables():
        return
    accounts = apps.get_model(settings.AUTH_USER_MODEL).objects.filter(is_active=True).count()
    if accounts > SQLITE_ACCOUNTS_AT_MOST:
        yield checks.Error(f"{accounts} 个账号不能用 SQLite，请改用 PostgreSQL。", id="site.E025")
    elif accounts > SQLITE_ACCOUNTS:
        yield checks.Warning(f"{accounts} 个账号：SQLite 适合 {SQLITE_ACCOUNTS} 个以内。", id="site.W025")


@deployment
def redis_forgets_nothing() -> Found:
    if not settings.REDIS_URL:
        return
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3)
        policy = client.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
    except redis.RedisError as error:
        yield checks.Warning(f"Redis 没有回答：{type(error).__name__}", id="site.W026")
        return
    if policy != "noeviction":
        yield checks.Error(f"Redis 的 maxmemory-policy 是 {policy}，会丢任务。", hint="noeviction", id="site.E026")


@deployment
def disk_has_room() -> Found:
    disk = shutil.disk_usage(settings.MEDIA_ROOT)
    if disk.free < DISK_FREE * disk.total:
        yield checks.Warning(f"磁盘剩余不足 {DISK_FREE:.0%}。", id="site.W027")


@deployment
def backup_is_fresh() -> Found:
    made = [path.stat().st_mtime for path in Path(settings.BACKUP_DIR).glob("*/manifest.json")]
    if not made or time.time() - max(made) > BACKUP_HOURS * 3600:
        yield checks.Warning(f"最近 {BACKUP_HOURS} 小时没有备份。", hint="make backup", id="site.W028")


def _has_tables() -> bool:
    try:
        return "elections_journalentry" in connection.introspection.table_names()
    except DatabaseError:
        return False
