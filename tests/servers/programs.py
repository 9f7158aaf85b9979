"""The two programs of the site as real processes: worker and web."""

import os
import socket
import sys
from urllib.parse import quote

from tests.servers.process import Server, free_port


class Worker(Server):
    """A real Celery worker on the database of the running test; `broker` None means the broker of plain files."""

    def __init__(self, database_url: str, broker: str | None = None, *, beat: bool = False, processes: int = 1) -> None:
        super().__init__("worker")
        self.database_url, self.broker, self.beat, self.processes = database_url, broker, beat, processes

    def command(self) -> list[str]:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--without-gossip", "--without-mingle"]
        command += ["--concurrency", str(self.processes), "--hostname", f"{self.folder.name}@%h"]
        return command + (["--beat", "--schedule", str(self.folder / "beat")] if self.beat else [])

    def environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.database_url, "REDIS_URL": self.broker or "", "LOG_LEVEL": "INFO"}
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **own}

    def ready(self) -> bool:
        return b" ready." in self.log.read_bytes()

    def start(self) -> None:
        self.log.unlink(missing_ok=True)
        super().start()


class Web(Server):
    """gunicorn with two processes on the database of the running test."""

    def __init__(self, database_url: str, broker: str | None = None) -> None:
        super().__init__("web")
        self.database_url, self.broker, self.port = database_url, broker, free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        return [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "config.wsgi"]

    def environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.database_url, "REDIS_URL": self.broker or "", "BIND": f"127.0.0.1:{self.port}"}
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "WEB_PROCESSES": "2", **own}

    def ready(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def url_of(database: dict) -> str:
    """Return the DATABASE_URL of Django's settings of one connection, as another process needs it."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    who = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}@{database['HOST']}:{database['PORT']}"
    return f"postgres://{who}/{database['NAME']}"
