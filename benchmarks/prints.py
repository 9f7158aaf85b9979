"""What the benchmarks of printing share: invented rolls as facts, medians of sides that take turns, CPU beside the clock."""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rolls import FOLDER, GIVEN, SURNAMES

RARE = ("王喆", "李玥", "张堃", "欧阳䶮", "𠮷田一", "阿依古丽·买买提")
GROUPS = 12
ROUNDS = 3
Spent = tuple[float, float]  # seconds of the clock, of the processor


def set_up() -> None:
    """Django without a database: nothing here asks one."""
    os.environ.update(TEST_FOLDER=FOLDER.name, DJANGO_SETTINGS_MODULE="tests.settings", LOG_LEVEL="ERROR")
    import django

    django.setup()


def lines(count: int, turn: int) -> list[tuple[int, str, str, str]]:
    """Number, name, sex, group. Every turn has other names, so that no printer remembers what it set before."""
    found = []
    for at in range(count):
        serial = at + turn * count
        name = SURNAMES[serial % 12] + GIVEN[serial // 12 % 24] + GIVEN[(serial // 288 + turn) % 24]
        name = RARE[at] if at < len(RARE) else name
        found.append((at + 1, name, "男" if serial % 2 else "女", f"{at * GROUPS // count + 1}组"))
    return found


def heading(count: int) -> dict[str, Any]:
    """The facts above the names."""
    return {
        "village": "石门村", "code": "990100101201", "term_no": 12, "people": "村民", "committee": "村民委员会",
        "count": count, "law": "《村民委员会组织法》", "poll_day": "2026年12月20日（星期日）", "dated": "2026年11月25日",
        "objections_until": "2026年11月30日", "answer_days": 3, "at": "08:00至15:00", "where": "村委会大院",
    }  # fmt: skip


def spent(act: Callable[[], Any]) -> tuple[Spent, Any]:
    wall, cpu = time.perf_counter(), processor()
    made = act()
    return (time.perf_counter() - wall, processor() - cpu), made


def processor() -> float:
    """Seconds of this process and of those it started."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def median(runs: list[Spent]) -> Spent:
    """Of the clock and of the processor."""
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def letters(count: int, turn: int) -> bytes:
    """The floor: the same letters by the same engine as one running text, without lines, columns and cards."""
    text = "　".join(f"{number}{name}{sex}{group}" for number, name, sex, group in lines(count, turn))
    page = b'#set page(paper: "a4")\n#set text(font: ("Noto Serif CJK SC",), size: 11pt)\n#sys.inputs.text'
    return typst.compile(page, font_paths=installed(), format="pdf", sys_inputs={"text": text}, pdf_tags=False)


@cache
def installed() -> typst.Fonts:
    return typst.Fonts(include_embedded_fonts=False)


def html_pdf(html: str, css: str, held: dict[str, tuple[bytes, str]]) -> tuple[bytes, int]:
    """A page of HTML through the printer of the other papers, with its faces."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from elections.documents.pdf import MemoryOnly, _faces, style

    faces, memory = FontConfiguration(), _faces() | held
    sheet = CSS(string=style() + css, font_config=faces, url_fetcher=MemoryOnly(memory), base_url="memory:")
    page = HTML(string=html, base_url="memory:", url_fetcher=MemoryOnly(memory), media_type="print")
    document = page.render(stylesheets=[sheet], font_config=faces)
    return document.write_pdf(), len(document.pages)
