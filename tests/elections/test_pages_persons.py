"""人员: the list, one person, entering, correcting, merging; numbers never whole on a page or in a file."""

from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from elections.models import Person, Role
from elections.selectors.register import HEAD
from elections.services.persons import add_person
from tests.elections.make_pages import a_browser, address, said, text_of
from tests.elections.make_persons import an_entry
from tests.make import TOWN, an_actor, an_area, an_election
from tests.office.teams.make_teams import in_office
from tests.voters.make_voters import an_id

pytestmark = pytest.mark.django_db
NEW = {
    "name": "赵敏", "id_number": "", "sex": "F", "birth": "1980-1-2", "group": "3组", "mark": "", "phone": "",
    "nation": "01", "education": "30", "politics": "01", "joined_on": "2005-7-1", "present_work": "村医",
    "callings": ["doctor"],
}  # fmt: skip


@pytest.fixture
def election():
    return an_election()


def put_in(election, *entries) -> list[Person]:
    return [add_person(election.village, each, actor=an_actor()) for each in entries]


def test_an_empty_register_says_what_to_do(election):
    page = text_of(a_browser().get(address("persons")))
    assert "名册还是空的" in page
    assert address("person_add") in page
    assert address("person_add") not in text_of(a_browser(Role.COUNTY).get(address("persons")))


def test_somebody_is_entered_and_found_by_each_filter(election):
    browser = a_browser(Role.VILLAGE)
    answer = browser.post(address("person_add"), NEW, follow=True)
    assert said(answer) == "赵敏已登记。"
    put_in(election, an_entry())
    for query, there in (
        ({"q": "赵"}, True), ({"q": "zm"}, True), ({"q": "王"}, False), ({"group": "3组"}, True),
        ({"politics": "01"}, True), ({"politics": "13"}, False), ({"education": "30"}, True), ({"education": "20"}, False),
    ):  # fmt: skip
        assert ("赵敏" in text_of(browser.get(address("persons", **query)))) is there, query
    person = Person.objects.get(name="赵敏")
    page = text_of(browser.get(address("person", person.pk)))
    assert [word in page for word in ("1980年1月2日", "汉族", "大学专科", "村医", "乡村医生")] == [True] * 5


def test_an_id_number_gives_sex_and_birth_and_is_never_shown_whole(election):
    number = an_id(6)
    browser = a_browser()
    wrong = browser.post(address("person_add"), NEW | {"id_number": number[:-1] + ("0" if number[-1] != "0" else "1")})
    assert wrong.status_code == 422
    assert "身份证号的最后一位与前17位对不上" in text_of(wrong)
    other = browser.post(address("person_add"), NEW | {"id_number": number})
    assert "出生日期与身份证号不一致。请核对。" in text_of(other)
    browser.post(address("person_add"), NEW | {"id_number": number, "birth": "", "sex": "", "phone": "13900000000"})
    person = Person.objects.get()
    assert (person.sex, person.birth.isoformat()) == ("F", "1980-05-06")
    for place in (
        address("person", person.pk),
        address("person_correct", person.pk),
        address("persons"),
        address("persons_print"),
    ):
        assert number not in text_of(browser.get(place))
        assert "13900000000" not in text_of(browser.get(place))
    outer = text_of(a_browser(Role.COUNTY).get(address("person", person.pk)))
    assert "990************" in outer
    assert number[6:14] not in outer
    assert "1980年" not in outer
    again = browser.post(address("person_add"), NEW | {"name": "钱敏", "id_number": number, "birth": ""})
    assert "这个身份证号已经登记为测试201村的赵敏。请选择已有的人员，不要重复登记。" in text_of(again)


def test_a_namesake_needs_a_group_or_a_day_of_birth(election):
    put_in(election, an_entry())
    browser = a_browser()
    bare = NEW | {"name": "王伟", "birth": "", "group": "", "joined_on": ""}
    refused = browser.post(address("person_add"), bare)
    assert refused.status_code == 422
    assert "请填写小组或者出生日期，才能和同名的王伟区分开" in text_of(refused)
    browser.post(address("person_add"), bare | {"group": "5组"})
    assert set(Person.objects.values_list("label", flat=True)) == {"王伟（3组）", "王伟（5组）"}


def test_a_correction_keeps_what_is_masked_and_takes_a_doubt_away(election):
    number = an_id(6)
    (person,) = put_in(election, an_entry("王敏", sex="F", year=1980, id_number=number))
    Person.objects.update(doubt="选民名单上没有王敏。")
    browser = a_browser(Role.VILLAGE)
    assert "升级时没有能够确定的人员（1人）" in text_of(browser.get(address("persons")))
    data = NEW | {"name": "王敏", "birth": "", "version": "0", "group": "6组"}
    assert said(browser.post(address("person_correct", person.pk), data, follow=True)) == "王敏的信息已更正。"
    person.refresh_from_db()
    assert (person.group, person.doubt, person.version, person.id_index is None) == ("6组", "", 1, False)
    late = browser.post(address("person_correct", person.pk), data)
    assert late.status_code == 409
    browser.post(address("person_correct", person.pk), data | {"version": "1", "no_number": "on", "birth": "1980-5-6"})
    person.refresh_from_db()
    assert (person.id_index, bytes(person.id_sealed)) == (None, b"")


def test_two_records_are_seen_side_by_side_and_become_one(election):
    one, other = put_in(election, an_entry(), an_entry(group="5组", year=1980))
    browser = a_browser()
    where = address("person_merge", one.pk, other=other.pk)
    page = text_of(browser.get(where))
    assert "王伟（3组）" in page
    assert "王伟（5组）" in page
    assert "合并的理由没有填写。请填写。" in text_of(browser.post(where, {"kept": str(other.pk), "why": ""}))
    done = browser.post(where, {"kept": str(other.pk), "why": "户口簿核对"}, follow=True)
    assert said(done) == "两条记录已合并为王伟。"
    one.refresh_from_db()
    assert (one.merged_into_id, one.merged_why) == (other.pk, "户口簿核对")
    assert "已合并到" in text_of(browser.get(address("person", one.pk)))
    assert browser.get(address("person_correct", one.pk)).status_code == 404
    assert a_browser(Role.VILLAGE).get(where).status_code == 403


def test_records_that_cannot_be_one_say_why(election):
    one, other = put_in(
        election, an_entry(id_number=an_id(7, an_entry().birth)), an_entry("王玮", id_number=an_id(9, an_entry().birth))
    )
    page = text_of(a_browser().get(address("person_merge", one.pk, other=other.pk)))
    assert "两条记录的身份证号不同，不是同一人，不能合并。" in page
    assert "合并为一条记录" not in page
    assert f'href="{address("person", one.pk)}">返回王伟</a>' in page


def test_the_sheet_holds_no_number(election):
    put_in(election, an_entry(id_number=an_id(7, an_entry().birth), phone="13900000000"))
    answer = a_browser().get(address("persons_export", q="王"))
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0] == HEAD
    assert rows[1][:3] == ("王伟", "王伟", "男")
    assert not [cell for row in rows for cell in row if str(cell) in (an_id(7, an_entry().birth), "13900000000")]


def test_the_command_lists_the_doubts(election):
    put_in(election, an_entry())
    out = StringIO()
    call_command("persons", "--doubts", stdout=out)
    assert out.getvalue() == "没有未能确定的人员。\n"
    Person.objects.update(doubt="选民名单上有2人叫王伟。")
    out = StringIO()
    call_command("persons", "--doubts", stdout=out)
    assert out.getvalue() == (
        "990100101201 测试201村 王伟：选民名单上有2人叫王伟。\n共1人。在各村的“人员”页更正或者合并。\n"
    )


def test_the_county_reads_only_the_year_of_birth_in_the_sheet_too(election):
    put_in(election, an_entry())
    born = {
        role: list(load_workbook(BytesIO(a_browser(role).get(address("persons_export")).content)).active.values)[1][3]
        for role in (Role.COUNTY, Role.VILLAGE)
    }
    assert (born[Role.COUNTY], born[Role.VILLAGE].isoformat()[:10]) == ("1975年", "1975-05-06")


@pytest.mark.parametrize("typed", ["\x013组", "3\u202e组", "\x00 3\n组 "])
def test_what_cannot_be_seen_is_not_kept_and_spoils_no_sheet(election, typed):
    browser = a_browser()
    browser.post(address("person_add"), NEW | {"group": typed, "present_work": typed, "mark": "\u200b"})
    person = Person.objects.get()
    assert {person.group.replace(" ", ""), person.present_work.replace(" ", "")} == {"3组"}
    assert person.mark == ""
    assert browser.get(address("persons_export")).status_code == 200


def test_what_looks_like_a_formula_is_text_in_the_sheet(election):
    browser, formula = a_browser(), "=cmd|' /C calc'!A0"
    browser.post(address("person_add"), NEW | {"group": formula})
    row = list(load_workbook(BytesIO(browser.get(address("persons_export")).content)).active)[1]
    assert [(cell.value, cell.data_type) for cell in row if cell.value == formula] == [(formula, "s")]


def test_a_record_of_another_village_is_not_reached_through_this_one(election):
    (mine,) = put_in(election, an_entry("李娜"))
    there = an_area(f"{TOWN}202", "石门村")
    other = add_person(there, an_entry(), actor=an_actor())
    browser = a_browser()
    for name in ("person", "person_correct"):
        assert browser.get(address(name, other.pk)).status_code == 404
    where = address("person_merge", mine.pk, other=other.pk)
    answer = browser.post(where, {"kept": str(other.pk), "why": "户口簿核对"})
    assert (answer.status_code, answer.url) == (302, address("person", mine.pk))
    assert not Person.objects.exclude(merged_into=None).exists()


def test_the_page_asks_for_the_sex_and_says_what_somebody_holds(election):
    page = text_of(a_browser().get(address("person_add")))
    assert "性别</legend>" in page
    tenure = in_office("丁甲子", "chair")
    held = text_of(a_browser().get(address("person", tenure.person_id)))
    assert "测试201村村民委员会主任，2021年3月1日至今" in held
