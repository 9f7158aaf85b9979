"""The rules of this house, held by tests: floors, the Django line, windows between apps, ceilings, the tables."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from elections.permissions import TABLE
from elections.rules import law, policy, stages, worklist
from elections.rules.kinds import Body, Stage
from elections.rules.policy import Policy
from tests.house import APPS, ROOF, ROOT, faults, files

MOST_FILE_LINES, MOST_FUNCTION_LINES = 400, 40
BY_HAND = {".html", ".typ", ".scss", ".js", ".mjs", ".sh"}  # beside Python


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


def too_long(path: str, text: str) -> list[str]:
    """What is over a ceiling in one file, as sentences."""
    lines = text.count("\n")
    wrong = [f"{path}: {lines} lines"] if lines > MOST_FILE_LINES else []
    for node in ast.walk(ast.parse(text)) if path.endswith(".py") else ():
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            wrong += [f"{path}: {node.name} has {length} lines"] if length > MOST_FUNCTION_LINES else []
    return wrong


def written_by_hand() -> list[Path]:
    """The product, its tests, its scripts and its pages, relative to the root."""
    found = files(*APPS, ROOF, "config", "tests", "deploy", "benchmarks", "docs")
    folders = ("templates", "static/scss", "static/js/src", "deploy")
    pages = [path.relative_to(ROOT) for folder in folders for path in sorted((ROOT / folder).rglob("*.*"))]
    return [
        path
        for path in [*found, *pages]
        if "node_modules" not in path.parts and (path.suffix in BY_HAND or path in found)
    ]


def test_files_and_functions_stay_small():
    paths = written_by_hand()
    assert {"tests", "deploy", "benchmarks", "templates", "static"} <= {path.parts[0] for path in paths}
    assert [fault for path in paths for fault in too_long(path.as_posix(), (ROOT / path).read_text("utf-8"))] == []


def test_what_is_one_line_too_long_is_found():
    def function(lines: int) -> str:
        return "def long():\n" + "    pass\n" * (lines - 1)

    assert too_long("tests/new.py", function(40)) == []
    assert too_long("tests/new.py", function(41)) == ["tests/new.py: long has 41 lines"]
    assert too_long("templates/new.html", "\n" * 400) == []
    assert too_long("templates/new.html", "\n" * 401) == ["templates/new.html: 401 lines"]


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
    tasks = [task for lists in worklist.LISTS.values() for tasks in lists.values() for task in tasks]
    placed = {each.name for task in tasks for each in task.guards}
    assert all_guards().keys() - placed <= by_the_day


def named_in_code() -> tuple[set[str], set[str]]:
    """Names read as an attribute, and texts that stand alone, in the product; remarks do not count."""
    attributes, texts = set(), set()
    for path in files(*APPS, ROOF, "config"):
        nodes = list(ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))))
        attributes |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        if path.as_posix() != "elections/rules/policy.py":  # where keys are declared, not read
            texts |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    return attributes | set(re.findall(r"\.(\w+)", pages)), texts


def idle_provisions() -> set[str]:
    """Provisions that neither code nor a rule pack cites."""
    attributes, _ = named_in_code()
    packs = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "config/policies").glob("*.toml"))
    cited = set(re.findall(r'provision = "(\w+)"', packs))
    named = {name: each for name, each in vars(law).items() if isinstance(each, law.Provision)}
    return {name for name, each in named.items() if name not in attributes and each.key not in cited}


def test_every_provision_is_relied_on():
    """What is not yet stands below with the work that will; what already is may not."""
    assert idle_provisions() == AWAITED_PROVISIONS.keys()


# Provisions checked against the texts → the later work that will read them. The list may only shrink.
AWAITED_PROVISIONS = {
    "ACCOUNTS_FROZEN": "the freeze of village accounts in the audit",
    "ACTING_CHAIR": "who acts while the chair is vacant",
    "AGE_REACHED": "the calculator's answer on 29 February",
    "BAD_EVALUATIONS": "posts that end by two evaluations",
    "BALLOT_PAPER": "ballots: printing, sealing, destroying",
    "BATCHES": "batches of villages",
    "BY_ELECTION": "by-elections",
    "CANDIDATE_QUALITIES": "the notice of nomination",
    "COMPLAINT": "complaints",
    "DETAINED": "proxies of people detained",
    "EARLY_OR_LATE": "early and late elections",
    "EC_CONDUCTS": "the duties page of the election committee",
    "EC_DUTIES": "the duties page of the election committee",
    "EC_REMOVED": "removing a member of the election committee",
    "EC_TERM": "dissolving the election committee after the handover",
    "HIGHER_POST": "the reason beside a winner of several offices",
    "INSPECTION": "the inspection of candidates",
    "INVALID_ELECTION": "the grounds listed when an election is annulled",
    "MEETING_ORDER": "the agenda of the election meeting",
    "MOST_VOTES": "the reason beside a winner among many",
    "NO_APPOINTMENT": "the register of offices held",
    "ORDER_CHANGED": "the exception to Party first",
    "PARTY_BALLOT": "the Party's ballot papers",
    "PARTY_CHOICES": "the Party's ballot papers",
    "PARTY_FORM": "the Party organisation's form by its members",
    "PARTY_INTRODUCED": "introducing the Party's candidates",
    "PARTY_MEETING": "delegates' meetings",
    "PARTY_OVERVOTE": "void ballots of the Party by each ballot",
    "PARTY_SCRUTINEERS": "scrutineers of the Party meeting",
    "PLEDGE": "pledges of candidates",
    "POSTPONEMENT": "the approval of a suspension",
    "POST_ENDS": "posts that end by themselves",
    "PUBLICITY": "the checklist of what is made public",
    "REPRESENTATIVES_CALL": "meetings of representatives",
    "REPRESENTATIVES_LOCAL": "choosing representatives",
    "RESIDENTS_WAYS": "elections by households or representatives",
    "RESIGNATION": "resignations",
    "SECRETARY_AS_CHAIR": "the register of offices held",
    "UNLAWFUL_WIN": "complaints",
    "VILLAGE_MEETING_CALL": "villagers' meetings on demand",
    "WORDS_COUNTED": "the calculator's explanations",
}


def test_every_pack_loads_and_every_provision_is_sound():
    assert [policy.load(name).name for name in policy.packs()] == list(policy.packs())
    assert law.problems() == ()


def unread_keys() -> set[str]:
    """Keys of the rule packs that no code and no page reads: numbers nobody reads are promises nobody keeps."""
    attributes, texts = named_in_code()
    return {key for key in Policy.__dataclass_fields__ if key not in attributes and key not in texts}


def test_every_key_of_the_packs_is_read_somewhere():
    assert unread_keys() == AWAITED_KEYS.keys()


def test_a_key_or_provision_that_nobody_reads_is_found(monkeypatch):
    """And one that is awaited and read: both lists are compared by equality."""
    monkeypatch.setitem(Policy.__dataclass_fields__, "days_nobody_reads", None)
    monkeypatch.setattr(
        law, "NOBODY_CITES", law.ROLL_PUBLISHED.__class__("nobody_cites", "。", law.PLAN, {}), raising=False
    )
    assert unread_keys() - AWAITED_KEYS.keys() == {"days_" + "nobody_reads"}
    assert idle_provisions() - AWAITED_PROVISIONS.keys() == {"NOBODY_CITES"}


# Keys of the packs → the later work that will read them. The list may only shrink.
AWAITED_KEYS = {
    "archive_keep_years": "the date until which an archive box is kept",
    "ballot_form": "voting on one office after the other",
    "certificate_issuer": "certificates",
    "county_dept_name": "the addressee of reports to the county",
    "kin_winner_rule": "another order between related winners",
    "party_abroad_months": "working out who is due at the Party meeting",
    "party_committee_members": "whether a branch has a committee",
    "province_code": "warning of a pack of another province",
    "representatives_households_max": "choosing representatives",
    "representatives_households_min": "choosing representatives",
    "residents_households_max": "choosing residents' representatives",
    "residents_households_min": "choosing residents' representatives",
    "seat_plan_approval": "the township's approval of the seats",
    "term_years": "the end of a term in the register of offices",
    "vetting_departments": "one opinion a department in the vetting",
}


def test_nothing_names_an_article_but_law():
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
