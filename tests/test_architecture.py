"""The rules of this house, held by tests: floors, the Django line, windows between apps, ceilings, the tables."""

from __future__ import annotations

import ast

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from elections.permissions import TABLE
from elections.rules import law, policy, stages, worklist
from elections.rules.kinds import Body, Stage
from elections.rules.policy import Policy
from tests.house import APPS, ROOF, ROOT, faults, files

MOST_FILE_LINES, MOST_FUNCTION_LINES = 400, 40


@pytest.mark.parametrize("house", [*APPS, ROOF])
def test_every_file_keeps_the_rules_of_the_house(house):
    wrong = [
        f"{path}: {fault}"
        for path in files(house)
        for fault in faults(path.as_posix(), (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert wrong == []


# What nobody may write, where, and how the house says so.
FORBIDDEN = {
    "models of a sibling in a selector": (
        "elections/selectors/new.py", "from voters.models import Voter",
        "line 1: elections does not look into voters: voters.models.Voter",
    ),
    "models of a sibling in the papers": (
        "elections/documents/new.py", "import voters.models",
        "line 1: elections does not look into voters: voters.models",
    ),
    "models of a sibling in the window": (
        "elections/selectors/neighbours.py", "from voters.models import Voter",
        "line 1: elections does not look into voters: voters.models.Voter",
    ),
    "a guard in counting": (
        "elections/rules/counting/new.py", "from elections.rules.guards import voting",
        "line 1: rules.counting stands on or below rules.guards",
    ),
    "the worklist in law, inside a function": (
        "elections/rules/law.py", "def late():\n    from elections.rules import worklist\n",
        "line 2: rules.law stands on or below rules.worklist",
    ),
    "the demonstration in a selector": (
        "voters/selectors/new.py", "from config.demo.people import people",
        "line 1: config.demo.people.people stands above voters",
    ),
    "services below, relatively": (
        "elections/journal.py", "from . import services",
        "line 1: elections.services stands on a floor above elections.journal",
    ),
    "services below, relatively and for type checking": (
        "voters/models/new.py", "if TYPE_CHECKING:\n    from ..services import imports\n",
        "line 2: voters.services.imports stands on a floor above voters.models",
    ),
    "a sibling by name": (
        "elections/services/new.py", "from importlib import import_module\nimport_module('voters.services')\n",
        "line 2: elections does not look into voters: voters.services",
    ),
    "something by a name that only runs will tell": (
        "elections/services/new.py", "from importlib import import_module\nimport_module(f'{app}.services')\n",
        "line 2: imports what only runs will tell",
    ),
    "the time in a guard": (
        "elections/rules/guards/new.py", "import time\n\nnow = time.time()\n",
        "line 1: below the Django line nobody imports time",
    ),
    "chance in a guard": (
        "elections/rules/guards/new.py", "from random import choice",
        "line 1: below the Django line nobody imports random.choice",
    ),
    "today in a guard": (
        "voters/rules/new.py", "from datetime import date\n\ndate.today()\n", "line 3: asks today()",
    ),
    "Django in a rule": (
        "candidates/rules/new.py", "from django.db import models",
        "line 1: below the Django line nobody imports django.db.models",
    ),
    "a default manager in a view": (
        "voters/views/new.py", "Voter._default_manager.count()", "line 1: opens a table with _default_manager",
    ),
    "a related manager in a view": (
        "elections/views/new.py", "election.staff.all()", "line 1: opens a table with staff",
    ),
    "the roof in an app": (
        "elections/views/new.py", "from office.screens import desk", "line 1: office.screens.desk stands above elections",
    ),
    "the roll in the audit": (
        "audits/selectors.py", "from voters.selectors import listed",
        "line 1: audits does not look into voters: voters.selectors.listed",
    ),
    "a file called utils": ("elections/rules/utils.py", "", "a file is called utils"),
    "a folder called helpers": ("voters/views/helpers/form.py", "", "a file is called helpers"),
    "a file on no floor": ("voters/attic.py", "", "voters/attic.py has no floor"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_nobody_may_write_is_found(name):
    path, source, fault = FORBIDDEN[name]
    assert faults(path, source) == [fault]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("elections/selectors/neighbours.py", "from voters.selectors import listed"),
        ("candidates/selectors/facts.py", "from voters.selectors import listed"),
        ("voters/services/listing.py", "from elections.services import records"),
        ("office/screens/desk.py", "from voters.selectors import to_settle"),
        ("elections/rules/guards/voting.py", "from elections.rules.counting.kin import Kin"),
        ("config/demo/walk.py", "from voters.services import imports"),
    ],
)
def test_what_everybody_may_write_is_not(path, source):
    assert faults(path, source) == []


def test_files_and_functions_stay_small():
    wrong = []
    for path in files(*APPS, ROOF, "config"):
        text = (ROOT / path).read_text(encoding="utf-8")
        if text.count("\n") > MOST_FILE_LINES:
            wrong.append(f"{path}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = node.end_lineno - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    wrong.append(f"{path}: {node.name} has {length} lines")
    assert wrong == []


def patterns(found: list | None = None, breadcrumbs: str = "") -> list[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    result = []
    for pattern in get_resolver().url_patterns if found is None else found:
        place = f"{breadcrumbs}{pattern.pattern}"
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

    code = "\n".join(path.read_text(encoding="utf-8") for app in (*APPS, ROOF) for path in (ROOT / app).rglob("*.py"))
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
    assert law.problems() == ()


def test_every_key_of_the_packs_is_read_somewhere():
    """A number nobody reads is a promise nobody keeps."""
    code = "\n".join(path.read_text(encoding="utf-8") for app in (*APPS, ROOF) for path in (ROOT / app).rglob("*.py"))
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
        for app in (*APPS, ROOF)
        for path in (ROOT / app).rglob("*.py")
        if path.name != "law.py" and "migrations" not in path.parts and article.search(path.read_text(encoding="utf-8"))
    ]
    wrong += [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if article.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
