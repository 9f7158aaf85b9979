"""What the benchmarks of the roll share: a database of their own, invented rolls as files, an election to import into."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
FOLDER = tempfile.TemporaryDirectory(prefix="huanjie-bench-")
HEADINGS = (
    "序号", "姓名", "性别", "民族", "身份证号", "村民小组", "户号", "住址", "电话", "登记类型", "本人表示参加", "政治面貌", "备注",
)  # fmt: skip
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", "芳伟敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文华"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def an_id(serial: int) -> str:
    """A number of area 990100 with its check digit; serial numbers never meet."""
    day = date(1936, 1, 1) + timedelta(days=serial % 25_000)
    body = f"990100{day:%Y%m%d}{serial // 25_000 + 101:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def rows(count: int, *, changed_every: int = 0) -> Iterator[list[str]]:
    """People; with ``changed_every`` every so many moved to another group."""
    for serial in range(count):
        number = an_id(serial)
        name = SURNAMES[serial % 12] + GIVEN[serial // 12 % 24] + GIVEN[serial // 288 % 24]
        group = f"{serial % 12 + 1}组" if not changed_every or serial % changed_every else "新组"
        yield [
            str(serial + 1), name, "男" if int(number[16]) % 2 else "女", "汉族", number, group, str(serial // 4),
            f"石门村{serial // 4}号", f"138{serial:08d}", "户籍在本村且居住", "", "群众", "",
        ]  # fmt: skip


def roll_file(count: int, *, changed_every: int = 0) -> bytes:
    """An .xlsx roll with a title row, kept in the folder of this run."""
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(["石门村登记参加选举的村民名单"])
    sheet.append(HEADINGS)
    for row in rows(count, changed_every=changed_every):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@contextmanager
def database(engine: str) -> Iterator[None]:
    """Django on a fresh database: ``sqlite`` or ``postgresql``."""
    os.environ.update(TEST_FOLDER=FOLDER.name, DJANGO_SETTINGS_MODULE="tests.settings", LOG_LEVEL="ERROR")
    if engine == "sqlite":
        _set_up()
        yield
        return
    from tests.servers import Postgres

    with Postgres() as server:
        os.environ["DATABASE_URL"] = server.url
        _set_up()
        yield


def _set_up() -> None:
    import django

    # In a process of its own, so that what it takes does not count as ours.
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=BASE, env=dict(os.environ), check=True)
    django.setup()


def an_election() -> tuple[Any, Any]:
    """An election in registration and a clerk of its village."""
    from tests.voters.make_voters import a_clerk, a_roll_election

    return a_roll_election(), a_clerk()


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def peak_mib() -> float:
    """The most this process has held, or the largest of its children, in MiB."""
    import resource

    own = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, children) / 1024


def report(name: str, n: int, spent: float, peer: float | None, floor: float | None, **more: Any) -> None:
    figures = {
        "name": name, "n": n, "seconds": round(spent, 3), "peer_seconds": peer and round(peer, 3),
        "floor_seconds": floor and round(floor, 3), "ratio_to_peer": peer and round(peer / spent, 2),
        "ratio_to_floor": floor and round(spent / floor, 2), "peak_mib": round(peak_mib(), 1), **more,
    }  # fmt: skip
    print(json.dumps(figures), flush=True)
