"""The pages of the roll: what a clerk does with them, what others may not see, what never stands in them (C01–C03, C98)."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from elections.models import JournalEntry, Role
from tests.client import Browser
from tests.make import TOWN, VILLAGE, a_user, an_actor
from tests.voters.make_voters import (
    TODAY,
    a_clerk,
    a_roll_election,
    a_row,
    a_voter,
    an_id,
    table,
    xlsx,
)
from voters.importing import Given
from voters.models import RollImport, RollObjection, RollVersion, Voter
from voters.sealing import number_of
from voters.services import imports
from voters.services.listing import omit
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db
OTHER = "990100101202"
ID = re.compile(r"990100\d{11}[\dX]|990100 \d{8} \d{3}[\dX]")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def election():
    return a_roll_election()


def signed_in(role=Role.VILLAGE, code=None) -> Browser:
    browser = Browser()
    browser.force_login(a_user(role, code), backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def clerk():
    return signed_in()


def address(name, *rest):
    return reverse(name, args=[VILLAGE, *rest])


def text_of(response) -> str:
    return response.content.decode()


def a_form(serial=1, **fields):
    row = a_row(serial)
    known = {
        "name": row["姓名"], "id_number": row["身份证号"], "group": "1组", "household": "1", "category": "CAT1",
        "ethnicity": "", "party": "", "phone": "", "address": "", "remark": "",
    }  # fmt: skip
    return known | fields


def upload(browser, data, name="名单.xlsx", follow=True):
    file = SimpleUploadedFile(name, data)
    return browser.post(address("roll_import"), {"way": "upload", "file": file}, follow=follow)


# --- the list ---------------------------------------------------------------------------------------------


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


# --- scope ----------------------------------------------------------------------------------------------------

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


# --- one person -------------------------------------------------------------------------------------------------


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


# --- import --------------------------------------------------------------------------------------------------------


def test_a_clean_file_is_in_after_five_clicks(election, clerk):
    response = upload(clerk, xlsx(table([a_row(n) for n in range(1, 31)])))
    batch = RollImport.objects.get()
    assert response.redirect_chain[-1][0] == reverse("import_step", args=[batch.pk, 3])
    assert "没有发现问题" in text_of(response)
    confirm = text_of(clerk.get(reverse("import_step", args=[batch.pk, 4])))
    assert "导入30人" in confirm
    done = clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"}, follow=True)
    assert "已导入：新增30人，更新0人。" in text_of(done)
    assert Voter.objects.count() == 30


def test_faults_are_grouped_and_repaired_in_place(election, clerk):
    rows = [
        a_row(1),
        a_row(2, 身份证号="99010019800506001"),
        a_row(3, 性别="女"),
        a_row(4, 身份证号="990100199003074000"),
        a_row(1),
    ]
    page = text_of(upload(clerk, xlsx(table(rows))))
    batch = RollImport.objects.get()
    for words in ("身份证号缺少或不对", "性别与身份证号不一致", "身份证号被Excel改动过", "同一个身份证号在文件中重复"):
        assert words in page
    assert not ID.search(page)
    clerk.post(reverse("import_group", args=[batch.pk, "sex"]), {"version": "0"})
    clerk.post(reverse("import_group", args=[batch.pk, "twice"]), {"version": "1"})
    fixed = {"shown": ["3", "5"], "cell-3-1": a_row(2)["身份证号"], "cell-5-1": a_row(4)["身份证号"], "version": "2"}
    page = text_of(clerk.post(reverse("import_rows", args=[batch.pk]), fixed, follow=True))
    assert "下一步：导入4人" in page
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "3"})
    assert Voter.objects.count() == 4


def test_a_column_that_was_not_recognised_is_pointed_out(election, clerk):
    rows = [[a_row(n)["姓名"], a_row(n)["身份证号"], f"{n}组"] for n in range(1, 4)]
    response = upload(clerk, xlsx([["姓名", "号码栏", "性别"], *rows]))
    batch = RollImport.objects.get()
    assert response.redirect_chain[-1][0] == reverse("import_step", args=[batch.pk, 2])
    page = text_of(response)
    assert "号码栏" in page
    assert page.count("自动识别") == 2
    assert not ID.search(page)
    chosen = {"column_0": "0", "column_1": "1", "column_4": "2", "version": "0"}
    twice = clerk.post(reverse("import_columns", args=[batch.pk]), chosen | {"column_5": "2"})
    assert twice.status_code == 422
    page = text_of(clerk.post(reverse("import_columns", args=[batch.pk]), chosen, follow=True))
    assert "没有发现问题" in page


def test_pasted_rows(election, clerk):
    text = "\n".join("\t".join(map(str, row)) for row in table([a_row(1), a_row(2)]))
    response = clerk.post(address("roll_import"), {"way": "paste", "text": text}, follow=True)
    assert "下一步：导入2人" in text_of(response)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4", "这个文件不是可以读取的表格"),
        (b"", "名单文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这个文件不是可以读取的表格"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(election, clerk, data, words):
    response = upload(clerk, data)
    assert response.status_code == 422
    assert words in text_of(response)
    assert RollImport.objects.count() == 0


def test_the_rows_that_need_repair_can_be_taken_with_their_reasons_and_that_is_noted(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(2, 身份证号="990100199003074000")])))
    batch = RollImport.objects.get()
    assert clerk.get(reverse("import_bad_rows", args=[batch.pk])).status_code == 302
    response = clerk.post(reverse("import_take_rows", args=[batch.pk]), {}, follow=True)
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][-2:] == ("错误原因", "原行号")
    assert [rows[1][0], rows[1][1]] == [a_row(2)["姓名"], "990100199003074000"]
    assert "后三位是000" in rows[1][-2]
    assert rows[1][-1] == "3"
    assert JournalEntry.objects.filter(act="roll.import_rows_downloaded").count() == 1


def test_what_is_typed_is_kept_without_pressing_anything(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(2, 身份证号="12345")])))
    batch = RollImport.objects.get()
    typed = {"shown": "3", "cell-3-1": a_row(2)["身份证号"], "version": "0"}
    answer = clerk.post(reverse("import_rows", args=[batch.pk]), typed, headers={"X-Autosave": "1"})
    assert answer.json() == {"version": 1}
    assert "下一步：导入2人" in text_of(clerk.get(reverse("import_step", args=[batch.pk, 3])))


def test_a_large_file_waits_on_its_page(election, clerk, monkeypatch):
    monkeypatch.setattr("voters.forms.imports.LARGE_FROM", 10)
    page = text_of(upload(clerk, xlsx(table([a_row(1)]))))
    assert "读取选民名单" in page
    assert "读完后继续" in page
    batch = RollImport.objects.get()
    assert clerk.get(reverse("import_step", args=[batch.pk, 3])).status_code == 302


def test_the_same_file_once_more_is_told_to_be_known(election, clerk):
    data = xlsx(table([a_row(1), a_row(2)]))
    upload(clerk, data)
    first = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[first.pk]), {"version": "0"})
    page = text_of(upload(clerk, data))
    assert "这个文件以前已经导入过，名单没有变化，不需要再导入。" in page
    assert "没有可以导入的行" in page
    imports.undo_import(first, actor=a_clerk())
    again = RollImport.objects.exclude(pk=first.pk).get()
    assert "以前已经导入过" not in text_of(clerk.get(reverse("import_step", args=[again.pk, 3])))


def test_the_roll_of_the_last_term_is_copied_by_one_press_and_looked_through(election, clerk):
    from elections.models import Cycle

    imports.import_roll(election, Given.read(xlsx(table([a_row(1), a_row(2)])), "x"), actor=a_clerk(), today=TODAY)
    assert "复制上届名单" not in text_of(clerk.get(address("roll_import")))
    cycle = election.cycle
    following = Cycle.objects.create(
        county=cycle.county, name="下一届", term_no=13, starts_on=date(2026, 11, 1), ends_on=date(2027, 6, 30),
        pack=cycle.pack,
    )  # fmt: skip
    now = a_roll_election(attempt=1)
    now.cycle = following
    now.save()
    page = text_of(clerk.get(address("roll_import")))
    assert "复制上届名单" in page
    answer = clerk.post(address("roll_import"), {"way": "last_term"}, follow=True)
    assert "下一步：导入2人" in text_of(answer)
    assert "上届名单（测试换届）" in text_of(answer)
    batch = RollImport.objects.get(election=now)
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"})
    assert Voter.objects.filter(election=now).count() == 2


def test_names_sort_by_their_sound(election, clerk):
    for serial, name in ((1, "王芳"), (2, "丁一"), (3, "李强")):
        a_voter(election, serial, 姓名=name)
    page = text_of(clerk.get(address("roll"), {"sort": "name"}))
    assert page.index("丁一") < page.index("李强") < page.index("王芳")


def test_undoing_an_import_from_its_page(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    batch = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"})
    assert "撤销本次导入" in text_of(clerk.get(reverse("import_step", args=[batch.pk, 5])))
    clerk.post(reverse("import_undo", args=[batch.pk]))
    assert Voter.objects.count() == 0


def test_what_was_left_over_can_be_gone_on_with(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(2, 身份证号="12345")])))
    first = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[first.pk]), {"version": "0"})
    response = clerk.post(reverse("import_again", args=[first.pk]), follow=True)
    page = text_of(response)
    assert "与名单相同" in page
    assert "12*45" in page or "身份证号是5位" in page


def test_the_record_of_imports_lists_those_in_reach(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    assert "名单.xlsx" in text_of(clerk.get("/import/"))
    assert "名单.xlsx" in text_of(signed_in(Role.TOWNSHIP).get("/import/"))
    assert "名单.xlsx" not in text_of(signed_in(Role.VILLAGE, OTHER).get("/import/"))


def test_the_list_is_printed_before_it_is_posted_and_says_that_it_is_not(election, clerk):
    a_voter(election, 1, 村民小组="2组")
    a_voter(election, 2, 村民小组="10组")
    page = text_of(clerk.get(address("roll_print")))
    assert "不得张贴" in page
    assert page.index("2组") < page.index("10组")
    assert not ID.search(page)
    assert reverse("roll_print", args=[VILLAGE]) in text_of(clerk.get(address("roll")))


def test_rows_made_by_hand_and_rows_that_were_doubtful_are_found_by_their_flag(election, clerk):
    imports.import_roll(election, Given.read(xlsx(table([a_row(1)])), "x"), actor=a_clerk(), today=TODAY)
    a_voter(election, 2)
    Voter.objects.filter(name=a_row(1)["姓名"]).update(checked=True)
    by_hand, checked = (text_of(clerk.get(address("roll"), {"standing": flag})) for flag in ("by_hand", "checked"))
    assert a_row(2)["姓名"] in by_hand
    assert a_row(1)["姓名"] not in by_hand
    assert a_row(1)["姓名"] in checked
    assert a_row(2)["姓名"] not in checked


def test_rows_skipped_on_purpose_are_not_left_over(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(1), a_row(2, 身份证号="12345")])))
    batch = RollImport.objects.get()
    clerk.post(reverse("import_group", args=[batch.pk, "twice"]), {"version": "0"})
    page = text_of(clerk.get(reverse("import_step", args=[batch.pk, 3])))
    assert "<dt>需修改</dt><dd>1</dd>" in page
    assert "<dt>不导入</dt><dd>1</dd>" in page
    end = text_of(clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "1"}, follow=True))
    assert "继续处理其余1行" in end
    assert "名单公布前可以撤销" in end


# --- publication -----------------------------------------------------------------------------------------------------


def test_publishing_by_the_check_page(election, clerk):
    a_voter(election, 1)
    page = text_of(clerk.get(address("roll_publish")))
    assert "将公布的名单" in page
    assert 'name="sure"' in page
    form = {"place": "村务公开栏", "posted_by": "王某"}
    assert clerk.post(address("roll_publish"), form).status_code == 422
    done = clerk.post(address("roll_publish"), form | {"sure": "on"}, follow=True)
    assert "名单已公布（1人）。申诉受理到2026年11月25日止。" in text_of(done)
    assert RollVersion.objects.get().count == 1
    assert not ID.search(text_of(done))


def test_what_forbids_publication_stands_on_the_page_and_in_the_refusal(election, clerk):
    page = clerk.get(address("roll_publish"))
    assert "名单是空的" in text_of(page)
    refused = clerk.post(address("roll_publish"), {"place": "公开栏", "posted_by": "王某", "sure": "on"})
    assert refused.status_code == 409
    assert "名单是空的" in text_of(refused)


@pytest.fixture
def published(election):
    a_voter(election, 1, actor=a_clerk())
    a_voter(election, 2, actor=a_clerk(), 登记类型="户籍在本村不居住")
    publish_roll(election, place="公开栏", posted_by="甲", actor=a_clerk(), today=TODAY)
    return election


def test_an_objection_upheld_and_told(published, clerk):
    form = {"person": "王某", "objector": "李某", "matter": "不是本村人", "received_on": "2026-11-20"}
    response = clerk.post(address("roll_appeal_new"), form, follow=True)
    assert "应在2026年11月23日前作出决定" in text_of(response)
    objection = RollObjection.objects.get()
    missing = clerk.post(address("roll_appeal", objection.pk), {"decision": "uphold", "uphold-reason": ""})
    assert missing.status_code == 422
    decided = {"decision": "uphold", "uphold-reason": "经核对户口簿，登记无误"}
    clerk.post(address("roll_appeal", objection.pk), decided)
    told = {"place": "公开栏", "posted_by": "甲", "sure": "on"}
    response = clerk.post(address("roll_supplement"), told, follow=True)
    assert "维持原名单" in text_of(response)
    assert RollObjection.objects.get().published_in.number == 2


def test_an_objection_that_corrects(published, clerk):
    voter = Voter.objects.filter(listed=True).order_by("number").first()
    form = {"person": voter.name, "objector": "甲", "matter": "组别写错", "received_on": str(TODAY)}
    clerk.post(address("roll_appeal_new"), form)
    found = RollObjection.objects.get()
    assert f'value="{voter.number}"' in text_of(clerk.get(address("roll_appeal", found.pk)))
    edit = f"{address('voter_edit', voter.pk)}?objection={found.pk}"
    assert edit in text_of(clerk.get(address("roll_appeal", found.pk)))
    row = a_form(1, name=voter.name, id_number="", group="9组", version=str(voter.version), reason="户口簿写明是9组")
    assert clerk.post(edit, row).status_code == 302
    found.refresh_from_db()
    assert (found.decision, found.voter_id, found.reason) == ("correct", voter.pk, "户口簿写明是9组")
    assert "组别" in text_of(clerk.get(address("roll_supplement")))


def test_an_objection_that_removes_and_one_that_lists(published, clerk):
    form = {"person": "王某", "objector": "李某", "matter": "已死亡", "received_on": "2026-11-20"}
    clerk.post(address("roll_appeal_new"), form)
    objection = RollObjection.objects.get()
    remove = {
        "decision": "remove", "remove-number": "9", "remove-code": "DIED", "remove-evidence": "死亡证明",
        "remove-reason": "属实",
    }  # fmt: skip
    assert clerk.post(address("roll_appeal", objection.pk), remove).status_code == 422
    assert clerk.post(address("roll_appeal", objection.pk), remove | {"remove-number": "1"}).status_code == 302
    assert not Voter.objects.get(number=1).listed
    clerk.post(address("roll_appeal_new"), form | {"matter": "漏登"})
    second = RollObjection.objects.order_by("pk").last()
    response = clerk.post(f"{address('voter_new')}?objection={second.pk}", a_form(7, reason="漏登，核对户口簿"))
    assert response.status_code == 302
    second.refresh_from_db()
    assert (second.decision, second.voter.number) == ("add", 2)


def test_after_publication_a_change_asks_for_its_reason(published, clerk):
    voter = Voter.objects.get(number=1)
    assert "改动的理由和依据" in text_of(clerk.get(address("voter_edit", voter.pk)))
    refused = clerk.post(address("voter_edit", voter.pk), a_form(1, name="改名", id_number="", version="0", reason=""))
    assert refused.status_code == 422
    assert "没有写明改动的理由" in text_of(refused)
    assert 'value="改名"' in text_of(refused)
    assert upload(clerk, xlsx(table([a_row(1)]))).status_code in (200, 409)


def test_every_version_can_be_looked_at_for_ever(published, clerk):
    page = text_of(clerk.get(address("roll_version", 1)))
    assert a_row(1)["姓名"] in page
    assert clerk.get(address("roll_version", 2)).status_code == 404


def test_reading_is_all_the_county_may_do(published):
    county = signed_in(Role.COUNTY)
    assert county.get(address("roll")).status_code == 200
    for name in ("voter_new", "roll_import", "roll_publish", "roll_supplement", "roll_appeal_new"):
        assert county.get(address(name)).status_code == 403
    assert an_actor(Role.TOWNSHIP, TOWN)
    assert date(2026, 11, 20) == TODAY
