"""Teams and their figures: who counts on which day, of what a figure is a share, whom it names as left out."""

from dataclasses import replace
from datetime import date

import pytest

from elections.rules import teams
from elections.rules.teams import Held

DAY = date(2026, 12, 20)


def held(person: str, office: str = "member", body: str = "committee", **fields) -> Held:
    known = {"sex": "M", "since": date(2021, 3, 1), "birth": date(1970, 1, 1), "education": "60", "politics": "13"}
    return Held(person, fields.pop("label", person), body=body, office=office, **known | fields)


def figure(key: str, team, before=(), *, base="party") -> teams.Figure:
    found = teams.figures(tuple(team), tuple(before), DAY, base=base)
    return next(each for each in found if each.key == key)


def said(found: teams.Figure) -> tuple[int, int, tuple[str, ...]]:
    return found.part, found.whole, found.left_out


@pytest.mark.parametrize(
    ("since", "until", "ending", "on"),
    [
        (DAY, None, "", True),
        (date(2026, 12, 21), None, "", False),
        (date(2021, 1, 1), DAY, "resigned", True),
        (date(2021, 1, 1), date(2026, 12, 19), "resigned", False),
        (date(2021, 1, 1), DAY, "term", False),
        (date(2021, 1, 1), date(2026, 12, 21), "term", True),
        (date(2021, 1, 1), DAY, "error", False),
        (date(2021, 1, 1), date(2026, 12, 21), "error", False),
    ],
)
def test_a_tenure_counts_from_its_first_day_to_its_last(since, until, ending, on):
    assert held("甲", since=since, until=until, ending=ending).on(DAY) is on


def test_the_present_team_stands_by_office():
    team = teams.present([held("乙"), held("甲", "chair"), held("丙", until=date(2026, 1, 1), ending="died")], DAY)
    assert [each.person for each in team] == ["甲", "乙"]


def test_the_last_team_is_the_one_whose_term_ran_out_at_the_last_change():
    then = {"until": date(2021, 3, 1), "ending": "term", "since": date(2018, 1, 1)}
    found = teams.last(
        [
            held("甲", "chair", **then),
            held("乙", **then | {"until": date(2020, 8, 31)}),  # 182 days before: the same change
            held("丙", **then | {"until": date(2020, 8, 30)}),  # 183 days before: the change before that
            held("丁", **then | {"ending": "resigned"}),
            held("戊", **then | {"until": date(2026, 12, 21)}),  # not yet
            held("己", body="party", **then | {"until": date(2019, 1, 1)}),  # its body changed at another time
            held("庚"),
        ],
        DAY,
    )
    assert [each.person for each in found] == ["甲", "乙", "己"]


@pytest.mark.parametrize(
    ("birth", "age"),
    [(date(1990, 12, 20), 36), (date(1990, 12, 21), 35), (date(1991, 12, 20), 35), (date(1991, 12, 21), 34)],
)
def test_age_is_in_full_years(birth, age):
    assert teams.age(birth, DAY) == age


def test_a_leap_child_is_older_on_the_first_of_march():
    assert teams.age(date(2000, 2, 29), date(2035, 2, 28)) == 34
    assert teams.age(date(2000, 2, 29), date(2035, 3, 1)) == 35


def test_who_is_35_is_young_and_who_is_36_is_not():
    team = [held("甲", birth=date(1990, 12, 21)), held("乙", birth=date(1990, 12, 20)), held("丙", birth=None)]
    assert said(figure("young", team)) == (1, 2, ("丙没有登记出生日期",))


def test_the_mean_age_is_of_those_whose_birth_is_known():
    found = figure(
        "age", [held("甲", birth=date(1986, 1, 1)), held("乙", birth=date(1981, 1, 1)), held("丙", birth=None)]
    )
    assert (found.words, found.left_out) == ("42.5岁（2人）", ("丙没有登记出生日期",))
    assert figure("age", [held("丙", birth=None)]).words == "--"


@pytest.mark.parametrize(("education", "fits"), [("10", 1), ("30", 1), ("40", 0), ("60", 0)])
def test_college_and_above(education, fits):
    assert said(figure("college", [held("甲", education=education)])) == (fits, 1, ())


def test_what_is_not_recorded_is_named_not_guessed():
    team = [held("甲", education="", politics="02"), held("乙", education="", politics="")]
    assert said(figure("college", team)) == (0, 0, ("乙、甲没有登记文化程度",))
    assert said(figure("party", team)) == (1, 1, ("乙没有登记政治面貌",))


def test_somebody_in_both_bodies_is_one_person():
    team = [held("甲", "secretary", "party", sex="F"), held("甲", "chair", sex="F"), held("乙")]
    assert said(figure("people", team)) == (2, 2, ())
    assert said(figure("women", team)) == (1, 2, ())
    assert figure("women", team).words == "1/2（50.0%）"


def test_the_supervision_committee_is_not_of_the_two():
    assert said(figure("people", [held("甲", "chair", "supervision")])) == (0, 0, ())


def test_one_shoulder_wants_the_same_person_not_the_same_name():
    same = [held("甲", "secretary", "party"), held("甲", "chair")]
    other = [held("甲", "secretary", "party", label="王伟"), held("乙", "chair", label="王伟")]
    assert said(figure("one_shoulder", same)) == (1, 1, ())
    assert said(figure("one_shoulder", other)) == (0, 1, ())


def test_one_shoulder_is_not_told_without_both_heads():
    assert said(figure("one_shoulder", [held("甲", "chair")])) == (0, 0, ("没有登记党组织书记",))
    assert said(figure("one_shoulder", [])) == (0, 0, ("没有登记党组织书记、村（居）民委员会主任",))


def test_villages_together_name_whom_each_leaves_out():
    villages = {
        "石门村": (
            held("甲", "secretary", "party", birth=date(1980, 12, 20)),
            held("甲", "chair", birth=date(1980, 12, 20)),
        ),
        "沙溪村": (held("乙", "chair", birth=date(1983, 12, 20)), held("丙", birth=None)),
    }
    found = teams.summed([(name, teams.figures(team, (), DAY, base="party")) for name, team in villages.items()])
    by_key = {each.key: each for each in found}
    assert said(by_key["people"]) == (3, 3, ())
    assert (by_key["age"].words, by_key["age"].left_out) == ("44.5岁（2人）", ("沙溪村丙没有登记出生日期",))
    assert said(by_key["one_shoulder"]) == (1, 1, ("沙溪村没有登记党组织书记",))
    assert said(by_key["cross"]) == (1, 1, ("沙溪村没有登记村党组织成员",))
    assert teams.summed([]) == ()


@pytest.mark.parametrize(("base", "whole"), [("party", 2), ("committee", 3), ("both", 4)])
def test_cross_posts_are_a_share_of_the_base_asked_for(base, whole):
    team = [held("甲", "secretary", "party"), held("乙", body="party"), held("甲", "chair"), held("丙"), held("丁")]
    found = figure("cross", team, base=base)
    assert (found.label, *said(found)) == (f"交叉任职（占{teams.BASES[base]}）", 1, whole, ())


def test_cross_posts_are_not_told_without_one_of_the_bodies():
    assert said(figure("cross", [held("甲")])) == (0, 0, ("没有登记村党组织成员",))


def test_who_sat_in_the_same_body_is_there_again():
    before = [held("甲", "chair"), held("乙"), held("丙")]
    team = [held("甲"), held("乙", body="party"), held("丁")]
    assert said(figure("again", team, before)) == (1, 2, ("没有登记上届村党组织成员",))


def test_a_figure_of_nobody_is_no_figure():
    assert [each.words for each in teams.figures((), (), DAY, base="party")] == ["--"] * 9


def test_the_highest_office_stands_for_a_person():
    both = [held("甲"), replace(held("甲", "secretary", "party"), since=date(2022, 1, 1))]
    assert [each.office for each in teams.people(both)] == ["secretary"]
