"""Slates, the four bars and the negative list (NM-04, NM-06, NM-08, NM-09, NM-11, NM-17, PB-09, PB-10, WN-05)."""

import pytest

from candidates.rules import nomination as rules
from elections.rules import policy, slate
from elections.rules.counting.offices import Office, Opening, Person

NATIONAL = policy.load()
CHAIR, DEPUTY, MEMBER, WOMAN = Office.CHAIR, Office.DEPUTY, Office.MEMBER, Office.WOMAN


def codes(openings, nominated, people=(), pack=NATIONAL, body="committee"):
    described = {person.name: person for person in people}
    return [
        (each.code, each.office.value, each.rule)
        for each in rules.slate_problems(openings, nominated, described, pack, body)
    ]


@pytest.mark.parametrize(
    ("names", "enough"), [("", False), ("甲", False), ("甲乙", True), ("甲乙丙", True), ("甲甲", False)]
)
def test_each_post_needs_one_candidate_more_than_seats(names, enough):
    """NM-04."""
    found = codes([Opening(CHAIR, 1)], {CHAIR: list(names)})
    assert found == ([] if enough else [("EQUAL_CANDIDATES", "chair", "NM-04")])


def test_the_surplus_is_counted_post_by_post():
    openings = [Opening(CHAIR, 1), Opening(MEMBER, 3)]
    found = rules.slate_problems(openings, {CHAIR: ["甲", "乙", "丙"], MEMBER: ["丁", "戊", "己"]}, {}, NATIONAL)
    [problem] = found
    assert problem.text == "委员应选3人，候选人应不少于4人，现有3人"
    assert (problem.cite, problem.soft) == ("《村民委员会组织法》第十八条第一款", False)


def test_a_province_may_ask_for_more_or_allow_none():
    two_more = policy.load(overrides={"candidate_surplus_per_post": 2})
    assert codes([Opening(CHAIR, 1)], {CHAIR: ["甲", "乙"]}, pack=two_more) == [("EQUAL_CANDIDATES", "chair", "NM-04")]
    without = policy.load(overrides={"allow_no_candidate": True})
    assert codes([Opening(CHAIR, 1)], {}, pack=without) == []
    assert codes([Opening(CHAIR, 1)], {CHAIR: ["甲"]}, pack=without) == [("EQUAL_CANDIDATES", "chair", "NM-04")]


@pytest.mark.parametrize(("seats", "need"), [(1, 2), (3, 4), (5, 6), (6, 8), (7, 9)])
def test_the_party_adds_a_fifth_rounded_up(seats, need):
    """PB-09."""
    assert slate.least_candidates(Opening(MEMBER, seats), NATIONAL, "party") == need


def test_the_partys_secretary_needs_no_surplus():
    """PB-10."""
    assert codes([Opening(Office.SECRETARY, 1)], {Office.SECRETARY: ["甲"]}, body="party") == []


def test_a_reserved_post_is_for_women_only():
    """WN-05."""
    people = [Person("甲", "F"), Person("乙", "M"), Person("丙", "F")]
    assert codes([Opening(WOMAN, 1)], {WOMAN: ["甲", "乙"]}, people) == [("WOMEN_ONLY", "woman", "WN-05")]
    assert codes([Opening(WOMAN, 1)], {WOMAN: ["甲", "丙"]}, people) == []


def test_candidates_are_on_the_roll_and_not_barred():
    """NM-08, NM-06."""
    people = [Person("甲", on_roll=False), Person("乙", barred=True), Person("丙", "F")]
    assert codes([Opening(CHAIR, 1)], {CHAIR: ["甲", "乙", "丙"]}, people) == [
        ("NOT_ON_ROLL", "chair", "NM-08"),
        ("BARRED", "chair", "NM-06"),
    ]


def test_one_person_under_two_posts_is_shown_and_may_be_allowed():
    """NM-17."""
    openings = [Opening(CHAIR, 1), Opening(DEPUTY, 1)]
    found = rules.slate_problems(openings, {CHAIR: ["甲", "乙"], DEPUTY: ["乙", "丙"]}, {}, NATIONAL)
    [problem] = found
    assert (problem.code, problem.rule, problem.soft) == ("SEVERAL_POSTS", "NM-17", True)
    assert problem.text == "乙同时是主任、副主任的候选人，须是选举办法允许的"


def test_a_slate_of_known_men_asks_for_a_woman():
    """NM-11."""
    openings, nominated = [Opening(CHAIR, 1)], {CHAIR: ["甲", "乙"]}
    assert codes(openings, nominated, [Person("甲"), Person("乙")]) == [("NO_WOMAN", "chair", "NM-11")]
    assert codes(openings, nominated, [Person("甲"), Person("乙", "F")]) == []
    assert codes(openings, nominated, [Person("甲")]) == []


def test_a_community_cites_its_own_law():
    found = rules.slate_problems([Opening(CHAIR, 1)], {CHAIR: ["甲"]}, {}, NATIONAL, "residents")
    assert found[0].cite == "《城市居民委员会组织法》第十八条"


@pytest.mark.parametrize(
    ("found", "result"),
    [
        ([], "clear"),
        (["EXPELLED_FROM_PARTY"], "block"),
        (["CRIMINAL_PUNISHMENT"], "block"),
        (["CLAN_OR_GANG"], "block"),
        (["ILLEGAL_RELIGION_OR_CULT"], "block"),
        (["LOW_REPUTATION"], "advise"),
        (["LOW_REPUTATION", "COURT_DEFAULTER"], "block"),
    ],
)
def test_bars_block_or_advise(found, result):
    screening = rules.screen(found, NATIONAL)
    assert (screening.result, [bar.code for bar in screening.bars]) == (result, found)


def test_a_county_may_be_stricter_but_never_softer_than_the_law():
    """NM-06 stays a hard block whatever a local list says."""
    softened = [{"code": code, "severity": "advise", "rule": "NM-06", "words": "改轻"} for code in rules.FOUR_BARS]
    pack = policy.load(overrides={"negative_list": softened})
    assert all(rules.screen([code], pack).result == "block" for code in rules.FOUR_BARS)
    assert rules.screen(["LOW_REPUTATION"], policy.load("jiangxi")).result == "block"


def test_the_law_is_cited_for_the_four_bars_and_the_list_for_the_rest():
    criminal, reputation = rules.screen(["CRIMINAL_PUNISHMENT", "LOW_REPUTATION"], NATIONAL).bars
    assert rules.bar_cite(criminal, NATIONAL) == "《村民委员会组织法》第十八条第一款"
    assert rules.bar_cite(reputation, NATIONAL) == "本地村（社区）“两委”换届选举工作实施方案"


def test_every_pack_knows_the_four_bars():
    for name in policy.packs():
        assert rules.screen(rules.FOUR_BARS, policy.load(name)).result == "block"


def test_an_unknown_code_is_refused():
    with pytest.raises(KeyError):
        rules.screen(["NO_SUCH"], NATIONAL)
