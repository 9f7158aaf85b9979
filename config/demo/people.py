"""Invented people: a surname and two signs of the sixty-year cycle, so that nobody takes them for anybody."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.cn import ric

from elections.rules.kinds import SEXES

SURNAMES = "丁于马王方孔邓叶田史白冯朱刘江许孙李杨吴何张陈林周郑胡赵钟徐郭黄曾谢罗梁宋唐韩曹"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
AREA = "990100"  # no real place has this code
GROUPS = 6


@dataclass(frozen=True)
class Person:
    """One line of a roll file."""

    name: str
    sex: str
    birth: date
    id_number: str
    group: str
    household: str
    category: str
    party: str

    def as_row(self) -> list[str]:
        word = SEXES[self.sex]
        return [self.name, self.id_number, word, "汉族", self.group, self.household, self.category, "是", self.party]


STREET = "990100001"  # its areas are communities
OF_THE_STREET = ("居民", "户籍在本社区", "户籍不在本社区但常住")
OF_A_TOWN = ("村民", "户籍在本村且居住", "户籍在本村不居住")
HEAD = ["姓名", "身份证号", "性别", "民族", "村民小组", "户号", "登记类型", "本人表示参加", "政治面貌"]


def people(code: str, count: int, today: date) -> list[Person]:
    """Make ``count`` adults of one village, the same at every call: everything follows from the code."""
    chance = random.Random(code)  # noqa: S311  nothing secret is drawn
    found: list[Person] = []
    taken: set[str] = set()
    people_word, here, elsewhere = OF_THE_STREET if code.startswith(STREET) else OF_A_TOWN
    for number in range(count):
        name = _name(chance, taken)
        birth = today - timedelta(days=chance.randint(19 * 366, 84 * 365))
        sex = chance.choice("MF")
        found.append(
            Person(
                name=name,
                sex=sex,
                birth=birth,
                id_number=id_number(birth, sex, _place(code) * 40 + number % 40),
                group=f"第{number * GROUPS // count + 1}{people_word}小组",
                household=f"{number // 3 + 1:04}",
                category=elsewhere if chance.random() < 0.15 else here,
                party="中共党员" if chance.random() < 0.08 else "群众",
            )
        )
    return _without_twins(found)


def id_number(birth: date, sex: str, serial: int) -> str:
    """Return a number of the reserved area 990100 with a right check digit (ID-01, ID-02)."""
    odd = (serial % 500) * 2 + (sex == "M")
    body = f"{AREA}{birth:%Y%m%d}{odd:03}"
    return body + ric.calc_check_digit(f"{body}0")  # it looks at the first seventeen


def _name(chance: random.Random, taken: set[str]) -> str:
    while True:
        turn = chance.randrange(60)
        name = chance.choice(SURNAMES) + STEMS[turn % 10] + BRANCHES[turn % 12]
        if name not in taken or len(taken) > 1500:
            taken.add(name)
            return name


def _place(code: str) -> int:
    """Return a small number for each village, so that no two villages share an id number."""
    return {"001": 0, "101": 1, "102": 2}.get(code[6:9], 3) * 3 + int(code[9:]) % 10 % 3


def _without_twins(found: list[Person]) -> list[Person]:
    return list({each.id_number: each for each in reversed(found)}.values())[::-1]
