"""Names that may be one person's: hints for people, never a reason to delete (VR-07)."""

from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

VARIANTS = (  # written one way in the register, another on the card
    "升昇陞", "钧均鈞", "峰峯", "群羣", "晳皙", "喆哲", "堃坤", "淼渺", "珊姗", "敏閔", "杰傑", "华華", "国國", "兰蘭",
    "凤鳳", "龙龍", "云雲", "丽麗", "英瑛", "莹瑩", "琴琹", "梅楳", "泉洤", "春萅", "明眀", "志誌", "祥详", "福褔",
)  # fmt: skip
ONE_FOR_ALL = {char: group[0] for group in VARIANTS for char in group}
LONG = 3  # characters from which one different character still makes a likeness


def likeness(name: str, other: str) -> str | None:
    """In what two names are alike: 同名, 异体字, 同音, 差一个字; ``None`` when they are not."""
    if name == other:
        return "同名"
    if _folded(name) == _folded(other):
        return "异体字"
    if len(name) == len(other) and _sound(name) == _sound(other):
        return "同音"
    if (
        min(len(name), len(other)) >= LONG
        and name[0] == other[0]
        and Levenshtein.distance(name, other, score_cutoff=1) <= 1
    ):
        return "差一个字"
    return None


def _folded(name: str) -> str:
    return "".join(ONE_FOR_ALL.get(char, char) for char in name)


@lru_cache(maxsize=65_536)
def _sound(name: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(name))
