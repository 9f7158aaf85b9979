"""What may still happen to a published roll: supplements, the wall, objections, and what was looked through before."""

from __future__ import annotations

import pytest

from elections.models import Election
from elections.rules.guards import voting
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.selectors.facts import facts_for
from elections.services.hold import Overtaken
from tests.voters.make_check_in import a_polling_election, an_open_round
from tests.voters.make_pages import HIDDEN, POSTED, a_form, address, an_objection, text_of
from tests.voters.make_polling import Village
from tests.voters.make_voters import TODAY, a_clerk, a_typed_row, a_voter
from voters.forms.person import PersonForm
from voters.models import RollObjection, RollVersion, Voter
from voters.selectors.facts import registration_facts
from voters.selectors.published import supplement_lines
from voters.selectors.publishing import mark_as_shown
from voters.selectors.supplement import waiting_supplement
from voters.services.listing import omit, restore
from voters.services.objections import uphold
from voters.services.publishing import publish_supplement
from voters.services.registering import correct_voter, register_voter

pytestmark = pytest.mark.django_db


# --- the roll after publication ---------------------------------------------------------------------------


def test_who_was_taken_off_and_put_back_owes_no_supplement():
    village = Village(stage=Stage.REGISTRATION)
    voter = omit(village.who("王芳"), "MOVED", evidence="迁出证明", version=0, actor=village.clerk)
    assert registration_facts([village.election])[village.election.pk].unpublished_changes == 1
    restore(voter, reason="查明没有迁出", version=voter.version, actor=village.clerk)
    assert registration_facts([village.election])[village.election.pk].unpublished_changes == 0
    with pytest.raises(Refused, match="没有变动"):
        publish_supplement(village.election, **POSTED, actor=village.clerk, today=TODAY)
    assert village.authorise("李强", "王芳").number == 1  # he never left the posted list


def test_who_was_added_and_taken_off_again_owes_no_supplement(published):
    voter = register_voter(
        published, a_typed_row(7), circumstances={}, checked=False, actor=a_clerk(), reason="漏登", cause="OVERLOOKED"
    )
    assert registration_facts([published])[published.pk].unpublished_changes == 1
    omit(voter, "DUPLICATE", evidence="重登", version=voter.version, actor=a_clerk())
    assert registration_facts([published])[published.pk].unpublished_changes == 0


def test_the_wall_is_told_why_somebody_was_added_though_he_was_corrected_after(published):
    voter = register_voter(
        published, a_typed_row(7), circumstances={}, checked=False, actor=a_clerk(), reason="迁入", cause="MOVED_IN"
    )
    changed = a_typed_row(7, 村民小组="9组")
    correct_voter(
        voter, changed, circumstances={}, checked=False, version=voter.version, actor=a_clerk(), reason="组别写错"
    )
    version = publish_supplement(published, **POSTED, actor=a_clerk(), today=TODAY)
    (added,) = supplement_lines(version)["sections"]
    assert added["rows"][0][3:] == ["9组", "户籍迁入"]


def test_a_list_that_changed_after_it_was_looked_through_is_not_published(election, clerk):
    a_voter(election, 1)
    form = dict(HIDDEN.findall(text_of(clerk.get(address("roll_publish"))))) | POSTED | {"sure": "on"}
    a_voter(election, 2)
    refused = clerk.post(address("roll_publish"), form)
    assert refused.status_code == 409
    assert "打开核对页面以后名单又有改动，没有公布。请刷新页面，重新核对后公布。" in text_of(refused)
    form |= dict(HIDDEN.findall(text_of(clerk.get(address("roll_publish")))))
    assert clerk.post(address("roll_publish"), form).status_code == 302
    assert RollVersion.objects.get().count == 2


def test_what_nobody_reads_on_the_wall_does_not_disturb_who_publishes(election):
    voter = a_voter(election, 1)
    before = mark_as_shown(election)
    row = a_typed_row(1, 电话="13800138000")
    correct_voter(voter, row, circumstances={}, checked=False, version=0, actor=a_clerk())
    assert mark_as_shown(election) == before


def test_a_supplement_that_grew_after_it_was_looked_through_is_not_published(published, clerk):
    first, second = Voter.objects.filter(number__in=(1, 2)).order_by("number")
    omit(first, "DIED", evidence="死亡证明", version=0, actor=a_clerk())
    form = dict(HIDDEN.findall(text_of(clerk.get(address("roll_supplement"))))) | POSTED | {"sure": "on"}
    looked_at = waiting_supplement(published).seen
    omit(second, "DIED", evidence="死亡证明", version=0, actor=a_clerk())
    assert clerk.post(address("roll_supplement"), form).status_code == 409
    with pytest.raises(Overtaken):
        publish_supplement(published, **POSTED, actor=a_clerk(), today=TODAY, seen=looked_at)
    assert RollVersion.objects.count() == 1


# --- objections -------------------------------------------------------------------------------------------


def test_a_correction_that_corrects_nothing_is_no_decision(published, clerk):
    voter, objection = Voter.objects.get(number=1), an_objection(published)
    typed = {name: value or "" for name, value in PersonForm.of(voter).items() if name != "stated"}
    typed |= {"id_number": "", "version": voter.version, "reason": "核对户口簿"}
    refused = clerk.post(f"{address('voter_edit', voter.pk)}?objection={objection.pk}", typed)
    assert refused.status_code == 409
    assert "没有改动，不能作出更正的决定。请改正有误的项目，或者作出维持原名单的决定。" in text_of(refused)
    objection.refresh_from_db()
    assert objection.decided_on is None


def test_who_cannot_be_listed_is_not_added_by_a_decision(published, clerk):
    objection = an_objection(published)
    away = a_form(7, category="CAT2", reason="漏登")
    refused = clerk.post(f"{address('voter_new')}?objection={objection.pk}", away)
    assert refused.status_code == 409
    assert "不能作出增加的决定" in text_of(refused)
    objection.refresh_from_db()
    assert (objection.decided_on, Voter.objects.count()) == (None, 3)


def test_once_the_vote_is_open_no_objection_is_taken_in(clerk):
    election = a_polling_election(2)
    an_open_round(election)
    said = {"person": "甲乙", "objector": "丙", "matter": "漏登", "received_on": str(TODAY)}
    refused = clerk.post(address("roll_appeal_new"), said)
    assert refused.status_code == 409
    assert not RollObjection.objects.exists()


def test_no_vote_is_opened_over_what_was_not_decided_or_not_posted():
    village = Village()

    def against() -> list[str]:
        facts = facts_for(Election.objects.get(pk=village.election.pk), TODAY)
        tests = (voting.objections_answered, voting.roll_changes_published)
        assert set(tests) < set(voting.READY_TO_POLL)
        return [text for test in tests if (text := test(facts, village.election.policy))]

    assert against() == []
    objection = an_objection(village.election)
    assert against() == ["名单申诉还有1件没有作出处理决定"]
    uphold(objection, "登记无误", actor=village.clerk, today=TODAY)
    omit(village.who("王芳"), "DIED", evidence="死亡证明", version=0, actor=village.clerk)
    assert against() == ["公布后有2项决定或变动还没有补充公布"]
    publish_supplement(village.election, **POSTED, actor=village.clerk, today=TODAY)
    assert against() == []
