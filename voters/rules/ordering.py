"""The order of the roll: by group, inside by household, inside by strokes of the name (VR-20)."""

import re
from functools import lru_cache

DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
NUMBER = re.compile(r"\d+|[〇零一二两三四五六七八九十百]+")
WIDTH = 6  # digits to which numbers are padded
LONGEST = 100
LAST = "\uffff"  # people without a group come after those with one


@lru_cache(maxsize=16_384)
def place_of(group: str, household: str) -> str:
    """Return a text that sorts as people count: 2组 before 10组, 第三组 before 第十二组."""
    return f"{natural(group) or LAST}\x1f{natural(household)}"[:LONGEST]


@lru_cache(maxsize=16_384)
def natural(text: str) -> str:
    """Return the text with its numbers padded: 第12组 → 第000012组, 第十二组 → 第000012组"""
    if text.isascii() and text.isdigit():
        return f"{int(text):0{WIDTH}}"
    return NUMBER.sub(lambda found: f"{value_of(found[0]):0{WIDTH}}", text.strip())


def value_of(digits: str) -> int:
    """12, 十二, 一百零三 or 二〇 as a number."""
    if digits.isdecimal():
        return int(digits)
    if not set(digits) & set("十百"):
        return int("".join(str(DIGITS[digit]) for digit in digits))
    total = current = 0
    for digit in digits:
        if digit in "十百":
            total += (current or 1) * (10 if digit == "十" else 100)
            current = 0
        else:
            current = DIGITS[digit]
    return total + current
