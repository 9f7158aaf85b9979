"""One row of a roll file: what is cleaned, what is refused, what is asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import policy
from elections.rules.identity import IdFault
from elections.rules.naming import clean_name, rare_characters, text_of
from tests.elections.rules.test_identity import number
from voters.rules import faults, rows
from voters.rules.eligibility import Category, Setting
from voters.rules.rows import CATEGORY_WORDS, Reader, category_of, read_row, repeated

NATIONAL = policy.load()
SETTING = Setting(election_day=date(2026, 12, 20))
TODAY = date(2026, 11, 20)
WANG = {"姓名": "王芳", "身份证号": number(date(1990, 1, 1), 2), "性别": "女"}

WRONG_DIGIT = WANG["身份证号"][:-1] + ("1" if WANG["身份证号"][-1] != "1" else "2")


def reading(**cells):
    return read_row(WANG | cells, SETTING, TODAY, NATIONAL)


def codes(**cells):
    return [(each.code, each.level.value) for each in reading(**cells).faults]


def message(**cells):
    [fault] = reading(**cells).faults
    return fault.message


def test_a_plain_row_has_no_faults():
    found = reading(民族="汉族", 村民小组="第三组", 电话=13800138000.0, 登记类型="户籍在本村且居住", 备注=None)
    assert found.faults == ()
    assert (found.row.name, found.row.sex, found.row.birth) == ("王芳", "F", date(1990, 1, 1))
    assert (found.row.phone, found.row.category, found.row.stated) == ("13800138000", Category.CAT1, False)


def test_only_name_and_number_are_required():
    found = read_row({"姓名": "王芳", "身份证号": WANG["身份证号"]}, SETTING, TODAY, NATIONAL)
    assert (found.faults, found.row.sex, found.row.category) == ((), "F", Category.CAT1)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"姓名": ""}, [("NAME_MISSING", "error")]),
        ({"姓名": " \u200b　"}, [("NAME_MISSING", "error")]),
        ({"身份证号": None}, [("ID_MISSING", "error")]),
        ({"身份证号": "99010019900101002"}, [("ID_LENGTH", "error")]),
        ({"身份证号": "990100900101002"}, [("ID_LENGTH", "error")]),
        ({"身份证号": WRONG_DIGIT}, [("ID_CHECKSUM", "check")]),
        ({"身份证号": "990100199001014000"}, [("ID_EXCEL_ROUNDED", "error")]),
        ({"身份证号": 990100199001014016.0}, [("ID_IS_NUMBER", "error")]),
        ({"身份证号": "990100199002310026"}, [("BIRTH_IMPOSSIBLE", "error")]),
        ({"性别": "男"}, [("SEX_MISMATCH", "check")]),
        ({"性别": "？"}, [("SEX_MISMATCH", "check")]),
        ({"身份证号": number(date(2008, 12, 21), 2)}, [("UNDER_AGE", "hint")]),
        ({"身份证号": number(date(2008, 12, 20), 2)}, []),
        ({"身份证号": number(date(1926, 12, 20), 2)}, [("VERY_OLD", "check")]),
        ({"身份证号": number(date(1926, 12, 21), 2)}, []),
        ({"姓名": "王䶮"}, [("RARE_CHARACTER", "hint")]),
        ({"姓名": "王3"}, [("NAME_CHARACTERS", "check")]),
        ({"姓名": "阿依古丽.买买提"}, [("NAME_DOT", "hint")]),
        ({"登记类型": "不知道"}, [("CATEGORY_UNKNOWN", "error")]),
        ({"本人表示参加": "也许"}, [("STATEMENT_UNKNOWN", "error")]),
        ({"备注": "长" * 201}, [("TOO_LONG", "error")]),
        ({"备注": "长" * 200}, []),
    ],
)
def test_each_fault_has_its_code_and_level(cells, expected):
    assert codes(**cells) == expected


def test_an_error_is_refused_a_check_is_asked_a_hint_is_told():
    assert (reading(姓名="").refused, reading(姓名="").to_check) == (True, False)
    assert (reading(性别="男").refused, reading(性别="男").to_check) == (False, True)
    assert (reading(姓名="王䶮").refused, reading(姓名="王䶮").to_check) == (False, False)
    assert reading(身份证号=number(date(2010, 1, 1), 2)).under_age


def test_messages_say_what_happened_why_and_what_to_do():
    assert message(姓名="") == "姓名没有填写。请按户口簿填写。"
    assert message(身份证号="99010019900101002") == "身份证号是17位，应为18位。请核对后补全。"
    assert message(身份证号="9901001990010100233") == "身份证号是19位，应为18位。请核对后删去多余的数字。"
    assert message(身份证号="99010019900101A02X") == "身份证号中有不是数字的字符。请对照证件核对。"
    assert message(性别="男") == "性别填“男”，与身份证号不一致（应为女）。请核对。"
    assert message(姓名="王䶮") == "“䶮”在打印字体中可能缺字。请打印后核对，缺字时手写并在备注说明。"
    assert message(姓名="阿依古丽.买买提") == "姓名中的间隔号应为“·”。已为您改好，请核对。"
    assert message(备注="长" * 236) == "备注有236个字，最多200个字。请删减36个字。"
    assert message(身份证号=number(date(2010, 1, 1), 2)) == (
        "选举日（2026年12月20日）未满18周岁，不列入本次名单。如出生日期有误，请改正。"
    )
    assert message(身份证号="990100199001014000") == (
        "身份证号后三位是000，很可能被Excel改动过。请在Excel中把该列设为“文本”后重新粘贴，或在此处改正。"
    )


def test_zeros_that_pass_the_check_digit_are_asked_about():
    """One rounded number in eleven passes; it must not slip in unseen."""
    ending = next(each for n in range(1, 12) if (each := number(date(1990, 1, n), 400)).endswith("000"))
    assert codes(身份证号=ending) == [("ID_EXCEL_ROUNDED", "check")]


@pytest.mark.parametrize("raw", ["990100199001014000", WRONG_DIGIT, "99010019900101", number(date(2010, 1, 1), 2)])
def test_no_fault_shows_an_id_number_or_a_birth_date(raw):
    for fault in reading(身份证号=raw).faults:
        assert raw not in fault.message + fault.value
        assert raw[6:14] not in fault.message + fault.value


def test_every_fault_of_an_id_number_has_its_sentence():
    for fault in IdFault:
        sentence = faults.id_number(fault, "990100199001014000").message
        assert sentence.endswith("。")
        assert "请" in sentence


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王　芳", "王芳"),
        (" 王 芳 ", "王芳"),
        ("王\u200b芳\ufeff", "王芳"),
        ("欧阳\n少东", "欧阳少东"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("葛\U000e0100", "葛"),
        ("John  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("José  Élan", "José Élan"),
    ],
)
def test_names_are_cleaned(written, name):
    assert clean_name(written) == name


def test_a_name_that_was_right_is_left_alone_without_a_word():
    assert codes(姓名="阿依古丽·买买提") == []


def test_private_characters_are_kept_and_shown():
    """造字 from an old system: nobody may lose half of his name in silence."""
    assert codes(姓名="王\ue123") == [("NAME_CHARACTERS", "check")]


def test_rare_characters_are_those_office_fonts_lack():
    assert rare_characters("王堃玥芳") == ("堃", "玥")
    assert rare_characters("王芳") == ()


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (3.0, "3"), (3, "3"), (2.5, "2.5"), ("  a \t b ", "a b"), ("\u200bx", "x"), (True, "True")],
)
def test_cells_become_text(cell, text):
    assert text_of(cell) == text


def test_categories_are_known_by_many_words():
    for category, words in CATEGORY_WORDS.items():
        assert all(category_of(word) is category for word in words)
    assert category_of("户口在本村，且居住") is Category.CAT1
    assert category_of("户籍在本村（不居住）") is Category.CAT2
    assert category_of("户籍不在本村，居住一年以上") is Category.CAT3
    assert category_of("") is Category.CAT1
    assert category_of("什么") is None


def test_a_statement_may_be_written_in_several_ways():
    assert all(reading(本人表示参加=word).row.stated for word in ("是", "愿意", "√", "Y", "1"))
    assert not any(reading(本人表示参加=word).row.stated for word in ("", "否", "没有", "×"))


def test_the_second_of_two_equal_numbers_is_refused():
    first, second, other = (
        reading().row,
        reading(姓名="王方").row,
        reading(姓名="李四", 身份证号=number(date(1991, 1, 1), 2)).row,
    )
    found = repeated([(37, first), (52, second), (60, other)])
    assert list(found) == [52]
    [fault] = found[52]
    assert (fault.code, fault.level.value) == ("DUP_IN_FILE", "error")
    assert fault.message == "与第37行身份证号相同。请保留一行。"
    assert fault.value == f"990100********{first.id_number[-4:]}"


def test_one_name_and_birth_with_two_numbers_is_asked_about():
    twin = reading(身份证号=number(date(1990, 1, 1), 4)).row
    [fault] = repeated([(2, reading().row), (9, twin)])[9]
    assert (fault.code, fault.level.value) == ("SAME_PERSON", "check")


def test_rows_without_a_number_are_not_duplicates_of_each_other():
    empty = reading(身份证号="").row
    assert repeated([(2, empty), (3, empty)]) == {}


def test_the_other_village_is_named_to_the_township_only():
    told = faults.duplicate_elsewhere("990100199001010026", "沙溪村").message
    assert told == "此人已在沙溪村登记。只能在一个村登记。请与沙溪村核实。"
    untold = faults.duplicate_elsewhere("990100199001010026", None).message
    assert untold == "此人已在其他村登记。只能在一个村登记。请与镇换届办核实。"


CELLS = st.one_of(st.none(), st.text(max_size=40), st.integers(-(10**20), 10**20), st.floats(), st.booleans())


@given(
    st.dictionaries(st.sampled_from(["姓名", "身份证号", "性别", "登记类型", "本人表示参加", "备注", "户号"]), CELLS)
)
def test_no_cell_breaks_the_reading(cells):
    found = read_row(cells, SETTING, TODAY, NATIONAL)
    assert all(each.message.endswith("。") for each in found.faults)
    assert found.refused or (found.row.name and found.row.id_number)


@given(st.text(max_size=20))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_name(clean_name(text)) == clean_name(text)
    assert text_of(text_of(text)) == text_of(text)


def test_a_reader_that_forgets_its_texts_reads_the_same(monkeypatch):
    """A file of many different groups: what is remembered is dropped in the middle of a row."""
    cells = [[*(WANG | {"村民小组": f"{n}组", "备注": f"第{n}"}).values()] for n in range(20)]
    given_ = [[row[0], row[1], row[2], "汉族", row[3], "1", "", "", "", "", "群众", row[4]] for row in cells]
    whole = [Reader(SETTING, TODAY, NATIONAL).read(row) for row in given_]
    monkeypatch.setattr(rows, "MOST_KEPT", 2)
    forgetful = Reader(SETTING, TODAY, NATIONAL)
    assert [forgetful.read(row) for row in given_] == whole
    assert [each.row.remark for each in whole] == [f"第{n}" for n in range(20)]
    assert len(forgetful.texts) <= 2
