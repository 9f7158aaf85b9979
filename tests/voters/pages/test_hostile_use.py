"""What hasty and hostile people do to the roll, its papers and the table where ballots are handed out."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote, unquote

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from elections.models import Election, Round
from elections.rules.guards import voting
from elections.rules.kinds import Body, Stage
from elections.selectors.facts import facts_for
from tests.make import VILLAGE
from tests.voters.make_check_in import a_box, a_polling_election, an_open_round, numbered
from tests.voters.make_pages import POSTED, a_form, address, signed_in, text_of
from tests.voters.make_polling import Village
from tests.voters.make_voters import POLL_DAY, TODAY, a_clerk, a_roll_election, a_typed_row, a_voter, an_id
from voters.models import CheckIn, RollExport, RollObjection, RollVersion, Voter
from voters.services.ages import follow_the_day
from voters.services.listing import omit
from voters.services.publishing import publish_roll
from voters.services.registering import correct_voter, register_voter

pytestmark = pytest.mark.django_db
TOO_LONG = "9" * 5000  # more digits than a number is read from


# --- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["per_page=0", "per_page=-1", "=-1", "page=0", f"page={TOO_LONG}", "sort=x&sort=-y", "q=%00", f"q={TOO_LONG}"],
)
@pytest.mark.parametrize("name", ["roll", "proxies"])
def test_a_list_answers_whatever_stands_in_its_address(published, clerk, name, query):
    assert clerk.get(f"{address(name)}?{query}").status_code == 200


def test_nobody_asks_for_a_page_of_a_thousand_rows(election, clerk):
    for serial in range(1, 53):
        a_voter(election, serial, actor=a_clerk())
    page = text_of(clerk.get(address("roll") + "?per_page=1000"))
    assert "page=2" in page


@pytest.mark.parametrize("named", [TOO_LONG, "²", "-1", "0", "99", "x", "%00"])
def test_an_objection_that_cannot_be_is_not_found_and_nothing_is_changed(published, clerk, named):
    voter = Voter.objects.get(number=1)
    row = a_form(1, name=voter.name, id_number="", group="9组", version=str(voter.version), reason="户口簿写明是9组")
    assert clerk.post(f"{address('voter_edit', voter.pk)}?objection={named}", row).status_code == 404
    assert Voter.objects.get(number=1).group == voter.group


@pytest.mark.parametrize("named", [TOO_LONG, "²", "-1", "%00", "99"])
def test_a_ballot_that_cannot_be_is_not_shown(clerk, named):
    an_open_round(a_polling_election(1))
    assert clerk.get(f"{address('check_in')}?given={named}").status_code == 200


@pytest.mark.parametrize("body", [Body.VILLAGERS_COMMITTEE, Body.SUPERVISION])
def test_the_next_person_is_offered_the_same_group_whatever_its_name(clerk, body):
    a_roll_election(body=body)
    query = "" if body == Body.VILLAGERS_COMMITTEE else f"?body={body}"
    saved = clerk.post(address("voter_new") + query, a_form(1, group="1&2组#东", next="1"))
    page = text_of(clerk.get(saved["Location"]))
    assert 'value="1&amp;2组#东"' in page
    assert Voter.objects.get().election.body == body


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options", "trace"])
def test_no_method_breaks_an_address_or_changes_anything(published, clerk, method):
    from voters.urls import urlpatterns

    voter, broken = Voter.objects.get(number=1), []
    given = {"code": VILLAGE, "uuid:pk": voter.pk, "int:pk": 1, "number": 1, "step": 2, "key": "x"}
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        args = [value for name, value in given.items() if f"{name}>" in route]
        answer = getattr(clerk, method)(reverse(pattern.name, args=args))
        broken += [(pattern.name, answer.status_code)] if answer.status_code >= 500 else []
    assert broken == []
    assert (Voter.objects.get(number=1).version, RollVersion.objects.count()) == (voter.version, 1)


@pytest.mark.parametrize("junk", ["\0", TOO_LONG, "龘" * 2000])
def test_no_field_breaks_a_form(published, clerk, junk):
    from voters.urls import urlpatterns

    names = (
        "code", "number", "way", "table", "place", "posted_by", "sure", "seen", "decision", "uphold-reason", "person",
        "objector", "matter", "received_on", "kind", "tables", "first", "last", "query", "reason", "principal",
        "principal_number", "agent", "relation", "ending", "route", "why", "note", "helper", "version", "evidence",
    )  # fmt: skip
    broken = []
    given = {
        "code": VILLAGE,
        "uuid:pk": Voter.objects.get(number=1).pk,
        "int:pk": 1,
        "number": 1,
        "step": 2,
        "key": "x",
    }
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        args = [value for name, value in given.items() if f"{name}>" in route]
        answer = clerk.post(reverse(pattern.name, args=args), dict.fromkeys(names, junk))
        broken += [(pattern.name, answer.status_code)] if answer.status_code >= 500 else []
    assert broken == []


# --- facts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "status"), [(TODAY, 302), (date(2026, 11, 21), 422)])
def test_no_meeting_has_consented_tomorrow(election, clerk, day, status):
    said = a_form(1, category="CAT3") | {
        "circumstances-resident_since": "2020-1-1", "circumstances-applied_on": "2026-11-1", "circumstances-consent_on": str(day),
        "circumstances-consent_by": "村民代表会议",
    }  # fmt: skip
    answer = clerk.post(address("voter_new"), said)
    assert answer.status_code == status
    if status == 422:
        assert "会议同意日期（2026年11月21日）在今天以后。请核对后重新填写。" in text_of(answer)


def test_a_deprivation_of_rights_may_end_in_years_to_come(election, clerk):
    said = a_form(1) | {"circumstances-deprived_until": "2099-12-31"}
    assert clerk.post(address("voter_new"), said).status_code == 302
    assert Voter.objects.get().omission == "DEPRIVED"


# --- the table --------------------------------------------------------------------------------------------


def test_the_box_and_the_table_hand_out_their_own_ballots(clerk):
    election = a_polling_election(2)
    an_open_round(election)
    a_box(numbered(election, 2))
    for number, way, table in (("1", "in_person", "box"), ("2", "roving", "1")):
        refused = clerk.post(address("check_in"), {"number": number, "way": way, "table": table})
        assert refused.status_code == 409
        assert "请核对发票处。" in text_of(refused)
    assert clerk.post(address("check_in"), {"number": "2", "way": "roving", "table": "box"}).status_code == 302


def test_an_old_page_is_told_that_the_vote_is_over(clerk):
    round_ = an_open_round(a_polling_election(1))
    clerk.post(address("check_in"), {"number": "1", "way": "in_person"})
    Round.objects.filter(pk=round_.pk).update(confirmed_at=timezone.now())
    refused = clerk.post(address("check_in_undo", CheckIn.objects.get().pk), {"why": "wrong_person"})
    assert refused.status_code == 409
    assert "这一次投票的结果已经确认，领票登记不能再撤销" in text_of(refused)


def test_who_left_the_roll_between_card_and_button_gets_nothing(clerk):
    election = a_polling_election(2)
    shown = clerk.post(address("check_in"), {"code": "1"})
    assert shown.status_code == 409  # no vote yet
    an_open_round(election)
    assert numbered(election, 1).name in text_of(clerk.post(address("check_in"), {"code": "1"}))
    Round.objects.all().delete()
    omit(numbered(election, 1), "DIED", evidence="死亡证明", version=0, actor=a_clerk())
    an_open_round(election)
    refused = clerk.post(address("check_in"), {"number": "1", "way": "in_person"})
    assert refused.status_code == 409
    assert "已移出选民名单，不能领票" in text_of(refused)


# --- what is typed wrongly stays on the page --------------------------------------------------------------


@pytest.mark.parametrize(
    ("received_on", "words"),
    [
        ("2026-11-19", "收到日期早于名单公布日期（2026年11月20日）。请核对。"),
        ("2026-11-21", "收到日期晚于今天。请核对。"),
    ],
)
def test_an_objection_of_another_day_comes_back_as_it_was_typed(published, clerk, received_on, words):
    said = {"person": "甲乙", "objector": "丙", "matter": "全家漏登，附户口簿", "received_on": received_on}
    page = clerk.post(address("roll_appeal_new"), said)
    assert page.status_code == 422
    assert words in text_of(page)
    assert "全家漏登，附户口簿" in text_of(page)
    assert not RollObjection.objects.exists()


def test_a_late_objection_has_no_last_day(published):
    with time_machine.travel("2026-11-26T09:00:00+08:00"):
        clerk = signed_in()
        said = {"person": "甲乙", "objector": "丙", "matter": "漏登", "received_on": "2026-11-26"}
        page = text_of(clerk.post(address("roll_appeal_new"), said, follow=True))
    assert "<dd>超过申诉期限，不计时限</dd>" in page


@pytest.mark.parametrize(
    ("applied_on", "words"),
    [
        ("2026-9-1", ""),
        ("2026-8-31", "申请日期（2026年8月31日）早于本次换届开始（2026年9月1日）。请核对。"),
        ("2026-11-20", ""),
        ("2026-11-21", "申请日期（2026年11月21日）在今天以后。请核对。"),
    ],
)
def test_nobody_applies_tomorrow_nor_before_it_all_began(clerk, applied_on, words):
    Village()
    proxy = {"principal": "王芳", "agent": "李四", "relation": "other", "reason": "外出", "consented_by": "甲"}
    box = {"person": "赵敏", "why": "old", "note": "", "route": "东片"}
    for name, said in (("proxy_new", proxy), ("roving", box)):
        page = clerk.post(address(name), said | {"applied_on": applied_on})
        assert (page.status_code, words in text_of(page)) == (422 if words else 302, True)


@pytest.mark.parametrize(
    ("relation", "words"), [("", "没有选择。请选择一项。"), ("boss", "不在可选的范围内。请重新选择。")]
)
def test_half_a_sentence_is_no_name_for_a_field(clerk, relation, words):
    Village()
    page = clerk.post(address("proxy_new"), {"principal": "王芳", "agent": "李四", "relation": relation})
    assert f"受委托人与委托人的关系{words}" in text_of(page)


def test_after_the_last_vote_the_lists_stay_as_they_were(clerk):
    village = Village()
    a_box(village.who("赵敏"))
    Round.objects.create(
        election=village.election, number=1, kind="first", held_on=TODAY, registered=10, confirmed_at=timezone.now(),
        contest='{"people":[],"posts":[]}', outcome='{"status":"valid","ties":[],"vacancies":[]}',
    )  # fmt: skip
    box = {"person": "王芳", "why": "old", "note": "", "route": "东片", "applied_on": str(TODAY)}
    for name, said in (("roving", box), ("helpers", {"person": "王芳", "helper": "丙", "reason": "不识字"})):
        page = clerk.post(address(name), said)
        assert page.status_code == 422
        assert "投票已经结束，名单不再改变。" in text_of(page)
    row = village.election.roving_voters.get()
    assert clerk.post(address("roving_remove", row.pk)).status_code == 409


@pytest.mark.parametrize(("padding", "status"), [(2000 - len("group="), 302), (2001 - len("group="), 409)])
def test_a_list_is_exported_by_the_whole_of_its_filter(published, clerk, padding, status):
    voter = Voter.objects.get(number=1)
    group = quote("第十二村民小组（山后片区）" * 3)
    changed = a_typed_row(1, 村民小组=unquote(group))
    correct_voter(voter, changed, circumstances={}, checked=False, version=0, actor=a_clerk(), reason="组别写错")
    query = f"group={group}".ljust(padding + len("group="), "&")
    asked = clerk.post(address("roll_exports"), {"reason": "入户核对", "query": query})
    assert asked.status_code == status
    assert [each.rows for each in RollExport.objects.all()] == ([1] if status == 302 else [])
    if status == 302:
        assert clerk.post(address("roll_export_take", RollExport.objects.get().pk)).status_code == 302


@pytest.mark.parametrize(
    ("first", "last", "status"), [("2", "1", 422), ("2", "2", 302), ("4", "", 409), ("１", "３", 302)]
)
def test_cards_from_a_number_to_a_smaller_one(published, clerk, first, last, status):
    answer = clerk.post(address("roll_cards"), {"kind": "cards", "first": first, "last": last})
    assert answer.status_code == status
    assert ("到序号1小于从序号2。请核对后重新填写。" in text_of(answer)) == (status == 422)


def test_a_number_of_the_register_is_never_cut(clerk):
    village = Village()
    village.authorise("王芳", "李四", applied_on=TODAY)
    assert "第1号" in text_of(clerk.get(address("proxies") + "?q=1"))
    assert "第1号" not in text_of(clerk.get(address("proxies") + "?q=0000011"))
    assert "第1号" not in text_of(clerk.get(address("proxies") + "?q=0000019"))


def test_the_third_principal_fills_an_agent(clerk):
    village = Village()
    for principal in ("王芳", "李强"):
        village.authorise(principal, "李四", applied_on=TODAY)
    said = {"principal": "张三", "agent": "李四", "relation": "other", "reason": "外出", "applied_on": str(TODAY)}
    done = clerk.post(address("proxy_new"), said | {"consented_by": "甲"}, follow=True)
    assert "第3号委托已登记：张三委托李四。李四已接受3人委托，已满。" in text_of(done)
    assert "李四已接受3人委托，上限3人。" in text_of(
        clerk.post(address("proxy_new"), said | {"principal": "赵敏", "consented_by": "甲"})
    )


@pytest.mark.parametrize("moved", [-1, 0, 1])
def test_a_day_that_moved_is_followed_before_the_vote(moved):
    """Somebody turns eighteen on election day as it was; somebody else the day after."""
    election, clerk = a_roll_election(), a_clerk()
    a_voter(election, 1, actor=clerk)
    for serial, birth in ((2, POLL_DAY.replace(year=2008)), (3, POLL_DAY.replace(year=2008) + timedelta(days=1))):
        row = a_typed_row(serial, 身份证号=an_id(serial, birth), 性别="女" if serial % 2 == 0 else "男")
        register_voter(election, row, circumstances={}, checked=False, actor=clerk)
    publish_roll(election, **POSTED, actor=clerk, today=TODAY)
    day = POLL_DAY + timedelta(days=moved)
    Election.objects.filter(pk=election.pk).update(poll_day=day, stage=Stage.VOTING)
    election = Election.objects.select_related("village", "cycle").get(pk=election.pk)

    def against() -> list[str]:
        facts = facts_for(election, TODAY)
        tests = (voting.nobody_barred_on_roll, voting.nobody_of_age_left_out)
        assert set(tests) < set(voting.READY_TO_POLL)
        return [text for test in tests if (text := test(facts, election.policy))]

    left = ["名单上有1人在选举日未满18周岁或者仍被剥夺政治权利，要按选举日更新名单"]
    joining = ["有1人到选举日年满18周岁或者恢复政治权利，还没有列入名单"]
    assert against() == {-1: left, 0: [], 1: joining}[moved]
    if moved:
        follow_the_day(election, actor=clerk)
    assert against() == []
