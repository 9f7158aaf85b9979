"""The provisions: each can be cited in each edition, and an incomplete one is found out."""

from dataclasses import replace

import pytest

from elections.rules import law


def test_the_book_has_no_faults():
    assert law.problems() == ()


def test_every_constant_carries_its_own_name_as_key():
    constants = {name: value for name, value in vars(law).items() if isinstance(value, law.Provision)}
    assert {name.lower() for name in constants} == {value.key for value in constants.values()}
    assert len(constants) == len(law.ALL)


@pytest.mark.parametrize(
    ("edition", "cited"),
    [(2018, "《村民委员会组织法》第十四条第一款"), (2025, "《村民委员会组织法》第十七条第一款")],
)
def test_an_article_follows_the_edition(edition, cited):
    assert law.cite(law.ROLL_PUBLISHED, edition) == cited


def test_a_community_cites_its_own_law_and_before_2026_the_village_law_by_analogy():
    assert law.cite(law.QUORUM, 2025, residents=True) == "《城市居民委员会组织法》第十九条第一款"
    assert law.cite(law.QUORUM, 2018, residents=True) == "参照《村民委员会组织法》第十五条第二款"
    assert law.cite(law.RESIDENTS_WAYS, 2018, residents=True) == "《城市居民委员会组织法》第八条第一款"


def test_a_rule_that_stood_elsewhere_in_2018_names_the_other_text():
    assert law.cite(law.CANDIDATE_BARS, 2018) == law.PLAN
    assert law.cite(law.MEMBER_KIN, 2018) == law.PROVINCE


def test_the_procedure_is_cited_with_its_number_and_chapter():
    assert law.cite(law.EC_SIZE) == "《村民委员会选举规程》（民发〔2013〕76号）第一章"


def test_a_provision_an_edition_does_not_have_cannot_be_cited():
    only_new = replace(law.MEMBER_KIN, articles={2018: None, 2025: "第八条第二款"})
    with pytest.raises(law.NotInForce):
        law.cite(only_new, 2018)
    assert law.problems([only_new]) == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"articles": {2025: "第八条第二款"}}, "member_kin：未写明2018年文本的条款"),
        ({"articles": {2018: "", 2025: "第八条第二款"}}, "member_kin：《村民委员会组织法》有条款而未引用"),
        ({"rules": ()}, "member_kin：缺少规则编号或者完整的一句话"),
        ({"words": "近亲属回避"}, "member_kin：缺少规则编号或者完整的一句话"),
    ],
)
def test_an_incomplete_provision_is_found_out(change, problem):
    assert law.problems([replace(law.MEMBER_KIN, **change)]) == (problem,)


def test_two_provisions_cannot_share_a_key():
    assert law.problems([law.TERM, law.TERM]) == ("term：重复的键",)


def test_what_rests_on_practice_is_marked():
    assert not law.TIE.confirmed
    assert not law.PARTY_MAJORITY.confirmed
    assert law.QUORUM.confirmed


def test_find_by_key():
    assert law.find("quorum") is law.QUORUM
    with pytest.raises(KeyError):
        law.find("no_such_rule")
