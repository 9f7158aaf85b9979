"""The life of the rounds of voting by the services: what the law says of each vote is what is stored (CT-, WN-, RR-)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import transaction

from elections.models import CountSheet, Round, Seated, StaffMember
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.selectors.facts import facts_for
from elections.services import moves, rounds
from elections.services.hold import Overtaken
from tests.elections.make_rounds import PLAIN, PLAIN_VOTES, POLL_DAY, VACANCY, VACANCY_VOTES, Vote, refusals

pytestmark = pytest.mark.django_db


# --- Worked cases -----------------------------------------------------------------------------------


def test_exactly_half_is_no_quorum_and_the_vote_is_held_again():
    vote = Vote(*PLAIN, voters=1000, women="C")
    outcome = vote.poll(500, {"chair": {"A": 499}}, issued=520)
    assert (outcome["status"], outcome["reasons"], vote.seated) == ("invalid", ["NO_QUORUM"], [])
    assert refusals(vote, "hand_over")[0] == "上一次投票无效，应当重新投票"
    again = vote.open("open_rerun", days=20)
    assert (again.kind, again.number, json.loads(again.contest)["posts"][0]) == (
        "first", 2, {"post": "chair", "seats": 1},
    )  # fmt: skip
    vote.count(again, 501, {"chair": {"A": 251}, "deputy": {"C": 251}, "member": {"E": 251, "F1": 251}})
    assert vote.seated == [("chair", "A", 2), ("deputy", "C", 2), ("member", "E", 2), ("member", "F1", 2)]


def test_more_returned_than_issued():
    vote = Vote(*PLAIN, voters=800)
    outcome = vote.poll(701, {"chair": {"A": 600}}, issued=700)
    assert (outcome["status"], outcome["reasons"], vote.seated) == ("invalid", ["R_GT_I"], [])


def test_a_plain_election_goes_to_the_handover():
    vote = Vote(*PLAIN, voters=1200, women="C")
    outcome = vote.poll(1000, PLAIN_VOTES, issued=1010)
    assert (outcome["status"], outcome["need"]) == ("decided", 501)
    assert vote.seated == [("chair", "A", 1), ("deputy", "C", 1), ("member", "E", 1), ("member", "F1", 1)]
    kept = Seated.objects.get(name="C")
    assert (kept.sex, kept.votes, kept.why) == ("F", 505, "得505票，超过参加投票1000人的半数")
    vote.report()
    assert vote.open("hand_over").number == 1
    assert vote.election.stage == Stage.HANDOVER


TIE = ({"deputy": 1, "member": 2}, {"deputy": "CD", "member": ["E", "F1", "G", "H"]})
TIE_VOTES = {"deputy": {"C": 600}, "member": {"E": 620, "F1": 580, "G": 580, "H": 190}}


def test_a_tie_at_the_cut_and_the_second_vote():
    vote = Vote(*TIE, voters=1500, women="C")
    outcome = vote.poll(1000, TIE_VOTES)
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["F1", "G"]}]
    assert vote.seated == [("deputy", "C", 1), ("member", "E", 1)]
    assert refusals(vote, "open_rerun") == ["得票相等的人选还没有再次投票"]
    assert "得票相等的人选还没有再次投票" in refusals(vote, "hand_over")
    second = vote.open("open_tie")
    assert json.loads(second.contest)["posts"] == [{"post": "member", "seats": 1, "candidates": ["F1", "G"]}]
    outcome = vote.count(second, 950, {"member": {"F1": 450, "G": 440}})
    assert (outcome["status"], outcome["need"], outcome["ties"], outcome["vacancies"]) == ("decided", None, [], [])
    assert vote.seated[2:] == [("member", "F1", 2)]
    assert Seated.objects.get(name="F1").why == "得450票，在再次投票中得票较多"


def test_a_tie_in_the_second_vote_is_voted_on_once_more():
    vote = Vote(*TIE, voters=1500, women="C")
    vote.poll(1000, TIE_VOTES)
    outcome = vote.again("open_tie", 900, {"member": {"F1": 450, "G": 450}})
    assert (outcome["status"], outcome["ties"]) == ("open", [{"post": "member", "places": 1, "names": ["F1", "G"]}])
    vote.again("open_tie", 900, {"member": {"F1": 449, "G": 450}})
    assert vote.seated[2:] == [("member", "G", 3)]


def test_a_void_second_vote_is_held_again_among_the_same():
    vote = Vote(*TIE, voters=1500, women="C")
    vote.poll(1000, TIE_VOTES)
    outcome = vote.again("open_tie", 901, {"member": {"F1": 450}}, issued=900)
    assert outcome["reasons"] == ["R_GT_I"]
    assert refusals(vote, "open_tie") == ["没有得票相等需要再次投票的情形"]
    again = vote.open("open_rerun")
    assert (again.kind, json.loads(again.contest)["posts"]) == (
        "tie", [{"post": "member", "seats": 1, "candidates": ["F1", "G"]}],
    )  # fmt: skip
    vote.count(again, 900, {"member": {"F1": 430, "G": 440}})
    assert vote.seated[2:] == [("member", "G", 3)]


def test_a_vacancy_and_its_rerun_with_a_third():
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, VACANCY_VOTES)
    assert vote.vacancies == [("member", 1, False, ["G", "H"])]
    assert refusals(vote, "hand_over")[0] == "应选名额还空缺1名，应当另行选举"
    outcome = vote.again("open_rerun", 900, {"member": {"G": 300, "H": 299}})
    assert (outcome["status"], outcome["need"]) == ("decided", 300)
    assert vote.seated[3:] == [("member", "G", 2)]
    assert vote.vacancies == []
    assert refusals(vote, "open_rerun") == ["应选名额已经选满，不需要另行选举"]


def test_one_vote_less_than_a_third_stays_vacant_and_the_village_decides():
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, VACANCY_VOTES)
    vote.again("open_rerun", 900, {"member": {"G": 299, "H": 298}})
    assert vote.vacancies == [("member", 1, False, ["G", "H"])]
    assert refusals(vote, "open_rerun") == [
        "另行选举已举行1次，当选3人，达到3人，不足的名额可以空缺，由村民代表会议决定"
    ]
    vote.report()
    assert refusals(vote, "hand_over") == ["应选名额还空缺1名"]
    vote.waive("every_seat_filled")
    vote.open("hand_over")
    assert vote.election.stage == Stage.HANDOVER


def test_more_reruns_where_the_pack_allows_them():
    vote = Vote(*VACANCY, women="C", max_reruns=2)
    vote.poll(1000, VACANCY_VOTES)
    vote.again("open_rerun", 900, {"member": {"G": 299, "H": 298}})
    vote.again("open_rerun", 900, {"member": {"G": 299, "H": 300}})
    assert vote.seated[3:] == [("member", "H", 3)]


def test_the_village_may_vote_once_more_with_a_reason():
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, VACANCY_VOTES)
    vote.again("open_rerun", 900, {"member": {"G": 299, "H": 298}})
    vote.waive("rerun_still_due")
    vote.again("open_rerun", 900, {"member": {"G": 300, "H": 298}})
    assert vote.seated[3:] == [("member", "G", 3)]


@pytest.mark.parametrize(("women", "members"), [("G", ["G", "E"]), ("GC", ["E", "F1"])])
def test_women_first(women, members):
    seats, slate = {"chair": 1, "deputy": 1, "member": 2}, {"chair": "AB", "deputy": "CD", "member": ["E", "F1", "G"]}
    vote = Vote(seats, slate, women=women)
    votes = {"chair": {"A": 600}, "deputy": {"C": 600}, "member": {"E": 620, "F1": 590, "G": 510}}
    assert vote.poll(1000, votes)["status"] == "decided"
    assert [name for office, name, _ in vote.seated if office == "member"] == members


CARRIED = (
    {"chair": 1, "deputy": 1, "member": 2},
    {"chair": "AB", "deputy": "CBD", "member": ["E", "F1", "C", "D", "B"]},
)
CARRIED_VOTES = {
    "chair": {"A": 560, "B": 420},
    "deputy": {"C": 470, "B": 90, "D": 380},
    "member": {"E": 530, "F1": 480, "C": 60, "D": 90, "B": 20},
}


def test_carry_down():
    vote = Vote(*CARRIED, women="E", vote_carry_down=True)
    assert vote.poll(1000, CARRIED_VOTES)["status"] == "decided"
    assert vote.seated == [("chair", "A", 1), ("deputy", "B", 1), ("member", "C", 1), ("member", "E", 1)]
    assert Seated.objects.get(name="B").votes == 510


def test_without_carry_down_two_offices_are_voted_on_again():
    vote = Vote(*CARRIED, women="E")
    vote.poll(1000, CARRIED_VOTES)
    assert vote.seated == [("chair", "A", 1), ("member", "E", 1)]
    assert [vacancy[:3] for vacancy in vote.vacancies] == [("deputy", 1, False), ("member", 1, False)]
    vote.again("open_rerun", 900, {"deputy": {"C": 400, "D": 300}, "member": {"F1": 400, "D": 310}})
    assert vote.seated[2:] == [("deputy", "C", 2), ("member", "F1", 2)]


# --- People -----------------------------------------------------------------------------------------


def test_a_write_in_is_elected_and_another_stands_in_the_rerun():
    """CT-08, RR-01: who is on the roll may be written in; the rerun's candidates include them."""
    vote = Vote(*VACANCY, women=["C", "选民7"])
    votes = {"deputy": {"C": 600}, "member": {"E": 700, "选民5": 620, "选民7": 400, "G": 300}}
    vote.poll(1000, votes, write_ins=["选民5", "选民7"])
    assert vote.seated == [("deputy", "C", 1), ("member", "E", 1), ("member", "选民5", 1)]
    assert vote.vacancies == [("member", 1, False, ["选民7", "G"])]
    vote.again("open_rerun", 900, {"member": {"选民7": 500, "G": 390}})
    kept = Seated.objects.get(name="选民7")
    assert (kept.office, kept.sex, kept.round.number) == ("member", "F", 2)


def test_a_write_in_who_is_not_on_the_roll_is_not_elected():
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, {"deputy": {"C": 600}, "member": {"E": 700, "外村人": 620}}, write_ins=["外村人"])
    assert vote.seated == [("deputy", "C", 1), ("member", "E", 1)]


def test_near_relatives_among_the_winners_only_the_higher_office_sits():
    """CT-27: C is deputy, so his sister E gives way to the next over half."""
    vote = Vote(*VACANCY, women=["C", "G"], kin=[("C", "E", "sibling")])
    votes = {"deputy": {"C": 600}, "member": {"E": 700, "F1": 610, "G": 600, "H": 550}}
    vote.poll(1000, votes)
    assert [name for _, name, _ in vote.seated] == ["C", "F1", "G", "H"]
    assert facts_for(vote.election, POLL_DAY).voting.kin_seated == ()


@pytest.mark.parametrize(
    ("rule", "said"), [("forbid", None), ("warn", "当选人之间有近亲属关系，不宜同时任职：C与E"), ("off", None)]
)
def test_where_kinship_is_only_advised_against_both_sit_and_the_township_explains(rule, said):
    vote = Vote(*VACANCY, women="C", kin=[("C", "E", "sibling")], member_kin_rule=rule)
    vote.poll(1000, {"deputy": {"C": 600}, "member": {"E": 700, "F1": 610, "G": 600, "H": 550}})
    vote.report()
    both = {"C", "E"} <= {name for _, name, _ in vote.seated}
    assert both is (rule != "forbid")
    if said:
        assert refusals(vote, "hand_over") == [said]
        vote.waive("near_relatives_explained")
    vote.open("hand_over")


def test_staff_who_would_stand_in_the_rerun_are_replaced_first():
    """EC-18 holds for the candidates of a rerun too, written in or not."""
    vote = Vote(*VACANCY, women="C")
    StaffMember.objects.create(election=vote.election, name="选民9", task="teller")
    vote.poll(1000, VACANCY_VOTES | {"member": VACANCY_VOTES["member"] | {"选民9": 490}}, write_ins=["选民9"])
    assert vote.vacancies == [("member", 1, False, ["选民9", "G"])]
    assert refusals(vote, "open_rerun") == ["计票人选民9是候选人，请更换"]


# --- The day the committee came into being -----------------------------------------------------------


def test_the_handover_counts_from_the_vote_that_made_three_members():
    """RS-05: a later rerun for the last place does not move the ten days."""
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, VACANCY_VOTES)
    vote.again("open_rerun", 900, {"member": {"G": 300}})
    Round.objects.filter(election=vote.election, confirmed_at=None).update(held_on=POLL_DAY + timedelta(days=4))
    assert facts_for(vote.election, POLL_DAY).handover.elected_on == POLL_DAY


def test_the_handover_waits_for_the_third_member():
    seats, slate = {"chair": 1, "deputy": 1, "member": 1}, {"chair": "AB", "deputy": "CD", "member": "EF"}
    vote = Vote(seats, slate, women="C")
    vote.poll(1000, {"chair": {"A": 600}, "deputy": {"C": 600}, "member": {"E": 400, "F": 400}})
    assert facts_for(vote.election, POLL_DAY).handover.elected_on is None
    vote.count(vote.open("open_rerun", days=3), 900, {"member": {"E": 300}})
    assert facts_for(vote.election, POLL_DAY).handover.elected_on == POLL_DAY + timedelta(days=3)


# --- Sheets -----------------------------------------------------------------------------------------


def test_a_correction_is_a_new_sheet_and_only_the_one_that_was_seen_is_confirmed():
    vote = Vote(*PLAIN, women="C")
    round_ = vote.open("open_poll")
    figures = {"issued_in_person": 1000, "issued_by_proxy": 10, "returned": 1000, "invalid": 0, "blank": 0}
    rounds.record_count(round_, figures, {"chair": {"A": 499}}, actor=vote.actor)
    rounds.record_count(round_, figures, PLAIN_VOTES, actor=vote.actor)
    with pytest.raises(Overtaken, match="计票单刚刚有了新的一稿"), transaction.atomic():
        rounds.confirm_result(round_, 1, actor=vote.actor)
    assert vote.seated == []
    rounds.confirm_result(round_, 2, actor=vote.actor)
    assert CountSheet.objects.count() == 2
    for again in (
        lambda: rounds.confirm_result(round_, 2, actor=vote.actor),
        lambda: rounds.record_count(round_, figures, PLAIN_VOTES, actor=vote.actor),
    ):
        with pytest.raises(Refused, match="这一次投票的结果已经确认，不能再改"), transaction.atomic():
            again()


def test_no_further_round_on_figures_nobody_confirmed():
    vote = Vote(*PLAIN, women="C")
    vote.open("open_poll")
    assert refusals(vote, "open_rerun") == ["上一次投票的结果还没有确认"]
    assert refusals(vote, "open_tie") == ["上一次投票的结果还没有确认"]
    assert refusals(vote, "open_poll") == ["投票已经开始，不能退回"]
    assert refusals(vote, "hand_over")[0] == "上一次投票的结果还没有确认"


def test_totals_that_cannot_be_are_not_confirmed():
    """1201 votes for one seat on 1000 ballots."""
    vote = Vote(*PLAIN, women="C")
    with pytest.raises(Refused) as refused, transaction.atomic():
        vote.poll(1000, {"chair": {"A": 601, "B": 600}})
    assert [problem.text for problem in refused.value.problems] == [
        "主任票合计1201，超过上限1000（有效票1000×应选1），多201票，请先核对主任一栏"
    ]


def test_an_old_page_cannot_open_the_vote_twice():
    vote = Vote(*PLAIN, women="C")
    vote.open("open_poll")
    with pytest.raises((Refused, Overtaken)), transaction.atomic():
        moves.move(vote.election, "open_poll", version=0, actor=vote.actor, today=POLL_DAY)
    assert Round.objects.count() == 1
