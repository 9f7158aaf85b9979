"""Pinyin initials of a person’s name, for searching: 解大明 → "xdm"."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

# Surnames whose reading as a surname begins differently from their common reading, and the compound surnames that
# begin with one of them; pypinyin knows the rest.
COMPOUND_SURNAMES = {"单于": "cy", "乐正": "yz", "长孙": "zs"}
SURNAMES = {
    "单": "s", "仇": "q", "解": "x", "曾": "z", "查": "z", "区": "o", "翟": "z", "繁": "p", "覃": "q", "召": "s",
    "祭": "z", "秘": "b", "折": "s", "乜": "n", "种": "c", "隗": "w", "乐": "y", "阚": "k", "藏": "z", "句": "g",
    "郇": "x", "适": "k", "佴": "n", "重": "c", "会": "g", "龟": "q",
}  # fmt: skip
LONGEST_LOOKED_THROUGH = 4  # characters; what is longer has too many pieces to look for phrases among them
MOST_KEPT = 16_384  # names


@lru_cache(maxsize=MOST_KEPT)
def initials(name: str) -> str:
    """Lower-case initials of the characters of a name; anything that is not a Chinese character is left out."""
    for surnames, length in ((COMPOUND_SURNAMES, 2), (SURNAMES, 1)):
        if name[:length] in surnames:
            return surnames[name[:length]] + _letters(name[length:])
    return _letters(name)


def _letters(text: str) -> str:
    """Read the whole text as pypinyin does: 尉迟 is one word, and only a word changes how a character is read."""
    if len(text) > LONGEST_LOOKED_THROUGH or _has_phrase(text):
        return read_whole(text)
    return "".join(map(_letter, text))


def _has_phrase(text: str) -> bool:
    """Return whether a word of two characters or more stands in the text."""
    length = len(text)
    return any(text[start:end] in PHRASES_DICT for start in range(length - 1) for end in range(start + 2, length + 1))


def read_whole(text: str) -> str:
    """Read by the slow way, which is right for any text."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))


_letter = lru_cache(maxsize=MOST_KEPT)(read_whole)  # of one character that stands alone
