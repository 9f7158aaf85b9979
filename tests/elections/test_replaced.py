"""What an earlier release wrote of who follows whom by name is kept by row."""

from importlib import import_module

import pytest
from django.apps import apps

from elections.models import CommitteeMember, StaffMember
from tests.elections.make_persons import a_person
from tests.make import an_election

pytestmark = pytest.mark.django_db
upgrade = import_module("elections.migrations.0008_parts")


def test_of_one_who_is_recorded_twice_the_later_row_says_its_name_only():
    election = an_election()
    wei = a_person(election)
    rows = [
        StaffMember.objects.create(election=election, person=wei, name=name, task=task)
        for name, task in (("王伟", "teller"), ("王伟", "caller"))
    ]
    upgrade.one_place_each(apps, None)
    assert [StaffMember.objects.get(pk=row.pk).person for row in rows] == [wei, wei]


class Rows:
    """The rows as the table had them before the column of names went."""

    def __init__(self, *rows):
        self.rows, self.objects = rows, self

    def exclude(self, **having):
        ((name, value),) = having.items()
        return [row for row in self.rows if getattr(row, name) != value]


class Row:
    election_id, left_on, follows, replaces = 1, None, "", None

    def __init__(self, name, **values):
        self.name = name
        vars(self).update(values)

    def save(self, update_fields):
        assert update_fields == ["replaces"]


def test_a_follower_points_at_the_row_of_whom_he_followed_on_the_same_list():
    left, elsewhere = Row("李某", left_on="2026-12-01"), Row("李某", left_on="2026-12-01", election_id=2)
    follower, other = Row("胡某", follows="李某"), Row("唐某")
    tables = type("Apps", (), {"get_model": staticmethod(lambda app, model: Rows(elsewhere, left, follower, other))})
    upgrade.point_at_rows(tables, None)
    assert follower.replaces is left
    assert other.replaces is None
    assert CommitteeMember._meta.get_field("replaces").null
