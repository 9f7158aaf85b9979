"""The three classes in the words of a village and of a community (VR-06, VR-21), and the four sets made of them."""

from __future__ import annotations

import pytest

from elections.models import Area
from tests.make import an_area
from tests.voters.make_voters import a_clerk, a_roll_election, a_voter
from voters.filters import RollFilter
from voters.rules import categories
from voters.rules.eligibility import Category
from voters.rules.rows import category_of
from voters.selectors import lists, statistics
from voters.tables import RollTable

STREET = "990100001001"


@pytest.mark.parametrize("community", [False, True])
def test_what_is_written_can_be_read_again(community):
    words = categories.category_words(community=community)
    assert {category_of(word): word for word in words.values()} == words


def test_model_and_rules_speak_alike():
    from voters.models import Category as Shown

    assert {each.value: each.label for each in Shown} == {
        each.value: word for each, word in categories.IN_A_VILLAGE.items()
    }


@pytest.mark.django_db
def test_a_community_reads_of_residents():
    an_area(STREET, "测试社区")
    Area.objects.filter(code=STREET).update(kind=Area.Kind.COMMUNITY)
    election = a_roll_election(STREET)
    a_voter(election, 1, actor=a_clerk(STREET), 登记类型="户籍不在本社区但常住", 本人表示参加="是")
    table = RollTable(lists.everybody(election), outer=False, village=election.village)
    assert table.columns["group"].header == "居民小组"
    assert [row.get_cell("category") for row in table.rows] == ["户籍不在本社区但常住"]
    head, row = lists.sheet(election, lists.everybody(election), outer=False)
    assert dict(zip(head, row, strict=True))["登记类型"] == "户籍不在本社区但常住"
    assert statistics.by_category(election)[1] == ("户籍不在本社区但常住", 1)
    assert statistics.registers(election)["四登"][1] == ("户籍不在本社区但常住的", 1)
    shown = RollFilter({}, queryset=lists.everybody(election), election=election)
    assert ("CAT3", "社区工作者") in list(shown.form.fields["category"].choices)
    assert Category.CAT2 in categories.IN_A_COMMUNITY
