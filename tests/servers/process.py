"""A process that the tests start: always in its own session, with its files in a folder of its own.

Only processes started here are ever signalled, each by its own process group.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent.parent
START_WITHIN = 60.0  # seconds


class NotStarted(RuntimeError):
    """The server did not come up; the message ends with its last words."""


class Server(ABC):
    """One process (group) that we started: start, stop, kill, freeze, and start again with the same files."""

    stop_signal = signal.SIGTERM

    def __init__(self, name: str, user: str | None = None) -> None:
        self.user = user
        self.folder = Path(tempfile.mkdtemp(prefix=f"huanjie-{name}-"))
        self.log = self.folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        if user:
            shutil.chown(self.folder, user)

    @abstractmethod
    def command(self) -> list[str]:
        """What starts it."""

    @abstractmethod
    def ready(self) -> bool:
        """Whether it answers."""

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder if self.user else BASE,
                env=self.environment(),
                start_new_session=True,
                **as_user(self.user),
            )
        wait_for(lambda: self.ready() or self._fail_if_dead())

    def _fail_if_dead(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise NotStarted(f"{self.command()[0]} ended: {self.log.read_text(errors='replace')[-2000:]}")
        return False

    def signal(self, number: signal.Signals) -> None:
        """Signal the whole group, if it is still ours and alive."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(30)

    def freeze(self) -> None:
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def stop(self) -> None:
        """Ask politely (the parent only, which ends its children), then kill the group."""
        if self.process is None or self.process.poll() is not None:
            return
        self.thaw()
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def restart(self) -> None:
        self.stop()
        self.start()

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition: Callable[[], bool], within: float = START_WITHIN, every: float = 0.05) -> None:
    """Wait until the condition holds; raise `TimeoutError` after `within` seconds."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {within:g} s")
        time.sleep(every)


def as_user(user: str | None) -> dict:
    if user is None:
        return {}
    account = pwd.getpwnam(user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
