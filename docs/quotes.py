"""Quote functions of the tree into docs/testing.md, between their markers: `python -m docs.quotes`."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "testing.md"
QUOTE = re.compile(r"(<!-- quoted: (\S+) (\S+) -->\n).*?(<!-- /quoted -->)", re.S)


def source_of(path: str, name: str) -> str:
    """A function or constant of a file with its decorators, as it stands there. Raises LookupError."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if name not in _names(node):
            continue
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(each.lineno for each in decorators)])
        return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    raise LookupError(f"{path} has no {name}")


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [node.name] if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []


def renewed(page: str) -> str:
    """The page with every quotation as it should be."""
    return QUOTE.sub(lambda mark: f"{mark[1]}```python\n{source_of(mark[2], mark[3])}\n```\n{mark[4]}", page)


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(renewed(page), encoding="utf-8")
    print(f"docs/testing.md: {len(QUOTE.findall(page))} quotations")
    return 0


if __name__ == "__main__":
    sys.exit(main())
