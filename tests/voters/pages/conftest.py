"""One village in registration, its clerk at the browser, always the same day."""

import pytest
import time_machine

from tests.voters.make_pages import POSTED, signed_in
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_voter
from voters.services.publishing import publish_roll


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def election():
    return a_roll_election()


@pytest.fixture
def published(election):
    """The same with three people on a published roll."""
    for serial in (1, 2, 3):
        a_voter(election, serial, actor=a_clerk())
    publish_roll(election, **POSTED, actor=a_clerk(), today=TODAY)
    return election


@pytest.fixture
def clerk():
    return signed_in()
