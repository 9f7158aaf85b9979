"""One village in registration, its clerk at the browser, always the same day."""

import pytest
import time_machine

from tests.voters.make_pages import signed_in
from tests.voters.make_voters import TODAY, a_roll_election


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def election():
    return a_roll_election()


@pytest.fixture
def clerk():
    return signed_in()
