"""Posts and numbers: decided by a meeting that may decide, within the lawful size."""

from datetime import date

import pytest

from candidates.models import Seat
from candidates.selectors.nominees import seats_of, seats_with_nominees
from candidates.services.seats import decide_seats
from elections.models import Area, Meeting
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from tests.candidates.make_candidates import SEATS, TODAY, a_meeting, a_nominee, decided
from tests.make import an_actor, an_election

pytestmark = pytest.mark.django_db


@pytest.fixture
def election():
    return an_election(Stage.NOMINATION)


@pytest.fixture
def clerk():
    return an_actor("village")


def refusal(election, clerk, seats, **meeting) -> list[str]:
    with pytest.raises(Refused) as refused:
        decide_seats(election, seats, a_meeting(**meeting), actor=clerk, today=TODAY)
    return [problem.text for problem in refused.value.problems]


def test_seats_and_their_meeting_are_one_act(election, clerk):
    decide_seats(election, SEATS, a_meeting(), actor=clerk, today=TODAY)
    assert seats_of(election) == SEATS
    assert Meeting.objects.get().purpose == "seats"


def test_decided_again_replaces(election, clerk):
    decide_seats(election, SEATS, a_meeting(), actor=clerk, today=TODAY)
    decide_seats(election, {"chair": 1, "deputy": 0, "member": 2}, Meeting.objects.get(), actor=clerk, today=TODAY)
    assert seats_of(election) == {"chair": 1, "member": 2}
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        ({"chair": 1, "member": 1}, "委员会应由3至7人组成，现定2人"),
        ({"chair": 1, "member": 7}, "委员会应由3至7人组成，现定8人"),
    ],
)
def test_lawful_size(election, clerk, seats, said):
    assert refusal(election, clerk, seats) == [said]


@pytest.mark.parametrize("members", [2, 6])
def test_lawful_size_at_its_limits(election, clerk, members):
    decide_seats(election, {"chair": 1, "member": members}, a_meeting(), actor=clerk, today=TODAY)
    assert seats_of(election)["member"] == members


def test_residents_committee_has_five_to_nine(clerk):
    election = an_election(Stage.NOMINATION, code="990100001001")
    Area.objects.filter(code="990100001001").update(kind="community")
    election.village.refresh_from_db()
    actor = an_actor("county")
    assert refusal(election, actor, {"chair": 1, "member": 3}) == ["委员会应由5至9人组成，现定4人"]
    decide_seats(election, {"chair": 1, "member": 4}, a_meeting(), actor=actor, today=TODAY)
    assert Seat.objects.count() == 2


@pytest.mark.parametrize(("present", "in_favour"), [(20, 11), (30, 16)])
def test_meeting_at_its_limits_decides(election, clerk, present, in_favour):
    meeting = a_meeting(present=present, in_favour=in_favour)
    decide_seats(election, SEATS, meeting, actor=clerk, today=TODAY)
    assert seats_of(election) == SEATS


def test_meeting_without_two_thirds_decides_nothing(election, clerk):
    [said] = refusal(election, clerk, SEATS, present=19, in_favour=19)
    assert "应到30人，实到19人" in said
    assert "20人" in said
    assert not Meeting.objects.exists()


def test_half_in_favour_is_not_enough(election, clerk):
    [said] = refusal(election, clerk, SEATS, present=20, in_favour=10)
    assert said == "村民代表会议赞成10人，没有过半数（至少11人）"


def test_all_reasons_at_once(election, clerk):
    said = refusal(
        election, clerk, {"chair": 2, "woman": 1}, kind="group", held_on=date(2026, 12, 2), adults=90, present=60,
        in_favour=31,
    )  # fmt: skip
    assert said == [
        "主任应选1名，现填2名",
        "本地规则没有实行妇女委员专职专选，不单设妇女委员",
        "职位职数由村民会议或者村民代表会议决定",
        "会议召开日期在今天以后，请核对",
    ]


def test_no_seats_are_no_decision(election, clerk):
    assert refusal(election, clerk, {"chair": 0}) == ["职位和名额还没有填写"]


def test_post_with_nominees_stays(election, clerk):
    decided(election)
    a_nominee(election, "于小梅", "deputy")
    assert refusal(election, clerk, {"chair": 1, "member": 3}) == [
        "副主任已经有提名人选，不能取消；确需取消的先登记人选退出"
    ]


def test_each_post_says_how_many_candidates_it_needs(election):
    decided(election)
    a_nominee(election, "丁卫国", "chair")
    said = [
        (seat["office"].label, seat["number"], seat["need"], seat["nominees"]) for seat in seats_with_nominees(election)
    ]
    assert said == [("主任", 1, 2, 1), ("副主任", 1, 2, 0), ("委员", 3, 4, 0)]
