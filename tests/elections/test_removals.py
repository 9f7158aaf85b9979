"""Taking rows out and putting them back within a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from elections.models import JournalEntry, Removal, Role, StaffMember, Training
from elections.rules.kinds import Stage
from tests.elections.make_pages import TODAY, a_browser, address, said, text_of
from tests.make import an_election

pytestmark = pytest.mark.django_db


def take_out(browser, row) -> Removal:
    url = f"/villages/{row.election.village_id}/rows/{row._meta.model_name}/{row.pk}/remove/"
    assert browser.post(url).status_code == 302
    return Removal.objects.latest("pk")


@pytest.fixture
def training():
    return Training.objects.create(election=an_election(), held_on=TODAY, topic="选举实务", attendees=32)


def test_the_message_carries_the_way_back(training):
    browser = a_browser()
    removal = take_out(browser, training)
    page = browser.get(address("training"))
    assert "已删除：换届培训。" in said(page)
    assert f'action="{address("removal_restore", removal.pk)}"' in text_of(page)
    browser.post(address("removal_restore", removal.pk))
    assert "已恢复：换届培训。" in said(browser.get(address("training")))
    assert Training.objects.get().topic == "选举实务"
    acts = JournalEntry.objects.exclude(area_code="000000").order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["row.removed", "row.restored"]


def test_what_is_put_back_is_put_back_once(training):
    browser = a_browser()
    removal = take_out(browser, training)
    assert browser.post(address("removal_restore", removal.pk)).status_code == 302
    assert browser.post(address("removal_restore", removal.pk)).status_code == 404
    assert Training.objects.count() == 1


@pytest.mark.parametrize(("hours", "status"), [(23, 302), (25, 404)])
def test_after_a_day_it_is_gone(training, hours, status):
    browser = a_browser()
    removal = take_out(browser, training)
    Removal.objects.update(removed_at=timezone.now() - timedelta(hours=hours))
    assert browser.post(address("removal_restore", removal.pk)).status_code == status


def test_what_was_recorded_anew_is_not_put_back_beside_it():
    election = an_election(Stage.VOTING)
    browser = a_browser()
    removal = take_out(browser, StaffMember.objects.create(election=election, name="马红", task="teller"))
    StaffMember.objects.create(election=election, name="马红", task="teller")
    response = browser.post(address("removal_restore", removal.pk))
    assert response.status_code == 409
    assert "选举工作人员已经重新登记，不能再恢复删除的一行" in text_of(response)
    assert StaffMember.objects.count() == 1


def test_only_who_may_record_such_rows_takes_them_out_and_puts_them_back(training):
    removal_url = f"/villages/{training.election.village_id}/rows/training/{training.pk}/remove/"
    assert a_browser(Role.VILLAGE).post(removal_url).status_code == 403
    removal = take_out(a_browser(), training)
    assert a_browser(Role.VILLAGE).post(address("removal_restore", removal.pk)).status_code == 403
    assert a_browser(Role.INSPECTOR).post(address("removal_restore", removal.pk)).status_code == 403


def test_not_after_the_stage_either(training):
    removal = take_out(a_browser(), training)
    training.election.stage = Stage.AUDIT
    training.election.save()
    assert a_browser().post(address("removal_restore", removal.pk)).status_code == 409


def test_of_another_village_nothing_is_there(training):
    removal = take_out(a_browser(), training)
    an_election(code="990100101202")
    other = a_browser()
    assert other.post(address("removal_restore", removal.pk, code="990100101202")).status_code == 404
    assert a_browser(Role.TOWNSHIP, "990100102").post(address("removal_restore", removal.pk)).status_code == 404


def test_looking_at_the_address_changes_nothing(training):
    url = f"/villages/{training.election.village_id}/rows/training/{training.pk}/remove/"
    answer = a_browser().get(url)
    assert answer.status_code == 405
    assert "这个地址只在点按钮时使用" in answer.content.decode()
    assert f'href="/villages/{training.election.village_id}/"' in answer.content.decode()
    assert Training.objects.count() == 1
