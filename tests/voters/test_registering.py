"""One person at a time: the rules decide who is listed, every change is noted, nobody twice (VR-02…08)."""

from datetime import date

import pytest

from elections.models import JournalEntry, Round
from elections.rules.machine import Refused
from elections.services.hold import Overtaken
from tests.make import VILLAGE
from tests.voters.make_pages import OTHER
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_typed_row, a_voter, an_id
from voters.models import Evidence, RollChange, Voter
from voters.sealing import number_of, unpack
from voters.selectors.changes import changes_of
from voters.services.changes import journal_details
from voters.services.judging import ListedElsewhere
from voters.services.listing import omit, restore
from voters.services.registering import correct_voter, register_voter
from voters.services.revealing import reveal_id

pytestmark = pytest.mark.django_db
ABSENT, INCOMER = "户籍在本村不居住", "户籍不在本村居住一年以上"
CONSENT = {"applied_on": date(2026, 11, 12), "consent_on": date(2026, 11, 14), "consent_by": "村民代表会议"}


@pytest.fixture
def election():
    return a_roll_election()


@pytest.mark.parametrize(
    ("cells", "circumstances", "omission"),
    [
        ({}, {}, ""),
        ({"登记类型": ABSENT}, {}, "NO_STATEMENT"),
        (
            {"登记类型": ABSENT, "本人表示参加": "是"},
            {"stated_by": "phone", "stated_on": date(2026, 11, 15)},
            "",
        ),  # (b)
        ({"登记类型": INCOMER}, {"resident_since": date(2025, 12, 25)} | CONSENT, "NOT_ONE_YEAR"),  # (c)
        ({"登记类型": INCOMER}, {"resident_since": date(2025, 10, 1), "applied_on": date(2026, 11, 12)}, "NO_CONSENT"),
        ({"登记类型": INCOMER}, {"resident_since": date(2025, 10, 1)} | CONSENT, ""),  # (d)
        ({"登记类型": INCOMER}, {"works_since": date(2025, 6, 1)} | CONSENT, ""),  # (f)
        ({}, {"deprived_until": date(2027, 3, 1)}, "DEPRIVED"),  # (g)
        ({}, {"deprived_until": date(2026, 12, 19)}, ""),
        ({}, {"refused_on": date(2026, 11, 15)}, "REFUSED"),
        ({"身份证号": an_id(1, date(2008, 12, 21))}, {}, "UNDER_AGE"),
    ],
)
def test_the_rules_decide_whether_somebody_is_listed(election, cells, circumstances, omission):
    voter = a_voter(election, 1, circumstances=circumstances, **cells)
    assert (voter.listed, voter.omission) == (not omission, omission)
    assert voter.evidence
    assert Evidence.objects.filter(voter=voter).exists() is bool(circumstances)


def test_a_clerk_of_the_village_counts_from_2025_on_only():
    circumstances = {"works_since": date(2025, 6, 1)} | CONSENT
    old = a_roll_election(OTHER, pack="national-2018")
    assert a_voter(old, 1, circumstances=circumstances, 登记类型=INCOMER).omission == "NOT_ONE_YEAR"


def test_registering_is_noted_with_everything_under_seal(election):
    voter = a_voter(election, 1)
    change = changes_of(voter).get()
    assert (change.kind, change.after_publication, change.posted) == ("register", False, False)
    assert unpack(change.after_sealed, change, "after_sealed")["身份证号"] == number_of(voter)
    entry = JournalEntry.objects.get(act="roll.registered")
    assert entry.obj == f"voters.voter:{voter.pk}"
    assert voter.name not in entry.body


def test_nobody_is_registered_twice_in_one_village(election):
    a_voter(election, 1, actor=a_clerk())
    with pytest.raises(Refused, match="已在本村名单上，不能重复登记"):
        a_voter(election, 1)
    assert Voter.objects.count() == 1


def test_who_is_listed_elsewhere_is_refused_without_a_word_where(election):
    a_voter(a_roll_election(OTHER), 1)
    with pytest.raises(ListedElsewhere) as refused:
        a_voter(election, 1)
    assert str(refused.value) == "此人已在其他村登记。只能在一个村登记。请与镇换届办核实。"
    kept = register_voter(
        election, a_typed_row(1), circumstances={}, checked=False, actor=a_clerk(), despite_elsewhere=True
    )
    assert (kept.listed, kept.omission) == (False, "LISTED_ELSEWHERE")


def test_who_was_left_out_elsewhere_may_be_listed_here(election):
    other = a_roll_election(OTHER)
    gone = a_voter(other, 1)
    omit(gone, "MOVED", evidence="派出所迁出证明", version=0, actor=a_clerk(OTHER))
    assert a_voter(election, 1).listed
    gone.refresh_from_db()
    with pytest.raises(ListedElsewhere):
        restore(gone, reason="又迁回", version=gone.version, actor=a_clerk(OTHER))


def test_a_correction_keeps_what_it_was_and_what_it_became(election):
    voter = a_voter(election, 1)
    row = a_typed_row(1, 姓名="王芳芳", 村民小组="9组")
    voter = correct_voter(voter, row, circumstances={}, checked=True, version=0, actor=a_clerk())
    assert (voter.name, voter.group, voter.place, voter.version, voter.checked) == (
        "王芳芳", "9组", "000009组\x1f000001", 1, True,
    )  # fmt: skip
    change = changes_of(voter).first()
    assert (change.kind, change.columns) == ("correct", "姓名、村民小组")
    assert unpack(change.before_sealed, change, "before_sealed")["姓名"] != "王芳芳"


def test_evidence_alone_is_named_and_nothing_that_was_empty(election):
    voter = a_voter(election, 1)
    circumstances = {"applied_on": date(2026, 11, 20)}
    voter = correct_voter(voter, a_typed_row(1), circumstances=circumstances, checked=False, version=0, actor=a_clerk())
    change = changes_of(voter).first()
    assert change.columns == "本人申请日期"
    assert unpack(change.after_sealed, change, "after_sealed") == {"本人申请日期": "2026-11-20"}


def test_two_clerks_on_one_row_and_the_second_is_told(election):
    voter = a_voter(election, 1)
    correct_voter(
        voter, a_typed_row(1, 电话="13800138000"), circumstances={}, checked=False, version=0, actor=a_clerk()
    )
    with pytest.raises(Overtaken, match="刚刚已由他人修改"):
        correct_voter(
            voter, a_typed_row(1, 电话="13900139000"), circumstances={}, checked=False, version=0, actor=a_clerk()
        )


def test_nothing_changed_is_no_change(election):
    voter = a_voter(election, 1)
    correct_voter(voter, a_typed_row(1), circumstances={}, checked=False, version=0, actor=a_clerk())
    assert (RollChange.objects.count(), Voter.objects.get().version) == (1, 0)


def test_a_correction_is_judged_anew(election):
    voter = a_voter(election, 1, 登记类型=ABSENT)
    assert voter.omission == "NO_STATEMENT"
    row = a_typed_row(1, 登记类型=ABSENT, 本人表示参加="是")
    assert correct_voter(voter, row, circumstances={}, checked=False, version=0, actor=a_clerk()).listed


def test_leaving_out_needs_its_proof_and_stays_decided(election):
    voter = a_voter(election, 1)
    with pytest.raises(Refused, match="没有写明依据"):
        omit(voter, "DIED", evidence=" ", version=0, actor=a_clerk())
    voter = omit(voter, "DIED", evidence="死亡证明", version=0, actor=a_clerk())
    assert (voter.listed, voter.omission, voter.evidence) == (False, "DIED", "死亡证明")
    row = a_typed_row(1, 电话="13800138000")
    assert not correct_voter(voter, row, circumstances={}, checked=False, version=1, actor=a_clerk()).listed


def test_putting_back_is_judged_by_the_rules(election):
    voter = a_voter(election, 1, circumstances={"deprived_until": date(2027, 3, 1)})
    with pytest.raises(Refused, match="被剥夺政治权利至2027年3月1日，选举日仍在期内，不能列入名单"):
        restore(voter, reason="家属要求", version=0, actor=a_clerk())
    other = omit(a_voter(election, 2), "UNREACHABLE", evidence="三次联系未果", version=0, actor=a_clerk())
    assert restore(other, reason="本人已联系上", version=1, actor=a_clerk()).listed


def test_once_the_vote_has_begun_the_roll_stands_still(election):
    voter = a_voter(election, 1)
    Round.objects.create(election=election, number=1, kind="first", held_on=TODAY, registered=1, contest="{}")
    for act in (
        lambda: a_voter(election, 2),
        lambda: omit(voter, "DIED", evidence="死亡证明", version=0, actor=a_clerk()),
    ):
        with pytest.raises(Refused, match="投票已经开始"):
            act()


def test_a_number_is_shown_thirty_times_an_hour_and_each_time_noted(election):
    voter, clerk = a_voter(election, 1), a_clerk()
    shown = [reveal_id(voter, actor=clerk) for _ in range(30)]
    assert set(shown) == {f"{number_of(voter)[:6]} {number_of(voter)[6:14]} {number_of(voter)[14:]}"}
    with pytest.raises(Refused, match="一小时内已查看30个身份证号"):
        reveal_id(voter, actor=clerk)
    assert JournalEntry.objects.filter(act="roll.id_revealed", actor=clerk.user).count() == 30
    assert reveal_id(voter, actor=a_clerk(VILLAGE))


def test_numbers_are_unreadable_in_the_database(election):
    voter = a_voter(election, 1, 电话="13800138000", 住址="石门村12号")
    row = Voter.objects.filter(pk=voter.pk).values().get()
    text = " ".join(
        bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value) for value in row.values()
    )
    for secret in (number_of(voter), "13800138000", "石门村12号"):
        assert secret not in text
        assert secret.encode().hex() not in text


def test_a_change_of_no_column_counts_none():
    assert journal_details(RollChange(columns=""), Voter())["columns"] == 0
    assert journal_details(RollChange(columns="姓名、电话"), Voter())["columns"] == 2
