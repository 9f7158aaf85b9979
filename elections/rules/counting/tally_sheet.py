"""The tally sheet of 正 characters: five strokes a character."""

from collections.abc import Iterable

STROKES = 5


def votes_on(full: int, strokes: int) -> int:
    """Return votes of one box row: `full` characters and the `strokes` (0…4) of the last. Raises ValueError."""
    if full < 0 or not 0 <= strokes < STROKES:
        raise ValueError("正字的个数不能小于0，最后一个未写完的正字应当是0到4画")
    return STROKES * full + strokes


def characters(votes: int) -> tuple[int, int]:
    """(full characters, strokes of the last) for a number of votes."""
    return divmod(votes, STROKES)


def votes_on_sheets(sheets: Iterable[tuple[int, int]]) -> int:
    """Return votes over several sheets of one candidate."""
    return sum(votes_on(full, strokes) for full, strokes in sheets)
