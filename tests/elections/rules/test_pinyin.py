"""Initials by which people are searched: surnames read as surnames, compound surnames and words read whole."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from elections.rules import pinyin
from elections.rules.pinyin import COMPOUND_SURNAMES, SURNAMES, initials, read_whole

CHARACTERS = st.sampled_from("".join(map(chr, PINYIN_DICT)))
COMMON = st.sampled_from("王李张刘陈杨赵黄周吴徐孙重乐朝长行调传觉曾尉迟单于都还没得地着了过佛说不知")
NAMES = st.one_of(
    st.text(CHARACTERS, max_size=6),
    st.text(COMMON, max_size=6),
    st.lists(st.sampled_from(sorted(PHRASES_DICT)), max_size=2).map("".join),
    st.tuples(COMMON, st.sampled_from(sorted(key for key in PHRASES_DICT if len(key) == 2))).map("".join),
    st.text(max_size=6),
)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("王芳", "wf"),
        ("解大明", "xdm"),
        ("尉迟恭", "ycg"),
        ("单于明", "cym"),
        ("单雄信", "sxx"),
        ("长孙无忌", "zswj"),
        ("重耳", "ce"),
        ("曾国", "zg"),
        ("欧阳修", "oyx"),
        ("王重庆", "wcq"),
        ("买买提·吐尔逊", "mmttex"),
        ("John王", "w"),
        ("", ""),
    ],
)
def test_initials_of_a_name(name, letters):
    assert initials(name) == letters


@given(NAMES)
@example("尉迟恭")
@example("张重庆")
@example("一不做，二不休")
@example("王⺁")
def test_the_quick_way_reads_as_the_slow_way_does(name):
    for surnames, length in ((COMPOUND_SURNAMES, 2), (SURNAMES, 1)):
        if name[:length] in surnames:
            assert initials(name) == surnames[name[:length]] + read_whole(name[length:])
            return
    assert initials(name) == read_whole(name)


def test_a_name_without_words_is_not_read_as_a_whole(monkeypatch):
    """Only so are fifty thousand names read in a moment."""
    initials.cache_clear()
    for each in "孙秀芳":
        pinyin._letter(each)
    monkeypatch.setattr(pinyin, "read_whole", lambda text: pytest.fail(text))
    assert initials("孙秀芳") == "sxf"
