"""Draw the state machines of docs/architecture.md anew between their markers: `python -m docs.architecture`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from elections.rules import stages
from elections.rules.kinds import Body, Standing

PAGE = Path(__file__).resolve().parent / "architecture.md"
DRAWING = re.compile(r"(<!-- drawn: (\w+) -->\n).*?(<!-- /drawn -->)", re.S)
BEGINNING = END = "[*]"


class Arrow(NamedTuple):
    """One way from a state to another: by which function, or why."""

    source: str
    target: str
    by: str


# What has no table of its own in the code. `by` is the function that makes the change, which a test looks up.
JOB = (
    Arrow(BEGINNING, "queued", "elections.services.jobs.ask"),
    Arrow("queued", "running", "elections.leases.Work.take"),
    Arrow("running", "running", "elections.leases.Work.take"),
    Arrow("running", "done", "elections.leases.Work.finishing"),
    Arrow("running", "failed", "elections.leases.Work.fail"),
    Arrow("running", "queued", "elections.leases.Work.release"),
    Arrow("running", "parked", "elections.leases.Work.release"),
    Arrow("queued", "cancelled", "elections.services.jobs.cancel"),
    Arrow("running", "cancelled", "elections.services.jobs.cancel"),
    Arrow("failed", "queued", "elections.services.jobs.again"),
    Arrow("parked", "queued", "elections.services.jobs.again"),
    Arrow("cancelled", "queued", "elections.services.jobs.again"),
    Arrow("done", END, ""),
)
IMPORT = (
    Arrow(BEGINNING, "open", "voters.services.imports.open_import"),
    Arrow(BEGINNING, "reading", "voters.services.imports.queue_import"),
    Arrow("reading", "open", "voters.tasks.read_roll"),
    Arrow("open", "open", "voters.services.repairs.note_repairs"),
    Arrow("open", "done", "voters.services.imports.commit_import"),
    Arrow("open", "dropped", "voters.services.imports.drop_import"),
    Arrow("reading", "dropped", "voters.services.imports.drop_import"),
    Arrow("done", "undone", "voters.services.imports.undo_import"),
)
PROXY = (
    Arrow(BEGINNING, "in_force", "voters.services.proxies.record_proxy"),
    Arrow("in_force", "withdrawn", "voters.services.proxies.end_proxy"),
    Arrow("in_force", "corrected", "voters.services.proxies.end_proxy"),
    Arrow("in_force", "came", "voters.services.proxies.end_by_coming"),
    Arrow("in_force", "candidate", "voters.services.proxies.end_of_candidates"),
    Arrow("in_force", "off_roll", "voters.services.proxies.end_off_roll"),
)
ROUND = (
    Arrow(BEGINNING, "opened", "elections.services.rounds.open_round"),
    Arrow("opened", "counted", "elections.services.rounds.record_count"),
    Arrow("counted", "counted", "elections.services.rounds.record_count"),
    Arrow("counted", "confirmed", "elections.services.rounds.confirm_result"),
    Arrow("confirmed", END, ""),
)


def of_body(body: Body) -> list[Arrow]:
    """The stages of one body, as its table has them."""
    arrows = [Arrow(BEGINNING, stages.TABLES[body][0].source, "")]
    for row in stages.TABLES[body]:
        hold = "with a reason" if row.backward else _conditions(len(row.guards))
        arrows.append(Arrow(row.source, row.target, f"{row.step} · {hold}"))
    closing = _conditions(len(stages.CLOSING[body]))
    return [*arrows, Arrow(stages.Stage.HANDOVER, END, f"close · {closing}")]


def of_standing() -> list[Arrow]:
    """What may happen beside the stages."""
    arrows = [Arrow(BEGINNING, Standing.ACTIVE, "")]
    for move in stages.STANDING_MOVES:
        arrows += [Arrow(source, move.target, move.act) for source in move.sources]
    return arrows


def _conditions(number: int) -> str:
    return "1 condition" if number == 1 else f"{number or 'no'} conditions"


def drawings() -> dict[str, Iterable[Arrow]]:
    """Name of the marker → arrows."""
    declared: dict[str, Iterable[Arrow]] = {"job": JOB, "import": IMPORT, "proxy": PROXY, "round": ROUND}
    return {**{body.value: of_body(body) for body in Body}, "standing": of_standing(), **declared}


def mermaid(arrows: Iterable[Arrow]) -> str:
    """A state diagram in the language that code hosts draw."""
    lines = ["```mermaid", "stateDiagram-v2"]
    for source, target, by in arrows:
        words = ".".join(by.split(".")[-2:]) if by.count(".") > 1 else by
        lines.append(f"    {source} --> {target}" + (f": {words}" if words else ""))
    return "\n".join([*lines, "```", ""])


def redrawn(page: str) -> str:
    """The page with every drawing as it should be. Raises KeyError for a marker without a drawing."""
    found = drawings()
    return DRAWING.sub(lambda mark: mark[1] + mermaid(found[mark[2]]) + mark[3], page)


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(redrawn(page), encoding="utf-8")
    print(f"docs/architecture.md: {len(drawings())} drawings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
