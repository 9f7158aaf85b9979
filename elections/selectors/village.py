"""Reading one village for its page: the track of stages and the tasks of a stage, in the shapes the templates take."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, Value
from django.urls import reverse

from elections.models import Election
from elections.rules import policy, worklist
from elections.rules.deadlines import Settled, settled
from elections.rules.facts import Facts
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.timetable.items import Item, KnownDays, days_moving_deadlines, derive
from elections.selectors.facts import facts_for

# fmt: off
PHASES = (
    ("准备阶段",         ((Body.VILLAGERS_COMMITTEE, Stage.PREPARATION, "准备"), (Body.VILLAGERS_COMMITTEE, Stage.AUDIT, "离任审计"))),
    ("党组织换届",       ((Body.PARTY, Stage.REGISTRATION, "核定应到会"), (Body.PARTY, Stage.NOMINATION, "两推"),
                          (Body.PARTY, Stage.VETTING, "联审公示"), (Body.PARTY, Stage.VOTING, "党员大会"))),
    ("村民委员会选举",   ((Body.VILLAGERS_COMMITTEE, Stage.REGISTRATION, "选民登记"), (Body.VILLAGERS_COMMITTEE, Stage.NOMINATION, "提名"),
                          (Body.VILLAGERS_COMMITTEE, Stage.VETTING, "资格审查"), (Body.VILLAGERS_COMMITTEE, Stage.VOTING, "投票"))),
    ("后续工作",         ((Body.VILLAGERS_COMMITTEE, Stage.HANDOVER, "移交归档"), (Body.SUPERVISION, Stage.VOTING, "监督委员会"))),
)
# fmt: on


def track(election: Election, bodies: Mapping[str, Election]) -> list[dict[str, Any]]:
    """Return the stage track of the whole village: four phases with their nodes. ``bodies``: its elections."""
    people = election.village.people
    return [_phase(name.replace("村民", people), nodes, bodies, election) for name, nodes in PHASES]


def _phase(name: str, nodes: tuple, bodies: Mapping[str, Election], election: Election) -> dict[str, Any]:
    held = [(bodies[body], stage, title) for body, stage, title in nodes if body in bodies]
    made = [_node(number, other, stage, title, election) for number, (other, stage, title) in enumerate(held, 1)]
    words = {node["status"] for node in made}
    word = "已完成" if words == {"done"} else "未开始" if words <= {"todo", "blocked"} else "进行中"
    return {"name": name, "word": word, "current": any(node["here"] for node in made), "nodes": made}


def _node(number: int, other: Election, stage: str, title: str, shown: Election) -> dict[str, Any]:
    status = node_status(other, stage)
    query = "" if other.body == Body.VILLAGERS_COMMITTEE else f"?body={other.body}"
    here = other.pk == shown.pk and other.stage == stage and other.standing == Standing.ACTIVE
    note = other.get_standing_display() if other.standing in (Standing.SUSPENDED, Standing.ANNULLED) else ""
    url = reverse("stage", args=[other.village_id, stage]) + query
    return {"number": number, "name": title, "url": url, "status": status, "note": note, "here": here}


def node_status(election: Election, stage: str) -> str:
    """done | doing | todo | blocked, as the status words of the pages."""
    at, asked = election.stage_number, Stage(stage).number
    if election.standing == Standing.CLOSED or asked < at:
        return "done"
    if asked > at:
        return "todo"
    return "doing" if election.standing == Standing.ACTIVE else "blocked"


def deadlines(election: Election, facts: Facts) -> dict[str, Item]:
    """Return the timetable by key; empty while election day is not set. Only the committee's election has one."""
    if facts.poll_day is None or election.body != Body.VILLAGERS_COMMITTEE:
        return {}
    items = _timetable(facts.poll_day, days_moving_deadlines(facts), election.policy_values)
    return {item.key: item for item in items}


@lru_cache(maxsize=1024)
def _timetable(poll_day: date, known: KnownDays, policy_values: str) -> tuple[Item, ...]:
    """Cache the timetable: most villages of a county vote on the same few days."""
    return derive(poll_day, known, policy.thaw(policy_values))


def open_deadlines(election: Election, facts: Facts, keys: Collection[str] | None = None) -> dict[str, Item]:
    """Those that still ask for something; of these ``keys`` only, where somebody asks for no others."""
    return {
        key: item
        for key, item in deadlines(election, facts).items()
        if (keys is None or key in keys) and not settled(key, facts, election.policy)
    }


def deadline_of(election: Election, key: str) -> Item | None:
    """Return one deadline that hangs on election day alone; ``None`` while the day is not set."""
    if election.poll_day is None or election.body != Body.VILLAGERS_COMMITTEE:
        return None
    known = KnownDays(community=election.village.is_community)
    items = derive(election.poll_day, known, election.policy)
    return next((item for item in items if item.key == key), None)


def deadlines_in_order(election: Election, today: date) -> list[tuple[Item, Settled | None]]:
    """Return every deadline of one election in order of date, and how it was settled; empty while election day is not set."""
    facts = facts_for(election, today)
    items = sorted(deadlines(election, facts).values(), key=lambda item: (item.latest, item.key))
    return [(item, settled(item.key, facts, election.policy)) for item in items]


def task_rows(election: Election, stage: str, facts: Facts, *, page: str = "") -> list[dict[str, Any]]:
    """Return the tasks of a stage with status, what is missing, due date and source, as ``_task_list.html`` takes them.

    With ``page``, only those worked off on that page.
    """
    current = election.stage == stage and election.standing == Standing.ACTIVE
    found = [values for values in task_values(election, stage, facts) if not page or values["page"] == page]
    return [_task_row(number, values, election.village_id, current) for number, values in enumerate(found, 1)]


def _task_row(number: int, values: dict[str, Any], code: str, current: bool) -> dict[str, Any]:
    url = page_url(values["page"], code, values["body"])
    action = "去办理" if current and values["status"] in ("todo", "doing") else ""
    return {"number": number, "url": url, "action": action, "action_url": url, **values}


def page_url(page: str, code: str, body: str) -> str:
    """Return the address of a page of one village for one of its bodies."""
    return reverse(page, args=[code]) + ("" if body == Body.VILLAGERS_COMMITTEE else f"?body={body}")


def task_values(election: Election, stage: str, facts: Facts) -> list[dict[str, Any]]:
    """Return what is known of each task of a stage, without its address."""
    states = worklist.states_of(election.body, stage, facts, election.policy)
    due = open_deadlines(election, facts, {each.task.due for each in states if not each.done and not each.waiting})
    return [_values(state, election.body, due.get(state.task.due)) for state in states]


def _values(state: worklist.TaskState, body: str, item: Item | None) -> dict[str, Any]:
    task = state.task
    missing = [problem.text for problem in state.problems if problem.blocks]
    begun = not state.done and task.guards[0].name not in {problem.guard for problem in state.problems}
    status = "blocked" if state.waiting else "done" if state.done else "doing" if begun else "todo"
    return {
        "key": task.key,
        "title": task.title,
        "page": task.page,
        "body": str(task.body or body),
        "status": status,
        "waits_for": task.waits if state.waiting else "",
        "missing": missing if status == "doing" else [],
        "owner": task.owner,
        "due_key": task.due,
        "due": item.latest if item and status not in ("done", "blocked") else None,
        "due_kind": item.kind.label if item else "",
        "due_source": f"{item.cite}：{item.formula}" if item else "",
    }


def figures(row: Election, facts: Facts) -> dict[str, int]:
    """Return the counts on the tabs of the village page; ``row``: the election as its sources have it."""
    return {
        "voters": facts.registration.listed,
        "nominees": len(facts.nomination.nominees),
        "papers": row.papers_made,  # type: ignore[attr-defined]  # counted by Sources
    }


@dataclass(frozen=True)
class ReasonGiven:
    """A reason that somebody gave: for a soft condition, or for an act beside the stages with its approval."""

    what: str  # the condition in words, or the key of the act
    reason: str
    approval: str
    who: str
    at: datetime
    act: bool


def reasons_given(election: Election) -> list[ReasonGiven]:
    """Return what was explained and approved, conditions first, in one statement."""
    words = {"who": F("made_by__name"), "at": F("made_at")}
    waivers = election.waivers.annotate(approved=Value(""), is_act=Value(False), **words)
    changes = election.standing_changes.annotate(is_act=Value(True), **words)
    rows = waivers.order_by().values_list("text", "reason", "approved", "who", "at", "is_act")
    acts = changes.order_by().values_list("act", "reason", "approval", "who", "at", "is_act")
    found = [ReasonGiven(*row) for row in rows.union(acts, all=True)]
    return sorted(found, key=lambda each: (each.act, each.at))
