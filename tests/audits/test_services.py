"""The acts of the audit: what they write, what they refuse with all reasons, what the journal may say."""

from datetime import date
from decimal import Decimal

import pytest

from audits import selectors, services
from audits.models import Audit, Finding
from elections.models.journal import JournalEntry
from elections.rules.kinds import Body, Stage
from elections.rules.machine import Refused
from elections.services.hold import Overtaken
from tests.audits.make_audits import REPORTED, TODAY, TYPED, a_finding, a_publication, an_audit, an_objection
from tests.make import VILLAGE, an_actor, an_election

pytestmark = pytest.mark.django_db


@pytest.fixture
def election():
    return an_election(Stage.AUDIT)


@pytest.fixture
def auditor():
    return an_actor("auditor")


def reasons(refused) -> list[str]:
    return [problem.text for problem in refused.value.problems]


def last_line() -> JournalEntry:
    return JournalEntry.objects.filter(area_code=VILLAGE).order_by("-seq").first()


def test_audit_is_recorded_and_corrected(election, auditor):
    first = services.record_audit(election, **TYPED, actor=auditor, today=TODAY)
    again = services.record_audit(election, **(TYPED | REPORTED), actor=auditor, today=TODAY)
    assert first.pk == again.pk
    assert Audit.objects.get().reported_on == date(2026, 11, 10)
    assert last_line().act == "audit.recorded"
    assert last_line().details == {
        "body": "committee",
        "period_from": "2021-04-01",
        "period_to": "2026-09-30",
        "reported_on": "2026-11-10",
        "started_on": "2026-10-08",
        "before": {"reported_on": None},
        "after": {"reported_on": "2026-11-10"},
        "retyped": ["conclusion"],
    }


def test_all_reasons_at_once(election, auditor):
    wrong = {"period_from": date(2026, 9, 30), "started_on": date(2026, 12, 2), "reported_on": date(2026, 12, 1)}
    with pytest.raises(Refused) as refused:
        services.record_audit(election, **(TYPED | wrong), actor=auditor, today=TODAY)
    assert reasons(refused) == [
        "审计期间止日应在起日以后，请核对两个日期",
        "进场日期（2026年12月2日）在今天以后，请核对",
        "出具报告日期早于进场日期（2026年12月2日），请核对",
        "出具报告时应当写明审计结论",
    ]
    assert not Audit.objects.exists()


def test_refusal_cites_the_law(election, auditor):
    with pytest.raises(Refused) as refused:
        services.record_audit(election, **(TYPED | {"period_to": date(2021, 3, 1)}), actor=auditor, today=TODAY)
    assert [problem.cite for problem in refused.value.problems] == ["《村民委员会组织法》第四十条第二款"]


def test_audit_is_kept_once_for_a_village(election, auditor):
    party = an_election(Stage.AUDIT, body=Body.PARTY)
    with pytest.raises(Refused) as refused:
        services.record_audit(party, **TYPED, actor=auditor, today=TODAY)
    assert reasons(refused) == ["离任审计登记在村民委员会选举中，请在那里办理"]


def test_finding_is_added_and_closed(election, auditor):
    audit = an_audit(election)
    typed = {"matter": "招待费超标", "amount": Decimal("1200.50"), "responsible": "测试人甲", "due_on": TODAY}
    finding = services.add_finding(audit, **typed, actor=auditor)
    closed = services.close_finding(finding, measure="已退回", closed_on=TODAY, actor=auditor, today=TODAY)
    assert closed == Finding.objects.get(closed_on=TODAY)
    assert (last_line().act, last_line().details["amount"]) == ("audit.finding_closed", "1200.50")
    assert "测试人甲" not in last_line().body


def test_closing_says_how(election, auditor):
    finding = a_finding(an_audit(election))
    with pytest.raises(Refused) as refused:
        services.close_finding(finding, measure=" ", closed_on=date(2026, 12, 2), actor=auditor, today=TODAY)
    assert reasons(refused) == ["没有写明整改情况", "整改完成日期（2026年12月2日）在今天以后，请核对"]
    assert Finding.objects.get().closed_on is None


def test_second_to_close_is_told(election, auditor):
    finding = a_finding(an_audit(election))
    seen = Finding.objects.get(pk=finding.pk)
    services.close_finding(finding, measure="已退回", closed_on=TODAY, actor=auditor, today=TODAY)
    with pytest.raises(Overtaken, match="已经登记整改完成"):
        services.close_finding(seen, measure="另一说法", closed_on=TODAY, actor=auditor, today=TODAY)
    assert Finding.objects.get().measure == "已退回"


def test_closing_can_be_taken_back(election, auditor):
    finding = a_finding(an_audit(election), closed_on=TODAY, measure="已退回")
    services.reopen_finding(finding, actor=auditor)
    assert (Finding.objects.get().closed_on, Finding.objects.get().measure) == (None, "")


def test_publication_needs_a_report(election, auditor):
    audit = an_audit(election, reported_on=None, conclusion="")
    with pytest.raises(Refused) as refused:
        services.publish_result(
            audit, first_day=date(2026, 11, 11), last_day=date(2026, 11, 15), place="公开栏", actor=auditor, today=TODAY
        )
    assert reasons(refused) == ["审计报告还没有出具，不能公示"]


def test_two_publications_of_five_days_satisfy_the_gate(election, auditor):
    audit = an_audit(election)
    a_publication(audit)
    days = {"first_day": date(2026, 11, 20), "last_day": date(2026, 11, 24)}
    services.publish_result(audit, **days, place="公开栏", actor=auditor, today=TODAY)
    assert selectors.why_not_published_enough(election, TODAY) is None
    assert selectors.audit_facts([election])[election.pk].publications == (
        (date(2026, 11, 11), date(2026, 11, 15)),
        (date(2026, 11, 20), date(2026, 11, 24)),
    )


def test_overlapping_publication_is_refused(election, auditor):
    audit = an_audit(election)
    a_publication(audit)
    days = {"first_day": date(2026, 11, 15), "last_day": date(2026, 11, 19)}
    with pytest.raises(Refused, match="重叠"):
        services.publish_result(audit, **days, place="公开栏", actor=auditor, today=TODAY)


def test_short_publication_is_extended(election, auditor):
    audit = an_audit(election)
    short = a_publication(audit, last=date(2026, 11, 14))
    assert selectors.why_not_published_enough(election, TODAY) == "第1次公示已满4天，还差1天；另外还应公示1次"
    services.extend_publication(short, last_day=date(2026, 11, 15), actor=auditor)
    assert selectors.why_not_published_enough(election, TODAY) == "还应公示1次，每次不少于5天"
    days = {"before": {"last_day": "2026-11-14"}, "after": {"last_day": "2026-11-15"}}
    assert last_line().details == {"body": "committee", **days}


def test_objection_is_received_and_answered(election, auditor):
    audit = an_audit(election)
    objection = services.receive_objection(
        audit, received_on=date(2026, 11, 12), matter="请公开车辆费用", actor=auditor, today=TODAY
    )
    assert selectors.audit_facts([election])[election.pk].objections_unanswered == 1
    services.answer_objection(objection, answer="已公开", answered_on=date(2026, 11, 12), actor=auditor, today=TODAY)
    assert selectors.audit_facts([election])[election.pk].objections_unanswered == 0


def test_answer_not_before_receipt(election, auditor):
    objection = an_objection(an_audit(election))
    with pytest.raises(Refused) as refused:
        services.answer_objection(objection, answer="", answered_on=date(2026, 11, 11), actor=auditor, today=TODAY)
    assert reasons(refused) == ["没有写明答复内容", "答复日期早于收到日期（2026年11月12日），请核对"]


def test_stage_moved_on_meanwhile(election, auditor):
    audit = an_audit(election)
    stale = a_finding(audit)
    type(election).objects.filter(pk=election.pk).update(stage=Stage.REGISTRATION)
    with pytest.raises(Overtaken):
        services.close_finding(stale, measure="已退回", closed_on=TODAY, actor=auditor, today=TODAY)


def test_dates_before_the_audit_began_are_refused_by_every_act(election, auditor):
    audit = an_audit(election)
    finding, before = a_finding(audit), date(2026, 10, 7)
    acts = (
        lambda: services.add_finding(
            audit, matter="无合同", amount=Decimal(1), responsible="某人", due_on=before, actor=auditor
        ),
        lambda: services.close_finding(finding, measure="已补", closed_on=before, actor=auditor, today=TODAY),
        lambda: services.receive_objection(audit, received_on=before, matter="请公开", actor=auditor, today=TODAY),
    )
    for act, what in zip(acts, ("整改时限", "整改完成日期", "收到日期"), strict=True):
        with pytest.raises(Refused) as refused:
            act()
        assert reasons(refused) == [f"{what}早于审计进场日期（2026年10月8日），请核对"]
