"""`make run`: the whole site on this computer, until Ctrl-C.

Prepares the database, then starts the web server and one worker with its clock, both as real as in production
(gunicorn, Celery), only with SQLite and a broker of plain files. Ends both when asked, or when one of them ends.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
ADDRESS = f"http://{'127.0.0.1' if HOST == '0.0.0.0' else HOST}:{PORT}/"
WEB = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "config.wsgi"]
WORKER = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat", "--without-gossip", "--without-mingle"]


def main() -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    started: list[subprocess.Popen[bytes]] = []
    try:
        _refuse_taken_port()
        _prepare()
        log = _log_folder()
        started.append(_start(WEB, log / "web.log", BIND=f"{HOST}:{PORT}"))
        started.append(_start(WORKER, log / "worker.log"))
        _wait_until_healthy(started[0], log / "web.log")
        _print_welcome(log)
        return _watch(started)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(started)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _refuse_taken_port() -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", PORT)) == 0:
            sys.exit(f"端口 {PORT} 已被占用，请换一个：make run PORT={PORT + 1}")


def _prepare() -> None:
    """Tables, static files and, in an empty database, the demonstration county."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    call_command("check", deploy=not settings.DEMO, fail_level="ERROR", stdout=io.StringIO())
    call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    if settings.DEMO and _is_empty():
        print("数据库为空，正在建立演示县（清源县，虚构）……", flush=True)
        call_command("demo")
    connections.close_all()


def _collect_static() -> None:
    """Collect and compress the static files, unless they are as they were at the last start."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = sorted(
        (path, storage.size(path), storage.get_modified_time(path).timestamp())
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    digest = hashlib.sha256(repr(found).encode()).hexdigest()
    stamp = settings.VAR_DIR / "static.stamp"
    if stamp.exists() and stamp.read_text() == digest:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest)


def _is_empty() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


def _log_folder() -> Path:
    from django.conf import settings

    folder = settings.VAR_DIR / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _start(command: list[str], log: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start in a session of its own, so that Ctrl-C reaches only us and each ends in order."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=BASE,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until_healthy(web: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if web.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            sys.exit(f"/healthz: {error.read().decode(errors='replace')}")
        except OSError:
            time.sleep(0.1)
    sys.exit(f"网站没有启动，日志最后几行：\n{log.read_text(errors='replace')[-2000:]}")


def _print_welcome(log: Path) -> None:
    from django.conf import settings

    print(f"\n  网址    {ADDRESS}\n  日志    {log}\n  停止    Ctrl-C\n")
    if settings.DEMO:
        print("  演示账号（密码都是 demo-2026）")
        for username, posts in _accounts():
            print(f"    {username:<10} {posts}")
        print()
    sys.stdout.flush()


def _accounts() -> list[tuple[str, str]]:
    from django.contrib.auth import get_user_model
    from django.db import connections

    users = get_user_model().objects.prefetch_related("appointments__area").order_by("pk")[:30]
    rows = [
        (user.username, "、".join(f"{post.area} {post.get_role_display()}" for post in user.appointments.all()))
        for user in users
    ]
    connections.close_all()
    return rows


def _watch(started: list[subprocess.Popen[bytes]]) -> int:
    while all(process.poll() is None for process in started):
        time.sleep(0.5)
    print("网站或后台任务进程意外结束，详见日志。", file=sys.stderr)
    return 1


def _stop(started: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, then end what is left of its group: only what we started."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in started:
        if process.poll() is None:
            process.terminate()
    for process in started:
        try:
            process.wait(25)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
