"""The 正 sheet."""

import pytest

from elections.rules.counting.tally_sheet import characters, votes_on, votes_on_sheets


def test_three_sheets_of_one_candidate():
    assert votes_on_sheets([(10, 0), (9, 4), (2, 3)]) == 50 + 49 + 13 == 112
    assert characters(112) == (22, 2)


@pytest.mark.parametrize("votes", range(26))
def test_writing_and_reading_agree(votes):
    assert votes_on(*characters(votes)) == votes


@pytest.mark.parametrize(("full", "strokes"), [(0, 5), (0, -1), (-1, 0)])
def test_a_character_has_five_strokes(full, strokes):
    with pytest.raises(ValueError, match="正字"):
        votes_on(full, strokes)
