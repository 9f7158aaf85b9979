"""Every page of facts: read by many, recorded by few, at its time; refused in the right words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
import time_machine

from elections.models import JournalEntry, PartyRecord, Role
from elections.rules.kinds import Body, Stage, Standing
from elections.views.removals import PAGES
from tests.elections.make_pages import a_browser, a_confirmed_round, address, said, text_of
from tests.elections.make_persons import a_person
from tests.make import VILLAGE, an_area, an_election

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

FOREIGN = "990100102201"


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
        yield


@dataclass(frozen=True)
class Case:
    """One form of one page: where it is used, what is typed, what the page then says."""

    page: str
    part: str
    stage: Stage
    good: dict[str, str]
    saved: str
    shown: str  # on the page afterwards
    wrong: dict[str, str]
    sentence: str
    late: Stage | None = None  # a stage in which recording is refused
    stranger: str = Role.INSPECTOR  # a role that may read and not record
    body: str = Body.VILLAGERS_COMMITTEE
    typist: str = Role.TOWNSHIP
    before: object = field(default=lambda election: None)

    def __str__(self) -> str:
        return f"{self.page}-{self.part}"

    def data(self, values: dict[str, str]) -> dict[str, str]:
        return {f"{self.part}-{name}": value for name, value in values.items()}

    @property
    def url(self) -> str:
        return address(self.page, body=self.body, part=self.part)


S = Stage


def people(election) -> None:
    """Whom the forms name, in the register of the village."""
    for name in ("王芳", "马红", "周平"):
        a_person(election, name, sex="F")


CASES = (
    Case("bodies", "body", S.PREPARATION, {"kind": "leading", "head": "李某", "size": "9", "formed_on": "2026-12-1"},
         "工作机构已登记。", "换届工作领导小组", {"size": "0"}, "人数填了0，至少1。请核对。", S.AUDIT, Role.VILLAGE),
    Case("survey", "survey", S.PREPARATION,
         {"done_on": "2026-12-1", "population": "2316", "households": "612", "adults": "1811", "party_members": "58",
          "difficulty": "good"},
         "调查摸底已保存。", "2316", {"adults": "9999"}, "18周岁以上人数（9999）多于户籍人口（2316）。", S.AUDIT, Role.VILLAGE),
    Case("talks", "talks", S.PREPARATION, {"due": "9", "done": "7", "finished_on": "2026-12-1"},
         "谈心谈话已保存。", "还差2人", {"done": "十"}, "已谈人数“十”不是整数。请只填数字。", S.AUDIT, Role.VILLAGE),
    Case("training", "training", S.PREPARATION, {"held_on": "2026-12-1", "topic": "选举实务", "attendees": "32"},
         "培训已登记。", "选举实务", {"held_on": "12/1"}, "看不出年份", S.AUDIT, Role.VILLAGE),
    Case("plan", "meeting", S.PREPARATION,
         {"kind": "representatives", "held_on": "2026-12-1", "members": "48", "present": "30", "in_favour": "28"},
         "会议和公布情况已保存。", "村民代表会议到会人数不够：组成人员应到48人，实到30人，至少应有32人（三分之二以上）",
         {"kind": "group"}, "会议不在可选的范围内。请重新选择。", S.AUDIT),
    Case("election_committee", "meeting", S.PREPARATION,
         {"kind": "villagers", "held_on": "2026-12-1", "adults": "1811", "present": "1020", "in_favour": "900"},
         "会议和公布情况已保存。", "赞成900人，过半数（至少511人）。会议有效，表决通过。",
         {"present": ""}, "实到人数没有填写。请填写。", S.AUDIT),
    Case("election_committee", "kin", S.PREPARATION, {"name": "王芳", "other": "马红", "relation": "child"},
         "亲属关系已登记。", "子女", {"other": "王芳"}, "两处填的是同一个人。请填写另一个人。", before=people),
    Case("postings", "posting", S.REGISTRATION,
         {"key": "registration", "posted_on": "2026-12-1", "place": "公告栏", "posted_by": "陈某"},
         "张贴已登记，期限从张贴日期起算。", "选民登记公告", {"key": "nothing"}, "公告不在可选的范围内。请重新选择。"),
    Case("poll", "arrangement", S.VOTING,
         {"place": "村小学", "opens_at": "8:00", "closes_at": "17:00", "form": "meeting", "secret_booth": "on",
          "notice_on": "2026-12-15"},
         "投票安排已保存。", "村小学", {"closes_at": "7:00"}, "截止时间应晚于开始时间（8:00）。", S.NOMINATION),
    Case("poll", "staff", S.VOTING, {"name": "马红", "task": "teller"},
         "工作人员已登记。", "计票人", {"name": ""}, "姓名没有填写。请填写。", S.NOMINATION, before=people),
    Case("result_report", "report", S.VOTING, {"announced_on": "2026-12-20", "reported_on": "2026-12-20"},
         "结果公布和备案已登记。", "", {"announced_on": "2026-12-21"}, "还没有到", S.HANDOVER,
         before=a_confirmed_round),
    Case("handover", "items", S.HANDOVER, {"category": "seal", "name": "公章", "quantity": "1", "unit": "枚"},
         "移交项目已登记。", "公章", {"quantity": "一"}, "数量“一”不是数字。", S.VOTING),
    Case("handover", "signatures", S.HANDOVER,
         {"giver": "甲", "receiver": "乙", "presider": "丙", "completed_on": "2026-12-20"},
         "签字和完成日期已登记。", "2026年12月20日", {"receiver": ""}, "接收人签字没有填写。请填写。", S.VOTING),
    Case("archive", "box", S.HANDOVER,
         {"kind": "换届选举工作方案", "pages": "12", "keeper": "陈某", "filed_on": "2026-12-20"},
         "材料已归档。", "已归档", {"kind": "情书"}, "材料不在可选的范围内。请重新选择。", S.VOTING),
    Case("party_record", "record", S.VOTING, {"meeting_on": "2026-12-20", "present": "33", "issued": "33"},
         "已保存。", "33", {"issued": "34"}, "发出选票（34）多于实到会有选举权人数（33）。", None, Role.VILLAGE, Body.PARTY),
    Case("supervision", "members", S.NOMINATION, {"name": "周平", "bookkeeping": "on"},
         "人选已登记。", "周平", {"name": ""}, "姓名没有填写。请填写。", body=Body.SUPERVISION, before=people),
    Case("supervision", "record", S.VETTING, {"vetted_on": "2026-12-20"},
         "日期已保存。", "2026年12月20日", {"vetted_on": "昨天"}, "认不出来", body=Body.SUPERVISION),
    Case("supervision", "meeting", S.VOTING,
         {"kind": "representatives", "held_on": "2026-12-20", "members": "48", "present": "40", "in_favour": "35"},
         "会议已保存。", "村民代表会议应到48人，实到40人，达到三分之二以上", {"in_favour": ""}, "赞成人数没有填写。请填写。",
         body=Body.SUPERVISION),
)  # fmt: skip
cases = pytest.mark.parametrize("case", CASES, ids=str)


def test_every_part_of_every_page_is_tried_here():
    """The parts of the election committee that change it have a file of their own."""
    asked = {(page.name, part.key) for page in PAGES for part in page.parts}
    changes = {("election_committee", key) for key in ("members", "follower", "elect", "officer", "leave")}
    assert {(case.page, case.part) for case in CASES} == asked - changes


def begun(case: Case, stage: Stage | None = None, **fields):
    election = an_election(stage or case.stage, body=case.body, **fields)
    case.before(election)
    return election


@cases
def test_an_empty_page_says_what_is_missing_and_what_to_do(case):
    begun(case)
    response = a_browser(case.typist).get(case.url)
    assert response.status_code == 200
    assert 'name="act"' in text_of(response)
    assert "csrfmiddlewaretoken" in text_of(response)
    assert response.context["title"] in text_of(response)


@cases
def test_what_is_typed_is_recorded_shown_and_in_the_journal(case):
    begun(case)
    browser = a_browser(case.typist)
    response = browser.post(case.url, case.data(case.good))
    assert response.status_code == 302
    after = browser.get(response.url.partition("#")[0])
    assert said(after).startswith(case.saved)
    assert case.shown in text_of(browser.get(case.url))
    assert JournalEntry.objects.filter(area_code=VILLAGE).count() == 1


@cases
def test_what_cannot_be_read_comes_back_with_the_sentence_and_what_was_typed(case):
    begun(case)
    response = a_browser(case.typist).post(case.url, case.data(case.good | case.wrong))
    page = text_of(response)
    assert response.status_code == 422
    assert "有1处需要修改 - " in page
    assert page.count(case.sentence) == 2  # in the summary and at the field
    assert not JournalEntry.objects.filter(area_code=VILLAGE).exists()


@cases
def test_another_village_does_not_exist(case):
    begun(case)
    an_election(case.stage, body=case.body, code=FOREIGN)
    browser = a_browser(case.typist)
    foreign = address(case.page, body=case.body, code=FOREIGN, part=case.part)
    nowhere = address(case.page, body=case.body, code="990100102299", part=case.part)
    for url in (foreign, nowhere):
        assert browser.get(url).status_code == 404
        assert browser.post(url, case.data(case.good)).status_code == 404


@cases
def test_who_may_only_read_is_told_why_and_refused(case):
    begun(case)
    browser = a_browser(case.stranger)
    page = browser.get(case.url)
    assert page.status_code == 200
    assert "办理" in next(each["locked"] for each in page.context["parts"] if each["part"].key == case.part)
    assert f'action="{case.url}"' not in text_of(page).replace("&amp;", "&")
    assert browser.post(case.url, case.data(case.good)).status_code == 403


@pytest.mark.parametrize("case", [case for case in CASES if case.late], ids=str)
def test_at_the_wrong_stage_nothing_is_recorded(case):
    begun(case, case.late)
    browser = a_browser(case.typist)
    response = browser.post(case.url, case.data(case.good))
    assert response.status_code == 409
    assert "环节办理，现在是" in text_of(response)
    assert browser.get(case.url).status_code == 200
    assert not JournalEntry.objects.filter(area_code=VILLAGE).exists()


@pytest.mark.parametrize(
    ("case", "standing"),
    [(case, Standing.SUSPENDED) for case in CASES] + [(CASES[0], Standing.CLOSED), (CASES[0], Standing.ANNULLED)],
    ids=str,
)
def test_an_election_that_is_not_active_is_not_touched(case, standing):
    begun(case, standing=standing)
    browser = a_browser(case.typist)
    assert browser.get(case.url).status_code == 200
    response = browser.post(case.url, case.data(case.good))
    assert response.status_code == 409
    assert f"本次选举已{standing.label}，不能再修改" in text_of(response)


@cases
def test_nobody_records_without_an_account(case, client):
    begun(case)
    response = client.post(case.url, case.data(case.good))
    assert response.status_code == 302
    assert response.url.startswith("/login/")


@cases
def test_an_unknown_part_does_not_exist(case):
    begun(case)
    url = address(case.page, body=case.body, part="other")
    assert a_browser(case.typist).post(url, case.data(case.good)).status_code == 404


LEDGERS = [
    case for case in CASES if case.part in ("body", "training", "kin", "posting", "staff", "items", "box", "members")
]


@pytest.mark.parametrize("case", LEDGERS, ids=str)
def test_a_row_is_corrected_taken_out_and_put_back(case):
    election = begun(case)
    browser = a_browser(case.typist)
    browser.post(case.url, case.data(case.good))
    part = next(part for page in PAGES if page.name == case.page for part in page.parts if part.key == case.part)
    row = next(iter(part.rows(election)))
    model = row._meta.model_name

    editing = browser.get(f"{case.url}&row={row.pk}")
    assert "保存修改" in text_of(editing)
    assert browser.post(f"{case.url}&row={row.pk}", case.data(case.good)).status_code == 302
    assert [each.pk for each in part.rows(election)] == [row.pk]

    removal = browser.post(remove_url(case, model, row.pk))
    assert removal.status_code == 302
    assert not list(part.rows(election))
    page = browser.get(removal.url.partition("#")[0])
    assert "撤销" in said(page)

    restored = browser.post(address("removal_restore", election.removals.get().pk, body=case.body))
    assert restored.status_code == 302
    assert [each.pk for each in part.rows(election)] == [row.pk]


def remove_url(case: Case, model: str, pk: int, code: str = VILLAGE) -> str:
    query = "" if case.body == Body.VILLAGERS_COMMITTEE else f"?body={case.body}"
    return f"/villages/{code}/rows/{model}/{pk}/remove/{query}"


@pytest.mark.parametrize("case", LEDGERS, ids=str)
def test_a_row_of_another_village_is_neither_shown_nor_taken_out(case):
    begun(case)
    theirs = an_election(case.stage, body=case.body, code=FOREIGN)
    case.before(theirs)
    a_browser(case.typist, "990100102" if case.typist == Role.TOWNSHIP else FOREIGN).post(
        address(case.page, body=case.body, code=FOREIGN, part=case.part), case.data(case.good)
    )
    part = next(part for page in PAGES if page.name == case.page for part in page.parts if part.key == case.part)
    row = next(iter(part.rows(theirs)))
    browser = a_browser(case.typist)
    assert browser.get(f"{case.url}&row={row.pk}").status_code == 404
    assert browser.post(f"{case.url}&row={row.pk}", case.data(case.good)).status_code == 404
    assert browser.post(remove_url(case, row._meta.model_name, row.pk)).status_code == 404
    assert browser.post(remove_url(case, row._meta.model_name, row.pk, FOREIGN)).status_code == 404
    assert len(list(part.rows(theirs))) == 1


def test_the_shared_facts_of_a_village_are_kept_once():
    """Survey, talks, training hang on village × cycle: the Party's list leads to the same page."""
    an_election()
    an_election(body=Body.PARTY)
    response = a_browser().get(address("survey", body=Body.PARTY))
    assert (response.status_code, response.url) == (302, address("survey"))


def test_what_is_next_is_said_after_saving():
    an_election()
    browser = a_browser()
    response = browser.post(
        address("talks", part="talks"), {"talks-due": "9", "talks-done": "9", "talks-finished_on": "2026-12-1"}
    )
    assert response.url == address("village")
    assert said(browser.get(response.url)) == "谈心谈话已保存。这一页的事项已办齐。下一步：登记工作机构。"


def test_what_the_page_still_lacks_is_said_after_saving():
    an_election()
    browser = a_browser()
    response = browser.post(
        address("talks", part="talks"), {"talks-due": "9", "talks-done": "7", "talks-finished_on": "2026-12-1"}
    )
    assert response.url == f"{address('talks')}#talks"
    assert said(browser.get(address("talks"))) == "谈心谈话已保存。这一页还差1项：谈心谈话应谈9人，已谈7人，还差2人。"


def test_the_same_reasons_stand_on_the_page_and_at_the_step():
    an_election()
    page = a_browser().get(address("talks"))
    assert [problem.text for problem in page.context["problems"]] == ["谈心谈话还没有登记"]
    refused = a_browser().get(address("step", "start_audit"))
    assert page.context["problems"][0] in refused.context["problems"]


def test_a_community_reads_residents():
    an_election()
    area = an_area()
    area.kind = "community"
    area.save()
    assert "居民代表会议" in text_of(a_browser().get(address("plan")))


def test_the_days_until_handover_are_shown():
    """RS-05: ten days from the day the committee came into being."""
    election = an_election(Stage.HANDOVER)
    a_confirmed_round(election, held_on=date(2026, 12, 15))
    page = a_browser().get(address("handover"))
    assert page.context["last_day"] == date(2026, 12, 25)
    assert "剩5天" in text_of(page)


def test_the_list_has_totals_by_class_in_the_order_of_the_form():
    election = an_election(Stage.HANDOVER)
    for category, value in (("asset", "9600"), ("cash", "152300.50"), ("asset", None), ("seal", None)):
        election.handover_items.create(category=category, name="项目", quantity=1, unit="件", value=value)
    totals = a_browser().get(address("handover")).context["totals"]
    assert [(line["label"], line["items"], line["value"]) for line in totals] == [
        ("印章", 1, "--"),
        ("现金和银行存款", 1, "152,300.50"),
        ("固定资产", 2, "9600.00"),
        ("合计", 4, "161,900.50"),
    ]


def test_the_box_says_what_is_filed_what_is_missing_and_what_may_be():
    election = an_election(Stage.HANDOVER)
    kinds = election.policy.archive_kinds
    election.archive_items.create(kind=kinds[0], pages=3, keeper="陈某", filed_on="2026-12-20")
    page = a_browser().get(address("archive"))
    assert (page.context["filed"], page.context["missing"]) == (1, len(election.policy.archive_required) - 1)
    assert f"已齐1/{len(kinds)}" in text_of(page)


def test_the_party_page_shows_the_past_and_asks_the_present():
    an_election(Stage.VOTING, body=Body.PARTY)
    page = a_browser().get(address("party_record", body=Body.PARTY))
    assert [section["title"] for section in page.context["sections"] if section["past"]] == [
        "换届请示和批复", "核定应到会人数", "两推", "联审、考察、公示和批复",
    ]  # fmt: skip
    assert [section["title"] for section in page.context["later"]] == ["结果报告和批复"]


@pytest.mark.parametrize(("present", "met"), [("31", False), ("32", True), ("33", True)])
def test_four_fifths_of_those_due(present, met):
    """PB-07: exactly four fifths is enough."""
    election = an_election(Stage.VOTING, body=Body.PARTY)
    browser = a_browser()
    PartyRecord.objects.create(election=election, full_members=45, due=40)
    browser.post(
        address("party_record", body=Body.PARTY, part="record"),
        {"record-meeting_on": "2026-12-20", "record-present": present},
    )
    quorum = browser.get(address("party_record", body=Body.PARTY)).context["quorum"]
    assert quorum == {"due": 40, "need": 32, "present": int(present), "met": met}


def test_the_arithmetic_follows_what_is_typed():
    an_election()
    url = address("meeting_check", "plan")
    typed = "meeting-kind=representatives&meeting-members=48&meeting-present=32&meeting-in_favour=17"
    assert "赞成17人，过半数（至少17人）。会议有效，表决通过。" in text_of(a_browser().get(f"{url}?{typed}"))
    assert "没有过半数（至少17人）" in text_of(a_browser().get(f"{url}?{typed}".replace("=17", "=16")))
    assert a_browser().get(address("meeting_check", "party")).status_code == 404
