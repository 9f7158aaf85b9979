"""Publishing by the check page, objections, what the county may read (VR-12…15)."""

from datetime import date

import pytest

from elections.models import Role
from tests.make import TOWN, an_actor
from tests.voters.make_pages import ID, a_form, address, signed_in, text_of, upload
from tests.voters.make_voters import (
    TODAY,
    a_clerk,
    a_row,
    a_voter,
    table,
    xlsx,
)
from voters.models import RollObjection, RollVersion, Voter
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db


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
