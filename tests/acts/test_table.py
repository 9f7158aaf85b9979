"""No act without a story: every public function of every service is in the table, or stands here with the reason."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from tests.acts.table import STORIES, WITHOUT_LINE

WRITING = re.compile(
    r"\.(?:save|create|bulk_create|update|update_or_create|get_or_create|delete)\(|\b(?:write|record)\("
)
PACKAGES = tuple(f"{app}.services" for app in ("elections", "voters", "candidates", "audits"))
BESIDE = ("office.papers.making", "voters.assisting", "voters.hourly_limits")  # acts that stand with their matter

# Say what stands against an act, or what it would make, and change nothing.
READING = [
    "elections.services.beginning.why_not_held_again",
    "elections.services.conditions.cite",
    "elections.services.conditions.insist",
    "elections.services.conditions.problems_of",
    "elections.services.hold.overtaken_by",
    "elections.services.lines.being_made",
    "elections.services.lines.changes",
    "elections.services.lines.differences",
    "elections.services.lines.figures",
    "elections.services.lines.as_read",
    "elections.services.lines.picture",
    "office.papers.making.paper_problems",
    "office.papers.making.snapshot_of",
    "elections.services.labels.provisional",
    "elections.services.labels.refused",
    "elections.services.labels.frozen",
    "elections.services.merging.why_not_one",
    "elections.services.persons.differing",
    "elections.services.persons.entry_of",
    "elections.services.persons.why_not_number",
    "elections.services.poll_day.comparison",
    "elections.services.poll_day.poll_day_problems",
    "elections.services.rounds.outcome_of",
    "elections.services.rounds.count_sheet_checks",
    "elections.services.rounds.count_sheet_problems",
    "elections.services.rounds.work_out",
    "elections.services.tenures.incoming",
    "candidates.services.nomination.conditions",
    "candidates.services.publication.list_notes",
    "candidates.services.publication.list_problems",
    "candidates.services.seats.seat_conditions",
    "candidates.services.vetting.bar_conditions",
    "voters.assisting.helped_person",
    "voters.assisting.helper_conditions",
    "voters.assisting.why_not_helped_by",
    "voters.assisting.opening_conditions",
    "voters.assisting.roving_conditions",
    "voters.assisting.roving_person",
    "voters.hourly_limits.unusual",
    "voters.services.elsewhere.insist_may_ask",
    "voters.services.elsewhere.insist_may_upload",
    "voters.services.elsewhere.may_know_where",
    "voters.services.changes.journal_details",
    "voters.services.changes.seen",
    "voters.services.changes.coded_choices",
    "voters.services.exporting.needs_another",
    "voters.services.exporting.why_not_yet",
    "voters.services.imports.insist_kept",
    "voters.services.imports.is_known",
    "voters.services.imports.names_villages",
    "voters.services.imports.rehearse",
    "voters.services.imports.why_not_undone",
    "voters.services.judging.insist_open",
    "voters.services.judging.insist_not_here",
    "voters.hourly_limits.insist_left",
    "voters.services.objections.receipt_conditions",
    "voters.services.proxies.why_not_ended_now",
    "voters.services.publishing.supplement_conditions",
    "voters.services.rekeying.sealed_columns",
]

# Parts of acts: they run in the stories of the acts that use them, whose line tells of them.
PARTS = {
    "elections.services.act.act": "every act",
    "elections.services.act.part": "every act",
    "elections.services.candidacy.follow": "confirm_result, move, publish_formal_list",
    "elections.services.labels.call": "record, record_helper",
    "elections.services.labels.call_as_now": "restore",
    "elections.services.labels.hold_register": "add_person, correct_person, merge_persons",
    "elections.services.labels.relabel": "add_person, correct_person, merge_persons",
    "elections.services.labels.rewrite": "relabel, merge_persons",
    "elections.services.limits.spend_search": "persons.by_last_four",
    "elections.services.lines.note": "every act with a line",
    "elections.services.lines.unchanged": "every act that may find nothing to do",
    "elections.services.persons.drop": "take_back",
    "elections.services.persons.empty_out": "take_back",
    "elections.services.persons.enter_many": "take_in",
    "elections.services.persons.fill_in": "take_in",
    "elections.services.persons.person_of": "every act that records who holds a place",
    "elections.services.persons.persons_of": "form_election_committee, elect_member, record, record_count",
    "elections.services.summaries.begin": "begin_cycle",
    "elections.services.summaries.fresh": "the lists, which work out what acts have marked",
    "elections.services.summaries.mark": "every act on an election",
    "elections.services.summaries.mark_areas": "load",
    "elections.services.tenures.begin": "add, take_in",
    "elections.services.tenures.come_back": "take_back, withdraw_term",
    "elections.services.tenures.make_way": "take_in, begin_term",
    "voters.services.elsewhere.note_met": "register_voter, correct_voter",
    "voters.services.elsewhere.note_row": "register_voter, correct_voter",
    "voters.services.elsewhere.note_typed": "every decision on an open import",
    "voters.services.changes.keep": "register_voter, correct_voter, omit, restore",
    "voters.services.imports.hold_open": "every decision on an open import",
    "voters.services.imports.judge_again": "every decision on an open import",
    "voters.services.judging.fresh": "correct_voter, omit, restore",
    "voters.services.judging.give_number": "register_voter, correct_voter, restore",
    "voters.services.judging.insert": "register_voter",
    "voters.services.judging.judge": "register_voter, correct_voter, restore",
    "voters.services.judging.judge_again": "correct_voter",
    "voters.services.judging.remember_by_hand": "correct_voter, omit",
    "voters.services.judging.update": "correct_voter, omit, restore",
    "voters.hourly_limits.count": "register_voter",
    "voters.hourly_limits.spend": "open_import, reveal_id, by_last_four",
    "voters.services.proxies.end_by_coming": "give",
    "voters.services.proxies.end_of_candidates": "move, publish_formal_list, confirm_result",
    "voters.services.proxies.end_off_roll": "correct_voter, omit, restore",
}


def services() -> Iterator[str]:
    """Every public function that a service module defines itself."""
    for package in (*PACKAGES, *BESIDE):
        root = importlib.import_module(package)
        inner = pkgutil.iter_modules(getattr(root, "__path__", []), f"{package}.")
        for module in (root, *(importlib.import_module(found.name) for found in inner)):
            for name, value in vars(module).items():
                own = getattr(value, "__module__", "") == module.__name__
                if own and callable(value) and not isinstance(value, type) and not name.startswith("_"):
                    yield f"{module.__name__}.{name}"


def tell_all() -> None:
    """Fill the table with the stories of all files of this folder."""
    for path in Path(__file__).parent.glob("test_*.py"):
        importlib.import_module(f"tests.acts.{path.stem}")


def test_every_public_function_of_a_service_has_its_story_or_its_reason():
    tell_all()
    told, there = Counter([*STORIES, *READING, *PARTS]), Counter(services())
    assert {"without a story": sorted(there - told), "told twice or gone": sorted(told - there)} == {
        "without a story": [], "told twice or gone": [],
    }  # fmt: skip


def test_every_app_with_services_is_looked_at():
    ours = {config.name for config in apps.get_app_configs() if (Path(config.path) / "services").exists()}
    ours |= {config.name for config in apps.get_app_configs() if (Path(config.path) / "services.py").exists()}
    assert {f"{name}.services" for name in ours if "site-packages" not in apps.get_app_config(name).path} == set(
        PACKAGES
    )


def test_what_only_reads_has_nothing_in_it_that_writes():
    for path in READING:
        module, _, name = path.rpartition(".")
        source = inspect.getsource(inspect.unwrap(getattr(importlib.import_module(module), name)))
        assert WRITING.findall(source) == [], path


def test_who_leaves_no_line_is_in_the_table():
    tell_all()
    assert set(WITHOUT_LINE) <= set(STORIES)
