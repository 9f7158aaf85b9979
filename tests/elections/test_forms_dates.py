"""Dates and times as clerks write them."""

from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import ValidationError

from elections.forms.dates import DateField, DateInput, TimeField, TimeInput, read_date, read_time

TODAY = date(2026, 12, 20)


@pytest.mark.parametrize(
    "text",
    [
        "2021-3-15", "2021.3.15", "2021/3/15", "20210315", "2021年3月15日", "2021-03-15", " 2021年03月15日 ", "2021年3月15",
        "２０２１－３－１５", "２０２１年３月１５日",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_day_is_read(text):
    assert read_date(text) == date(2021, 3, 15)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("3月15日", date(2026, 4, 1), date(2026, 3, 15)),
        ("12月28日", date(2027, 1, 3), date(2026, 12, 28)),
        ("1月3日", date(2026, 12, 28), date(2027, 1, 3)),
        ("7月3日", date(2027, 1, 3), date(2027, 7, 3)),  # six months ahead
        ("8月3日", date(2027, 1, 3), date(2026, 8, 3)),  # more than six
    ],
)
def test_a_day_without_a_year_is_the_one_nearest_to_today(text, today, day):
    assert read_date(text, today) == day


def test_a_field_that_was_told_no_day_takes_the_clock():
    with time_machine.travel(date(2027, 1, 3), tick=False):
        assert DateField(label="公布日期").clean("12月28日") == date(2026, 12, 28)


@pytest.mark.parametrize("text", ["3/15", "3-15", "3.15"])
def test_a_day_without_a_year_says_so(text):
    with pytest.raises(ValueError, match=f"^日期“{text}”看不出年份。请写成2026年3月15日或2026-3-15。$"):
        read_date(text, TODAY)


def test_a_month_and_day_without_a_known_year_is_refused():
    with pytest.raises(ValueError, match="看不出年份"):
        read_date("3月15日")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-2-29", "没有2021年2月29日这一天。请核对后重新填写。"),
        ("2021-13-1", "没有2021年13月1日这一天。请核对后重新填写。"),
        ("1899-1-1", "日期“1899-1-1”的年份不对。请核对后重新填写。"),
        ("昨天", "日期“昨天”认不出来。请写成2026年3月15日或2026-3-15。"),
        ("202103151", "日期“202103151”认不出来。请写成2026年3月15日或2026-3-15。"),
    ],
)
def test_a_day_that_is_none_says_what_to_do(text, words):
    with pytest.raises(ValueError) as refusal:
        read_date(text)
    assert str(refusal.value) == words


def test_the_last_years_that_are_taken():
    assert read_date("1900-1-1") == date(1900, 1, 1)
    assert read_date("2100-12-31") == date(2100, 12, 31)
    with pytest.raises(ValueError):
        read_date("2101-1-1")


def test_the_field_names_itself_in_the_sentence():
    field = DateField(label="召开日期")
    with pytest.raises(ValidationError) as refusal:
        field.clean("3/15")
    assert refusal.value.messages == ["召开日期：日期“3/15”看不出年份。请写成2026年3月15日或2026-3-15。"]


def test_a_day_is_shown_without_leading_noughts():
    assert DateInput().format_value(date(2026, 3, 5)) == "2026年3月5日"
    assert DateField().has_changed(date(2026, 3, 5), "2026-3-5") is False
    assert DateField().has_changed(date(2026, 3, 5), "2026-3-6") is True


@pytest.mark.parametrize("text", ["8:30", "0830", "830", "8时30分", "8：30", "08:30"])
def test_every_way_of_writing_a_time_is_read(text):
    assert read_time(text) == time(8, 30)


def test_a_full_hour_and_the_last_minute():
    assert read_time("8点") == time(8)
    assert read_time("23:59") == time(23, 59)
    with pytest.raises(ValueError, match="没有24时0分这个时间"):
        read_time("24:0")


def test_a_time_that_is_none_says_what_to_do():
    with pytest.raises(ValidationError) as refusal:
        TimeField(label="开始时间").clean("早上")
    assert refusal.value.messages == ["开始时间：时间“早上”认不出来。请写成8:30或14:00。"]


def test_a_time_is_shown_without_seconds():
    assert TimeInput().format_value(time(8, 5)) == "8:05"
