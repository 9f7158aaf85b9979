"""Pinyin initials of a person’s name, for searching: 解大明 → "xdm"."""

from pypinyin import Style, lazy_pinyin

# Surnames whose reading as a surname begins differently from their common reading, and the compound surnames that
# begin with one of them; pypinyin knows the rest.
COMPOUND_SURNAMES = {"单于": "cy", "乐正": "yz", "长孙": "zs"}
SURNAMES = {
    "单": "s", "仇": "q", "解": "x", "曾": "z", "查": "z", "区": "o", "翟": "z", "繁": "p", "覃": "q", "召": "s",
    "祭": "z", "秘": "b", "折": "s", "乜": "n", "种": "c", "隗": "w", "乐": "y", "阚": "k", "藏": "z", "句": "g",
    "郇": "x", "适": "k", "佴": "n", "重": "c", "会": "g", "龟": "q",
}  # fmt: skip


def initials(name: str) -> str:
    """Lower-case initials of the characters of a name; anything that is not a Chinese character is left out."""
    for surnames, length in ((COMPOUND_SURNAMES, 2), (SURNAMES, 1)):
        if name[:length] in surnames:
            return surnames[name[:length]] + _letters(name[length:])
    return _letters(name)


def _letters(text: str) -> str:
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))
