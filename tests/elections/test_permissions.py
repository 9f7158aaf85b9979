"""Who may do what and when: the table, the addresses and the parts of pages, each against a literal page."""

from __future__ import annotations

import pytest

from elections.handlers import HANDLERS, handler_of
from elections.models import Election, Job, Role, User
from elections.permissions import (
    PUBLIC,
    RULES,
    SECOND_STEP,
    SIGNED_IN,
    TABLE,
    Actor,
    rules_of,
    why_not_allowed,
    why_not_at_this_stage,
)
from elections.rules.kinds import Stage, Standing
from elections.views.removals import ELSEWHERE, LEDGERS, PAGES
from tests.elections import permission_table as table
from tests.elections.permission_table import LETTERS
from tests.make import VILLAGE
from tests.test_architecture import patterns


def when(rule: str) -> set[tuple[str, str]]:
    """The stages and standings in which the literal table lets this rule hold."""
    said = table.RULES[rule][1]
    stages = set(Stage) if said in ("always", "open") else {Stage(each) for each in said.split()}
    return {(stage, standing) for stage in stages for standing in (Standing if said == "always" else [Standing.ACTIVE])}


def test_the_table_holds_exactly_these_rules():
    assert [rule.name for rule in RULES] == list(TABLE)  # none twice
    assert list(TABLE) == list(table.RULES)
    assert set(LETTERS.values()) == set(Role)


@pytest.mark.parametrize("rule", table.RULES)
def test_who_has_the_rule(rule):
    assert TABLE[rule].who == {LETTERS[letter] for letter in table.RULES[rule][0]}


def holder(role: str, code: str) -> Actor:
    return Actor(User(), ((role, code),))


@pytest.mark.parametrize("rule", table.RULES)
def test_when_the_rule_holds(rule):
    """In every stage and standing, for somebody who has it and in whose reach the village lies."""
    actor, election = holder(LETTERS[table.RULES[rule][0][0]], VILLAGE), Election(village_id=VILLAGE)
    found = set()
    for election.stage in Stage:
        for election.standing in Standing:
            if why_not_allowed(actor, rule, election) is None:
                found.add((election.stage, election.standing))
    assert found == when(rule)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("elsewhere", ["990100101202", "990100102", "990200"])
def test_a_role_elsewhere_is_no_role_here(role, elsewhere):
    actor, election = holder(role, elsewhere), Election(village_id=VILLAGE, stage=Stage.VOTING)
    assert [rule for rule in TABLE if why_not_allowed(actor, rule, election) is None] == []


def test_which_rule_every_address_names():
    found = {}
    for _, pattern in patterns():
        view = pattern.callback
        kind = pattern.default_args.get("model") if pattern.name == "row_remove" else None
        found[pattern.name, kind] = (view.permission, getattr(view, "post_permission", view.permission))
    said = {
        (name, None): (looking or changing, changing or looking)
        for name, (looking, changing) in table.ADDRESSES.items()
        if name != "row_remove"
    }
    assert found == said | {("row_remove", kind): (rule, rule) for kind, rule in table.ROWS.items()}


def test_which_rule_every_part_of_a_page_names():
    assert {page.name: {part.key: part.rule for part in page.parts} for page in PAGES} == table.PARTS
    assert {page.name: page.rule for page in PAGES} == {name: table.ADDRESSES[name][1] for name in table.PARTS}


def test_which_rule_puts_back_what_was_taken_out_and_gives_out_what_a_job_made():
    assert {label.partition(".")[2]: part.rule for label, (_, part) in LEDGERS.items()} == table.ROWS
    assert ELSEWHERE == table.RESTORED
    handler_of("")  # loads the tasks of all apps
    assert {kind: each.rule for kind, each in HANDLERS.items() if each.rule} == table.RESULTS


def test_every_rule_of_an_address_stands_in_the_table():
    named = {rule for rules in table.ADDRESSES.values() for rule in rules} - {"", "ROW"}
    assert {name for name in named if not rules_of(name)} == {PUBLIC, SIGNED_IN, SECOND_STEP}


def test_a_refusal_for_the_stage_names_the_stages_in_which_it_is_done():
    election = Election(stage=Stage.VOTING, standing=Standing.ACTIVE)
    assert why_not_at_this_stage("audit.record", election) == "登记离任审计在准备、审计环节办理，现在是投票环节"
    election.stage = Stage.AUDIT
    assert why_not_at_this_stage("audit.record", election) is None
    election.standing = Standing.SUSPENDED
    assert why_not_at_this_stage("audit.record", election) == "本次选举已暂缓，不能再修改"


@pytest.mark.django_db
def test_a_code_is_cut_like_a_key():
    mine, foreign = (
        Job.objects.create(kind="print_paper", area_code=code) for code in (VILLAGE, f"99{VILLAGE[2:][::-1]}")
    )
    found = holder(Role.TOWNSHIP, VILLAGE[:9]).reaches(Job.objects.all(), "area_code")
    assert (list(found), foreign in found) == ([mine], False)
