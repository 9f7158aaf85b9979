"""The upgrade to one open nomination a record and office, where an earlier release knew two names of one person."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from elections.models import Person
from elections.rules.kinds import Stage
from tests.candidates.make_candidates import TODAY, a_nominee
from tests.make import an_election

pytestmark = pytest.mark.django_db
migration = import_module("candidates.migrations.0004_second_nominations")
UNIQUE = "CREATE UNIQUE INDEX again ON candidates_nominee (election_id, office, person_id) WHERE withdrawn_on IS NULL"


def test_the_second_open_nomination_for_an_office_is_parted_and_said():
    election = an_election(Stage.NOMINATION)
    person = Person.objects.create(village=election.village, name="王伟", label="王伟", sex="M", doubt="先有的疑问。")
    connection.cursor().execute("DROP INDEX one_open_nomination_a_person_and_office")
    chair = a_nominee(election, "王伟", "chair", person=person)
    gone = a_nominee(election, "王玮", "member", person=person, withdrawn_on=TODAY)
    first = a_nominee(election, "王卫", "member", person=person)
    second = a_nominee(election, "王伟", "member", person=person)
    migration.part_second_nominations(apps, None)
    for row, his in ((chair, person), (gone, person), (first, person), (second, None)):
        row.refresh_from_db()
        assert row.person == his
    person.refresh_from_db()
    assert person.doubt == "先有的疑问。\n委员提名人选中王卫和王伟在选民名单上是同一人，请核对后登记其中一项退出。"
    connection.check_constraints()  # what waits for the end of a transaction; each migration is one of its own
    connection.cursor().execute(UNIQUE)
