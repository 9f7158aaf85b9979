from datetime import date

from elections.rules import wording

SUNDAY = date(2026, 12, 20)


def test_dates_have_no_leading_zeros_and_full_width_brackets():
    assert wording.cn_date(date(2027, 3, 1)) == "2027年3月1日"
    assert wording.cn_weekday_date(SUNDAY) == "2026年12月20日（星期日）"
    assert wording.cn_weekday_date(date(2026, 12, 21)) == "2026年12月21日（星期一）"
    assert wording.short_date(SUNDAY) == "12月20日"


def test_a_deadline_says_how_it_stands_today():
    assert wording.days_left(SUNDAY, date(2026, 12, 9)) == "剩11天"
    assert wording.days_left(SUNDAY, SUNDAY) == "今天到期"
    assert wording.days_left(SUNDAY, date(2026, 12, 21)) == "逾期1天"


def test_a_range_names_the_years_only_when_they_differ():
    assert wording.span(date(2027, 3, 1), date(2027, 3, 5)) == "3月1日至3月5日"
    assert wording.span(date(2026, 12, 30), date(2027, 1, 4)) == "2026年12月30日至2027年1月4日"


def test_counts_are_separated_from_ten_thousand_on():
    assert [wording.count(each, "人") for each in (0, 1286, 9999, 10_000, 12_860)] == [
        "0人",
        "1286人",
        "9999人",
        "10,000人",
        "12,860人",
    ]


def test_a_share_has_one_decimal_and_none_of_nothing():
    assert wording.share(208, 312) == "66.7%"
    assert wording.share(1, 0) == "--"


def test_phone_numbers_are_masked():
    assert wording.masked_phone("13800138000") == "138****8000"
    assert wording.masked_phone("0793") == "****"
