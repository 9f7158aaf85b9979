"""公布名单: in time, in order, frozen; objections with their clocks; supplements that say what changed (VR-12…16)."""

import json
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from elections.models import JournalEntry, Posting
from elections.rules.machine import Refused
from elections.services.conditions import problems_of
from elections.services.hold import Overtaken
from tests.voters.make_voters import (
    POLL_DAY,
    TODAY,
    a_clerk,
    a_roll_election,
    a_row,
    a_typed_row,
    a_voter,
    an_id,
    table,
    xlsx,
)
from voters import freeze
from voters.importing.source import SourceTable
from voters.models import RollImport, RollVersion, Voter
from voters.selectors.breakdown import Breakdown
from voters.selectors.facts import registration_facts
from voters.selectors.publishing import limits, notes, publish_conditions
from voters.selectors.supplement import published_supplement, waiting_supplement
from voters.services import imports
from voters.services.listing import omit, restore
from voters.services.objections import list_by_decision, receive_objection, remove_by_decision, uphold
from voters.services.publishing import publish_roll, publish_supplement
from voters.services.registering import correct_voter, register_voter

pytestmark = pytest.mark.django_db
LATEST = POLL_DAY - timedelta(days=20)  # 2026-11-30


@pytest.fixture
def clerk():
    return a_clerk()


@pytest.fixture
def election():
    return a_roll_election()


def publish(election, clerk, today=TODAY):
    return publish_roll(election, place="村务公开栏", posted_by="甲", actor=clerk, today=today)


def supplement(election, clerk, today=TODAY):
    return publish_supplement(election, place="村务公开栏", posted_by="甲", actor=clerk, today=today)


def an_objection(election, clerk, *, received_on=TODAY, today=None, voter=None):
    return receive_objection(
        election, person="王某", objector="李某", matter="漏登", received_on=received_on, voter=voter, actor=clerk,
        today=today or received_on,
    )  # fmt: skip


# --- publication -----------------------------------------------------------------------------------------


def test_the_roll_is_numbered_by_group_household_and_strokes(election, clerk):
    for serial, name, group, household in [
        (1, "张三", "10组", "1"), (2, "李四", "2组", "2"), (3, "王五", "2组", "2"), (4, "丁一", "2组", "10"),
        (5, "何六", "", ""),
    ]:  # fmt: skip
        a_voter(election, serial, actor=clerk, 姓名=name, 村民小组=group, 户号=household)
    version = publish(election, clerk)
    assert [line[:3] for line in json.loads(version.snapshot)] == [
        [1, "2组", "王五"], [2, "2组", "李四"], [3, "2组", "丁一"], [4, "10组", "张三"], [5, "", "何六"],
    ]  # fmt: skip
    assert list(Voter.objects.order_by("number").values_list("name", flat=True)) == [
        "王五",
        "李四",
        "丁一",
        "张三",
        "何六",
    ]
    assert [(each.name, each.total) for each in Breakdown(election).groups] == [("2组", 3), ("10组", 1), ("未分组", 1)]


def test_publishing_freezes_text_posts_it_and_notes_it(election, clerk):
    a_voter(election, 1, actor=clerk)
    a_voter(election, 2, actor=clerk, 登记类型="户籍在本村不居住")
    version = publish(election, clerk)
    assert (version.number, version.count, version.published_on) == (1, 1, TODAY)
    assert Posting.objects.values_list("key", "posted_on", "place").get() == ("roll", TODAY, "村务公开栏")
    said = JournalEntry.objects.get(act="roll.published").said["details"]
    assert (said["count"], said["fingerprint"]) == (1, version.fingerprint)
    facts = registration_facts([election])[election.pk]
    assert (facts.published_on, facts.published_count, facts.unpublished_changes) == (TODAY, 1, 0)


def test_nothing_of_a_person_but_name_sex_group_and_class_is_published(election, clerk):
    voter = a_voter(election, 1, actor=clerk, 电话="13800138000", 住址="石门村12号", 备注="残疾")
    text = publish(election, clerk).snapshot
    for secret in ("990100", "13800138000", "石门村12号", "残疾", voter.birth.isoformat(), str(voter.pk)):
        assert secret not in text


@pytest.mark.parametrize(("today", "refused"), [(LATEST, False), (LATEST + timedelta(days=1), True)])
def test_twenty_days_before_election_day_and_not_one_less(election, clerk, today, refused):
    a_voter(election, 1, actor=clerk)
    if refused:
        with pytest.raises(Refused, match="名单在选举日前19天公布，少于法定的20天"):
            publish(election, clerk, today)
    else:
        assert publish(election, clerk, today).published_on == date(2026, 11, 30)


def test_an_empty_roll_and_a_missing_day_are_refused_together(clerk):
    with pytest.raises(Refused) as refused:
        publish(a_roll_election(poll_day=None), clerk)
    assert len(refused.value.problems) == 2
    assert all(problem.cite for problem in refused.value.problems)


def test_a_roll_is_published_once(election, clerk):
    a_voter(election, 1, actor=clerk)
    publish(election, clerk)
    with pytest.raises(Refused, match="名单已于2026年11月20日公布"):
        publish(election, clerk)


def test_who_became_too_young_when_the_day_moved_is_noticed(election, clerk):
    a_voter(election, 1, actor=clerk, 身份证号=an_id(1, POLL_DAY.replace(year=2008)))
    election.poll_day = POLL_DAY - timedelta(days=1)
    election.save()
    with pytest.raises(Refused, match="名单上有1人在选举日未满18周岁"):
        publish(election, clerk, TODAY - timedelta(days=1))


def test_a_file_half_looked_into_must_be_finished_or_given_up(election, clerk):
    a_voter(election, 1, actor=clerk)
    given = SourceTable.read(xlsx(table([a_row(2, 身份证号="12345")])), "名单.xlsx")
    batch = imports.open_import(election, given, actor=clerk, today=TODAY)
    with pytest.raises(Refused, match=r"“名单\.xlsx”还没有导入完，其中1人需要修改或核对"):
        publish(election, clerk)
    imports.drop_import(batch, actor=clerk)
    assert publish(election, clerk).count == 1


def test_the_page_shows_beforehand_what_the_act_refuses(election, clerk):
    shown = problems_of(election, *publish_conditions(election, TODAY))
    with pytest.raises(Refused) as refused:
        publish(election, clerk)
    assert refused.value.problems == shown


@pytest.mark.parametrize(("before", "advised"), [(28, False), (27, True), (20, True)])
def test_from_the_day_after_the_advised_one_the_clerk_is_told(election, before, advised):
    today = election.poll_day - timedelta(days=before)
    assert any("建议在" in note for note in notes(election, today)) is advised
    assert (limits(election).latest - today).days == before - 20


def test_what_one_should_know_forbids_nothing(election, clerk):
    a_voter(election, 1, actor=clerk, 村民小组="")
    assert notes(election, date(2026, 11, 22)) == ["有1人没有写组别，将排在名单最后。"]
    assert notes(election, date(2026, 11, 23))[0].startswith("建议在2026年11月22日前公布")


def test_packets_of_imports_are_forgotten_with_publication(election, clerk):
    given = SourceTable.read(xlsx(table([a_row(1)])), "名单.xlsx")
    batch = imports.open_import(election, given, actor=clerk, today=TODAY)
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    assert RollImport.objects.get().source_sealed
    publish(election, clerk)
    assert not RollImport.objects.get().source_sealed
    with pytest.raises(Refused, match="公布"):
        imports.undo_import(batch, actor=clerk)


# --- after publication -------------------------------------------------------------------------------------


@pytest.fixture
def published(election, clerk):
    voters = [a_voter(election, serial, actor=clerk, 村民小组="1组") for serial in (1, 2, 3)]
    publish(election, clerk)
    return [Voter.objects.get(pk=voter.pk) for voter in voters]


def test_a_change_needs_a_reason_and_waits_for_its_supplement(election, clerk, published):
    row = a_typed_row(2, 姓名="李改名", 村民小组="1组")
    with pytest.raises(Refused, match="没有写明改动的理由"):
        correct_voter(published[1], row, circumstances={}, checked=False, version=0, actor=clerk)
    correct_voter(
        published[1], row, circumstances={}, checked=False, version=0, actor=clerk, reason="户口簿姓名为李改名"
    )
    assert registration_facts([election])[election.pk].unpublished_changes == 1
    found = waiting_supplement(election)
    [entry] = found.corrected
    assert (entry.name, entry.was["name"], entry.reason) == ("李改名", a_row(2)["姓名"], "户口簿姓名为李改名")


def test_a_change_of_what_is_not_posted_needs_no_supplement(election, clerk, published):
    row = a_typed_row(1, 村民小组="1组", 电话="13800138000")
    correct_voter(published[0], row, circumstances={}, checked=False, version=0, actor=clerk, reason="补登电话")
    assert registration_facts([election])[election.pk].unpublished_changes == 0
    assert waiting_supplement(election).empty


def test_a_supplement_tells_added_removed_corrected_and_the_new_count(election, clerk, published):
    omit(published[0], "DIED", evidence="死亡证明", version=0, actor=clerk)
    added = register_voter(
        election,
        a_typed_row(9, 村民小组="1组"),
        circumstances={},
        checked=False,
        actor=clerk,
        reason="漏登，核对户口簿后补登",
    )
    correct_voter(
        published[1],
        a_typed_row(2, 村民小组="2组"),
        circumstances={},
        checked=False,
        version=0,
        actor=clerk,
        reason="组别登错",
    )
    version = supplement(election, clerk)
    assert (version.number, version.added, version.removed, version.corrected, version.count) == (2, 1, 1, 1, 3)
    assert (added.number, Voter.objects.get(pk=published[0].pk).number) == (4, published[0].number)
    told = published_supplement(version)
    assert [entry.number for entry in told.added] == [4]
    assert [entry.reason for entry in told.removed] == ["死亡：死亡证明"]
    assert [entry.was for entry in told.corrected] == [{"group": "1组"}]
    assert (registration_facts([election])[election.pk].unpublished_changes, waiting_supplement(election).empty) == (
        0,
        True,
    )
    assert Posting.objects.filter(key="roll_fix").count() == 1


def test_a_number_is_never_given_twice(election, clerk, published):
    last = max(published, key=lambda voter: voter.number)
    omit(last, "MOVED", evidence="迁出证明", version=0, actor=clerk)
    new = register_voter(election, a_typed_row(9), circumstances={}, checked=False, actor=clerk, reason="补登")
    assert (last.number, new.number) == (3, 4)
    back = restore(Voter.objects.get(pk=last.pk), reason="核实未迁出", version=1, actor=clerk)
    assert back.number == 3


def test_without_changes_there_is_nothing_to_supplement(election, clerk, published):
    with pytest.raises(Refused, match="上次公布以后没有变动"):
        supplement(election, clerk)


@pytest.mark.parametrize(
    "change", [{"name": "别人"}, {"group": "9组"}, {"listed": False, "omission": "DIED"}, {"number": 77}, {"sex": "F"}]
)
def test_the_database_itself_refuses_a_change_without_a_decision(election, published, change):
    with pytest.raises(DatabaseError, match=freeze.REFUSAL), transaction.atomic():
        Voter.objects.filter(pk=published[0].pk).update(**change)
    with pytest.raises(DatabaseError, match=freeze.REFUSAL), transaction.atomic():
        Voter.objects.filter(pk=published[0].pk)._raw_delete("default")
    extra = Voter.objects.get(pk=published[0].pk)
    extra.pk, extra.id_index, extra.number, extra.last_change = published[1].id_index, extra.pk, 99, None
    with pytest.raises(DatabaseError, match=freeze.REFUSAL), transaction.atomic():
        extra.save(force_insert=True)


def test_sealed_values_may_be_sealed_anew(published):
    assert Voter.objects.filter(pk=published[0].pk).update(id_sealed=b"x", id_index=published[0].pk) == 1


def test_a_published_version_is_never_changed_or_removed(published):
    for change in (
        lambda: RollVersion.objects.update(count=9),
        lambda: RollVersion.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match=freeze.REFUSAL), transaction.atomic():
            change()


def test_the_triggers_are_looked_for():
    assert freeze.missing(connection) == []


# --- objections -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "in_time", "answer_by"),
    [
        (date(2026, 11, 26), True, date(2026, 11, 29)),
        (date(2026, 11, 27), True, date(2026, 11, 30)),
        (date(2026, 11, 28), False, date(2026, 12, 1)),
    ],
)
def test_five_days_to_object_three_to_decide(election, clerk, received, in_time, answer_by):
    a_voter(election, 1, actor=clerk)
    publish(election, clerk, date(2026, 11, 22))
    objection = an_objection(election, clerk, received_on=received)
    assert (objection.in_time, objection.answer_by) == (in_time, answer_by)


def test_without_a_published_roll_nobody_can_object(election, clerk):
    with pytest.raises(Refused, match="名单还没有公布"):
        an_objection(election, clerk)


@pytest.mark.parametrize(
    ("received", "words"), [(TODAY - timedelta(days=1), "早于名单公布日期"), (TODAY + timedelta(days=1), "晚于今天")]
)
def test_a_day_of_receipt_that_cannot_be(election, clerk, published, received, words):
    with pytest.raises(Refused, match=words):
        an_objection(election, clerk, received_on=received, today=TODAY)


@pytest.mark.parametrize(("days", "late"), [(3, 0), (4, 1)])
def test_a_decision_after_three_days_is_late(election, clerk, published, days, late):
    objection = an_objection(election, clerk)
    uphold(objection, "经核对户口簿，登记无误", actor=clerk, today=TODAY + timedelta(days=days))
    facts = registration_facts([election])[election.pk]
    assert (facts.objections_open, facts.answers_late, facts.decisions_unpublished) == (0, late, 1)
    supplement(election, clerk, TODAY + timedelta(days=days))
    assert registration_facts([election])[election.pk].decisions_unpublished == 0


def test_a_decision_needs_its_reason_and_is_made_once(election, clerk, published):
    objection = an_objection(election, clerk)
    with pytest.raises(Refused, match="没有写明处理理由"):
        uphold(objection, " ", actor=clerk, today=TODAY)
    uphold(objection, "登记无误", actor=clerk, today=TODAY)
    with pytest.raises(Overtaken, match="已于2026年11月20日作出决定"):
        uphold(objection, "再决定一次", actor=clerk, today=TODAY)


def test_a_decision_changes_the_roll_in_the_same_act(election, clerk, published):
    objection = an_objection(election, clerk, voter=published[0])
    remove_by_decision(
        objection, published[0], "DEPRIVED", "判决书载明", evidence="（2025）刑初1号", actor=clerk, today=TODAY
    )
    assert Voter.objects.get(pk=published[0].pk).omission == "DEPRIVED"
    facts = registration_facts([election])[election.pk]
    assert (facts.decisions_unpublished, facts.unpublished_changes) == (1, 0)
    again = an_objection(election, clerk, voter=published[0])
    list_by_decision(again, Voter.objects.get(pk=published[0].pk), "判决已执行完毕", actor=clerk, today=TODAY)
    assert Voter.objects.get(pk=published[0].pk).listed
    supplement(election, clerk)
    assert registration_facts([election])[election.pk].decisions_unpublished == 0
