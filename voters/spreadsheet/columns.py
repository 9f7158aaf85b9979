"""Which column of a file is which: names and synonyms people use, and the row in which they stand."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from voters.rules import columns as ours
from voters.spreadsheet import limits
from voters.spreadsheet.faults import FileCode, FileFault

# fmt: off
SYNONYMS: dict[str, tuple[str, ...]] = {
    ours.NAME:      ("选民姓名", "村民姓名", "居民姓名", "名字", "人员姓名", "登记人姓名", "成员姓名", "name"),
    ours.ID_NUMBER: ("身份证号码", "身份证", "公民身份号码", "公民身份证号码", "公民身份证号", "居民身份证号", "居民身份证号码", "证件号码", "证件号", "身份号码", "身份证件号码", "idcard", "idnumber"),
    ours.SEX:       ("性別", "男女", "sex"),
    ours.ETHNICITY: ("民族成份", "民族成分", "族别"),
    ours.GROUP:     ("小组", "组别", "组", "所在小组", "所属小组", "村民组", "居民小组", "组名", "村组", "所在组", "生产队", "队别", "网格"),
    ours.HOUSEHOLD: ("户编号", "家庭编号", "户主编号", "户籍编号", "户口簿号", "户口本号", "门牌户号"),
    ours.ADDRESS:   ("家庭住址", "地址", "详细地址", "居住地址", "家庭地址", "户籍地址", "现住址", "户籍住址", "门牌号"),
    ours.PHONE:     ("联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系号码", "移动电话"),
    ours.CATEGORY:  ("登记类别", "类别", "类型", "选民类别", "选民类型", "户籍类型", "户籍情况", "登记情形"),
    ours.STATED:    ("是否参加", "是否参加选举", "本人是否参加", "参加选举", "是否参选", "是否表示参加", "本人表示"),
    ours.PARTY:     ("政治身份", "党派"),
    ours.REMARK:    ("备注说明", "说明", "附注", "其他"),
}
# fmt: on
NOISE = re.compile(r"[\s\u3000:：*＊_.\-—/、]+|[（(\[【][^）)\]】]*[）)\]】]")

Cells = Sequence[Any]
Mapping_ = Mapping[str, int]


def bare(heading: Any) -> str:
    """Return a heading without blanks, brackets, stars: “ 姓 名 （必填）*” → “姓名”"""
    return NOISE.sub("", unicodedata.normalize("NFKC", str(heading))).casefold()


KNOWN: dict[str, str] = {
    **{bare(word): column for column, words in SYNONYMS.items() for word in words},
    **{bare(column): column for column in ours.COLUMNS},
}


def guess(headings: Cells) -> dict[str, int]:
    """Field → place of its column; the official name beats a synonym, the first of two synonyms wins."""
    found: dict[str, int] = {}
    for exact in (True, False):
        for place, heading in enumerate(headings):
            column = KNOWN.get(bare(heading)) if isinstance(heading, str) else None
            if column and column not in found and (bare(heading) == bare(column)) is exact:
                found[column] = place
    return found


def find_header(rows: Sequence[tuple[int, Cells]]) -> int:
    """Return the place in ``rows`` of the row of headings: the one that names most columns, names and ids before all.

    Raises :class:`FileFault` (EMPTY, NO_HEADER).
    """
    if not rows:
        raise FileFault(FileCode.EMPTY)
    scores = [_score(guess(cells)) for _, cells in rows[: limits.HEADER_WITHIN]]
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    if scores[best] < 2:
        raise FileFault(FileCode.NO_HEADER)
    return best


def _score(found: Mapping_) -> int:
    """Score a row as headings: a title such as “3组名单” names one column by chance, headings a required one or two."""
    return len(found) + sum(1 for column in ours.REQUIRED if column in found)


def check_required(mapping: Mapping_) -> None:
    """Raise :class:`FileFault` when name or id have no column."""
    if ours.NAME not in mapping:
        raise FileFault(FileCode.NO_NAME_COLUMN)
    if ours.ID_NUMBER not in mapping:
        raise FileFault(FileCode.NO_ID_COLUMN)
