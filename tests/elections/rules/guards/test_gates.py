"""The gates as a whole: every one opens to complete facts, and no guard is without a story on either side."""

import re

import pytest

from elections.rules import guards as package
from elections.rules import stages
from elections.rules.facts import Facts
from elections.rules.guards import (
    audit,
    handover,
    nomination,
    party,
    preparation,
    registration,
    standing,
    supervision,
    vetting,
    voting,
)
from elections.rules.kinds import Body, Stage
from elections.rules.machine import Guard, problems
from elections.rules.policy import load, packs
from tests.elections.rules.guards import (
    gates,
    test_audit,
    test_handover,
    test_nomination,
    test_party,
    test_preparation,
    test_registration,
    test_standing,
    test_supervision,
    test_vetting,
    test_voting,
)
from tests.elections.rules.guards.facts import change, ready, ready_to_poll, with_tie, with_vacancy

MODULES = (audit, handover, nomination, party, preparation, registration, standing, supervision, vetting, voting)
STORIES = [
    story
    for each in (
        test_audit, test_handover, test_nomination, test_party, test_preparation, test_registration, test_standing,
        test_supervision, test_vetting, test_voting,
    )
    for story in each.STORIES
]  # fmt: skip
EVERY_GUARD = {each.name: each for module in MODULES for each in vars(module).values() if isinstance(each, Guard)}
ROWS = [(body, row) for body, rows in stages.TABLES.items() for row in rows]
SOFT = {
    "audit": {"findings_closed", "party_organisation_first"},
    "handover": {"handed_over_in_time"},
    "nomination": {"nomination_announced", "women_among_nominees"},
    "party": {"seats_filled"},
    "preparation": {
        "talks_held", "plan_published", "committee_odd_explained", "committee_has_standby_deputy",
        "committee_kin_explained",
    },
    "registration": {"registration_announced", "objections_answered_in_time", "nobody_of_age_left_out"},
    "standing": set(),
    "supervision": set(),
    "vetting": {"women_among_candidates", "formal_list_published_in_time"},
    "voting": {
        "poll_announced_in_time", "proxy_list_published_in_time", "polled_on_the_announced_day", "rerun_still_due",
        "rerun_in_time", "every_seat_filled", "near_relatives_explained", "result_reported", "nobody_of_age_left_out",
    },
}  # fmt: skip


def facts_before(body: str, row) -> Facts:
    """Facts with which the step of this row may be made."""
    if body == Body.VILLAGERS_COMMITTEE and row.source == Stage.VOTING:
        if row.step in ("open_poll", "return_vetting"):
            return ready_to_poll()
        if row.step in ("open_rerun", "open_tie"):
            return with_vacancy() if row.step == "open_rerun" else with_tie()
    facts = ready(row.source, body)
    return change(facts, registration={"published_on": None}) if row.step == "return_audit" else facts


def named(guards) -> str:
    return " ".join(each.name for each in guards)


def test_which_guard_stands_at_which_gate():
    ways = {True: "↩", False: "→"}
    found = {
        body: [(row.step, f"{row.source} {ways[row.backward]} {row.target}", named(row.guards)) for row in rows]
        for body, rows in stages.TABLES.items()
    }
    assert found == {
        body: [(step, way, " ".join(names.split())) for step, (way, names) in rows.items()]
        for body, rows in gates.GATES.items()
    }
    assert {body: named(guards) for body, guards in stages.CLOSING.items()} == gates.CLOSING
    assert {step: named(guards) for step, guards in voting.WHEN.items()} == gates.OFFERED


def test_what_every_act_beside_the_stages_asks():
    found = {row.act: (f"{' '.join(row.sources)} → {row.target}", named(row.guards)) for row in stages.STANDING_MOVES}
    assert found == gates.STANDING
    assert len(found) == len(stages.STANDING_MOVES)


@pytest.mark.parametrize(("body", "row"), ROWS, ids=[f"{body}-{row.step}" for body, row in ROWS])
def test_every_step_may_be_made_with_complete_facts(body, row):
    assert problems(row.guards, facts_before(body, row), load()) == ()


@pytest.mark.parametrize("body", Body)
def test_every_file_may_be_closed_with_complete_facts(body):
    assert problems(stages.CLOSING[body], ready(Stage.HANDOVER, body), load()) == ()


@pytest.mark.parametrize("act", stages.STANDING_MOVES, ids=lambda row: row.act)
def test_every_act_beside_the_stages_may_be_made_with_complete_facts(act):
    assert problems(act.guards, ready(Stage.HANDOVER), load()) == ()


@pytest.mark.parametrize("name", sorted(EVERY_GUARD))
def test_every_guard_has_a_story_on_either_side(name):
    said = [story.says for story in STORIES if story.guard.name == name]
    assert None in said
    assert any(said)


def test_what_is_soft_and_what_is_hard():
    """Soft is what the township may pass with a reason. Whoever changes one changes this list too."""
    for module in MODULES:
        name = module.__name__.removeprefix(f"{package.__name__}.")
        own = {each.name for each in vars(module).values() if isinstance(each, Guard) and each.soft}
        assert own == SOFT[name]


def test_nothing_known_is_never_a_pass():
    """A gate of the forward way refuses the empty village, for every body that has a gate there."""
    for body, row in ROWS:
        if row.guards and not row.backward:
            empty = Facts(body=body, edition=2025, today=ready(row.source).today)
            assert any(problem.blocks for problem in problems(row.guards, empty, load())), row.step


@pytest.mark.parametrize("pack", packs())
def test_every_sentence_is_written_as_people_write(pack):
    """Full-width punctuation, no blanks, no end mark, a provision in the edition of the pack; 居民 in a community."""
    policy = load(pack)
    for community in (False, True):
        for story in STORIES:
            facts = change(story.facts, community=community, edition=policy.law_version)
            for problem in problems([story.guard], facts, load(overrides=story.policy)):
                assert not re.search(r"[,;:!?()\s]|。$|村（居）", problem.text), problem.text
                assert not (community and re.search("村民|本村|村党组织", problem.text)), problem.text
                assert problem.cite
