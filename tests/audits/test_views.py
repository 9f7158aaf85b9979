"""The pages of the audit: who may, where it lies, what a bad form answers, that one act is one act."""

from datetime import datetime
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from audits.models import Audit, Finding, Objection, Publication
from elections.models import Removal
from elections.rules.kinds import Body, Stage
from tests.audits.make_audits import a_finding, a_publication, an_audit, an_objection
from tests.client import Browser
from tests.make import VILLAGE, a_user, an_election

pytestmark = pytest.mark.django_db
SIBLING, FOREIGN = "990100101202", "990100102201"
TYPED = {
    "auditor": "测试会计师事务所",
    "started_on": "2026年10月8日",
    "period_from": "2021-4-1",
    "period_to": "20260930",
    "scope": "财务收支、债权债务",
    "reported_on": "",
    "conclusion": "",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(timezone.make_aware(datetime(2026, 12, 1, 9, 30)), tick=False):
        yield


@pytest.fixture
def election():
    return an_election(Stage.AUDIT)


def browser(role="auditor", code=VILLAGE[:6]) -> Browser:
    client = Browser()
    client.force_login(a_user(role, code), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *rest, code=VILLAGE) -> str:
    return reverse(name, args=[code, *rest])


def text(response) -> str:
    return response.content.decode()


def test_before_anything_the_page_says_why_nothing_can_begin(election):
    page = text(browser().get(at("audit")))
    assert "审计尚未启动，选举环节暂不能开始。依据：县实施方案。" in page
    assert at("audit_record") in page


def test_reader_gets_no_button(election):
    page = text(browser("village", VILLAGE).get(at("audit")))
    assert "由审计组或镇换届办登记" in page
    assert at("audit_record") not in page


def test_audit_is_recorded_by_a_plain_form(election):
    response = browser().post(at("audit_record"), TYPED, follow=True)
    assert response.redirect_chain == [(at("audit"), 302)]
    assert Audit.objects.get().auditor == "测试会计师事务所"
    assert "审计情况已保存" in text(response)


def test_bad_form_keeps_what_was_typed(election):
    response = browser().post(at("audit_record"), TYPED | {"started_on": "10/8", "auditor": ""})
    page = text(response)
    assert response.status_code == 422
    assert "日期“10/8”看不出年份" in page
    assert "审计单位没有填写。请填写。" in page
    assert "财务收支、债权债务" in page
    assert "有2处需要修改" in page


def test_refusal_names_all_reasons_with_their_law(election):
    response = browser().post(at("audit_record"), TYPED | {"period_to": "2021-3-1", "started_on": "2026-12-2"})
    page = text(response)
    assert response.status_code == 409
    assert "审计期间止日应在起日以后，请核对两个日期" in page
    assert "进场日期（2026年12月2日）在今天以后，请核对" in page
    assert "《村民委员会组织法》第四十条第二款" in page


def test_same_form_sent_twice_is_one_act(election):
    an_audit(election)
    key = {"act": str(uuid4()), "received_on": "2026-11-12", "matter": "请公开车辆费用"}
    client = browser()
    assert [client.post(at("audit_objection_receive"), key).status_code for _ in range(2)] == [302, 302]
    assert Objection.objects.count() == 1


def test_ledger_with_totals_filter_and_acts(election):
    audit = an_audit(election)
    a_finding(audit, "1200.50")
    a_finding(audit, "800", matter="车辆费用无审批", closed_on="2026-11-20", measure="已补办审批")
    page = text(browser().get(at("audit")))
    assert "1项，1200.50元" in page
    assert "2项，2000.50元" in page
    shown = text(browser().get(at("audit"), {"state": "open"}))
    assert "招待费超标" in shown
    assert "已补办审批" not in shown


def test_page_says_how_many_days_are_missing(election):
    audit = an_audit(election)
    a_publication(audit)
    a_publication(audit, first=datetime(2026, 11, 29).date(), last=datetime(2026, 12, 3).date())
    assert "第2次公示已满3天，还差2天" in text(browser().get(at("audit")))


def test_publication_says_what_is_still_to_do(election):
    an_audit(election)
    typed = {"first_day": "2026-11-11", "last_day": "2026-11-15", "place": "村务公开栏"}
    assert "还应公示1次，每次不少于5天" in text(browser().post(at("audit_publish"), typed, follow=True))


def test_closing_extending_answering(election):
    audit = an_audit(election)
    finding, short, objection = a_finding(audit), a_publication(audit), an_objection(audit)
    client = browser()
    client.post(at("audit_finding_close", finding.pk), {"measure": "已退回", "closed_on": "2026-12-1"})
    client.post(at("audit_extend", short.pk), {"last_day": "2026-11-20"})
    client.post(at("audit_objection_answer", objection.pk), {"answer": "已公开", "answered_on": "2026-11-13"})
    assert Finding.objects.get().measure == "已退回"
    assert str(Publication.objects.get().last_day) == "2026-11-20"
    assert Objection.objects.get().answer == "已公开"
    client.post(at("audit_finding_reopen", finding.pk))
    assert Finding.objects.get().closed_on is None


def test_removed_row_can_be_put_back(election):
    audit = an_audit(election)
    client = browser()
    client.post(at("audit_finding_remove", a_finding(audit).pk))
    client.post(at("audit_publication_remove", a_publication(audit).pk))
    assert not Finding.objects.exists()
    assert not Publication.objects.exists()
    assert Removal.objects.count() == 2


@pytest.mark.parametrize("name", ["audit_finding_close", "audit_extend", "audit_objection_answer"])
def test_rows_of_other_villages_do_not_exist(election, name):
    an_audit(election)
    other = an_audit(an_election(Stage.AUDIT, code=SIBLING))
    rows = {"audit_finding_close": a_finding, "audit_extend": a_publication, "audit_objection_answer": an_objection}
    assert browser().get(at(name, rows[name](other).pk)).status_code == 404


def test_foreign_village_does_not_exist(election):
    an_election(Stage.AUDIT, code=FOREIGN)
    client = browser("township", VILLAGE[:9])
    assert client.get(at("audit", code=FOREIGN)).status_code == 404
    assert client.post(at("audit_record", code=FOREIGN), TYPED).status_code == 404


def test_village_may_read_not_record(election):
    assert browser("village", VILLAGE).post(at("audit_record"), TYPED).status_code == 403
    assert not Audit.objects.exists()


def test_leader_has_no_business_here(election):
    assert browser("leader").get(at("audit")).status_code == 403


def test_wrong_stage_is_said(election):
    type(election).objects.update(stage=Stage.REGISTRATION)
    response = browser().post(at("audit_record"), TYPED)
    assert response.status_code == 409
    assert "登记离任审计在准备、审计环节办理，现在是选民登记环节" in text(response)


def test_rectifying_goes_on_later(election):
    finding = a_finding(an_audit(election))
    type(election).objects.update(stage=Stage.HANDOVER)
    typed = {"measure": "已退回", "closed_on": "2026-12-1"}
    assert browser().post(at("audit_finding_close", finding.pk), typed).status_code == 302


def test_acts_on_findings_wait_for_an_audit(election):
    assert browser().get(at("audit_finding_add")).status_code == 404


def test_party_shares_the_committees_audit(election):
    an_election(Stage.AUDIT, body=Body.PARTY)
    assert browser().get(at("audit") + "?body=party").headers["Location"] == at("audit")


def test_export_keeps_texts_as_texts(election):
    a_finding(an_audit(election), matter="=1+1", measure="")
    response = browser().get(at("audit_export"))
    sheet = load_workbook(BytesIO(response.content)).active
    assert [cell.value for cell in sheet[2]][:3] == [1, "=1+1", 1200.5]
    assert sheet["B2"].data_type == "s"


def test_a_finding_is_added_by_page(election):
    an_audit(election)
    typed = {"matter": "无合同", "amount": "88.80", "responsible": "测试人乙", "due_on": "2026-12-20"}
    client = browser()
    assert "登记审计发现的问题" in text(client.get(at("audit_finding_add")))
    assert client.post(at("audit_finding_add"), typed | {"amount": "-1"}).status_code in (409, 422)
    assert "问题已登入台账" in text(client.post(at("audit_finding_add"), typed, follow=True))
    assert [str(amount) for amount in Finding.objects.values_list("amount", flat=True)] == ["88.80"]


def test_every_form_of_the_audit_says_what_it_is_about(election):
    audit = an_audit(election)
    finding, posted, objection = a_finding(audit), a_publication(audit), an_objection(audit)
    client = browser()
    for address, words in (
        (at("audit_publish"), "审计结果应公示2次，每次不少于5天"),
        (at("audit_extend", posted.pk), "修改公示最后一天"),
        (at("audit_finding_close", finding.pk), finding.matter),
        (at("audit_objection_answer", objection.pk), objection.matter),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert words in text(page)
