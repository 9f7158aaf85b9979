"""Pasting and uploading lists of teams: every row told, who is meant chosen, taken in and taken back."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from elections.documents.sheets import workbook_bytes
from elections.models import JournalEntry, Person, Role, TeamList, Tenure
from elections.rules.persons import Entry
from elections.services.persons import add_person
from office.teams import checking
from tests.elections.make_pages import a_browser, address, said, text_of
from tests.make import TOWN, VILLAGE, an_actor, an_area, an_election
from tests.office.teams.make_teams import HEAD, in_office, pasted
from tests.voters.make_voters import an_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
SHAXI = f"{TOWN}202"
HERE = f"/villages/{VILLAGE}/team/import/"
CHAIR = "丁甲子 女 1980-5-3 大专 中共党员 村委会 主任 2021-3-1"
MEMBER = "于乙丑 男 1990-1-2 高中 群众 村委会 委员 2021-3-1"


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def election():
    an_election(code=SHAXI)
    return an_election()


def hidden(answer) -> dict[str, str]:
    """What the page of the check sends on, without any choice."""
    form = answer.context["hidden"]
    return {"way": "take", **{field.name: str(field.value() or "") for field in form}}


def lines(answer) -> list[tuple]:
    """Row, who he is, what is said of it."""
    return [(line.number, who.word if who else "", [*line.faults, *line.notes]) for line, who in answer.context["rows"]]


def test_a_pasted_list_is_shown_and_then_taken_in(election):
    browser = a_browser()
    answer = browser.post(HERE, pasted(CHAIR, MEMBER))
    assert (answer.status_code, lines(answer)) == (200, [(2, "新登记", []), (3, "新登记", [])])
    assert (Person.objects.count(), Tenure.objects.count()) == (0, 0)
    answer = browser.post(HERE, hidden(answer), follow=True)
    assert said(answer).startswith("已录入2条任职。24小时内")
    assert set(Tenure.objects.values_list("person__name", "body", "office", "since", "how")) == {
        ("丁甲子", "committee", "chair", date(2021, 3, 1), "imported"),
        ("于乙丑", "committee", "member", date(2021, 3, 1), "imported"),
    }
    who = Person.objects.get(name="丁甲子")
    assert (who.sex, who.birth, who.education, who.politics) == ("F", date(1980, 5, 3), "30", "01")
    assert JournalEntry.objects.filter(area_code=VILLAGE).values_list("act", flat=True).last() == "team.taken_in"


def test_rows_that_are_not_understood_are_named_and_left_out(election):
    browser = a_browser()
    wrong = "马丙寅 男 1970-1-1 初中 群众 村委会 会计 2021-3-1"
    answer = browser.post(HERE, pasted(CHAIR, wrong, CHAIR))
    assert "第3行（马丙寅）：职务“会计”不认识。" in text_of(answer)
    assert "第4行（丁甲子）：与第2行重复。请删去一行。" in text_of(answer)
    answer = browser.post(HERE, hidden(answer), follow=True)
    assert said(answer).startswith("已录入1条任职，2行没有录入。")


@pytest.mark.parametrize("wrong", [{"since": "某天"}, {"since": "2099-1-1"}, {"kept": "AAAA"}, {"kept": ""}])
def test_a_list_that_came_back_otherwise_is_asked_for_again(election, wrong):
    browser = a_browser()
    answer = browser.post(HERE, hidden(browser.post(HERE, pasted(CHAIR))) | wrong)
    assert (answer.status_code, Tenure.objects.count()) == (422, 0)
    assert "名单没有完整传回。请重新粘贴或者上传。" in text_of(answer)


def test_columns_that_nobody_reads_are_told(election):
    answer = a_browser().post(HERE, pasted(CHAIR + " 13800138000", head=HEAD + "\t电话"))
    assert "这些列没有用到：电话。" in text_of(answer)


def test_the_number_finds_the_person_whatever_village_he_is_of(election):
    known = add_person(an_area(SHAXI), Entry("丁甲子", "F", id_number=an_id(2)), actor=an_actor())
    row = f"丁甲子 女 1980年5月 大专 中共党员 村委会 主任 2021-3-1 {an_id(2)}"
    browser = a_browser()
    answer = browser.post(HERE, pasted(row, head=HEAD + "\t身份证号"))
    assert lines(answer) == [(2, "已有人员", [])]
    browser.post(HERE, hidden(answer))
    known.refresh_from_db()
    assert (Tenure.objects.get().person, known.education, known.birth) == (known, "30", date(1980, 5, 6))


@pytest.mark.parametrize(
    ("home", "name", "fault"),
    [
        (SHAXI, "马丙寅", "这个身份证号已经登记为测试202村的马丙寅。请核对姓名和身份证号。"),
        ("990100102201", "丁甲子", "这个身份证号已经在其他村登记为人员。请与镇换届办核实。"),
    ],
)
def test_the_number_of_somebody_else(election, home, name, fault):
    add_person(an_area(home), Entry(name, "F", id_number=an_id(2)), actor=an_actor())
    row = f"丁甲子 女 1980年5月 大专 中共党员 村委会 主任 2021-3-1 {an_id(2)}"
    answer = a_browser().post(HERE, pasted(row, head=HEAD + "\t身份证号"))
    assert lines(answer) == [(2, "", [fault])]


def test_the_only_one_of_that_name_is_meant_unless_he_cannot_be(election):
    add_person(an_area(), Entry("丁甲子", "F", group="1组"), actor=an_actor())
    add_person(an_area(), Entry("于乙丑", "M", birth=date(1960, 1, 1)), actor=an_actor())
    answer = a_browser().post(HERE, pasted(CHAIR, MEMBER))
    assert lines(answer) == [(2, "已有人员", []), (3, "新登记", [])]


@pytest.mark.parametrize(("group", "who"), [("第1村民小组", "已有人员"), ("第2村民小组", "新登记")])
def test_a_group_is_the_same_however_it_is_written(election, group, who):
    add_person(an_area(), Entry("丁甲子", "F", group="1组"), actor=an_actor())
    answer = a_browser().post(HERE, pasted(f"{CHAIR} {group}", head=HEAD + "\t村民小组"))
    assert lines(answer) == [(2, who, [])]


@pytest.fixture
def namesakes(election):
    return [add_person(an_area(), Entry("丁甲子", "F", group=f"{n}组"), actor=an_actor()) for n in (1, 2)]


def test_of_several_somebody_has_to_choose(namesakes):
    browser = a_browser()
    answer = browser.post(HERE, pasted(CHAIR))
    assert lines(answer) == [(2, "请选择", [])]
    again = browser.post(HERE, hidden(answer))
    assert (again.status_code, Tenure.objects.count()) == (422, 0)
    browser.post(HERE, hidden(again) | {"who-2": str(namesakes[1].pk)})
    assert Tenure.objects.get().person == namesakes[1]


def test_a_list_that_is_not_taken_in_says_why(namesakes):
    browser = a_browser()
    sent = hidden(browser.post(HERE, pasted(CHAIR)))
    answer = browser.post(HERE, sent)
    assert (answer.status_code, Tenure.objects.count()) == (422, 0)
    assert "有1人没有选择是哪一位。请逐人选择" in text_of(answer)
    nobody = browser.post(HERE, sent | {"who-2": "later"})
    assert (nobody.status_code, Tenure.objects.count()) == (422, 0)
    assert "没有可以录入的行。请在表格中改好后重新粘贴。" in text_of(nobody)


def test_or_say_that_he_is_new_or_leave_him_for_later(namesakes):
    browser = a_browser()
    answer = browser.post(HERE, pasted(CHAIR, MEMBER))
    later = browser.post(HERE, hidden(answer) | {"who-2": "later"}, follow=True)
    assert said(later).startswith("已录入1条任职，1行没有录入。")
    answer = browser.post(HERE, pasted(CHAIR))
    browser.post(HERE, hidden(answer) | {"who-2": "new"})
    assert Tenure.objects.get(office="chair").person.label == "丁甲子（1980年生）"


def test_somebody_of_another_village_cannot_be_slipped_in(namesakes):
    stranger = add_person(an_area(SHAXI), Entry("丁甲子", "F"), actor=an_actor())
    browser = a_browser()
    answer = browser.post(HERE, pasted(CHAIR))
    again = browser.post(HERE, hidden(answer) | {"who-2": str(stranger.pk)})
    assert (lines(again), Tenure.objects.count()) == ([(2, "请选择", [])], 0)


def test_namesakes_of_the_list_that_nothing_tells_apart(election):
    row = "丁甲子\t女\t\t\t\t村委会\t委员\t2021-3-1\t"
    rows = "\n".join([HEAD + "\t小组", row + "1组", row + "2组", row])
    answer = a_browser().post(HERE, {"way": "paste", "paste-text": rows})
    fault = "已经有一位丁甲子。请填写小组或者出生日期，才能和同名的丁甲子区分开。"
    assert lines(answer) == [(2, "新登记", []), (3, "新登记", []), (4, "", [fault])]


def test_what_is_held_already_is_not_entered_again(election):
    in_office("丁甲子", "chair", sex="F")
    answer = a_browser().post(HERE, pasted(CHAIR))
    assert lines(answer) == [
        (2, "", ["已经登记在任，不用再录入。", "已经登记在任村民委员会主任，不重复录入"]),
    ]  # fmt: skip


def test_the_new_team(election):
    in_office("丁甲子", "chair", sex="F")
    in_office("马丙寅")
    browser = a_browser()
    again = CHAIR.replace("2021-3-1", "2026-12-1")
    answer = browser.post(HERE, pasted(again) | {"paste-new_term": "on"})
    assert "原来的任职，将在新一届最早的任职当日任期届满" in text_of(answer)
    browser.post(HERE, hidden(answer))
    assert set(Tenure.objects.values_list("person__name", "since", "until")) == {
        ("丁甲子", date(2021, 3, 1), date(2026, 12, 1)), ("马丙寅", date(2021, 3, 1), date(2026, 12, 1)),
        ("丁甲子", date(2026, 12, 1), None),
    }  # fmt: skip


def test_a_township_takes_in_all_its_villages_from_a_file(election):
    rows = [("村", "姓名", "性别", "职务", "任职时间"), ("测试201", "丁甲子", "女", "书记、主任", date(2021, 3, 1)),
            ("测试202村", "于乙丑", "男", "主任", date(2021, 3, 1)), ("石头村", "马丙寅", "男", "主任", date(2021, 3, 1))]  # fmt: skip
    file = SimpleUploadedFile("名单.xlsx", workbook_bytes("名单", rows))
    browser = a_browser()
    answer = browser.post("/teams/import/", {"way": "upload", "upload-file": file})
    assert lines(answer)[2] == (4, "", ["没有找到“石头村”这个村（社区）。请按村名填写。"])
    answer = browser.post("/teams/import/", hidden(answer), follow=True)
    assert said(answer).startswith("已录入3条任职，1行没有录入。")
    assert TeamList.objects.get().area_id == TOWN
    assert set(Tenure.objects.values_list("village_id", "body")) == {
        (VILLAGE, "party"), (VILLAGE, "committee"), (SHAXI, "committee"),
    }  # fmt: skip


def test_a_township_does_not_reach_beyond_itself(election):
    an_area("990100102201", "竹坪村")
    text = {"way": "paste", "paste-text": "村\t姓名\t性别\t职务\t任职时间\n竹坪村\t丁甲子\t女\t主任\t2021-3-1"}
    assert lines(a_browser().post("/teams/import/", text))[0][2] == ["没有找到“竹坪村”这个村（社区）。请按村名填写。"]
    assert lines(a_browser(Role.COUNTY).post("/teams/import/", text))[0][1] == "新登记"


def test_a_list_is_taken_back_by_whoever_may_record_there(election):
    browser = a_browser()
    browser.post(HERE, hidden(browser.post(HERE, pasted(CHAIR))))
    undo = f"/teams/lists/{TeamList.objects.get().pk}/undo/"
    assert undo in text_of(browser.get(address("team")))
    assert a_browser(Role.TOWNSHIP, "990100102").post(undo).status_code == 404
    assert a_browser(Role.VILLAGE).post(undo).status_code == 403
    assert said(browser.post(undo, follow=True)) == "已撤销测试201村的名单，1条任职不再登记。"
    assert (Tenure.objects.count(), Person.objects.count()) == (0, 0)
    assert undo not in text_of(browser.get(address("team")))


def test_after_a_day_a_list_stands(election):
    browser = a_browser()
    browser.post(HERE, hidden(browser.post(HERE, pasted(CHAIR))))
    undo = f"/teams/lists/{TeamList.objects.get().pk}/undo/"
    with time_machine.travel("2026-12-21 10:00:01+08:00", tick=False):
        assert a_browser().post(undo).status_code == 404
    with time_machine.travel("2026-12-21 10:00+08:00", tick=False):
        assert a_browser().post(undo).status_code == 302


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "粘贴名单没有填写。请填写。"),
        ("丁甲子\t女", "没有找到表头。请在名单上方保留一行列名，至少有“姓名”和“职务”。"),
        ("姓名\t性别\n丁甲子\t女", "没有找到“职务”列。请在第一行写明列名。"),
    ],
)
def test_what_is_no_list_says_why(election, text, fault):
    answer = a_browser().post(HERE, {"way": "paste", "paste-text": text})
    assert (answer.status_code, fault in text_of(answer)) == (422, True)


def test_the_longest_list(election, monkeypatch):
    monkeypatch.setattr(checking, "MOST_ROWS", 2)
    assert a_browser().post(HERE, pasted(CHAIR, MEMBER)).status_code == 200
    answer = a_browser().post(HERE, pasted(CHAIR, MEMBER, MEMBER))
    assert "名单有3行，一次最多2行。请分几次录入。" in text_of(answer)


# --- Numbers ----------------------------------------------------------------------------------------------------


def test_between_the_steps_the_page_holds_no_number(election):
    row = f"丁甲子 女 1980-5-6 大专 中共党员 村委会 主任 2021-3-1 {an_id(2)}"
    page = text_of(a_browser().post(HERE, pasted(row, head=HEAD + "\t身份证号")))
    assert an_id(2) not in page


def test_a_list_is_for_whom_and_where_it_was_sealed(election):
    browser, other = a_browser(), a_browser()
    sent = hidden(browser.post(HERE, pasted(CHAIR)))
    for who, page, said_ in (
        (other, HERE, sent),
        (browser, f"/villages/{SHAXI}/team/import/", sent),
        (browser, HERE, sent | {"kept": sent["kept"][:-4] + "AAAA"}),
        (browser, HERE, sent | {"kept": ""}),
    ):
        answer = who.post(page, said_)
        assert (answer.status_code, "名单没有完整传回" in text_of(answer)) == (422, True)
    assert Tenure.objects.count() == 0
    assert browser.post(HERE, sent).status_code == 302
