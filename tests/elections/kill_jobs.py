"""Kinds of jobs for the tests of the worker: each leaves one journal line when it is done, and only then."""

import time
from pathlib import Path

from elections import journal
from elections.documents import store
from elections.handlers import handler
from elections.leases import JobFailed, Work


def finish(work: Work, **ends: str) -> None:
    with work.finishing(**ends):
        journal.record(work.job.area_code, "test.done", actor=None, obj=work.job)


@handler("test.steps")
def steps(work: Work) -> None:
    """Some steps of some time, a file, one line."""
    total = work.job.args.get("steps", 5)
    for step in range(1, total + 1):
        time.sleep(work.job.args.get("seconds", 0.1))
        work.progress(step, total)
    finish(work, result=store.put(str(work.job.pk).encode()), name="结果.txt")


@handler("test.alive")
def alive(work: Work) -> None:
    """One long step without a sign of its own."""
    time.sleep(work.job.args["seconds"])
    finish(work)


@handler("test.refuse")
def refuse(work: Work) -> None:
    raise JobFailed("3个村缺投票地点。请补填后重做。")


@handler("test.break")
def break_down(work: Work) -> None:
    raise ValueError("990100196001013016")


@handler("test.nothing")
def nothing(work: Work) -> None:
    """Ends by itself."""


@handler("test.wait")
def wait(work: Work) -> None:
    """Goes on when a file is there: the test decides when."""
    while not Path(work.job.args["until"]).exists():
        work.progress(1, 2)
        time.sleep(0.05)
    finish(work)
