"""Citizen id numbers (ID-01…05). Numbers of area 990100 belong to nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from voters.rules import identity
from voters.rules.identity import IdFault

TODAY = date(2026, 12, 1)


def number(birth: date, serial: int = 1) -> str:
    body = f"990100{birth:%Y%m%d}{serial:03}"
    return body + ric.calc_check_digit(body + "0")


@pytest.mark.parametrize(
    ("raw", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "F"),
        ("440524188001010014", date(1880, 1, 1), "M"),
        ("11010519491231002x", date(1949, 12, 31), "F"),
        ("１１０１０５１９４９１２３１００２Ｘ", date(1949, 12, 31), "F"),
        (" 110105 19491231 002X\u200b", date(1949, 12, 31), "F"),
        ("'110105-19491231-002X", date(1949, 12, 31), "F"),
        (number(date(2026, 12, 1)), date(2026, 12, 1), "M"),
    ],
)
def test_a_right_number_gives_birth_and_sex(raw, birth, sex):
    who = identity.read(raw, TODAY)
    assert (who.valid, who.birth, who.sex) == (True, birth, sex)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("110105194912310021", IdFault.CHECKSUM),
        ("440524188001010015", IdFault.CHECKSUM),
        ("", IdFault.MISSING),
        (None, IdFault.MISSING),
        ("　", IdFault.MISSING),
        ("11010519491231002", IdFault.LENGTH),
        ("1101051949123100255", IdFault.LENGTH),
        ("110105491231002", IdFault.LENGTH),
        ("1101051949123A002X", IdFault.LENGTH),
        ("X10105194912310021", IdFault.LENGTH),
        (990100199001014016.0, IdFault.IS_NUMBER),
        (990100199001014016, IdFault.IS_NUMBER),
        ("9.90100199001014E+17", IdFault.IS_NUMBER),
        (float("nan"), IdFault.IS_NUMBER),
        (float("inf"), IdFault.IS_NUMBER),
        ("990100199001014000", IdFault.EXCEL_ROUNDED),
        ("990100199002310016", IdFault.BIRTH),
        ("990100199013010016", IdFault.BIRTH),
        ("990100190002290016", IdFault.BIRTH),
        (number(date(2026, 12, 2)), IdFault.BIRTH),
    ],
)
def test_a_wrong_number_says_what_is_wrong(raw, fault):
    who = identity.read(raw, TODAY)
    assert (who.valid, who.fault) == (False, fault)


def test_the_region_is_not_judged():
    """ID-03: codes were abolished; the library's own check of places refuses real people."""
    assert identity.read(number(date(1990, 1, 1)), TODAY).valid


def test_a_number_that_happens_to_end_in_zeros_is_right():
    ending = next(each for n in range(1, 11) if (each := number(date(1990, 1, n), 400)).endswith("000"))
    assert identity.read(ending, TODAY).valid
    assert identity.ends_like_rounded(ending)


def test_masks():
    assert identity.masked("11010519491231002X") == "110105********002X"
    assert identity.masked("11010519491231002X", outer=True) == "110************02X"
    assert identity.masked("1234567") == "*******"
    assert identity.grouped("11010519491231002X") == "110105 19491231 002X"


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_birth_date_is_read_back(birth, serial):
    who = identity.read(number(birth, serial), TODAY)
    assert (who.valid, who.birth, who.sex) == (True, birth, "M" if serial % 2 else "F")


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(1, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(birth, serial, place, step):
    """The check digit finds every single wrong digit."""
    right = number(birth, serial)
    old = "0123456789X".index(right[place])
    wrong = right[:place] + str((old + step) % 10) + right[place + 1 :]
    assert wrong == right or not identity.read(wrong, TODAY).valid


@given(st.text(max_size=30))
def test_nothing_that_can_be_typed_breaks_it(raw):
    who = identity.read(raw, TODAY)
    assert who.valid == (who.fault is None)
    assert len(who.number) < 8 or identity.masked(who.number) != who.number
