"""Make elections/rules/strokes/*.tsv anew from their sources; docs/data-sources.md says where these come from (SORT-05)."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.management.base import BaseCommand

from elections.rules import names

CNCHAR_STROKES = {"j": "1", "i": "1", "f": "2", "g": "2", "s": "3", "k": "4", "l": "4", "d": "4"}  # every other: 折
RIME_STROKES = {"h": "1", "s": "2", "p": "3", "n": "4", "z": "5"}
BASIC_BLOCK = range(0x4E00, 0xA000)

Codes = dict[str, str]


class Command(BaseCommand):
    help = "由原始数据重新生成汉字笔画序码表。"

    def add_arguments(self, parser):
        parser.add_argument("--cnchar", type=Path, required=True, help="cnchar.order.min.js")
        parser.add_argument("--rime", type=Path, required=True, help="stroke.dict.yaml")
        parser.add_argument("--unihan", type=Path, required=True, help="Unihan_OtherMappings.txt（取kTGH一项）")

    def handle(self, *args, cnchar: Path, rime: Path, unihan: Path, **options):
        order = standard_order(unihan.read_text("utf-8"))
        main = cnchar_codes(cnchar.read_text("utf-8")) | by_hand((names.STROKES / "by_hand.tsv").read_text("utf-8"))
        wanted = {chr(point) for point in BASIC_BLOCK} | set(order)
        rare = {
            char: code for char, code in rime_codes(rime.read_text("utf-8")).items() if char in wanted - main.keys()
        }
        for name, codes in (("mainland", main), ("rare", rare)):
            path = names.STROKES / f"{name}.tsv"
            heading = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
            path.write_text("\n".join([*heading, *lines(codes, order)]) + "\n", "utf-8")
            self.stdout.write(f"{name}：{len(codes)}字")
        missing = set(order) - main.keys() - rare.keys()
        self.stdout.write(f"《通用规范汉字表》{len(order)}字，缺{len(missing)}字")


def cnchar_codes(script: str) -> Codes:
    """Return the first JSON object of the script: character → one letter a stroke."""
    letters = json.loads(re.findall(r"JSON\.parse\('(\{\"一\".*?\})'\)", script)[0])
    return {char: "".join(CNCHAR_STROKES.get(each, "5") for each in row) for char, row in letters.items()}


def rime_codes(dictionary: str) -> Codes:
    """Return the last code of each character: the table gives the Taiwan form first and the mainland form after it."""
    rows = (line.split("\t") for line in dictionary.split("\n...\n", 1)[1].splitlines() if "\t" in line)
    return {
        row[0]: "".join(RIME_STROKES[each] for each in row[1])
        for row in rows
        if len(row[0]) == 1 and set(row[1]) <= RIME_STROKES.keys()
    }


def by_hand(table: str) -> Codes:
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {char: code for char, code, *_ in rows}


def standard_order(mappings: str) -> Mapping[str, int]:
    """Character → place in 通用规范汉字表. Inside each of its three levels the list follows GB 13000.1 字序, so the
    place decides between characters with the same strokes (SORT-01, third step)."""
    rows = re.findall(r"^U\+([0-9A-F]+)\tkTGH\t\d+:(\d+)", mappings, re.MULTILINE)
    return {chr(int(point, 16)): int(place) for point, place in rows}


def lines(codes: Codes, order: Mapping[str, int]) -> Iterable[str]:
    """Return one line a code, shorter codes first: the code, a tab, its characters in order."""
    groups: dict[str, list[str]] = {}
    for char in sorted(codes, key=lambda each: (order.get(each, 10_000), each)):
        groups.setdefault(codes[char], []).append(char)
    for code in sorted(groups, key=lambda each: (len(each), each)):
        yield f"{code}\t{''.join(groups[code])}"
