"""The pages of the roll: what a clerk does with them, what others may not see, what never stands in them."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from elections.models import JournalEntry, Role
from tests.make import VILLAGE
from tests.voters.make_pages import ID, OTHER, a_form, address, signed_in, text_of, upload
from tests.voters.make_voters import (
    a_clerk,
    a_roll_election,
    a_row,
    a_voter,
    an_id,
    table,
    xlsx,
)
from voters.models import RollImport, Voter
from voters.sealing import number_of
from voters.services.listing import omit

pytestmark = pytest.mark.django_db


def test_an_empty_roll_offers_its_three_ways(election, clerk):
    page = text_of(clerk.get(address("roll")))
    for words in ("名单是空的", "导入名单", "逐人登记", "下载模板"):
        assert words in page


def test_the_list_shows_masked_numbers_and_is_found_by_name_initials_number_and_group(election, clerk):
    voter = a_voter(election, 1, 姓名="王芳", 村民小组="2组")
    a_voter(election, 2, 姓名="李伟", 村民小组="10组")
    page = text_of(clerk.get(address("roll")))
    assert "990100********" in page
    assert not ID.search(page)
    for query, found in [
        ("q=王", {"王芳"}),
        ("q=lw", {"李伟"}),
        ("group=10组", {"李伟"}),
        ("standing=left_out", set()),
    ]:
        shown = text_of(clerk.get(f"{address('roll')}?{query}"))
        assert {name for name in ("王芳", "李伟") if f">{name}</a>" in shown} == found
    assert reverse("voter", args=[VILLAGE, voter.pk]) in page


def test_somebody_registered_twice_is_shown_where_he_stands_and_nothing_typed_is_lost(election, clerk):
    voter = a_voter(election, 1)
    form = a_form(1) | {"remark": "刚刚填写的备注"}
    answer = clerk.post(address("voter_new"), form)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "不能重复登记。请打开原来的登记修改。" in page
    assert reverse("voter", args=[VILLAGE, voter.pk]) in page
    assert "刚刚填写的备注" in page
    assert Voter.objects.count() == 1


def test_the_county_sees_less_of_a_number_and_may_not_reveal_it(election):
    voter = a_voter(election, 1)
    county = signed_in(Role.COUNTY)
    assert "990************" in text_of(county.get(address("roll")))
    assert county.post(address("voter_number", voter.pk)).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["", "?sort=-name", "?page=99", "?q=%27%20OR%201=1", "?group=x&standing=x&category=x", "?q=990100198005060012"],
)
def test_whatever_is_asked_the_list_answers(election, clerk, query):
    a_voter(election, 1)
    assert clerk.get(address("roll") + query).status_code == 200


@pytest.mark.parametrize("people", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_people(election, clerk, people, django_assert_num_queries):
    for serial in range(1, people + 1):
        a_voter(election, serial)
    clerk.get(address("roll"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        clerk.get(address("roll"))
    assert len(few) < 75


def test_an_export_is_masked_text_without_formulas(election, clerk):
    a_voter(election, 1, 备注="=HYPERLINK(1)")
    response = clerk.get(address("roll_export"))
    sheet = load_workbook(BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert any(cell.value == "=HYPERLINK(1)" for cell in cells)
    assert not any(ID.search(str(cell.value)) for cell in cells)


def test_the_empty_roll_file_has_the_id_column_as_text(clerk):
    book = load_workbook(BytesIO(clerk.get("/roll-template.xlsx").content))
    sheet = book["选民名单"]
    assert [cell.value for cell in sheet[1]][:3] == ["姓名*", "身份证号*", "性别"]
    assert (sheet["B2"].number_format, sheet.column_dimensions["B"].number_format) == ("@", "@")


PAGES = [
    "roll",
    "roll_export",
    "voter_new",
    "roll_import",
    "roll_publish",
    "roll_supplement",
    "roll_appeals",
    "roll_appeal_new",
]


@pytest.mark.parametrize("name", PAGES)
def test_another_village_gets_what_does_not_exist(election, name):
    voter = a_voter(election, 1)
    a_roll_election(OTHER)
    stranger = signed_in(Role.VILLAGE, OTHER)
    response = stranger.get(address(name))
    assert response.status_code == 404
    assert voter.name not in text_of(response)


def test_a_person_of_another_village_is_not_found_under_my_own_address(election, clerk):
    other = a_roll_election(OTHER)
    foreign = a_voter(other, 1, actor=a_clerk(OTHER))
    for name in ("voter", "voter_edit", "voter_omission", "voter_listing"):
        assert clerk.get(address(name, foreign.pk)).status_code == 404
        assert clerk.post(address(name, foreign.pk), {"version": 0}).status_code == 404
    assert clerk.post(address("voter_number", foreign.pk)).status_code == 404


def test_an_import_of_another_village_is_not_found(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    batch = RollImport.objects.get()
    stranger = signed_in(Role.VILLAGE, OTHER)
    a_roll_election(OTHER)
    assert stranger.get(reverse("import", args=[batch.pk])).status_code == 404
    for name in ("import_commit", "import_undo", "import_drop", "import_rows", "import_columns"):
        assert stranger.post(reverse(name, args=[batch.pk]), {"version": 0}).status_code == 404
    assert Voter.objects.count() == 0


def test_registering_one_after_the_other(election, clerk):
    response = clerk.post(address("voter_new"), a_form(1, next="1"), follow=True)
    assert response.redirect_chain == [(address("voter_new") + "?group=1%E7%BB%84", 302)]
    assert "已登记" in text_of(response)
    assert "列入名单" in text_of(response)
    assert Voter.objects.get().group == "1组"


def test_a_wrong_number_comes_back_with_its_sentence_and_what_was_typed(election, clerk):
    response = clerk.post(address("voter_new"), a_form(1, id_number="99010019800506001", name="王芳"))
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("身份证号是17位，应为18位。请核对后补全。") == 2
    assert "有1处需要修改 - " in page
    assert 'value="王芳"' in page


def test_a_doubtful_number_is_taken_once_it_was_looked_into(election, clerk):
    wrong = an_id(1)[:-1] + ("0" if an_id(1)[-1] != "0" else "1")
    first = clerk.post(address("voter_new"), a_form(1, id_number=wrong))
    assert first.status_code == 422
    assert "已核对户口簿，登记无误" in text_of(first)
    assert clerk.post(address("voter_new"), a_form(1, id_number=wrong, checked="on")).status_code == 302
    assert Voter.objects.get().checked


def test_somebody_listed_elsewhere_is_counted_and_not_named(election, clerk):
    a_voter(a_roll_election(OTHER), 1, actor=a_clerk(OTHER))
    page = clerk.post(address("voter_new"), a_form(1))
    assert page.status_code == 422
    assert "请与镇换届办核实" in text_of(page)
    assert "测试202村" not in text_of(page)
    for _ in range(29):
        clerk.post(address("voter_new"), a_form(1))
    assert clerk.post(address("voter_new"), a_form(1)).status_code == 409


def test_a_double_click_registers_once(election, clerk):
    form = a_form(1) | {"act": "11111111-1111-4111-8111-111111111111"}
    assert clerk.post(address("voter_new"), form).status_code == 302
    assert clerk.post(address("voter_new"), form).status_code == 302
    assert Voter.objects.count() == 1


def test_the_page_of_a_person_says_why_and_who(election, clerk):
    voter = a_voter(election, 1, 登记类型="户籍在本村不居住")
    page = text_of(clerk.get(address("voter", voter.pk)))
    who = voter.last_change.made_by.name
    for words in ("未列入名单：本人没有表示参加", "为什么没有列入名单", "办理经过", f"{who}，2026年11月20日，登记"):
        assert words in page
    clerk.post(address("voter_edit", voter.pk), a_form(1, name="王芳", id_number="", category="CAT2", version="0"))
    assert f"{who}，2026年11月20日，登记" in text_of(clerk.get(address("voter", voter.pk)))
    assert not ID.search(page)


def test_who_came_by_a_file_was_decided_by_whoever_imported_it(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    batch = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"})
    page = text_of(clerk.get(address("voter", Voter.objects.get().pk)))
    assert f"{batch.made_by.name}，2026年11月20日，导入“名单.xlsx”" in page


def test_the_full_number_stands_on_one_page_only_after_the_button(election, clerk):
    voter = a_voter(election, 1)
    shown = text_of(clerk.post(address("voter_number", voter.pk)))
    assert f"{number_of(voter)[:6]} {number_of(voter)[6:14]} {number_of(voter)[14:]}" in shown
    assert JournalEntry.objects.filter(act="roll.id_revealed").count() == 1
    assert not ID.search(text_of(clerk.get(address("voter", voter.pk))))


def test_correcting_without_typing_the_number_again(election, clerk):
    voter = a_voter(election, 1)
    page = text_of(clerk.get(address("voter_edit", voter.pk)))
    assert not ID.search(page)
    form = a_form(1, name="王芳芳", id_number="", version="0")
    assert clerk.post(address("voter_edit", voter.pk), form).status_code == 302
    after = Voter.objects.get()
    assert (after.name, number_of(after)) == ("王芳芳", number_of(voter))


def test_two_tabs_on_one_person_show_a_conflict(election, clerk):
    voter = a_voter(election, 1)
    clerk.post(address("voter_edit", voter.pk), a_form(1, name="王一", id_number="", version="0"))
    typed = a_form(1, name="王二", id_number="", phone="13912345678", version="0")
    second = clerk.post(address("voter_edit", voter.pk), typed)
    assert second.status_code == 409
    assert Voter.objects.get().name == "王一"
    page = text_of(second)
    for words in ("已修改这个人的登记（姓名", "<td>王一</td><td>王二</td>", 'value="王二"', "139****5678", 'value="1"'):
        assert words in page, words
    assert clerk.post(address("voter_edit", voter.pk), typed | {"version": "1"}).status_code == 302
    assert Voter.objects.get().name == "王二"


@pytest.mark.parametrize(
    ("name", "form"),
    [("voter_omission", {"code": "DIED", "evidence": "死亡医学证明"}), ("voter_listing", {"reason": "登错了人"})],
)
def test_an_act_on_a_row_that_changed_meanwhile_keeps_what_was_typed(election, clerk, name, form):
    voter = a_voter(election, 1)
    if name == "voter_listing":
        omit(voter, "DIED", evidence="甲", version=0, actor=a_clerk())
        Voter.objects.update(version=0)
    clerk.post(address("voter_edit", voter.pk), a_form(1, name="王一", id_number="", version="0"))
    answer = clerk.post(address(name, voter.pk), form | {"version": "0"})
    assert answer.status_code == 409
    assert list(form.values())[-1] in text_of(answer)
    assert 'value="1"' in text_of(answer)
    assert clerk.post(address(name, voter.pk), form | {"version": "1"}).status_code == 302


def test_taking_off_and_putting_back(election, clerk):
    voter = a_voter(election, 1)
    form = {"code": "DIED", "evidence": "死亡证明", "version": "0"}
    assert clerk.post(address("voter_omission", voter.pk), form).status_code == 302
    assert Voter.objects.get().omission == "DIED"
    assert clerk.post(address("voter_listing", voter.pk), {"reason": "登错了人", "version": "1"}).status_code == 302
    assert Voter.objects.get().listed


def test_a_deprivation_of_rights_needs_its_last_day(election, clerk):
    voter = a_voter(election, 1)
    form = {"code": "DEPRIVED", "evidence": "（2025）刑初12号判决书", "version": "0"}
    answer = clerk.post(address("voter_omission", voter.pk), form)
    assert answer.status_code == 422
    assert "期满日期没有填写" in text_of(answer)
    assert clerk.post(address("voter_omission", voter.pk), form | {"until": "2028-5-1"}).status_code == 302
    assert "2028年5月1日" in text_of(clerk.get(address("voter", voter.pk)))


def test_extra_fields_decide_nothing(election, clerk):
    clerk.post(address("voter_new"), a_form(1, listed="on", number="1", omission="", cycle="9", village=OTHER))
    assert Voter.objects.get().number is None


def test_a_number_listed_elsewhere_is_refused_in_a_correction_and_counted(election, clerk):
    voter = a_voter(election, 1)
    a_voter(a_roll_election(OTHER), 2, actor=a_clerk(OTHER))
    form = a_form(2, version="0")
    page = clerk.post(address("voter_edit", voter.pk), form)
    assert page.status_code == 422
    assert "请与镇换届办核实" in text_of(page)
    assert "测试202村" not in text_of(page)
    voter.refresh_from_db()
    assert voter.version == 0
    assert JournalEntry.objects.filter(act="roll.elsewhere_met").count() == 1
