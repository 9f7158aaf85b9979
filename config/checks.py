"""Checks before the site serves people: `manage.py check --deploy`.

Errors stop the start of a production site, warnings are printed. A demonstration is not checked.
This file looks at settings and libraries; config/surroundings.py at database, Redis and disk.
"""

import stat
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

Found = Iterator[checks.CheckMessage]
SAFE_WEASYPRINT = 70  # before, the guard over what a document may fetch could be by-passed
SECRET_LENGTH = 50


def deployment(rule: Callable[[], Found]) -> Callable[[], Found]:
    """Register a rule for `check --deploy`; a demonstration passes unseen."""

    def check(app_configs: Any = None, **_kwargs: Any) -> list[checks.CheckMessage]:
        return [] if settings.DEMO else list(rule())

    checks.register(check, checks.Tags.security, deploy=True)
    return rule


def refuse_unsafe_start() -> None:
    """Raise `ImproperlyConfigured` with every error of `check --deploy`; print nothing when all is well."""
    if settings.DEMO:
        return
    found = checks.run_checks(include_deployment_checks=True, databases=["default"])
    errors = [message for message in found if message.is_serious() and not message.is_silenced()]
    if errors:
        raise ImproperlyConfigured("\n".join(["refusing to start:", *map(str, errors)]))


@deployment
def debug_is_off() -> Found:
    if settings.DEBUG:
        yield checks.Error("DEBUG 打开：出错页会显示数据和设置。", hint="去掉环境变量 DEBUG", id="site.E001")


@deployment
def secret_is_long() -> Found:
    key = settings.SECRET_KEY
    if len(key) < SECRET_LENGTH or len(set(key)) < 10 or key.startswith("django-insecure-"):
        yield checks.Error(
            f"SECRET_KEY 太弱（至少 {SECRET_LENGTH} 个字符）。",
            hint='生成：python -c "import secrets; print(secrets.token_urlsafe(64))"',
            id="site.E002",
        )


@deployment
def hosts_are_named() -> Found:
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield checks.Error("ALLOWED_HOSTS 必须写明本站的域名，不能为空或“*”。", id="site.E003")


@deployment
def key_file_is_private() -> Found:
    if not settings.ID_KEYS_FILE:
        return
    path = Path(settings.ID_KEYS_FILE).resolve()
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield checks.Error("密钥文件能被其他账户读取。", hint=f"chmod 400 {path}", id="site.E004")
    if any(path.is_relative_to(Path(folder).resolve()) for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT)):
        yield checks.Error("密钥文件放在上传或静态文件目录里。", hint="移到备份不包含的目录", id="site.E005")


@deployment
def uploads_are_not_served() -> Found:
    media, static = Path(settings.MEDIA_ROOT).resolve(), Path(settings.STATIC_ROOT).resolve()
    if media == static or media.is_relative_to(static):
        yield checks.Error("上传文件的目录在静态文件目录里，任何人都能下载。", id="site.E006")


@deployment
def cookies_are_secure() -> Found:
    if not settings.TLS:
        yield checks.Warning("TLS=0：口令和名单明文传输，只可用于专网，页面显示红色提示。", id="site.W007")
    elif not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_HSTS_SECONDS):
        yield checks.Error("启用 TLS 时 cookie 必须为 Secure，并启用 HSTS。", id="site.E007")


@deployment
def townships_show_two_factors() -> Found:
    if not {"county", "township"} <= set(settings.SECOND_FACTOR_FOR):
        yield checks.Warning("县、镇账号没有启用第二因子。", hint="SECOND_FACTOR_FOR=county,township", id="site.W008")


@deployment
def libraries_are_safe() -> Found:
    if _major("weasyprint") < SAFE_WEASYPRINT:
        yield checks.Error(f"WeasyPrint 版本低于 {SAFE_WEASYPRINT}。", id="site.E009")
    if _major("defusedxml") < 0:
        yield checks.Error("没有安装 defusedxml，读取表格时不能防御恶意 XML。", id="site.E010")


def _major(package: str) -> int:
    try:
        return int(version(package).split(".")[0])
    except PackageNotFoundError:
        return -1


@deployment
def tasks_end_before_they_are_given_again() -> Found:
    visible: Any = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout")
    if visible is not None and visible <= settings.CELERY_TASK_TIME_LIMIT:
        yield checks.Error("任务时限不短于消息的可见时限，长任务会执行两次。", id="site.E011")
