"""Bring the generated columns of docs/rules.md up to date and name what is wrong with it: `python -m docs.rules`."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from elections.rules import law

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "docs" / "rules.md"

FOLDERS = ("audits", "benchmarks", "candidates", "config", "deploy", "docs", "elections", "office", "templates",
           "tests", "voters", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile")  # fmt: skip
SUFFIXES = {".py", ".html", ".toml", ".md", ".css", ".scss", ".js", ".txt", ".sh", ""}

# VR-12, also as the start of a range: VR-02…08, CT-20 … CT-29.
CODE = re.compile(r"(?<![\w-])([A-Z]{2,4})-(\d\d)(?![\w-])(?: ?… ?(?:\1-)?(\d\d)(?!\d))?")
NO_RULES = {"UTF-16"}
LINE = re.compile(r"^\| ([A-Z]{2,4}-\d\d) \| (.+?) \| (.*?)\| (.*?)\|$", re.M)


class Line(NamedTuple):
    """One line of the book as it stands."""

    code: str
    says: str
    source: str
    where: str

    def __str__(self) -> str:
        return "| " + " | ".join(self) + " |"


def codes(text: str) -> Iterator[str]:
    """Every rule code in a text, ranges written out."""
    for family, first, last in CODE.findall(text):
        if f"{family}-{first}" not in NO_RULES:
            yield from (f"{family}-{number:02}" for number in range(int(first), int(last or first) + 1))


def carriers() -> dict[str, list[str]]:
    """Code → the files that carry it, the product before the tests; the book itself does not count."""
    found = defaultdict(list)
    for path in sorted(tree(), key=lambda each: (each.parts[0] in ("tests", "benchmarks"), each.as_posix())):
        for code in set(codes((ROOT / path).read_text(encoding="utf-8"))):
            found[code].append(path.as_posix())
    return found


def tree() -> Iterator[Path]:
    """The files in which people write codes, relative to the root."""
    for name in FOLDERS:
        start = ROOT / name
        for path in start.rglob("*") if start.is_dir() else [start]:
            own = path.parent == BOOK.parent and path.suffix == ".py"  # this command speaks of codes, it carries none
            of_others = ".min." in path.name or "node_modules" in path.parts
            if path.is_file() and path.suffix in SUFFIXES and path != BOOK and not own and not of_others:
                yield path.relative_to(ROOT)


def lines(book: str) -> dict[str, Line]:
    """The lines of the book by their code."""
    return {code: Line(code, says, source.strip(), where.strip()) for code, says, source, where in LINE.findall(book)}


def source(code: str) -> str:
    """Where the rule stands, by the provisions that name it; empty when none does."""
    found = [each for each in law.ALL if code in each.rules]
    return "; ".join(law.cite(each) + ("" if each.confirmed else " *unconfirmed*") for each in found)


def where(files: list[str]) -> str:
    """The files of the product; those of the tests where no other carries the code."""
    product = [each for each in files if not each.startswith(("tests/", "benchmarks/"))]
    return " ".join(f"`{each}`" for each in product or files)


def renewed(book: str) -> str:
    """The book with its generated columns as they should be."""
    carried = carriers()

    def line(found: re.Match[str]) -> str:
        old = lines(found.group())[found.group(1)]
        return str(old._replace(source=source(old.code) or old.source, where=where(carried.get(old.code, []))))

    return LINE.sub(line, book)


def faults(book: str) -> list[str]:
    """What only a person can mend: codes without a line, lines without a code or a source, lines out of order."""
    carried, known = carriers(), lines(book)
    found = [f"{code} has no line: {' '.join(carried[code])}" for code in sorted(carried.keys() - known.keys())]
    found += [f"{code} stands in no file" for code in sorted(known.keys() - carried.keys())]
    found += [f"{each.code} has no source" for each in known.values() if not (source(each.code) or each.source)]
    order = [code for code, *_ in LINE.findall(book)]
    found += [f"{one} stands before {other}" for one, other in pairwise(order)
              if one[:2] == other[:2] and one >= other]  # fmt: skip
    return found


def main() -> int:
    book = BOOK.read_text(encoding="utf-8")
    BOOK.write_text(renewed(book), encoding="utf-8")
    print("\n".join(faults(book)) or f"docs/rules.md: {len(lines(book))} lines")
    return bool(faults(book))


if __name__ == "__main__":
    sys.exit(main())
