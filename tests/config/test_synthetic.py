"""False people for the benchmarks: through the services, recognisable, and never beside true ones."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.demo import synthetic
from elections.models import Area, Election, JournalEntry, User
from elections.selectors.journal import verify
from tests.make import an_area
from voters.models import Voter
from voters.rules import identity

pytestmark = pytest.mark.django_db


def load(villages=3, voters=50) -> str:
    out = StringIO()
    call_command("load_synthetic", "--villages", str(villages), "--voters", str(voters), stdout=out)
    return out.getvalue()


def test_so_many_villages_and_voters_through_the_services():
    assert load().endswith("已载入3个村，50名虚构选民，名称均以“试验数据”开头\n")
    per_village = [each.voters.count() for each in Election.objects.order_by("village_id")]
    assert per_village == [17, 17, 16]
    assert Voter.objects.filter(listed=True).count() == 50
    assert JournalEntry.objects.filter(body__contains="roll.imported").count() == 3
    assert verify() == []


def test_everything_is_recognisable_and_nobody_can_log_in():
    load()
    assert all(area.name.startswith("试验数据") for area in Area.objects.all())
    assert set(Area.objects.values_list("code", flat=True)) == {
        "990100", "990100800", "990100800201", "990100800202", "990100800203",
    }  # fmt: skip
    assert set(Voter.objects.values_list("remark", flat=True)) == {"试验数据"}
    assert not User.objects.get(username="synthetic").has_usable_password()


def test_numbers_never_meet_and_are_of_the_invented_area():
    numbers = [synthetic.an_id(serial) for serial in range(120_000)]
    assert len(set(numbers)) == len(numbers)
    for number in numbers[::997]:
        assert number.startswith("990100")
        assert number[-1] == identity.check_digit(number)


def test_beside_the_demonstration_but_not_twice():
    an_area()  # 990100101201, as the demonstration has it
    load(1, 2)
    with pytest.raises(CommandError, match="已经载入过"):
        load(1, 2)


def test_not_beside_a_real_county():
    an_area("110101001201")
    with pytest.raises(CommandError, match="可能是真实数据"):
        load()
    assert not Voter.objects.exists()


def test_never_in_production(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="正式系统"):
        load()


@pytest.mark.parametrize(("villages", "voters"), [(0, 10), (-1, 10), (1801, 2000), (10, 9)])
def test_figures_that_cannot_be(villages, voters):
    with pytest.raises(CommandError, match="村数为1至1800"):
        load(villages, voters)
    assert not Area.objects.exists()
