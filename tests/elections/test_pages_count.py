"""The count sheet, its history, the result and the confirmation that is final (CT-)."""

import json

import pytest
import time_machine

from elections.forms.count import CountForm
from elections.models import CountSheet, JournalEntry, Person, Role, Round, Seated
from elections.rules.kinds import Stage
from tests.elections.make_pages import TODAY, a_ballot, a_browser, a_voter, address, said, text_of
from tests.make import an_election

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
BALLOTS = {"issued_in_person": "1100", "issued_by_proxy": "80", "returned": "1176", "invalid": "16", "blank": "0"}
# In the order of the ballot: 丁卫国 马建军 于小梅 王芳 刘志强 李春兰 欧阳明.
CELLS = {
    "p0_chair": "612", "p1_chair": "144", "p1_member": "702", "p2_deputy": "600", "p3_deputy": "390",
    "p3_member": "811", "p4_member": "644", "p5_member": "590", "p6_member": "209",
}  # fmt: skip
SHEET = BALLOTS | CELLS


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 20:00+08:00", tick=False):
        yield


@pytest.fixture
def round_():
    return a_ballot(an_election(Stage.VOTING, poll_day=TODAY))


def entry(**change):
    return {"rows": "2"} | SHEET | change


def test_the_rows_are_the_people_and_the_columns_the_offices(round_):
    form = CountForm(round_=round_)
    assert [column.label for column in form.columns] == ["主任", "副主任", "委员"]
    rows = dict(form.person_rows())
    assert list(rows) == ["丁卫国", "马建军", "于小梅", "王芳", "刘志强", "李春兰", "欧阳明"]
    required = {name: [cell.field.required for cell in cells] for name, cells in rows.items()}
    assert required["马建军"] == [True, False, True]
    assert required["于小梅"] == [False, True, False]


def test_the_page_of_rounds_says_why_it_is_empty_and_what_comes_next(round_):
    browser = a_browser(Role.VILLAGE)
    assert "录入计票单" in text_of(browser.get(address("count")))
    Round.objects.all().delete()
    assert "还没有开始投票。到选举日、各项准备齐备后" in text_of(browser.get(address("count")))


def test_figures_are_kept_as_a_sheet_and_the_result_follows(round_):
    browser = a_browser(Role.VILLAGE)
    response = browser.post(address("count_entry", 1), entry())
    assert response.url == address("count_result", 1)
    sheet = CountSheet.objects.get()
    assert (sheet.number, sheet.issued, sheet.returned, json.loads(sheet.votes)["chair"]) == (
        1, 1180, 1176, {"丁卫国": 612, "马建军": 144},
    )  # fmt: skip
    page = browser.get(response.url)
    assert said(page) == "第1稿已保存，数字相符。下一步：核对并确认结果。"
    assert [(each["label"], each["name"]) for each in page.context["outcome"]["elected"]] == [
        ("主任", "丁卫国"), ("副主任", "于小梅"), ("委员", "王芳"), ("委员", "马建军"), ("委员", "刘志强"),
    ]  # fmt: skip
    assert "得612票，超过参加投票1176人的半数" in text_of(page)


def test_saving_a_further_sheet_costs_few_statements(round_, django_assert_max_num_queries):
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry())  # opens the village's chain and its summary
    with django_assert_max_num_queries(25):
        assert browser.post(address("count_entry", 1), entry(p6_member="210")).status_code == 302
    assert CountSheet.objects.count() == 2


def test_an_empty_cell_is_not_a_nought(round_):
    browser = a_browser(Role.VILLAGE)
    response = browser.post(address("count_entry", 1), entry(p6_member=""))
    assert response.status_code == 422
    assert text_of(response).count("欧阳明的委员票没有填写。没有的请填0。") >= 1
    assert "还有1格没有填，0票也要填0" in text_of(response)
    assert not CountSheet.objects.exists()
    assert browser.post(address("count_entry", 1), entry(p6_member="0")).status_code == 302


def test_a_phone_turns_to_the_office_with_the_fault(round_):
    form = CountForm(entry(p2_deputy="x"), round_=round_)
    assert not form.is_valid()
    assert form.open_column() == 2


def test_totals_that_cannot_be_are_kept_and_not_confirmed(round_):
    """3491 for three seats and 1160 valid ballots are eleven too many."""
    browser = a_browser(Role.VILLAGE)
    response = browser.post(address("count_entry", 1), entry(p6_member="744"))
    assert response.url == address("count_entry", 1)
    page = browser.get(response.url)
    assert said(page) == "第1稿已保存，还有1处不符，不能确认结果。请对照计票单核对。"
    assert "委员票合计3491，超过上限3480（有效票1160×应选3），多11票，请先核对委员一栏" in text_of(page)
    refused = browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"})
    assert refused.status_code == 409
    assert not Seated.objects.exists()


def test_the_check_follows_what_is_typed_and_keeps_nothing(round_):
    query = "&".join(f"{name}={value}" for name, value in (SHEET | {"p6_member": "744"}).items())
    page = text_of(a_browser(Role.VILLAGE).get(f"{address('count_check', 1)}?{query}"))
    assert "不符，多11" in page and "589" in page
    assert not CountSheet.objects.exists()


def test_no_name_and_no_key_goes_into_an_address(round_):
    page = text_of(a_browser(Role.VILLAGE).get(address("count_entry", 1)))
    assert (
        'hx-params="not csrfmiddlewaretoken,act,screen,w0_name,w0_sex,w0_name_picked,w1_name,w1_sex,w1_name_picked"'
        in page
    )


def test_a_correction_is_a_further_sheet_with_what_changed(round_):
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry())
    browser.post(address("count_entry", 1), entry(p0_chair="621", invalid="15"))
    assert CountSheet.objects.count() == 2
    lines = browser.get(address("count_result", 1)).context["history"]
    assert [line.count_sheet.number for line in lines] == [2, 1]
    assert lines[0].changes == ["无效票由16改为15", "主任丁卫国由612改为621"]


def test_somebody_on_the_roll_can_be_written_in(round_):
    a_voter(round_.election, "孙明", sex="F")
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry(w0_name="孙　明", w0_sex="", w0_member="7"))
    sheet = CountSheet.objects.get()
    ming = Person.objects.get(name="孙明")
    assert json.loads(sheet.write_ins) == [{"name": "孙明", "on_roll": True, "person": str(ming.pk), "sex": "F"}]
    assert json.loads(sheet.votes)["member"]["孙明"] == 7
    again = browser.get(address("count_entry", 1)).context["form"]
    assert (again["w0_name"].value(), again["w0_member"].value(), again.write_in_rows) == ("孙明", 7, 3)


def test_votes_for_somebody_who_is_not_on_the_roll_are_void(round_):
    """CT-08."""
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry(w0_name="外人", w0_member="900", p6_member="0", p5_member="0"))
    outcome = browser.get(address("count_result", 1)).context["outcome"]
    assert "外人" not in [each["name"] for each in outcome["elected"]]
    why = next(each["why"] for each in outcome["not_elected"] if each["name"] == "外人")
    assert why == "不在登记参加选举的名单上，所得900票无效"


def test_a_woman_written_in_is_seated_as_a_woman(round_):
    a_voter(round_.election, "孙明", sex="F")
    browser = a_browser(Role.VILLAGE)
    browser.post(
        address("count_entry", 1),
        entry(w0_name="孙明", w0_member="1000", p4_member="0", p5_member="0", p6_member="0"),
    )
    browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"})
    seated = Seated.objects.get(name="孙明")
    assert (seated.sex, seated.person) == ("F", Person.objects.get(name="孙明"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"w0_member": "7"}, "另选他人的姓名没有填写。请按选票填写。"),
        ({"w0_name": "孙明"}, "孙明没有得票。请填写票数，或者清空这一行。"),
        ({"w0_name": "王芳", "w0_member": "7"}, "王芳在选票上或者已经填了一行。请把票数填在那一行。"),
        (
            {"w0_name": "孙明", "w0_member": "7", "w1_name": "孙明", "w1_chair": "1"},
            "孙明在选票上或者已经填了一行。请把票数填在那一行。",
        ),
    ],
)
def test_a_written_in_line_that_cannot_be_comes_back(round_, change, sentence):
    response = a_browser(Role.VILLAGE).post(address("count_entry", 1), entry(**change))
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_of_namesakes_the_sex_may_decide(round_):
    a_voter(round_.election, "孙明", sex="F")
    voter = a_voter(round_.election, "孙小明", sex="M")
    type(voter).objects.filter(pk=voter.pk).update(name="孙明")
    browser = a_browser(Role.VILLAGE)
    response = browser.post(address("count_entry", 1), entry(w0_name="孙明", w0_sex="", w0_member="7"))
    assert "有2人符合“孙明”。请选择其中一人。" in text_of(response)
    browser.post(address("count_entry", 1), entry(w0_name="孙明", w0_sex="M", w0_member="7"))
    assert json.loads(CountSheet.objects.get().write_ins)[0]["sex"] == "M"


def test_more_lines_keep_what_was_typed_and_complain_of_nothing(round_):
    response = a_browser(Role.VILLAGE).post(
        address("count_entry", 1), entry(more="1", p6_member="", w0_name="孙明", w0_member="7")
    )
    form = response.context["form"]
    assert response.status_code == 200
    assert (form.write_in_rows, form["w0_name"].value(), form["p0_chair"].value()) == (7, "孙明", "612")
    assert "需要修改" not in text_of(response)
    assert not CountSheet.objects.exists()


def test_more_returned_than_issued_makes_the_vote_invalid_and_can_be_confirmed(round_):
    """CT-01, RS-10."""
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry(returned="1181"))
    page = browser.get(address("count_result", 1))
    assert page.context["outcome"]["grounds"] == ["收回的选票多于发出的选票"]
    browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"})
    round_.refresh_from_db()
    assert json.loads(round_.outcome)["status"] == "invalid"
    assert not Seated.objects.exists()


def test_the_result_is_confirmed_only_with_the_statement(round_):
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry())
    page = text_of(browser.get(address("count_result", 1)))
    assert "已与监票人签字的计票单核对一致" in page and "checked" not in page.split("agreed")[1][:200]
    response = browser.post(address("count_result", 1), {"sheet": "1"})
    assert response.status_code == 422
    assert "“已与监票人签字的计票单核对一致”没有勾选。" in text_of(response)
    assert not Seated.objects.exists()


def test_a_confirmed_result_is_final(round_):
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry())
    confirmed = browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"})
    assert "第1次投票的结果已确认，不能再改。" in said(browser.get(confirmed.url))
    assert list(Seated.objects.values_list("office", "name", "sex")) == [
        ("chair", "丁卫国", "M"), ("deputy", "于小梅", "F"), ("member", "王芳", "F"), ("member", "马建军", "M"),
        ("member", "刘志强", "M"),
    ]  # fmt: skip
    assert browser.get(address("count_entry", 1)).url == address("count_result", 1)
    again = browser.post(address("count_entry", 1), entry(p0_chair="1"))
    assert again.status_code == 409
    assert "这一次投票的结果已经确认，不能再改" in text_of(again)
    assert browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"}).status_code == 409
    assert CountSheet.objects.count() == 1
    assert "核对无误，确认结果" not in text_of(browser.get(address("count_result", 1)))


def test_nobody_confirms_figures_he_has_not_seen(round_):
    browser, other = a_browser(Role.VILLAGE), a_browser(Role.TOWNSHIP)
    browser.post(address("count_entry", 1), entry())
    other.post(address("count_entry", 1), entry(p0_chair="600"))
    response = browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"})
    assert response.status_code == 409
    assert "计票单刚刚有了新的一稿，请核对新的数字后再确认。" in text_of(response)


def test_the_journal_tells_figures_and_no_names(round_):
    browser = a_browser(Role.VILLAGE)
    browser.post(address("count_entry", 1), entry())
    browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"})
    entries = JournalEntry.objects.exclude(area_code="000000").order_by("seq")
    assert [each.act for each in entries] == ["count.recorded", "result.confirmed"]
    assert [name for each in entries for name in ("丁卫国", "王芳") if name in each.body] == []


@pytest.mark.parametrize("name", ["count_entry", "count_check", "count_result"])
def test_a_round_that_is_not_there_does_not_exist(round_, name):
    assert a_browser(Role.VILLAGE).get(address(name, 2)).status_code == 404
    an_election(Stage.VOTING, code="990100102201")
    assert a_browser(Role.VILLAGE).get(address(name, 1, code="990100102201")).status_code == 404


def test_who_may_only_read_sees_the_result_and_no_form(round_):
    a_browser(Role.VILLAGE).post(address("count_entry", 1), entry())
    browser = a_browser(Role.INSPECTOR)
    assert browser.get(address("count_entry", 1)).status_code == 403
    assert browser.get(address("count_check", 1)).status_code == 403
    page = browser.get(address("count_result", 1))
    assert page.status_code == 200
    assert "确认结果由镇换届办、村民选举委员会办理" in text_of(page)
    assert browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"}).status_code == 403


def test_after_the_vote_the_sheet_is_closed(round_):
    election = round_.election
    election.stage = Stage.HANDOVER
    election.save()
    browser = a_browser(Role.VILLAGE)
    assert browser.get(address("count")).status_code == 200
    assert browser.get(address("count_result", 1)).status_code == 200
    assert browser.post(address("count_entry", 1), entry()).status_code == 409
    assert browser.post(address("count_result", 1), {"sheet": "1", "agreed": "on"}).status_code == 409


def test_a_rerun_has_only_its_candidates_and_nobody_is_written_in(round_):
    """RR-01: between those not elected in the first vote."""
    Round.objects.filter(pk=round_.pk).update(
        kind=Round.Kind.RERUN,
        contest=json.dumps(
            json.loads(round_.contest)
            | {"posts": [{"post": "member", "seats": 1, "women_only": False, "candidates": ["李春兰", "欧阳明"]}]}
        ),
    )
    round_.refresh_from_db()
    form = CountForm(round_=round_)
    assert [name for name, _ in form.person_rows()] == ["李春兰", "欧阳明"]
    assert form.write_in_rows == 0
