"""An election that was declared void and begun again: its roll, its cards and its open pages."""

from __future__ import annotations

import pytest

from elections.models import Election, Role
from elections.rules.kinds import Stage, Standing
from elections.services.beginning import begin_again
from tests.make import TOWN, an_actor
from tests.voters.make_check_in import an_open_round
from tests.voters.make_pages import POSTED, a_form, address, text_of
from tests.voters.make_voters import TODAY, a_clerk, a_voter
from voters.models import Voter
from voters.rules.cards import code_of
from voters.selectors.duplicates import same_person_elsewhere
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db


# --- an election that was declared void and begun again ---------------------------------------------------


@pytest.fixture
def begun_again(published) -> Election:
    Election.objects.filter(pk=published.pk).update(standing=Standing.ANNULLED)
    again = begin_again(Election.objects.get(pk=published.pk), actor=a_clerk())
    Election.objects.filter(pk=again.pk).update(
        stage=Stage.REGISTRATION, poll_day=published.poll_day, registration_start=published.registration_start
    )
    return Election.objects.select_related("village", "cycle").get(pk=again.pk)


def test_who_stood_on_the_void_roll_is_registered_by_hand_again(begun_again, clerk):
    saved = clerk.post(address("voter_new"), a_form(1))
    assert saved.status_code == 302
    voter = Voter.objects.get(election=begun_again)
    assert (voter.listed, voter.omission) == (True, "")


def test_a_card_of_the_void_election_opens_nothing(published, begun_again, clerk):
    for serial in (1, 2, 3):
        a_voter(begun_again, serial, actor=a_clerk())
    publish_roll(begun_again, **POSTED, actor=a_clerk(), today=TODAY)
    Election.objects.filter(pk=begun_again.pk).update(stage=Stage.VOTING)
    an_open_round(begun_again)
    refused = clerk.post(address("check_in"), {"code": code_of(published.pk, 1)})
    assert refused.status_code == 409
    assert "这不是本村本次选举的选民证，不能在这里领票" in text_of(refused)
    assert clerk.post(address("check_in"), {"code": code_of(begun_again.pk, 1)}).status_code == 302


def test_a_page_of_the_void_election_changes_nothing(published, begun_again, clerk):
    voter = Voter.objects.get(election=published, number=1)
    said = {"code": "DIED", "evidence": "死亡证明", "version": "0"}
    assert clerk.post(address("voter_omission", voter.pk), said).status_code == 404
    assert Voter.objects.get(pk=voter.pk).listed


def test_nobody_is_compared_with_himself_on_a_void_roll(published, begun_again):
    before = Voter.objects.get(election=published, number=1)
    a_voter(begun_again, 7, actor=a_clerk(), 姓名=before.name)
    Voter.objects.filter(election=begun_again).update(birth=before.birth)
    assert same_person_elsewhere(an_actor(Role.TOWNSHIP, TOWN)) == []
