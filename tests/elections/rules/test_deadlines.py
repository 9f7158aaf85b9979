"""Which deadlines are behind an election: each side of what settles one; no deadline of a finished election is open."""

from __future__ import annotations

import pytest

from elections.rules.deadlines import DONE, NEEDLESS, Settled, settled
from elections.rules.policy import load
from elections.rules.timetable.items import TABLE
from tests.elections.rules.guards.facts import COMPLETE, a_round, change, day

POLICY = load("national-2025")
# What the system keeps no record of: only a notice of that name settles it.
BY_NOTICE_ALONE = {
    "election_day", "rep_election", "rep_list", "group_leaders", "prelim", "primary_rule", "primary_result", "mobile",
    "helper", "invalid", "certificate", "supervision",
}  # fmt: skip

# key, how it came to be settled, what keeps it open
STORIES = [
    ("audit", Settled.DONE, {"audit": {"publications": ((day(11, 1), day(11, 5)),)}}),
    ("ec_list", Settled.DONE, {"preparation": {"election_committee_published_on": None}}),
    ("roll", Settled.DONE, {"registration": {"published_on": None}}),
    ("objection", Settled.DONE, {"today": day(12, 5)}),
    ("answer", Settled.DONE, {"registration": {"objections_open": 1}}),
    ("roll_fix", Settled.DONE, {"registration": {"unpublished_changes": 1}}),
    ("plan", Settled.DONE, {"preparation": {"plan_published_on": None}}),
    ("formal", Settled.DONE, {"nomination": {"formal_published_on": None}}),
    ("meet", Settled.DONE, {"nomination": {"met_voters_on": None}}),
    ("poll", Settled.DONE, {"voting": {"poll_notice_on": None}}),
    ("staff", Settled.DONE, {"voting": {"staff": 0}}),
    ("result", Settled.DONE, {"voting": {"result_announced_on": None}}),
    ("handover", Settled.DONE, {"handover": {"completed_on": None}}),
    ("proxy", Settled.NEEDLESS, {"voting": {"rounds": ()}}),
    ("tie", Settled.NEEDLESS, {"voting": {"rounds": (a_round(ties=1),)}}),
    ("rerun", Settled.NEEDLESS, {"voting": {"rounds": (a_round(confirmed=False),)}}),
    ("rerun_result", Settled.NEEDLESS, {"voting": {"rounds": (a_round(status="invalid"),)}}),
]


@pytest.mark.parametrize(("key", "how", "open_while"), STORIES, ids=[each[0] for each in STORIES])
def test_a_deadline_is_settled_by_its_fact_and_open_without_it(key, how, open_while):
    assert settled(key, COMPLETE, POLICY) == how
    assert settled(key, change(COMPLETE, **open_while), POLICY) is None


@pytest.mark.parametrize("key", sorted(BY_NOTICE_ALONE | {"registration", "nominate"}))
def test_a_notice_settles_the_deadline_of_its_name(key):
    assert settled(key, change(COMPLETE, postings={}), POLICY) is None
    assert settled(key, change(COMPLETE, postings={key: day(11, 1)}), POLICY) is Settled.DONE


def test_proxies_recorded_after_the_list_was_put_up_open_its_deadline_again():
    posted = change(COMPLETE, postings={"proxy": day(12, 18)}, voting={"proxies": 3, "proxy_list_on": day(12, 18)})
    assert settled("proxy", posted, POLICY) is Settled.DONE
    assert settled("proxy", change(posted, voting={"proxies_unpublished": 1}), POLICY) is None


def test_every_deadline_of_the_timetable_is_settled_by_something():
    assert {row.key for row in TABLE} == set(DONE) | set(NEEDLESS) | BY_NOTICE_ALONE
