"""The texts that roll versions and imports keep: what was written before they had types is read and written the same."""

import pytest

from voters.models import Choices, Figures, RollImport, RollLine, RollVersion

ROLL = '[[1,"1组","王芳","F","CAT1"],[2,"","欧阳明","M","CAT3"]]'
SUMMARY = (
    '{"changed":1,"cleaned":{"姓名":2},"codes":{"check:DUP_ELSEWHERE":1,"error:CHECKSUM":3},"known":false,"new":3,'
    '"not_listed":{"OUTSIDE":1},"read":9,"refused":4,"same":0,"skipped":1,"to_check":1,"under_age":1}'
)


def test_a_roll_comes_back_as_it_was_posted():
    version = RollVersion(snapshot=ROLL)
    assert version.lines == [RollLine(1, "1组", "王芳", "F", "CAT1"), RollLine(2, "", "欧阳明", "M", "CAT3")]
    assert [line.group_name for line in version.lines] == ["1组", "未分组"]
    assert RollVersion.text_of(version.lines) == ROLL


def test_the_figures_of_an_import_come_back_as_they_were():
    said = RollImport(summary=SUMMARY).said
    assert said is not None
    assert (said.new, said.codes["error:CHECKSUM"], said.left) == (3, 3, 4 - 1 - 1 + 1)
    assert said.text == SUMMARY


def test_an_import_that_was_not_judged_yet_says_nothing():
    assert RollImport().said is None
    assert Figures().left == 0


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("{}", Choices()),
        ('{"skips": [], "ticks": [3, 7]}', Choices(ticks=(3, 7), skips=())),
        ('{"mapping": {"姓名": 0, "身份证号": 2}}', Choices(mapping={"姓名": 0, "身份证号": 2})),
    ],
)
def test_what_was_decided_comes_back_as_it_was(text, chosen):
    assert RollImport(choices=text).chosen == chosen
    assert chosen.text == text
