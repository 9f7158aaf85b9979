"""四登四不登, 四增四减: why people are registered, left out, added and taken off, as codes for ledgers and reports.

The source documents name the four sets without listing them; what stands here follows from the law's own classes
(VR-06…08, VR-15, VR-16) and is words, not law.
"""

from collections.abc import Iterable
from enum import StrEnum

from voters.rules.eligibility import Category, Omission


class Cause(StrEnum):
    """The reason for putting somebody on a list that had been posted already."""

    CAME_OF_AGE = "CAME_OF_AGE"
    MOVED_IN = "MOVED_IN"
    RIGHTS_RESTORED = "RIGHTS_RESTORED"
    OVERLOOKED = "OVERLOOKED"


CAUSES = {
    Cause.CAME_OF_AGE: "选举日年满18周岁",
    Cause.MOVED_IN: "户籍迁入",
    Cause.RIGHTS_RESTORED: "恢复政治权利",
    Cause.OVERLOOKED: "漏登",
}

# How the three classes read in a village (VR-06) and in a community, whose second class lives there (VR-21).
IN_A_VILLAGE = {
    Category.CAT1: "户籍在本村且居住",
    Category.CAT2: "户籍在本村不居住",
    Category.CAT3: "户籍不在本村居住一年以上",
}
IN_A_COMMUNITY = {
    Category.CAT1: "户籍在本社区",
    Category.CAT2: "户籍不在本社区但常住",
    Category.CAT3: "社区工作者",
}


def category_words(*, community: bool) -> dict[Category, str]:
    """Return the classes in the words of the place; a roll file is read in either (``rows.CATEGORY_WORDS``)."""
    return IN_A_COMMUNITY if community else IN_A_VILLAGE


def category_word(category: str, *, community: bool) -> str:
    """Return one class in the words of the place."""
    return category_words(community=community)[Category(category)]


# fmt: off
REGISTERED = (  # 四登: in a village, in a community
    ("户籍在本村且居住的",         "户籍在本社区的",          lambda row: row.category == Category.CAT1 and row.listed),
    ("外出但本人表示参加的",       "户籍不在本社区但常住的",  lambda row: row.category == Category.CAT2 and row.listed),
    ("外来一年以上并经会议同意的", "社区工作者",              lambda row: row.category == Category.CAT3 and row.listed),
    ("公布后补登的",               "公布后补登的",            lambda row: row.listed and row.cause),
)
LEFT_OUT = (  # 四不登
    ("选举日未满18周岁的",               {Omission.UNDER_AGE}),
    ("被剥夺政治权利的",                 {Omission.DEPRIVED}),
    ("已在其他村登记的",                 {Omission.LISTED_ELSEWHERE}),
    ("本人没有表示或者表示不参加的",     {Omission.NO_STATEMENT, Omission.REFUSED}),
)
ADDED = tuple((word, {cause}) for cause, word in CAUSES.items())  # 四增
TAKEN_OFF = (  # 四减
    ("死亡",                             {"DIED"}),
    ("户籍迁出",                         {"MOVED"}),
    ("被剥夺政治权利",                   {Omission.DEPRIVED}),
    ("错登、重登",                       {"DUPLICATE", Omission.LISTED_ELSEWHERE}),
)
# fmt: on


class Counted:
    """The values of one row that the four sets look at: `category`, `listed`, `omission`, `cause`, `taken_off`: after
    posting."""

    __slots__ = ("category", "cause", "listed", "omission", "taken_off")

    def __init__(self, category: str, listed: bool, omission: str, cause: str, taken_off: bool) -> None:
        self.category, self.listed, self.omission = category, listed, omission
        self.cause, self.taken_off = cause, taken_off


Lines = list[tuple[str, int]]


def four_sets(rows: Iterable[Counted], *, community: bool = False) -> dict[str, Lines]:
    """四登, 四不登, 四增, 四减 → (word, how many)."""
    found = list(rows)
    return {
        "四登": [
            (there if community else here, sum(1 for row in found if test(row))) for here, there, test in REGISTERED
        ],
        "四不登": [
            (word, sum(1 for row in found if not row.listed and not row.taken_off and row.omission in codes))
            for word, codes in LEFT_OUT
        ],
        "四增": [(word, sum(1 for row in found if row.listed and row.cause in codes)) for word, codes in ADDED],
        "四减": [
            (word, sum(1 for row in found if row.taken_off and row.omission in codes)) for word, codes in TAKEN_OFF
        ],
    }
