"""The page of a village's teams and the list of villages: who sees and does what, what they say."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from elections.models import Role, Tenure
from tests.elections.make_pages import a_browser, a_confirmed_round, address, said, text_of
from tests.make import TOWN, VILLAGE, an_election
from tests.office.teams.make_teams import in_office
from tests.voters.make_voters import an_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
SHAXI = f"{TOWN}202"


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def election():
    return an_election()


def test_an_empty_page_says_what_to_do(election):
    page = text_of(a_browser().get(address("team")))
    assert "还没有录入现任班子。" in page
    assert f'href="/villages/{VILLAGE}/team/import/">粘贴名单</a>' in page


def test_a_village_reads_and_does_not_record(election):
    tenure, village = in_office("丁甲子", "chair"), a_browser(Role.VILLAGE)
    page = text_of(village.get(address("team")))
    assert ("丁甲子" in page, "登记任职" in page, "粘贴名单" in page) == (True, False, False)
    for name, rest in (("tenure_new", ()), ("team_import", ()), ("tenure", (tenure.pk,)), ("tenure_end", (tenure.pk,))):
        assert village.get(address(name, *rest)).status_code == 403
    assert text_of(a_browser(Role.VILLAGE, SHAXI).get(address("team"))).count("丁甲子") == 0


def test_the_figures_of_the_present_and_the_last_team(election):
    in_office("丁甲子", "chair", sex="F", birth=date(1990, 12, 21), education="20", politics="01")
    in_office("于乙丑", birth=date(1990, 12, 20), education="60", politics="13")
    in_office("马丙寅", since=date(2018, 1, 1), until=date(2021, 3, 1), ending="term", birth=date(1971, 3, 1))
    found = a_browser().get(address("team")).context["teams"]
    figures = {now.key: (now.words, then.words) for now, then in found.figures}
    assert figures == {
        "people": ("2人", "1人"), "women": ("1/2（50.0%）", "0/1（0.0%）"),
        "age": ("35.5岁（2人）", "50.0岁（1人）"), "young": ("1/2（50.0%）", "0/1（0.0%）"),
        "college": ("1/2（50.0%）", "--"), "party": ("1/2（50.0%）", "--"), "one_shoulder": ("--", "--"),
        "cross": ("--", "--"), "again": ("0/2（0.0%）", "--"),
    }  # fmt: skip
    assert found.turned_on == date(2021, 3, 1)


def test_who_left_in_between_is_still_told_and_what_was_wrong_is_not(election):
    in_office("丁甲子", "chair")
    in_office("于乙丑", until=date(2024, 5, 1), ending="resigned")
    in_office("马丙寅", until=date(2024, 5, 1), ending="error")
    found = a_browser().get(address("team")).context["teams"]
    assert [each.held.label for each in found.left] == ["于乙丑"]


def test_who_was_elected_and_is_no_person_yet_is_named():
    election = an_election("handover")
    a_confirmed_round(election)
    page = text_of(a_browser().get(address("team")))
    assert "甲、乙、丙已经当选，但当选记录没有对应到人员" in page


def test_entering_correcting_and_leaving(election):
    browser = a_browser()
    who = {"person": "丁甲子", "person_new-is_new": "on", "person_new-sex": "F", "person_new-birth": "1980-5-3"}
    post = {"body": "committee", "office": "chair", "since": "2021-3-1", "how": "imported", "until": "", "ending": ""}
    answer = browser.post(address("tenure_new"), who | post, follow=True)
    assert said(answer) == "丁甲子的任职已登记。"
    tenure = Tenure.objects.get()
    answer = browser.post(address("tenure", tenure.pk), post | {"office": "deputy"}, follow=True)
    assert said(answer) == "丁甲子的任职已修改。"
    answer = browser.post(address("tenure_end", tenure.pk), {"until": "2026-12-1", "ending": "resigned"}, follow=True)
    assert said(answer) == "丁甲子的离任已登记。"
    tenure.refresh_from_db()
    assert (tenure.office, tenure.until, tenure.ending) == ("deputy", date(2026, 12, 1), "resigned")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"office": "secretary"}, "村民委员会没有“书记”这一职务。请核对组织和职务。"),
        ({"until": "2021-2-28", "ending": "term"}, "离任日期早于任职日期。请核对两个日期。"),
        ({"until": "2021-3-1"}, "填写了离任日期，请选择离任原因。"),
        ({"ending": "term"}, "选择了离任原因，请填写离任日期。"),
        ({"since": "2026-12-21"}, "任职日期2026年12月21日还没有到。请在办完后登记，或者核对日期。"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(election, changed, fault):
    tenure = in_office("丁甲子", "chair")
    post = {"body": "committee", "office": "chair", "since": "2021-3-1", "how": "imported", "until": "", "ending": ""}
    answer = a_browser().post(address("tenure", tenure.pk), post | changed)
    assert (answer.status_code, fault in text_of(answer)) == (422, True)


def test_a_tenure_of_another_village_is_not_found(election):
    an_election(code=SHAXI)
    tenure = in_office("丁甲子", code=SHAXI)
    assert a_browser().get(address("tenure", tenure.pk)).status_code == 404
    assert a_browser().get(address("tenure", tenure.pk, code=SHAXI)).status_code == 200


def test_the_export_holds_no_number(election):
    in_office("丁甲子", "chair", id_number=an_id(1), birth=date(1980, 5, 3))
    sheet = load_workbook(BytesIO(a_browser().get(address("team", export="xlsx")).content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert (rows[0][2], rows[1][2]) == ("姓名", "丁甲子")
    assert an_id(1) not in str(rows)


def test_the_export_can_be_pasted_again_and_tells_others_the_month_of_birth(election):
    in_office("丁甲子", "chair", group="3组", birth=date(1980, 5, 3))
    in_office("丁甲子", group="5组", birth=date(1981, 5, 3))
    rows = {}
    for role in (Role.TOWNSHIP, Role.AUDITOR):
        answer = a_browser(role).get(address("team", export="xlsx"))
        rows[role] = [row[2:6] for row in load_workbook(BytesIO(answer.content)).active.values][1:]
    assert [(row[0], row[3]) for row in rows[Role.TOWNSHIP]] == [("丁甲子", "3组"), ("丁甲子", "5组")]
    assert [row[2].date() for row in rows[Role.TOWNSHIP]] == [date(1980, 5, 3), date(1981, 5, 3)]
    assert [row[2] for row in rows[Role.AUDITOR]] == ["1980年5月", "1981年5月"]


# --- The list of villages -------------------------------------------------------------------------------------


@pytest.fixture
def county(election):
    an_election(code=SHAXI)
    an_election(code="990100102201")
    both = in_office("丁甲子", "secretary", "party")
    Tenure.objects.create(
        person=both.person, village=both.village, body="committee", office="chair", since=both.since, how="imported"
    )
    in_office("于乙丑", "chair", code=SHAXI)


def names(answer) -> list[str]:
    return [row.record.village.name for row in answer.context["table"].rows]


def test_the_list_says_what_is_entered_and_who_is_not_counted(county):
    answer = a_browser(Role.COUNTY).get("/teams/")
    assert (answer.context["all"], answer.context["count"]) == (3, 3)
    figures = {each.key: each for each in answer.context["figures"]}
    assert figures["one_shoulder"].words == "1/1（100.0%）"
    assert figures["one_shoulder"].left_out == (
        "测试202村没有登记党组织书记", "测试201村没有登记党组织书记、村（居）民委员会主任",
    )  # fmt: skip
    assert figures["cross"].words == "1/1（100.0%）"
    assert answer.context["sentence"].startswith("截至2026年12月20日，3个村（社区）中，已录入现任班子2个；")


@pytest.mark.parametrize(
    ("query", "count"),
    [("entered=yes", 2), ("entered=no", 1), ("shoulder=yes", 1), ("shoulder=unknown", 2), ("shoulder=no", 0),
     ("township=990100102", 1), ("q=202", 1), ("entered=nonsense", 3)],
)  # fmt: skip
def test_the_filter(county, query, count):
    assert a_browser(Role.COUNTY).get(f"/teams/?{query}").context["count"] == count


def test_the_township_sees_its_own(county):
    assert names(a_browser().get("/teams/?sort=-name")) == ["测试202村", "测试201村"]
    assert names(a_browser(Role.VILLAGE, SHAXI).get("/teams/")) == ["测试202村"]


@pytest.mark.parametrize("column", ["people", "women", "age", "young", "college", "party", "shoulder", "cross"])
def test_it_is_sorted_by_every_column(county, column):
    answer = a_browser(Role.COUNTY).get(f"/teams/?sort=-{column}")
    assert (answer.status_code, len(names(answer))) == (200, 3)


def test_its_export_says_what_each_figure_is_a_share_of(county):
    answer = a_browser(Role.COUNTY).get("/teams/?export=xlsx&entered=yes")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 3
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["村（社区）"], line["一肩挑"], line["女性"], line["交叉任职"]) == (
        "测试201村", "是", "0/1（0.0%）", "1/1（100.0%）",
    )  # fmt: skip
