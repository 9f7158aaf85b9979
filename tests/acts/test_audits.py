"""The acts of the audit stage: two findings, two publications, two objections in each of two villages."""

from datetime import date
from decimal import Decimal

import pytest

from audits import services
from audits.models import Audit, Finding, Objection, Publication
from elections.journal import reference
from elections.services.hold import Overtaken
from tests.acts.table import of
from tests.acts.world import EARLY, HERE, POLL_DAY, World
from tests.footprint import only

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 18)


@of(services.record_audit)
def test_a_first_audit_is_recorded(world: World):
    line = (EARLY, "audit.recorded", "audits.audit:new", "body period_from period_to reported_on started_on")
    with only(at=EARLY, by=world.township.user, added=["audits.Audit"], lines=[line]):
        services.record_audit(
            world.early.election, auditor="测试审计组", started_on=DAY, period_from=date(2021, 1, 1), period_to=DAY,
            scope="资金", actor=world.township, today=POLL_DAY,
        )  # fmt: skip


@of(services.record_audit)
def test_an_audit_is_corrected_in_its_own_village(world: World):
    audit = world.here.election.audit
    line = (HERE, "audit.recorded", reference(audit), "body period_from period_to reported_on started_on")
    with only(by=world.township.user, changed={audit: "auditor scope"}, lines=[line]):
        services.record_audit(
            world.here.election, auditor="更正后的审计组", started_on=audit.started_on, period_from=audit.period_from,
            period_to=audit.period_to, scope="资金", reported_on=audit.reported_on, conclusion=audit.conclusion,
            actor=world.township, today=POLL_DAY,
        )  # fmt: skip


@of(services.add_finding)
def test_a_finding_is_added(world: World):
    line = (HERE, "audit.finding_added", "audits.finding:new", "amount body due_on")
    with only(at=HERE, by=world.township.user, added=["audits.Finding"], lines=[line]):
        services.add_finding(
            world.here.election.audit, matter="无合同", amount=Decimal("8.00"), responsible="演示报账员", due_on=DAY,
            actor=world.township,
        )  # fmt: skip


@of(services.close_finding)
def test_one_of_two_open_findings_is_closed(world: World):
    finding = Finding.objects.filter(audit__election=world.here.election, closed_on=None).first()
    line = (HERE, "audit.finding_closed", reference(finding), "amount body closed_on")
    with only(by=world.township.user, changed={finding: "closed_on measure"}, lines=[line]):
        services.close_finding(finding, measure="已补票", closed_on=DAY, actor=world.township, today=DAY)


@of(services.reopen_finding)
def test_one_closed_finding_is_opened_again(world: World):
    finding = Finding.objects.get(audit__election=world.here.election, closed_on__isnull=False)
    line = (HERE, "audit.finding_reopened", reference(finding), "amount body closed_on")
    with only(by=world.township.user, changed={finding: "closed_on measure"}, lines=[line]):
        services.reopen_finding(finding, actor=world.township)
    with only(by=None), pytest.raises(Overtaken, match="已经列为未整改"):
        services.reopen_finding(finding, actor=world.township)


@of(services.publish_result)
def test_a_third_publication(world: World):
    line = (HERE, "audit.published", "audits.publication:new", "body first_day last_day")
    with only(at=HERE, by=world.township.user, added=["audits.Publication"], lines=[line]):
        services.publish_result(
            world.here.election.audit, first_day=date(2026, 12, 10), last_day=DAY, place="公开栏",
            actor=world.township, today=POLL_DAY,
        )  # fmt: skip


@of(services.extend_publication)
def test_one_of_two_publications_is_extended(world: World):
    last = Publication.objects.filter(audit__election=world.here.election).order_by("first_day").last()
    line = (HERE, "audit.publication_extended", reference(last), "body from to")
    with only(by=world.township.user, changed={last: "last_day"}, lines=[line]):
        services.extend_publication(last, last_day=DAY, actor=world.township)


@of(services.receive_objection)
def test_an_objection_comes_in(world: World):
    line = (HERE, "audit.objection_received", "audits.objection:new", "body received_on")
    with only(at=HERE, by=world.township.user, added=["audits.Objection"], lines=[line]):
        services.receive_objection(
            Audit.objects.get(election=world.here.election), received_on=DAY, matter="请公开", actor=world.township,
            today=DAY,
        )  # fmt: skip


@of(services.answer_objection)
def test_one_of_two_objections_is_answered(world: World):
    objection = Objection.objects.filter(audit__election=world.here.election).first()
    line = (HERE, "audit.objection_answered", reference(objection), "answered_on body")
    with only(by=world.township.user, changed={objection: "answer answered_on"}, lines=[line]):
        services.answer_objection(objection, answer="已公开", answered_on=DAY, actor=world.township, today=DAY)
