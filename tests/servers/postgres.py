"""A throwaway PostgreSQL."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2

from tests.servers.process import NotStarted, Server, as_user, free_port


class Postgres(Server):
    """A throwaway cluster. `url` names its empty database `huanjie`, owned by a super-user of the same name."""

    stop_signal = signal.SIGINT  # fast shutdown: does not wait for clients

    def __init__(self) -> None:
        super().__init__("pg", user=_servant("postgres"))
        self.bin = _postgres_programs()
        self.data = self.folder / "data"
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self._initialise()

    @property
    def url(self) -> str:
        return self.database_url("huanjie")

    def database_url(self, name: str) -> str:
        return f"postgres://huanjie:{self.password}@127.0.0.1:{self.port}/{name}"

    def _initialise(self) -> None:
        password_file = self.folder / "password"
        password_file.write_text(self.password)
        if self.user:
            shutil.chown(password_file, self.user)
        self._run("initdb", "-D", self.data, "-U", "huanjie", "--pwfile", password_file, "--auth=scram-sha-256",
                  "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        password_file.unlink()
        # The port must stand in the file: given by -o it would be forgotten at the next start.
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(
                f"port = {self.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{self.folder}'\n"
                "fsync = on\nsynchronous_commit = on\nmax_connections = 120\nshared_buffers = 128MB\n"
                "log_min_error_statement = panic\ntimezone = 'UTC'\n"  # UTC on purpose: legal days must not notice
            )

    def _run(self, program: str, *arguments: object) -> None:
        done = subprocess.run(
            [str(self.bin / program), *map(str, arguments)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            **as_user(self.user),
        )
        if done.returncode:
            raise NotStarted(f"{program}: {done.stderr[-2000:]}")

    def command(self) -> list[str]:
        return [str(self.bin / "postgres"), "-D", str(self.data)]

    def ready(self) -> bool:
        try:
            psycopg2.connect(self.database_url("postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def start(self) -> None:
        super().start()
        self._create_database()

    def _create_database(self) -> None:
        connection = psycopg2.connect(self.database_url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'huanjie'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE huanjie")
        connection.close()


def _servant(name: str) -> str | None:
    """PostgreSQL refuses to run as root: return an unprivileged account to run it, or None when we are not root."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam(name).pw_name
    except KeyError:
        return "nobody"


def _postgres_programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    if found is None:
        raise NotStarted("PostgreSQL is not installed; `make setup` installs it")
    return Path(found).parent
