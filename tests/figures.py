"""`make figures`: what the house promises of itself, measured now: a table of before, promised and now.

The figures are those of the tests that ask for the fixture ``figure``; a figure above what is promised fails its test.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
PREFIX = "figure: "


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="huanjie-figures-") as folder:
        report = Path(folder) / "report.xml"
        asked = ["-m", "figure", f"--junitxml={report}", "-o", "junit_family=xunit1"]  # the family with properties
        command = [sys.executable, "-m", "pytest", "-q", *asked, "-n", "2", *arguments]
        code = subprocess.run(command, cwd=BASE, check=False).returncode
        found = [line for case in ElementTree.parse(report).iter("testcase") for line in lines_of(case)]
    print("\n" + table(sorted(set(found))))  # the same at every size is one line
    return code


def lines_of(case: ElementTree.Element) -> list[tuple[str, str, str, str]]:
    """What one test measured: name, before, promised, now."""
    found = []
    for each in case.iter("property"):
        name = each.get("name", "")
        if name.startswith(PREFIX):
            before, promised, now = each.get("value", "").split("|")
            found.append((name.removeprefix(PREFIX), before, promised, now))
    return found


def table(lines: list[tuple[str, str, str, str]]) -> str:
    """The figures as a table in Markdown."""
    head = [("figure", "before", "promised", "now"), ("---", "---:", "---:", "---:")]
    return "\n".join(f"| {' | '.join(line)} |" for line in [*head, *lines])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
