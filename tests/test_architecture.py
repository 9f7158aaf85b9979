"""The rules of this house, held by tests: floors, the Django line, windows between apps, ceilings, the tables."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from elections.permissions import TABLE
from elections.rules import law, policy, stages, worklist
from elections.rules.kinds import Body, Stage
from elections.rules.policy import Policy

ROOT = Path(__file__).resolve().parent.parent
APPS = ("elections", "voters", "candidates", "audits")
MOST_FILE_LINES, MOST_FUNCTION_LINES = 400, 40

PURE = {
    "elections": {
        "law", "policy", "kinds", "facts", "machine", "stages", "guards", "counting", "timetable", "risk", "statistics",
        "meetings", "committee", "worklist", "wording", "names", "naming", "notices", "pinyin", "working_days", "strokes",
        "representatives", "recommendation", "recall", "party_attendance", "slate",
    },
    "voters": {
        "rules", "identity", "eligibility", "faults", "rows", "clocks", "naming", "proxies", "categories", "columns",
        "ordering", "likeness", "cards",
    },
    "candidates": {"rules", "kinship", "bars", "slates", "withdrawals", "order", "listing"},
    "audits": {"rules"},
}  # fmt: skip
# From the ground up. A module may import its own floor and what is below, never above.
FLOORS = (
    ("models", "secrecy", "append_only", "sealing", "freeze"),
    ("selectors", "permissions", "journal", "faults", "spreadsheet", "persons"),
    ("documents", "leases"),
    ("importing", "staging"),
    ("tasks",),
    ("services",),
    ("forms", "tables", "filters"),
    ("views", "clock", "management", "middleware", "refusals", "templatetags"),
    ("urls", "apps"),
)
FLOOR = {name: number for number, names in enumerate(FLOORS, 1) for name in names}


def modules() -> list[tuple[str, str, Path]]:
    """App, module below the app, path — of all code but migrations."""
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT / app).with_suffix("").parts
            if parts[0] not in ("migrations", "__init__"):
                found.append((app, parts[0], path))
    return found


@functools.cache
def imports_of(path: Path) -> tuple[str, ...]:
    """Full names imported anywhere in a file, those only for type checking left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[str] = []
    for node in _runtime_nodes(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(found)


def _runtime_nodes(tree: ast.AST):
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _runtime_nodes(node)


def is_pure(app: str, module: str) -> bool:
    return module in PURE[app]


def test_below_the_django_line_nobody_knows_django():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for app, module, path in modules()
        if is_pure(app, module)
        for name in imports_of(path)
        if name.split(".")[0] in ("django", "celery", "config") or _is_above_the_line(name)
    ]
    assert wrong == []


def _is_above_the_line(name: str) -> bool:
    parts = name.split(".")
    return parts[0] in APPS and len(parts) > 1 and parts[1] in FLOOR and not is_pure(parts[0], parts[1])


def test_rules_read_no_clock():
    wrong = [
        f"{path.relative_to(ROOT)} asks {node.func.attr}()"
        for app, module, path in modules()
        if is_pure(app, module)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("now", "today")
    ]
    assert wrong == []


def test_nobody_imports_from_a_floor_above():
    wrong = []
    for app, module, path in modules():
        if module not in FLOOR:
            assert is_pure(app, module), f"{path.relative_to(ROOT)} has no floor: add {module!r} to the house"
            continue
        for name in imports_of(path):
            other = name.split(".")
            if other[0] in APPS and len(other) > 1 and FLOOR.get(other[1], 0) > FLOOR[module]:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_apps_meet_only_at_the_windows():
    wrong = []
    for app, module, path in modules():
        for name in imports_of(path):
            other = name.split(".")
            if other[0] not in APPS or other[0] == app or other[0] == "elections":
                continue
            window = module in ("selectors", "documents") if app == "elections" else False
            to_voters = app == "candidates" and other[:2] == ["voters", "selectors"]
            if not (window or to_voters):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_views_never_query():
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for app, module, path in modules()
        if module == "views"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ".objects" in line
    ]
    assert wrong == []


def test_files_and_functions_stay_small():
    wrong = []
    for path in sorted(path for app in (*APPS, "config") for path in (ROOT / app).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > MOST_FILE_LINES:
            wrong.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = node.end_lineno - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    wrong.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")
    assert wrong == []


def patterns(found: list | None = None, trail: str = "") -> list[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    result = []
    for pattern in get_resolver().url_patterns if found is None else found:
        place = f"{trail}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            result += patterns(pattern.url_patterns, place)
        else:
            result.append((place, pattern))
    return result


def test_every_address_names_a_permission():
    assert [place for place, pattern in patterns() if not getattr(pattern.callback, "permission", "")] == []


def test_an_address_without_a_permission_stops_start_up():
    from django.core.exceptions import ImproperlyConfigured
    from django.urls import path

    from elections.permissions import require_permissions

    with pytest.raises(ImproperlyConfigured, match="names no permission"):
        require_permissions([path("forgotten/", lambda request: None)])


@pytest.mark.parametrize("body", list(Body))
def test_every_stage_can_be_reached_and_left(body):
    rows = [row for row in stages.TABLES[body] if not row.backward]
    reached = {Stage.PREPARATION} | {row.target for row in rows}
    assert reached == set(Stage)
    assert {row.source for row in rows} == set(Stage) - {Stage.HANDOVER}
    assert stages.CLOSING[body]


@pytest.mark.parametrize("body", list(Body))
def test_no_forward_step_skips_a_stage(body):
    order = list(Stage)
    jumps = [
        row.step
        for row in stages.TABLES[body]
        if not row.backward and order.index(row.target) - order.index(row.source) not in (0, 1)
    ]
    assert jumps == []


def test_every_step_and_act_has_somebody_who_may_make_it():
    steps = {f"step.{row.step}" for rows in stages.TABLES.values() for row in rows}
    acts = {f"standing.{row.act}" for row in stages.STANDING_MOVES}
    assert {name for name in steps | acts if not TABLE[name].who} == set()


def test_every_task_has_a_page():
    pages = {task.page for lists in worklist.LISTS.values() for tasks in lists.values() for task in tasks}
    assert {page for page in pages if not reverse(page, args=["990100101201"])} == set()


def all_guards():
    found = {}
    for rows in stages.TABLES.values():
        found |= {each.name: each for row in rows for each in row.guards}
    for guards in stages.CLOSING.values():
        found |= {each.name: each for each in guards}
    for row in stages.STANDING_MOVES:
        found |= {each.name: each for each in row.guards}
    return found


@pytest.mark.parametrize("edition", law.EDITIONS)
def test_every_guard_rests_on_a_provision_of_each_edition(edition):
    for each in all_guards().values():
        assert law.cite(each.provision, edition)


def test_every_gate_tells_somebody_how_to_open_it():
    """A guard that stands in a forward gate belongs to a task of the worklist, or is met by the step itself."""
    by_the_day = {
        "poll_day_has_come", "no_round_opened", "roll_not_yet_published", "seats_still_vacant", "tie_to_break",
        "rerun_in_time", "approved_from_above", "polled_on_the_announced_day", "rerun_still_due", "rerun_has_choice",
    }  # fmt: skip
    assert worklist.unplaced_guards(all_guards().values()) <= by_the_day


def test_every_provision_is_relied_on():
    import re

    code = "\n".join(path.read_text(encoding="utf-8") for app in APPS for path in (ROOT / app).rglob("*.py"))
    packs = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "config/policies").glob("*.toml"))
    names = {name: each for name, each in vars(law).items() if isinstance(each, law.Provision)}
    idle = {
        name
        for name, each in names.items()
        if not re.search(rf"law\.{name}\b", code) and f'provision = "{each.key}"' not in packs
    }
    assert idle == AWAITING_THEIR_PAGES


# Provisions checked against the texts whose pages come later (recall, by-election, complaints, representatives …);
# the set may only shrink.
AWAITING_THEIR_PAGES = {
    "ACCOUNTS_FROZEN",
    "ACTING_CHAIR",
    "AGE_REACHED",
    "BAD_EVALUATIONS",
    "BALLOT_PAPER",
    "BATCHES",
    "BY_ELECTION",
    "CANDIDATE_QUALITIES",
    "COMPLAINT",
    "DETAINED",
    "EARLY_OR_LATE",
    "EC_CONDUCTS",
    "EC_DUTIES",
    "EC_REMOVED",
    "EC_TERM",
    "HIGHER_POST",
    "INSPECTION",
    "INVALID_ELECTION",
    "MEETING_ORDER",
    "MOST_VOTES",
    "NO_APPOINTMENT",
    "ORDER_CHANGED",
    "PARTY_BALLOT",
    "PARTY_CHOICES",
    "PARTY_FORM",
    "PARTY_INTRODUCED",
    "PARTY_MEETING",
    "PARTY_OVERVOTE",
    "PARTY_SCRUTINEERS",
    "PLEDGE",
    "POSTPONEMENT",
    "POST_ENDS",
    "PUBLICITY",
    "REPRESENTATIVES_CALL",
    "REPRESENTATIVES_LOCAL",
    "RESIDENTS_WAYS",
    "RESIGNATION",
    "SECRETARY_AS_CHAIR",
    "UNLAWFUL_WIN",
    "VILLAGE_MEETING_CALL",
    "WORDS_COUNTED",
}


def test_every_pack_loads_and_every_provision_is_sound():
    assert [policy.load(name).name for name in policy.packs()] == list(policy.packs())
    assert law.faults() == ()


def test_every_key_of_the_packs_is_read_somewhere():
    """A number nobody reads is a promise nobody keeps."""
    code = "\n".join(path.read_text(encoding="utf-8") for app in APPS for path in (ROOT / app).rglob("*.py"))
    code += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    unread = [key for key in Policy.__dataclass_fields__ if f".{key}" not in code and f'"{key}"' not in code]
    assert sorted(unread) == sorted(LATER)


# Keys of rules whose pages come later (recall, by-election, certificates, archive …); the list may only shrink.
LATER = [
    "archive_keep_years",
    "ballot_form",
    "certificate_issuer",
    "county_dept_name",
    "kin_winner_rule",
    "party_abroad_months",
    "party_committee_members",
    "province_code",
    "representatives_households_max",
    "representatives_households_min",
    "residents_households_max",
    "residents_households_min",
    "seat_plan_approval",
    "term_years",
    "vetting_departments",
]


def test_nothing_names_an_article_but_law():
    import re

    article = re.compile(r"第[一二三四五六七八九十百]+条")
    wrong = [
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if path.name != "law.py" and "migrations" not in path.parts and article.search(path.read_text(encoding="utf-8"))
    ]
    wrong += [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if article.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
