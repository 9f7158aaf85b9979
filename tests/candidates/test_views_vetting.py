"""The pages of candidates, vetting and publication: who may, where it lies, refusals, bad forms."""

from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from candidates.models import FormalList, Nominee
from candidates.selectors.formal import formal_candidates
from elections.models import Appointment, Area
from elections.rules.kinds import Stage
from tests.candidates.make_candidates import PASSED, a_nominee, a_slate, decided
from tests.candidates.make_pages import FOREIGN, NOW, POLL_DAY, SIBLING, at, browser, signed_in, text
from tests.make import VILLAGE, a_user, an_election

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def vetting():
    election = an_election(Stage.VETTING, poll_day=POLL_DAY)
    decided(election)
    return election


def test_list_of_candidates_with_filter_and_export(vetting):
    a_slate(vetting, **PASSED)
    a_nominee(vetting, "=1+1", "member", 1)
    page = text(browser().get(at("candidates")))
    assert "镇级初审还有1人没有完成：=1+1" in page
    shown = text(browser().get(at("candidates"), {"state": "unchecked"}))
    assert "丁卫国" not in shown
    sheet = load_workbook(BytesIO(browser().get(at("candidates_export")).content)).active
    texts = {cell.value: cell.data_type for row in sheet for cell in row if cell.value is not None}
    assert texts["=1+1"] == "s"
    assert texts["丁卫国"] == "s"


def test_village_sees_the_conclusion_and_no_more(vetting):
    nominee = a_nominee(vetting, "王芳", first_check="refused", bars="VOTE_BUYING", first_check_reason="查处未满五年")
    page = text(browser().get(at("candidates")))
    assert "初审不通过" in page
    assert "拉票贿选" not in page
    assert "查处未满五年" not in page
    assert browser().get(reverse("candidate", args=[nominee.pk])).status_code == 403
    assert "拉票贿选" in text(browser("township").get(at("candidates")))


def test_file_of_a_person(vetting):
    nominee = a_nominee(vetting, "王芳", sex="F")
    page = text(browser("township").get(reverse("candidate", args=[nominee.pk])))
    assert "满46周岁（截至2026年12月20日）" in page
    assert "登记初审意见" in page
    assert "被开除中国共产党党籍（禁止提名）" in page
    assert "作出联审结论由县委组织部（县换届办）办理" in page


def test_file_of_a_foreign_person_does_not_exist(vetting):
    far = an_election(Stage.VETTING, code=FOREIGN)
    nominee = a_nominee(far, "远处人")
    page = reverse("candidate", args=[nominee.pk])
    assert browser("township").get(page).status_code == 404
    assert browser("county").get(page).status_code == 200
    assert browser("auditor").get(page).status_code == 403
    assert browser("township").get(reverse("candidate", args=[99999])).status_code == 404


def test_reach_by_another_duty_does_not_open_the_file(vetting):
    """An inspector of the county who also serves one township sees the files of that township only."""
    far = a_nominee(an_election(Stage.VETTING, code=FOREIGN), "远处人")
    user = a_user("inspector", VILLAGE[:6])
    Appointment.objects.create(user=user, role="township", area=Area.objects.get(code=VILLAGE[:9]), since="2020-01-01")
    assert signed_in(user).get(reverse("candidate", args=[far.pk])).status_code == 404
    assert signed_in(user).get(reverse("candidate", args=[a_nominee(vetting, "王芳").pk])).status_code == 200


def test_first_check_by_the_township(vetting):
    nominee = a_nominee(vetting, "王芳")
    client = browser("township")
    assert client.post(at("candidate_first_check", nominee.pk), {"reason": ""}).status_code == 422
    barred = {"outcome": "passed", "bars": ["VOTE_BUYING"], "reason": "已研究"}
    refused = client.post(at("candidate_first_check", nominee.pk), barred)
    assert refused.status_code == 409
    assert "有“拉票贿选被查处未满五年”的情形，不能通过" in text(refused)
    client.post(at("candidate_first_check", nominee.pk), {"outcome": "passed", "reason": ""})
    assert Nominee.objects.get().first_check == "passed"


def test_conclusion_by_the_county(vetting):
    nominee = a_nominee(vetting, "王芳", first_check="passed")
    assert browser("township").post(at("candidate_conclude", nominee.pk), {"outcome": "passed"}).status_code == 403
    client = browser("county")
    refused = client.post(at("candidate_conclude", nominee.pk), {"outcome": "refused", "reason": ""})
    assert refused.status_code == 409
    assert "没有写明理由，不通过和暂缓都应说明理由" in text(refused)
    client.post(at("candidate_conclude", nominee.pk), {"outcome": "refused", "reason": "有举报正在核查"})
    page = text(client.get(reverse("candidate", args=[nominee.pk])))
    assert "重新审查" in page
    client.post(at("candidate_reopen", nominee.pk), {"reason": "举报不实"})
    assert Nominee.objects.get().conclusion == ""
    assert "原结论不通过，重新审查" in text(client.get(reverse("candidate", args=[nominee.pk])))


def test_person_of_another_village_is_not_checked_here(vetting):
    nominee = a_nominee(an_election(Stage.VETTING, code=SIBLING), "王芳")
    posted = browser("township").post(at("candidate_first_check", nominee.pk), {"outcome": "passed"})
    assert posted.status_code == 404


def test_departments_see_an_honest_empty_page(vetting):
    a_nominee(vetting, "王芳", first_check="passed")
    page = text(browser("vetting").get(reverse("vetting")))
    assert "没有待反馈的批次" in page
    assert "王芳" not in page
    sheet = load_workbook(BytesIO(browser("vetting").get(reverse("vetting_export")).content)).active
    assert sheet.max_row == 1


def test_county_list_across_villages_with_filters(vetting):
    far = an_election(Stage.VETTING, code=FOREIGN)
    a_nominee(vetting, "王芳", first_check="passed")
    a_nominee(far, "丁卫国", first_check="passed")
    a_nominee(far, "马建军", **PASSED)
    client = browser("county")
    page = text(client.get(reverse("vetting")))
    assert "王芳" in page
    assert "丁卫国" in page
    assert "马建军" not in page
    assert "王芳" not in text(client.get(reverse("vetting"), {"township": FOREIGN[:9]}))
    assert "马建军" in text(client.get(reverse("vetting"), {"state": "passed"}))
    assert "丁卫国" not in text(browser("township").get(reverse("vetting")))


def test_batch_concludes_on_ticked_persons_only(vetting):
    one, two, three = (a_nominee(vetting, name, first_check="passed") for name in ("王芳", "李春兰", "欧阳明"))
    client = browser("county")
    typed = {"persons": [one.pk, two.pk], "outcome": "passed", "reason": ""}
    assert "已对2人作出结论。" in text(client.post(reverse("vetting_conclude"), typed, follow=True))
    three.refresh_from_db()
    assert three.conclusion == ""


def test_batch_without_ticks_means_nobody(vetting):
    a_nominee(vetting, "王芳", first_check="passed")
    response = browser("county").post(reverse("vetting_conclude"), {"outcome": "passed", "reason": ""})
    assert response.status_code == 422
    assert "没有勾选人员。请在名单中逐人勾选。" in text(response)
    assert Nominee.objects.get().conclusion == ""


def test_batch_knows_no_foreign_ids(vetting):
    elsewhere = a_nominee(an_election(Stage.NOMINATION, code=FOREIGN), "丁卫国", first_check="passed")
    typed = {"persons": [elsewhere.pk], "outcome": "passed", "reason": ""}
    assert browser("county").post(reverse("vetting_conclude"), typed).status_code == 422
    assert browser("township").post(reverse("vetting_conclude"), typed).status_code == 403


def test_check_page_proposes_by_votes_and_shows_strokes(vetting):
    a_slate(vetting, **PASSED)
    page = text(browser().get(at("candidates_publish")))
    assert page.index("丁卫国") < page.index("马建军")
    assert "丁2 卫3 国8" in page
    assert "上移" in page
    assert 'name="checked" checked' not in page


def test_moves_without_script_keep_nothing(vetting):
    slate = a_slate(vetting, **PASSED)
    keys = [each.pk for rows in slate.values() for each in rows]
    below = slate["chair"][1]
    page = text(browser().get(at("candidates_publish"), {"order": keys, "up": below.pk}))
    assert page.index('data-label="姓名">马建军') < page.index('data-label="姓名">丁卫国')
    assert "丁卫国得30票，排在得25票的马建军之后；名单应按得票从多到少排列" in page
    assert not formal_candidates(vetting).exists()


def test_left_out_and_back(vetting):
    slate = a_slate(vetting, **PASSED)
    extra = a_nominee(vetting, "黄大山", "member", 2, **PASSED)
    keys = [each.pk for rows in slate.values() for each in rows] + [extra.pk]
    page = text(browser().get(at("candidates_publish"), {"order": keys, "out": extra.pk}))
    assert "通过审查、未列入委员候选人" in page
    keys.remove(extra.pk)
    page = text(browser().get(at("candidates_publish"), {"order": keys, "back": extra.pk}))
    assert "通过审查、未列入委员候选人" not in page


def published(client, slate, **more):
    keys = [each.pk for rows in slate.values() for each in rows]
    typed = {"order": keys, "published_on": "2026-12-1", "place": "村务公开栏", "checked": "on"}
    return client.post(at("candidates_publication"), typed | more, follow=True)


def test_publication_needs_the_statement(vetting):
    response = published(browser(), a_slate(vetting, **PASSED), checked="")
    assert response.status_code == 422
    assert "没有勾选。请核实后勾选。" in text(response)
    assert not FormalList.objects.exists()


def test_publication_and_meeting(vetting):
    client = browser()
    page = text(published(client, a_slate(vetting, **PASSED)))
    assert "正式候选人名单已公布（第1次，8人）。下一步：组织候选人与村民见面。" in page
    assert formal_candidates(vetting).count() == 8
    client.post(at("candidates_meet"), {"met_on": "2026-12-1"})
    assert "候选人已于2026年12月1日与村民见面" in text(client.get(at("candidates_publish")))


def test_refused_publication_says_all_reasons(vetting):
    slate = a_slate(vetting, **PASSED)
    Nominee.objects.filter(name="马建军").update(conclusion="refused")
    Nominee.objects.filter(name="王芳").update(first_check="")
    response = published(browser(), slate)
    page = text(response)
    assert response.status_code == 409
    assert "镇级初审还有1人没有完成：王芳" in page
    assert "主任应选1人，候选人应不少于2人，现有1人" in page


def test_published_list_that_no_longer_holds_is_said(vetting):
    client = browser()
    published(client, a_slate(vetting, **PASSED))
    nominee = Nominee.objects.get(name="李春兰")
    client.post(at("nominee_withdraw", nominee.pk), {"withdrawn_on": "2026-12-1", "in_writing": "on"})
    assert "名单公布后人选有变动，须重新公布" in text(client.get(at("candidates_publish")))


def test_a_list_that_stays_as_it_was_posted_is_no_refusal(vetting):
    client = browser()
    published(client, a_slate(vetting, **PASSED))
    page = text(client.get(at("candidates_publish")))
    assert "名单和已经公布的一致，不需要重新公布。" in page
    assert "还不能公布" not in page


def test_publication_after_the_stage_is_refused(vetting):
    slate = a_slate(vetting, **PASSED)
    type(vetting).objects.update(stage=Stage.VOTING)
    assert published(browser(), slate).status_code == 409


@pytest.mark.parametrize("page", ["candidates", "vetting"])
def test_three_rows_cost_what_one_costs(vetting, page, django_assert_num_queries):
    client = browser("county")
    url = at("candidates") if page == "candidates" else reverse("vetting")
    a_nominee(vetting, "王芳", first_check="passed")
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    for name in ("李春兰", "欧阳明"):
        a_nominee(vetting, name, first_check="passed")
    with django_assert_num_queries(len(one)):
        client.get(url)
