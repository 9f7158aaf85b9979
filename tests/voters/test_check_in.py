"""验证发票: one ballot a voter and round, whoever asks where; a proxy ends when its principal comes (VT-10, VT-11, VT-18)."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from elections.models import JournalEntry, Role, Round
from elections.rules.machine import Refused
from elections.services.hold import Overtaken
from tests.elections.make_pages import a_browser, address, said, text_of
from tests.voters.make_check_in import a_box, a_polling_election, a_proxy, an_open_round, numbered
from tests.voters.make_voters import POLL_DAY, a_clerk
from voters.models import CheckIn, ProxyVote, Voter
from voters.rules.cards import Scan, code_of, spaced
from voters.selectors.check_in import answer
from voters.selectors.check_in import issued as ballots_issued
from voters.services.check_in import give, take_back

Way, Undoing = CheckIn.Way, CheckIn.Undoing


@pytest.fixture
def election(db):
    return a_polling_election()


@pytest.fixture
def round_(election):
    return an_open_round(election)


def handed(round_, number, way=Way.IN_PERSON, table="1", actor=None) -> CheckIn:
    voter = numbered(round_.election, number)
    return give(round_, voter, way=way, table=table, actor=actor or a_clerk(), today=POLL_DAY)


def refused(round_, number, way=Way.IN_PERSON, table="1") -> list[str]:
    with pytest.raises(Refused) as found, transaction.atomic():
        handed(round_, number, way, table)
    return [problem.text for problem in found.value.problems]


# ── the act ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_is_given_and_the_second_refused_with_time_and_table(round_):
    row = handed(round_, 1, table="2")
    CheckIn.objects.filter(pk=row.pk).update(at=timezone.make_aware(datetime(2026, 12, 20, 9, 14)))
    assert refused(round_, 1) == [f"{row.voter.name}的选票已于09:14在2号发票处领取（本人）"]
    assert CheckIn.objects.count() == 1


def test_the_database_takes_no_second_row(round_):
    row = handed(round_, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(round=round_, voter=row.voter, way=Way.PROXY, table="2", by=row.by)


@pytest.mark.parametrize("why", list(Undoing))
def test_taken_back_and_given_again(round_, why):
    row = take_back(handed(round_, 1), why, actor=a_clerk())
    assert (row.undone_why, row.undone_at is not None, row.undone_by is not None) == (why, True, True)
    again = handed(round_, 1)
    assert [each.undone_at is None for each in (row, again)] == [False, True]
    with pytest.raises(Overtaken, match="刚刚已经撤销"), transaction.atomic():
        take_back(row, why, actor=a_clerk())
    assert ballots_issued(round_).total == 1


def test_each_round_has_its_own_ballots(round_):
    handed(round_, 1)
    Round.objects.filter(pk=round_.pk).update(confirmed_at=timezone.now())
    assert refused(round_, 2) == ["这一次投票的结果已经确认，不能再发票"]
    again = an_open_round(round_.election)
    handed(again, 1)
    assert (ballots_issued(round_).total, ballots_issued(again).total) == (1, 1)


def test_nothing_is_taken_back_once_the_result_is_confirmed(round_):
    row = handed(round_, 1)
    Round.objects.filter(pk=round_.pk).update(confirmed_at=timezone.now())
    with pytest.raises(Refused, match="已经确认"), transaction.atomic():
        take_back(row, Undoing.RETURNED, actor=a_clerk())


def test_who_was_taken_off_the_roll_gets_no_ballot(election):
    from voters import freeze

    voter = numbered(election, 3)
    freeze.remove(connection)
    Voter.objects.filter(pk=voter.pk).update(listed=False, omission="DIED")
    freeze.install(connection)
    assert refused(an_open_round(election), 3) == [f"{voter.name}已移出选民名单，不能领票"]


def test_the_journal_tells_figures_and_no_name(round_):
    take_back(handed(round_, 1), Undoing.WRONG_PERSON, actor=a_clerk())
    acts = list(JournalEntry.objects.filter(act__startswith="check_in.").order_by("seq"))
    assert [each.said["details"] for each in acts] == [
        {"body": "committee", "round": 1, "way": "in_person", "table": "1"},
        {
            "body": "committee", "round": 1, "why": "wrong_person",
            "before": {"undone_why": ""}, "after": {"undone_why": "wrong_person"},
        },
    ]  # fmt: skip
    assert numbered(round_.election, 1).name not in "".join(str(each.said) for each in acts)


# ── proxies and boxes ──────────────────────────────────────────────────────────────────────────────────────


def test_the_agent_takes_the_ballot_and_the_principal_comes_too_late(round_):
    proxy = a_proxy(numbered(round_.election, 1), numbered(round_.election, 2))
    handed(round_, 1, Way.PROXY)
    assert refused(round_, 1)[0].endswith("领取（受委托人）")
    proxy.refresh_from_db()
    assert proxy.ended_on is None
    handed(round_, 2)
    assert (ballots_issued(round_).by_proxy, ballots_issued(round_).not_by_proxy) == (1, 1)


def test_the_principal_comes_himself_and_the_agent_too_late(round_):
    principal = numbered(round_.election, 1)
    proxy = a_proxy(principal, numbered(round_.election, 2))
    handed(round_, 1)
    proxy.refresh_from_db()
    assert (proxy.ended_on, proxy.ending) == (POLL_DAY, ProxyVote.Ending.CAME)
    assert refused(round_, 1, Way.PROXY) == [
        str(refused(round_, 1)[0]), f"{principal.name}没有有效的委托，须本人领票"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "holds"), [(Undoing.WRONG_PERSON, True), (Undoing.WRONG_WAY, True), (Undoing.RETURNED, False)]
)
def test_a_proxy_that_ended_by_mistake_holds_again(round_, why, holds):
    proxy = a_proxy(numbered(round_.election, 1), numbered(round_.election, 2))
    voter = numbered(round_.election, 1)
    row = give(round_, voter, way=Way.IN_PERSON, table="1", actor=a_clerk(), today=timezone.localdate())
    take_back(row, why, actor=a_clerk())
    proxy.refresh_from_db()
    assert (proxy.ended_on is None) == holds
    assert JournalEntry.objects.filter(act="proxy.revived").exists() == holds


def test_nobody_takes_a_ballot_for_another_without_a_proxy(round_):
    assert refused(round_, 1, Way.PROXY) == [f"{numbered(round_.election, 1).name}没有有效的委托，须本人领票"]


def test_the_box_goes_only_to_those_on_its_list(round_):
    a_box(numbered(round_.election, 1))
    handed(round_, 1, Way.ROVING, "box")
    name = numbered(round_.election, 2).name
    assert refused(round_, 2, Way.ROVING, "box") == [f"{name}不在流动票箱投票人员名单上，须到投票地点领票"]
    assert ballots_issued(round_).not_by_proxy == 1


def test_what_a_card_may_do(round_):
    election = round_.election
    a_proxy(numbered(election, 1), numbered(election, 2))
    a_box(numbered(election, 3))
    asked = {number: answer(round_, Scan(number, election.pk), "1") for number in (1, 2, 3)}
    assert [(each.ways, each.sure, each.route) for each in asked.values()] == [
        (("in_person", "proxy"), False, ""),
        (("in_person",), True, ""),
        (("in_person",), True, "东片"),
    ]
    assert answer(round_, Scan(99, election.pk), "1").why_not == "选民名单上没有99号"
    assert answer(round_, Scan(1, election.pk + 1), "1").why_not == "这不是本村本次选举的选民证，不能在这里领票"


# ── the page ───────────────────────────────────────────────────────────────────────────────────────────────


def scan(browser, typed, table="1"):
    return browser.post(address("check_in"), {"code": typed, "table": table})


@pytest.fixture
def village(round_):
    return a_browser(Role.VILLAGE)


def test_a_scanned_card_is_answered_at_once(round_, village):
    voter = numbered(round_.election, 1)
    answer = scan(village, code_of(round_.election_id, 1), "2")
    assert answer["Location"] == f"{address('check_in')}?table=2&given={CheckIn.objects.get().pk}"
    page = text_of(village.get(answer["Location"]))
    assert all(word in page for word in ("可以领票", voter.name, "2号发票处", "1/12张", "不登记投给谁"))
    second = scan(village, spaced(code_of(round_.election_id, 1)))
    assert (second.status_code, "在2号发票处领取（本人）" in text_of(second)) == (409, True)
    assert CheckIn.objects.count() == 1


def test_a_typed_number_is_shown_first(round_, village):
    voter = numbered(round_.election, 7)
    page = scan(village, "７")
    assert (page.status_code, voter.name in text_of(page), CheckIn.objects.count()) == (200, True, 0)
    village.post(address("check_in"), {"number": 7, "way": "in_person", "table": "1"})
    assert CheckIn.objects.get().voter == voter


def test_a_proxy_in_force_is_asked_about(round_, village):
    agent = numbered(round_.election, 2)
    a_proxy(numbered(round_.election, 1), agent)
    page = text_of(scan(village, code_of(round_.election_id, 1)))
    assert all(word in page for word in ("本人到场，发给本人", f"{agent.name}代领选票"))
    assert not CheckIn.objects.exists()
    village.post(address("check_in"), {"number": 1, "way": "proxy", "table": "1"})
    assert CheckIn.objects.get().way == Way.PROXY


@pytest.mark.parametrize("typed", ["99010019800506101X", "990100198005061019", "王芳", ""])
def test_what_is_typed_wrongly_is_not_repeated_on_the_page(round_, village, typed):
    page = scan(village, typed)
    assert page.status_code == 422
    assert not typed or typed not in text_of(page)
    assert not CheckIn.objects.exists()


def test_the_card_of_another_village_is_not_told_whose_it_is(round_, village):
    other = a_polling_election(3, code="990100101202")
    page = scan(village, code_of(other.pk, 1))
    assert (page.status_code, "不是本村本次选举的选民证" in text_of(page)) == (409, True)
    assert numbered(other, 1).name not in text_of(page)


def test_without_an_open_round_nothing_is_given(election):
    village = a_browser(Role.VILLAGE)
    assert "现在没有进行中的投票" in text_of(village.get(address("check_in")))
    answer = scan(village, code_of(election.pk, 1))
    assert (answer.status_code, "现在没有进行中的投票，不能发票" in text_of(answer)) == (409, True)


def test_taking_back_on_the_page(round_, village):
    scan(village, code_of(round_.election_id, 1), "3")
    row = CheckIn.objects.get()
    undo = reverse("check_in_undo", args=[round_.election.village_id, row.pk])
    assert village.post(undo, {"why": "because"}).status_code == 404
    page = village.post(undo, {"why": "wrong_person"}, follow=True)
    assert said(page) == f"已撤销{row.voter.name}的领票登记（登记错人），可以重新领票。"
    assert "撤销：登记错人" in text_of(page)
    assert "3号发票处" in text_of(page)


def test_the_county_reads_and_hands_out_nothing(round_):
    county = a_browser(Role.COUNTY)
    assert county.get(address("check_in")).status_code == 200
    assert scan(county, code_of(round_.election_id, 1)).status_code == 403
    assert a_browser(Role.AUDITOR, "990100101").get(address("check_in")).status_code == 403


def test_the_counts_of_all_tables_come_by_themselves(round_, village):
    a_proxy(numbered(round_.election, 4), numbered(round_.election, 5))
    a_box(numbered(round_.election, 6))
    for number, way, table in ((1, "in_person", "1"), (2, "in_person", "2"), (4, "proxy", "1"), (6, "roving", "box")):
        handed(round_, number, way, table)
    issued = ballots_issued(round_)
    assert (issued.in_person, issued.by_proxy, issued.by_box, issued.tables) == (
        2, 1, 1, [("1号发票处", 2), ("2号发票处", 1)]
    )  # fmt: skip
    part = text_of(village.get(address("check_in"), headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "4/12张" in part


def test_the_ledger_fills_in_the_count_sheet_and_does_not_force_it(round_, village):
    assert "验证发票登记" not in text_of(village.get(address("count_entry", 1)))
    a_proxy(numbered(round_.election, 4), numbered(round_.election, 5))
    for number, way in ((1, "in_person"), (2, "in_person"), (4, "proxy")):
        handed(round_, number, way)
    page = village.get(address("count_entry", 1))
    assert "验证发票登记：本人2　委托1" in text_of(page)
    form = page.context["form"]
    assert (form["issued_in_person"].value(), form["issued_by_proxy"].value(), form["returned"].value()) == (2, 1, None)
    round_.sheets.create(number=1, issued_in_person=5, returned=5, votes="{}", typed_by=a_clerk().user)
    form = village.get(address("count_entry", 1)).context["form"]
    assert (form["issued_in_person"].value(), form["issued_by_proxy"].value()) == (5, 0)


# ── two tables in the same moment ──────────────────────────────────────────────────────────────────────────


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_tables_and_one_voter_give_one_ballot():
    with transaction.atomic():
        election = a_polling_election(10)
    round_ = an_open_round(election)
    clerks = [a_clerk(), a_clerk()]
    for number in range(1, 11):
        barrier, found = threading.Barrier(2), []

        def table(place: int, barrier=barrier, found=found, number=number) -> None:
            try:
                barrier.wait(10)
                with transaction.atomic():
                    handed(round_, number, table=str(place + 1), actor=clerks[place])
                found.append("given")
            except Refused as no:
                found.append(no.problems[0].text[-8:])
            finally:
                connection.close()

        threads = [threading.Thread(target=table, args=(place,)) for place in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(each == "given" for each in found) == [False, True], found
    assert CheckIn.objects.count() == 10
