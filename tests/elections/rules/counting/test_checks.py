"""The 核对栏: what is impossible cannot be confirmed, what makes a vote invalid is said beforehand."""

from dataclasses import replace

import pytest

from elections.rules import policy
from elections.rules.counting.checks import Figures, State, checks, votes_needed
from elections.rules.counting.offices import Office
from elections.rules.counting.poll import Places

POLICY = policy.load()
POSTS = [Places(Office.CHAIR, 1), Places(Office.MEMBER, 3)]
SHEET = Figures(issued_in_person=1100, issued_by_proxy=80, returned=1176, invalid=16, blank=0)
VOTES = {"chair": {"丁卫国": 612}, "member": {"王芳": 811, "马建军": 702}}


def look(figures=SHEET, votes=VOTES, openings=POSTS, registered=1286, policy=POLICY):
    return {check.label: check for check in checks(figures, votes, openings, registered, policy)}


def test_a_sheet_that_adds_up_agrees_in_every_line():
    found = look()
    assert list(found) == ["发出选票", "收回选票", "有效票", "主任票合计", "委员票合计"]
    assert {check.state for check in found.values()} == {State.OK}
    assert found["有效票"].value == "1160"


@pytest.mark.parametrize(("in_person", "state"), [(1206, State.OK), (1207, State.BAD)])
def test_no_more_ballots_are_issued_than_people_are_on_the_roll(in_person, state):
    check = look(replace(SHEET, issued_in_person=in_person))["发出选票"]
    assert check.state is state
    assert check.blocks is (state is State.BAD)
    if check.blocks:
        assert check.text == "发出选票1287张，多于登记参加选举的1286人，请重新清点"


@pytest.mark.parametrize(("returned", "state"), [(1180, State.OK), (1181, State.BAD)])
def test_more_returned_than_issued_is_said_but_may_be_confirmed_as_invalid(returned, state):
    """CT-01."""
    check = look(replace(SHEET, returned=returned))["收回选票"]
    assert (check.state, check.blocks) == (state, False)
    if state is State.BAD:
        assert check.text == "收回1181张，多于发出1180张，请重新清点；清点无误的，本次投票无效"


@pytest.mark.parametrize(("invalid", "blank", "state"), [(600, 576, State.OK), (600, 577, State.BAD)])
def test_invalid_and_blank_together_are_no_more_than_returned(invalid, blank, state):
    check = look(replace(SHEET, invalid=invalid, blank=blank), {})["有效票"]
    assert (check.state, check.blocks) == (state, state is State.BAD)


def test_blank_ballots_take_from_the_valid_ones_only_where_the_pack_calls_them_invalid():
    blank = replace(SHEET, blank=100)
    assert blank.valid(POLICY) == 1160
    assert blank.valid(policy.load(overrides={"blank_ballot_class": "invalid"})) == 1060


@pytest.mark.parametrize(("third", "state"), [(1160, State.OK), (1171, State.BAD)])
def test_the_sum_of_an_office_is_at_most_valid_ballots_times_seats(third, state):
    """3480 is the limit; 3491 is eleven too many."""
    votes = {"member": {"王芳": 1160, "马建军": 1160, "刘志强": third}}
    check = look(votes=votes, openings=[Places(Office.MEMBER, 3)])["委员票合计"]
    assert check.state is state
    if state is State.BAD:
        assert check.text == "委员票合计3491，超过上限3480（有效票1160×应选3），多11票，请先核对委员一栏"
        assert (check.over, check.blocks) == (11, True)


@pytest.mark.parametrize(("votes", "state"), [(1160, State.OK), (1161, State.BAD)])
def test_nobody_has_more_votes_than_there_are_valid_ballots(votes, state):
    check = look(votes={"chair": {"丁卫国": 0}, "member": {"王芳": votes}})["委员票合计"]
    assert (check.state, check.blocks) == (state, state is State.BAD)
    if state is State.BAD:
        assert check.text == "委员：王芳得1161票，多于有效票1160张，请先核对这一格"


def test_two_posts_of_one_office_share_a_line():
    """A place kept for a woman and another of the same office (WN-03)."""
    openings = [Places(Office.MEMBER, 1, women_only=True), Places(Office.MEMBER, 1)]
    assert look(votes={"member": {"王芳": 1160, "马建军": 1160}}, openings=openings)["委员票合计"].state is State.OK


def test_what_is_not_typed_yet_is_open_and_not_nought():
    found = look(Figures(returned=1176), {})
    assert [check.state for check in found.values()] == [State.OPEN] * 5
    assert [check.value for check in found.values()] == ["--", "1176", "--", "0", "0"]
    assert not any(check.blocks for check in found.values())


@pytest.mark.parametrize(
    ("kind", "returned", "need"),
    [("first", 1176, 589), ("first", 1175, 588), ("rerun", 950, 317), ("rerun", 951, 317), ("tie", 950, None), ("first", None, None)],
)  # fmt: skip
def test_the_line_on_the_paper(kind, returned, need):
    assert votes_needed(kind, returned, POLICY) == need
