"""Cleaning what people typed: names, invisible characters, spaces, numbers that should be text."""

import re
import unicodedata
from typing import Any

INTERPUNCT = "·"
INTERPUNCT_LIKE = frozenset("•‧・∙⋅･᛫.．。﹒●○")  # typed for · between the parts of a name
NAME_CHARACTERS_ALLOWED = frozenset(INTERPUNCT + " -'’")
# Control and format characters, byte order marks, variation selectors. Private characters (造字) stay, to be seen.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)
ORDINARY = re.compile("[\u4e00-\u9fa5]{2,4}")  # a name that needs no cleaning
LINE_BREAKS = str.maketrans("\t\r\n\v\f", "     ")


def text_of(cell: Any) -> str:
    """Return the text of a spreadsheet cell: no invisible characters, one blank for many, 3.0 → "3", nothing → ""."""
    if cell is None or cell == "":
        return ""
    if type(cell) is str and cell.isalnum():  # most cells by far; nothing invisible is alphanumeric
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(visible(str(cell)).split())


def visible(text: str) -> str:
    """Leave out characters that cannot be seen; line breaks become blanks."""
    if INVISIBLE.search(text) is None:
        return text
    return INVISIBLE.sub("", text.translate(LINE_BREAKS))


def clean_name(text: str) -> str:
    """Return a name as it is written: 王　芳 → 王芳, 阿依古丽.买买提 → 阿依古丽·买买提, blanks kept only in Latin names."""
    if ORDINARY.fullmatch(text):
        return text
    words = unicodedata.normalize("NFKC", visible(text)).split()
    name = "".join(
        word if not index or _joins(words[index - 1][-1], word[0]) else f" {word}" for index, word in enumerate(words)
    )
    return "".join(INTERPUNCT if _is_interpunct(name, place) else char for place, char in enumerate(name))


def is_han(char: str) -> bool:
    """Return whether this is a Chinese character, of any block."""
    return "\u3400" <= char <= "\u9fff" or char == "〇" or "\U00020000" <= char <= "\U000323af"


def rare_characters(name: str) -> tuple[str, ...]:
    """Return characters outside GB 2312, which office fonts may lack (玥, 堃, 䶮): print, look, write by hand if
    missing."""
    if _in_gb2312(name):
        return ()
    return tuple(dict.fromkeys(char for char in name if is_han(char) and not _in_gb2312(char)))


def strange_characters(name: str) -> tuple[str, ...]:
    """Return what a name should not hold: digits, brackets, symbols."""
    return tuple(
        dict.fromkeys(
            char
            for char in name
            if not (is_han(char) or unicodedata.category(char)[0] == "L" or char in NAME_CHARACTERS_ALLOWED)
        )
    )


def _joins(before: str, after: str) -> bool:
    """Return whether the blank between two characters is only padding: between Latin words it belongs to the name."""
    return is_han(before) or is_han(after)


def _is_interpunct(name: str, place: int) -> bool:
    inside = 0 < place < len(name) - 1
    return inside and name[place] in INTERPUNCT_LIKE and is_han(name[place - 1]) and is_han(name[place + 1])


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
