"""The table of notices that are put up."""

from datetime import date

from elections.models import Posting
from elections.rules import notices, policy
from elections.rules.kinds import Body
from elections.rules.timetable.items import KnownDays, derive


def test_every_notice_has_one_key_that_fits_its_column():
    keys = [each.key for body in Body for each in notices.NOTICES[body]]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= Posting._meta.get_field("key").max_length


def test_the_notices_that_guards_wait_for_can_be_recorded():
    keys = {each.key for each in notices.NOTICES[Body.VILLAGERS_COMMITTEE]}
    assert {"ec_list", "registration", "nominate"} <= keys


def test_every_notice_of_the_timetable_can_be_recorded():
    """What falls due and is no notice: the ends of periods, certificates, and the rerun's own body."""
    items = derive(date(2026, 12, 20), KnownDays(), policy.load())
    due = {item.key for item in items}
    keys = {each.key for body in Body for each in notices.NOTICES[body]}
    assert due - keys == {"objection", "answer", "certificate"}


def test_a_community_reads_residents():
    titles = [each.title for each in notices.of_body(Body.VILLAGERS_COMMITTEE, community=True)]
    assert "居民小组长名单" in titles
    assert not any("村民" in title for title in titles)


def test_a_key_that_is_gone_still_shows():
    assert notices.title_of("ec_list") == "选举委员会名单"
    assert notices.title_of("old") == "old"
