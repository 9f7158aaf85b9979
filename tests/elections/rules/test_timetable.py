"""Deadlines from election day, and what moving the day breaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import policy
from elections.rules.timetable.changes import Grade, Situation, compare
from elections.rules.timetable.items import Kind, KnownDays, derive
from elections.rules.timetable.problems import problems

NATIONAL = policy.load()
POLL_DAY = date(2026, 12, 20)
NOTICE_KEYS = (
    "election_day ec_list registration roll roll_fix rep_election rep_list group_leaders plan nominate prelim formal "
    "meet poll staff mobile proxy helper invalid result supervision rerun rerun_result tie handover audit "
    "objection answer certificate"
)
DAYS = st.dates(date(2026, 1, 1), date(2099, 12, 31))


def items(known: KnownDays = KnownDays(), pack: policy.Policy = NATIONAL, day: date = POLL_DAY):  # noqa: B008 - frozen
    return {item.key: item for item in derive(day, known, pack)}


def dates(**overrides):
    known = KnownDays(roll_posted=date(2026, 11, 22), objection_received=date(2026, 11, 26))
    return items(known, policy.load(overrides=overrides))


def test_the_worked_case_of_the_dates():
    due = dates()
    assert due["roll"].latest == date(2026, 11, 30)
    assert due["roll"].advised == date(2026, 11, 22)
    assert due["objection"].latest == date(2026, 11, 27)
    assert due["answer"].latest == date(2026, 11, 29)
    assert due["handover"].latest == date(2026, 12, 30)


def test_counting_the_first_day_shortens_periods_but_not_the_twenty_days():
    due = dates(day_count_excludes_start=False)
    assert due["objection"].latest == date(2026, 11, 26)
    assert due["answer"].latest == date(2026, 11, 28)
    assert due["roll"].latest == date(2026, 11, 30)


def test_every_notice_has_a_deadline_and_the_primary_only_where_it_is_used():
    assert set(items()) == set(NOTICE_KEYS.split())
    assert {"primary_rule", "primary_result"} <= set(items(pack=policy.load("fujian")))


def test_a_community_reads_residents_in_every_deadline():
    village, community = items(), items(KnownDays(community=True))
    assert {key for key in village if "村民" in village[key].label} == {
        "rep_election",
        "rep_list",
        "group_leaders",
        "meet",
    }
    assert [item.label for item in community.values() if "村民" in item.label] == []
    assert (village["meet"].label, community["meet"].label) == ("候选人与村民见面", "候选人与居民见面")


def test_a_deadline_shows_its_rule_its_article_and_its_arithmetic():
    roll = items()["roll"]
    assert (roll.rule, roll.kind, roll.kind.label) == ("VR-12", Kind.LEGAL, "法定")
    assert roll.cite == "《村民委员会组织法》第十七条第一款"
    assert roll.formula == "选举日2026年12月20日－20日＝11月30日"
    assert dates()["objection"].formula == "名单公布日2026年11月22日＋5日＝11月27日"
    assert items(pack=policy.load("national-2018"))["roll"].cite == "《村民委员会组织法》第十四条第一款"
    assert items(KnownDays(community=True))["roll"].cite == "《城市居民委员会组织法》第十七条第一款"


def test_arithmetic_across_the_year_names_both_years():
    assert items(day=date(2027, 1, 10))["roll"].formula == "选举日2027年1月10日－20日＝2026年12月21日"


def test_without_facts_the_clocks_run_from_the_advised_posting():
    due = items()
    assert due["objection"].latest == date(2026, 11, 27)
    assert due["objection"].formula == "建议的名单公布日2026年11月22日＋5日＝11月27日"
    assert due["answer"].latest <= due["roll"].latest


def test_handover_and_certificates_run_from_the_day_the_committee_is_complete():
    due = items(KnownDays(elected_on=date(2026, 12, 28)))
    assert due["handover"].latest == due["certificate"].latest == date(2027, 1, 7)


@given(DAYS)
def test_items_come_in_order_and_advice_is_never_after_the_limit(day):
    derived = derive(day, KnownDays(), NATIONAL)
    assert [item.latest for item in derived] == sorted(item.latest for item in derived)
    assert all(item.advised <= item.latest for item in derived)


@given(DAYS, st.integers(-400, 400))
def test_moving_the_day_moves_every_deadline_by_as_much(day, shift):
    moved = items(day=day + timedelta(days=shift))
    assert all(moved[key].latest - item.latest == timedelta(days=shift) for key, item in items(day=day).items())


@pytest.mark.parametrize(
    ("known", "codes"),
    [
        (KnownDays(), []),
        (KnownDays(roll_posted=date(2026, 11, 30)), []),
        (KnownDays(roll_posted=date(2026, 12, 1)), ["ROLL_TOO_LATE"]),
        (KnownDays(audit_published=date(2026, 12, 19)), []),
        (KnownDays(audit_published=date(2026, 12, 20)), ["AUDIT_NOT_BEFORE"]),
        (KnownDays(roll_posted=date(2026, 11, 22), objection_received=date(2026, 11, 27)), []),
        (KnownDays(roll_posted=date(2026, 11, 22), objection_received=date(2026, 11, 28)), ["OBJECTION_LATE"]),
        (KnownDays(roll_posted=date(2026, 11, 22), objection_received=date(2026, 11, 21)), ["OBJECTION_LATE"]),
        (KnownDays(elected_on=date(2026, 12, 20)), []),
        (KnownDays(elected_on=date(2026, 12, 19)), ["ELECTED_BEFORE_DAY"]),
        (KnownDays(rerun_on=date(2026, 12, 30)), []),
        (KnownDays(rerun_on=date(2026, 12, 31)), ["RERUN_TOO_LATE"]),
    ],
)
def test_a_limit_is_kept_on_its_last_day_and_broken_on_the_next(known, codes):
    assert [each.code for each in problems(POLL_DAY, known, NATIONAL)] == codes


def test_a_broken_limit_says_the_dates_the_days_and_what_to_do():
    [late] = problems(POLL_DAY, KnownDays(roll_posted=date(2026, 12, 2)), NATIONAL)
    assert late.text == "选民名单2026年12月2日公布，晚于法定时限（2026年11月30日）2天。请推迟选举日。"
    assert (late.rule, late.cite) == ("VR-12", "《村民委员会组织法》第十七条第一款")


def test_the_edition_follows_the_day():
    old = policy.load("national-2018")
    assert [each.code for each in problems(date(2025, 12, 31), KnownDays(), old)] == []
    assert [each.code for each in problems(date(2026, 1, 1), KnownDays(), old)] == ["LAW_VERSION"]
    assert [each.code for each in problems(date(2025, 12, 31), KnownDays(), NATIONAL)] == ["LAW_VERSION"]


def moved(new_day, known=KnownDays(), **situation):  # noqa: B008 - frozen
    standing = {"today": date(2026, 11, 1), "posted": {}} | situation
    return compare(POLL_DAY, new_day, known, NATIONAL, Situation(**standing))


def test_moving_the_day_shows_what_changes():
    comparison = moved(date(2026, 12, 27))
    [roll] = [each for each in comparison.changes if each.key == "roll"]
    assert (roll.old, roll.new, roll.days) == (date(2026, 11, 30), date(2026, 12, 7), 7)
    assert not comparison.conflicts
    assert not moved(POLL_DAY).changes


def test_a_limit_of_the_law_that_has_passed_forbids_the_day():
    """The roll is not posted on 30 November: 19 December is out of reach, 20 December is not."""
    today = date(2026, 11, 30)
    assert moved(date(2026, 12, 19), today=today).forbidden
    reachable = moved(POLL_DAY, today=today)
    assert not reachable.forbidden
    [late] = [each for each in moved(date(2026, 12, 19), today=today).conflicts if each.grade is Grade.LAW]
    assert (late.key, late.text) == ("roll", "公布选民名单的时限是2026年11月29日，已经过去。请另选日期。")


def test_a_roll_posted_too_late_for_the_new_day_forbids_it():
    comparison = moved(
        date(2026, 12, 10), KnownDays(roll_posted=date(2026, 11, 22)), posted={"roll": date(2026, 11, 22)}
    )
    assert [each.key for each in comparison.conflicts if each.grade is Grade.LAW] == ["ROLL_TOO_LATE"]
    assert Grade.LAW.label == "不符合法定时限"


def test_a_day_outside_the_county_window_needs_a_reason():
    window = (date(2026, 12, 15), date(2026, 12, 25))
    assert not moved(date(2026, 12, 25), window=window).needs_reason
    comparison = moved(date(2026, 12, 26), window=window)
    assert comparison.needs_reason
    assert not comparison.forbidden
    [conflict] = comparison.conflicts
    assert conflict.text == "选举日2026年12月26日不在规定的投票时间（2026年12月15日至2026年12月25日）内。请说明理由。"


def test_papers_that_name_the_day_are_made_again():
    posted = {"election_day": date(2026, 11, 1), "ec_list": date(2026, 11, 1)}
    conflicts = moved(date(2026, 12, 27), posted=posted).conflicts
    assert [(each.grade, each.key) for each in conflicts] == [(Grade.PAPER, "election_day"), (Grade.PAPER, "ec_list")]


def test_a_later_day_brings_voters_who_come_of_age():
    """VR-05."""
    known = KnownDays(roll_posted=date(2026, 11, 22))
    later = [each.rule for each in moved(date(2026, 12, 27), known).conflicts]
    assert later == ["VR-05"]
    assert "VR-05" not in [each.rule for each in moved(date(2026, 12, 15), known).conflicts]
