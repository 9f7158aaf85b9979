"""Who is listed and why (VR-01…08, VR-21)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import policy
from voters.rules.eligibility import (
    Category,
    Omission,
    Person,
    Setting,
    age_on,
    anniversary,
    classify,
    months_later,
    old_enough,
)

NATIONAL = policy.load()
OLD = policy.load("national-2018")
POLL_DAY = date(2026, 12, 20)
VILLAGE = Setting(election_day=POLL_DAY, registration_start=date(2026, 11, 17))
COMMUNITY = Setting(election_day=POLL_DAY, registration_start=date(2026, 11, 17), community=True)
ADULT = date(1990, 5, 1)


def judged(pack=NATIONAL, setting=VILLAGE, *, birth=ADULT, household_here=True, **circumstances):
    return classify(Person(birth=birth, household_here=household_here, **circumstances), setting, pack)


def incomer(pack=NATIONAL, setting=VILLAGE, **circumstances):
    return judged(pack, setting, household_here=False, **circumstances)


def test_a_villager_who_lives_here_is_listed_without_asking():
    listing = judged(lives_here=True)
    assert (listing.listed, listing.category, listing.code, listing.rule) == (True, Category.CAT1, None, "VR-06")


def test_a_villager_who_lives_elsewhere_is_listed_if_he_says_so():
    silent = judged(lives_here=False)
    assert (silent.listed, silent.code, silent.rule) == (False, Omission.NO_STATEMENT, "VR-06")
    assert judged(lives_here=False, stated=True).category is Category.CAT2


@pytest.mark.parametrize(
    ("since", "listed"), [(date(2025, 12, 25), False), (date(2025, 11, 18), False), (date(2025, 11, 17), True)]
)
def test_an_incomer_has_been_here_a_year_when_registration_begins(since, listed):
    """The first anniversary counts."""
    listing = incomer(lives_here=True, resident_since=since, applied=True, consent=True)
    assert (listing.category is Category.CAT3) == listed
    assert listing.code == (None if listed else Omission.NOT_ONE_YEAR)


def test_the_year_may_be_counted_to_election_day():
    to_the_day = policy.load(overrides={"residence_ref_day": "election_day"})
    circumstances = {"lives_here": True, "resident_since": date(2025, 12, 20), "applied": True, "consent": True}
    assert incomer(**circumstances).code is Omission.NOT_ONE_YEAR
    assert incomer(to_the_day, **circumstances).category is Category.CAT3


def test_an_incomer_needs_his_application_and_the_meeting():
    here = {"lives_here": True, "resident_since": date(2025, 10, 1)}
    assert incomer(**here).code is Omission.NO_APPLICATION
    assert incomer(**here, applied=True).code is Omission.NO_CONSENT
    assert incomer(**here, applied=True, consent=True).category is Category.CAT3


def test_nobody_is_listed_in_two_villages():
    """VR-07."""
    circumstances = {"lives_here": True, "resident_since": date(2024, 1, 1), "applied": True, "consent": True}
    listing = incomer(**circumstances, listed_elsewhere=True)
    assert (listing.code, listing.rule) == (Omission.LISTED_ELSEWHERE, "VR-07")


def test_work_for_the_village_counts_under_the_new_text():
    clerk = {"lives_here": False, "works_here_since": date(2025, 6, 1), "applied": True, "consent": True}
    assert incomer(**clerk).category is Category.CAT3
    assert incomer(OLD, **clerk).code is Omission.NOT_ONE_YEAR


def test_a_residence_that_was_given_up_does_not_count():
    gone = {"lives_here": False, "resident_since": date(2020, 1, 1), "applied": True, "consent": True}
    assert incomer(**gone).code is Omission.NOT_ONE_YEAR


@pytest.mark.parametrize(
    ("until", "listed"), [(date(2027, 3, 1), False), (POLL_DAY, False), (POLL_DAY - timedelta(days=1), True)]
)
def test_deprivation_of_political_rights_ends_by_itself(until, listed):
    listing = judged(lives_here=True, deprived_until=until)
    assert listing.listed == listed
    assert listing.code == (None if listed else Omission.DEPRIVED)


def test_who_refuses_in_writing_is_left_out():
    assert judged(lives_here=True, written_refusal=True).code is Omission.REFUSED


def test_who_cannot_exercise_the_right_may_be_left_out():
    """VR-08 (d)."""
    assert judged(lives_here=True, unable=True).code is Omission.UNABLE


def test_who_cannot_be_found_is_left_out_only_where_the_province_says_so():
    """VR-08 (e)."""
    strict = policy.load(overrides={"absentee_removal_rule": "on"})
    assert judged(lives_here=True, unreachable=True).listed
    assert judged(strict, lives_here=True, unreachable=True).code is Omission.UNREACHABLE


@pytest.mark.parametrize(("birth", "listed"), [(date(2008, 12, 20), True), (date(2008, 12, 21), False)])
def test_the_eighteenth_birthday_on_election_day_is_in_time(birth, listed):
    """VR-02."""
    listing = judged(birth=birth, lives_here=True)
    assert listing.listed == listed
    assert listing.code == (None if listed else Omission.UNDER_AGE)


def test_the_birthday_may_be_left_out_by_the_pack():
    pack = policy.load(overrides={"birthday_counts": False})
    assert not old_enough(date(2008, 12, 20), POLL_DAY, pack)
    assert old_enough(date(2008, 12, 19), POLL_DAY, pack)


def test_who_is_born_on_29_february_comes_of_age_on_the_28th():
    """VR-03: 2026 and 2030 are common years."""
    assert anniversary(date(2008, 2, 29), 18) == date(2026, 2, 28)
    assert anniversary(date(2008, 2, 29), 20) == date(2028, 2, 29)
    assert old_enough(date(2008, 2, 29), date(2026, 2, 28), NATIONAL)
    assert not old_enough(date(2008, 2, 29), date(2026, 2, 27), NATIONAL)


def test_every_refusal_names_its_article_in_the_edition():
    assert judged(lives_here=False).cite == "《村民委员会组织法》第十六条第二款"
    assert judged(OLD, lives_here=False).cite == "《村民委员会组织法》第十三条第二款"
    assert judged(birth=date(2010, 1, 1)).why == "选举日（2026年12月20日）未满18周岁"


def test_a_community_asks_everybody_for_a_statement():
    """VR-21 (1), (2)."""
    assert judged(setting=COMMUNITY, lives_here=True).code is Omission.NO_STATEMENT
    assert judged(setting=COMMUNITY, lives_here=True, stated=True).category is Category.CAT1
    assert incomer(setting=COMMUNITY, lives_here=True, stated=True).category is Category.CAT2
    assert incomer(setting=COMMUNITY, lives_here=True).rule == "VR-21"


@pytest.mark.parametrize(("since", "listed"), [(date(2026, 5, 17), True), (date(2026, 5, 18), False)])
def test_a_social_worker_votes_after_six_months(since, listed):
    """VR-21 (3)."""
    worker = {"lives_here": False, "works_here_since": since}
    assert (incomer(setting=COMMUNITY, **worker, applied=True, consent=True).category is Category.CAT3) == listed
    if listed:
        assert incomer(setting=COMMUNITY, **worker).code is Omission.NO_APPLICATION
        assert incomer(setting=COMMUNITY, **worker, applied=True).code is Omission.NO_CONSENT


def test_months_end_on_the_last_day_of_a_short_month():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 6, 30), 6) == date(2026, 12, 30)


BIRTHS = st.dates(date(1900, 1, 1), date(2026, 1, 1))


@given(BIRTHS, st.integers(0, 120))
def test_age_grows_by_one_on_each_birthday(birth, years):
    birthday = anniversary(birth, years)
    assert age_on(birth, birthday) == years
    assert age_on(birth, birthday - timedelta(days=1)) == years - 1


@given(
    BIRTHS,
    *[st.booleans()] * 6,
    st.one_of(st.none(), st.dates(date(2020, 1, 1), POLL_DAY)),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), POLL_DAY)),
    st.sampled_from([VILLAGE, COMMUNITY]),
    st.sampled_from([NATIONAL, OLD]),
)
def test_everybody_gets_a_category_or_one_reason(
    birth, household, lives, stated, applied, consent, elsewhere, resident, works, setting, pack
):
    person = Person(
        birth=birth,
        household_here=household,
        lives_here=lives,
        stated=stated,
        applied=applied,
        consent=consent,
        listed_elsewhere=elsewhere,
        resident_since=resident,
        works_here_since=works,
    )
    listing = classify(person, setting, pack)
    assert (listing.category is None) != (listing.code is None)
    assert listing.why
    assert listing.cite
    if listing.listed:
        assert old_enough(birth, POLL_DAY, pack)
        assert not elsewhere


def test_a_community_says_where_the_household_is():
    """VR-21: who has it here and who only lives here are told apart."""
    said = {"setting": COMMUNITY, "lives_here": True}
    assert judged(**said, stated=True).why == "户籍在本社区，本人表示参加选举"
    assert judged(**said).why == "户籍在本社区，本人没有表示参加选举"
    assert incomer(**said, stated=True).why == "户籍不在本社区，在本社区常住，本人表示参加选举"
    assert incomer(**said).why == "户籍不在本社区，在本社区常住，本人没有表示参加选举"
