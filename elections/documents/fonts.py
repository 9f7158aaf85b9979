"""Faces of the papers: licensed names first, so that a site's own fonts win, free ones behind, Noto always last."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont

FANDOL = {
    "FandolFang": "FandolFang-Regular.otf",
    "FandolHei": "FandolHei-Regular.otf",
    "FandolKai": "FandolKai-Regular.otf",
}
NOTO_SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
STACKS = {
    "body": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "FandolFang", "Noto Serif CJK SC"),
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC"),
    "head": ("黑体", "SimHei", "FandolHei", "Noto Sans CJK SC"),
    "script": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "FandolKai", "LXGW WenKai", "Noto Serif CJK SC"),
}


def files() -> dict[str, Path]:
    """Family → file, of the faces this site keeps beside its data; empty where set-up could not fetch them."""
    found = {family: settings.FONTS_DIR / name for family, name in FANDOL.items()}
    return {family: path for family, path in found.items() if path.exists()}


def stack(use: str) -> str:
    """Return the ``font-family`` of body, title, head or script."""
    return ", ".join(f'"{name}"' for name in STACKS[use])


@cache
def covered() -> frozenset[int]:
    """Return code points that the last faces of the stack can draw; what is outside prints as a box."""
    points: set[int] = set()
    for path in files().values():
        points |= set(TTFont(path, lazy=True).getBestCmap())
    if NOTO_SERIF.exists():
        points |= set(TTCollection(NOTO_SERIF, lazy=True).fonts[0].getBestCmap())
    return frozenset(points)


def missing(text: str) -> list[str]:
    """Return the characters of a text that no face here can draw, reported before anything is printed."""
    return sorted({letter for letter in text if ord(letter) > 127 and ord(letter) not in covered()})
