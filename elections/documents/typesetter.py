"""Sets one layout and ends: run as a process of its own, so that what typst remembers between pages is given back.

In: JSON {layout, root, fonts, files, stacks, values}. Out: the PDF. Knows nothing of Django, opens nothing but layouts and faces.
"""

import json
import sys
import tempfile
from pathlib import Path

import typst

NO_PACKAGES = tempfile.gettempdir()  # no layout imports one; nothing is looked for in anybody's home


def main() -> None:
    asked = json.load(sys.stdin)
    installed = typst.Fonts(include_embedded_fonts=False, font_paths=[Path(asked["fonts"])])
    faces = faces_of(installed, asked["stacks"], asked["files"])
    made = typst.compile(
        Path(asked["layout"]),
        root=Path(asked["root"]),
        font_paths=installed,
        ignore_system_fonts=True,  # they stand in `installed` already
        format="pdf",
        sys_inputs={"values": asked["values"], "faces": json.dumps(faces, ensure_ascii=False)},
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
        timestamp=0,
        pdf_tags=False,
    )
    sys.stdout.buffer.write(made)


def faces_of(installed: typst.Fonts, stacks: dict[str, list[str]], files: dict[str, str]) -> dict[str, list[str]]:
    """Return the stacks without the faces that are not here; ``files`` are called by the names they have inside."""
    found = installed.fonts()
    names = {each.family: each.family for each in found}
    inside = {each.path: each.family for each in found}
    names |= {family: inside[path] for family, path in files.items() if path in inside}
    return {use: [names[name] for name in stack if name in names] for use, stack in stacks.items()}


if __name__ == "__main__":
    main()
