"""How often the pages of the teams ask the database: the same for one village or row and for thirty."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from elections.models import Role
from tests.elections.make_pages import a_browser
from tests.make import TOWN, an_election
from tests.office.teams.make_teams import in_office, pasted

pytestmark = pytest.mark.django_db
MARKS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
TEAM, LIST, CHECK = 7, 9, 9


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel("2026-12-20 12:00+08:00", tick=False):
        yield


def asked(ask, *args) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert ask(*args).status_code == 200
    return len([each for each in found if not each["sql"].startswith(MARKS)])


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_village(count):
    election = an_election()
    for number in range(count):
        in_office(f"丁{chr(0x7532 + number)}", "member")
    assert asked(a_browser().get, f"/villages/{election.village_id}/team/") == TEAM


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_villages(count):
    for number in range(count):
        code = f"{TOWN}{201 + number}"
        an_election(code=code)
        in_office("丁甲子", "chair", code=code)
    assert asked(a_browser(Role.COUNTY).get, "/teams/") == LIST


@pytest.mark.parametrize("count", [1, 30])
def test_the_check_of_a_list(count):
    election = an_election()
    rows = [f"丁{chr(0x7532 + number)} 女 1980-5-3 大专 群众 村委会 委员 2021-3-1" for number in range(count)]
    page = f"/villages/{election.village_id}/team/import/"
    assert asked(a_browser().post, page, pasted(*rows)) == CHECK
