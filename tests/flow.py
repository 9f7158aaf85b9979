"""Which files of the product an act enters: what a stranger has to open to follow it (docs/architecture.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tests.house import HOUSES, ROOT


@dataclass
class Flow:
    """The files entered in order of the first time, and how often the thread of control changed from file to file."""

    files: list[str] = field(default_factory=list)
    changes: int = 0
    _last: str = ""

    def enter(self, path: str) -> None:
        if path == self._last:
            return
        self.changes += bool(self._last)
        self._last = path
        if path not in self.files:
            self.files.append(path)


@contextmanager
def followed() -> Iterator[Flow]:
    """Follow every function of the product that is called within the block, in this thread."""
    flow = Flow()
    known: dict[str, str | None] = {}

    def call(frame: FrameType, event: str, _argument: Any) -> Callable[..., Any] | None:
        if event == "call":
            name = frame.f_code.co_filename
            if name not in known:
                known[name] = _product_file(name)
            path = known[name]
            if path is not None:
                flow.enter(path)
        return None

    before = sys.getprofile()
    sys.setprofile(call)
    try:
        yield flow
    finally:
        sys.setprofile(before)


def _product_file(name: str) -> str | None:
    """The path below the root of a file of the product; of settings, migrations and everything foreign, ``None``."""
    try:
        path = Path(name).relative_to(ROOT)
    except ValueError:
        return None
    known = path.parts[0] in HOUSES and "migrations" not in path.parts and path.suffix == ".py"
    return path.as_posix() if known else None
