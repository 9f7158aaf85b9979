"""The order of names by strokes (SORT-01…07) and pinyin initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections import names, pinyin

VECTORS = (  # SORT-06, in the right order
    "丁12 万153 马551 王1121 毛3115 文4134 方4153 孔5215 邓5452 叶25112 田25121 史25134 白32511 冯41551 朱311234 "
    "刘413422 江441121 许453112 孙521234 李1234521 杨1234533 吴2511134 何3212512 张5153154 陈5215234 林12341234 "
    "欧13453534 周35121251 郑43113452 赵121213434 胡122513511 钟311152512 徐3323411234 郭4125152152 黄12212512134 "
    "曾432524312511 谢453251113124"
).split()

# Frequent surnames with their strokes in writing order.
SURNAMES = (
    "王1121 李1234521 张5153154 刘413422 陈5215234 杨1234533 黄12212512134 赵121213434 吴2511134 周35121251 "
    "徐3323411234 孙521234 马551 朱311234 胡122513511 郭4125152152 何3212512 林12341234 高4125125251 罗25221354 "
    "郑43113452 梁44153441234 谢453251113124 宋4451234 唐4135112251 许453112 邓5452 冯41551 韩122511121152 "
    "曹12512212511 曾432524312511 彭121251431333 萧12251123234 蔡12235445411234 潘441343123425121 田25121 "
    "董122312511211 袁1212513534 于112 余3411234 叶25112 蒋122412354124 杜1234121 苏1225344 魏31234531325113554 "
    "程312342511121 吕251251 丁12 沈4414535 任323121 姚531341534 卢21513 傅321251124124 钟311152512 姜431121531 "
    "崔25232411121 谭45125221251112 廖41354154134333 范12244155 汪4411121 陆5211252 金34112431 石13251 戴12125121122134534 "
    "贾1252212534 韦1152 夏1325111354 邱3212152 方4153 侯325131134 邹3551152 熊54251135354444 孟52125221 秦1113431234 "
    "白32511 江441121 阎42535321511 薛1223251514143112 尹5113 段321113554 雷1452444425121 "
    "武11212154 莫1222511134 孔5215 汤441533 康41351124134 施415331534 牛3112 樊123434341234134 葛122251135345 "
    "安445531 齐413432 易25113533 乔313432 伍321251 庞41313534 颜414313333132534 庄413121 岳32121252 "
    "翟54154132411121 殷3351153554 申25112 关431134 兰43111 左13121 柳123435352 祝452425135 舒341122515452 阮521135 "
    "柯123412512 童414312511211 凌4112134354 裴21112111413534 成135534 盛13553425221 曲251221 冉25211 路2512121354251"
).split()


@pytest.mark.parametrize("vector", VECTORS)
def test_the_known_stroke_codes_are_in_the_table(vector):
    assert names.stroke_code(vector[0]) == vector[1:]


def test_the_known_characters_are_already_in_order():
    chars = [vector[0] for vector in VECTORS]
    assert list(names.order(reversed(chars)).names) == chars


def test_more_than_a_hundred_surnames_are_checked():
    assert len({each[0] for each in SURNAMES} | {each[0] for each in VECTORS}) > 110


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


@given(st.lists(st.text("丁王李张陈田富大利红明·欧阳", min_size=1, max_size=4)), st.sampled_from(["surname", "fullname"]))
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
