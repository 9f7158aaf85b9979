"""The order of names by strokes (SORT-01…07) and pinyin initials."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import names, pinyin

TABLE = (Path(__file__).parent / "strokes.txt").read_text("utf-8").split("# Frequent surnames:")
VECTORS, SURNAMES = (re.findall(r"[\u4e00-\u9fff]\d+", part) for part in TABLE)
NAMES = st.lists(st.text("丁王李张陈田富大利红明·欧阳", min_size=1, max_size=4))


@pytest.mark.parametrize("vector", VECTORS)
def test_the_known_stroke_codes_are_in_the_table(vector):
    assert names.stroke_code(vector[0]) == vector[1:]


def test_the_known_characters_are_already_in_order():
    chars = [vector[0] for vector in VECTORS]
    assert list(names.order(reversed(chars)).names) == chars


def test_more_than_a_hundred_surnames_are_checked():
    assert len({each[0] for each in (*VECTORS, *SURNAMES)}) > 110


@pytest.mark.parametrize("vector", SURNAMES)
def test_common_surnames_have_their_strokes(vector):
    assert names.stroke_code(vector[0]) == vector[1:]


def test_the_first_character_decides_for_compound_and_minority_names():
    """SORT-02, SORT-07."""
    given_names = ["洪少东", "欧阳少东", "阿依古丽·买买提", "林小红", "文明", "王丽"]
    assert names.order(given_names).names == ("王丽", "文明", "阿依古丽·买买提", "林小红", "欧阳少东", "洪少东")


def test_names_of_two_characters_come_first_in_surname_mode_only():
    """SORT-03."""
    pair = ["田大利", "田富"]
    assert names.order(pair, "surname").names == ("田富", "田大利")
    assert names.order(pair, "fullname").names == ("田大利", "田富")
    assert names.order(pair).names == ("田富", "田大利")


def test_equal_strokes_follow_the_order_of_the_standard_list():
    """SORT-01, third step: 八 人 入 are all 撇捺; the standard list has them in this order."""
    assert {names.stroke_code(char) for char in "人八入"} == {"34"}
    assert names.order(["入", "人", "八"]).names == ("八", "人", "入")


def test_characters_outside_the_table_go_last_with_a_warning():
    ordered = names.order(["𰻝大", "龘大", "丁一"])
    assert ordered.names == ("丁一", "龘大", "𰻝大")
    assert ordered.unknown == ("𰻝",)
    assert ordered.keys["𰻝大"] == ["", "134"]


def test_equal_names_keep_the_order_they_came_in():
    assert names.order(["李四", "丁一", "李四"]).names == ("丁一", "李四", "李四")


def test_the_whole_standard_list_is_covered():
    """8,105 characters of 通用规范汉字表 with the basic block; rare names among them."""
    assert len(names._table()) > 21_000
    assert all(names.stroke_code(char) for char in "喆玥珺堃镕赟䶮𬭎𬘭")


@given(NAMES, st.sampled_from(["surname", "fullname"]))
def test_ordering_is_a_permutation_and_does_not_depend_on_the_input_order(given_names, mode):
    ordered = names.order(given_names, mode).names
    assert sorted(ordered) == sorted(given_names)
    keys = [names.sort_key(name, mode) for name in ordered]
    assert keys == sorted(keys)
    assert [names.sort_key(name, mode) for name in names.order(given_names[::-1], mode).names] == keys


def test_initials_read_surnames_as_surnames():
    assert pinyin.initials("解大明") == "xdm"
    assert pinyin.initials("单雄信") == "sxx"
    assert pinyin.initials("仇英") == "qy"
    assert pinyin.initials("曾国") == "zg"
    assert pinyin.initials("单于小红") == "cyxh"
    assert pinyin.initials("尉迟恭") == "ycg"
    assert pinyin.initials("长孙无忌") == "zswj"
    assert pinyin.initials("王解") == "wj"
    assert pinyin.initials("阿依古丽·买买提") == "aygl" + "mmt"
    assert pinyin.initials("") == ""


def test_what_tells_namesakes_apart_is_not_compared():
    """王伟 of whatever group stands where 王伟 stands, and keeps the order it came in (SORT-04)."""
    given_names = ["王惠（3组）", "王伟强", "王伟（5组，1975年生）", "王伟（3组）", "丁一（9组）"]
    found = names.order(given_names)
    assert found.names == ("丁一（9组）", "王伟（5组，1975年生）", "王伟（3组）", "王惠（3组）", "王伟强")
    assert (found.keys["丁一（9组）"], found.unknown) == (["12", "1"], ())
    assert names.sort_key("王伟（3组）") == names.sort_key("王伟")
