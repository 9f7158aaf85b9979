"""Opens every file of a folder as an upload is opened, and tells of each what came of it, in what time and memory.

Run as ``python -m tests.voters.probe FOLDER``; without Django, so that nothing but the reading is measured. Prints one
JSON object: file name → [code or "", sentence or "", rows, seconds of processor time, MiB here, MiB of the largest
reading process so far].
"""

import json
import os
import re
import resource
import sys
from pathlib import Path

from voters import spreadsheet


def main(folder: Path) -> None:
    said = {path.name: opened(path.read_bytes()) for path in sorted(folder.iterdir())}
    print(json.dumps(said))


def opened(data: bytes) -> list[object]:
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew
    began = sum(os.times()[:4])
    code, words, rows = "", "", 0
    try:
        rows = len(spreadsheet.rows(data, "名单.xlsx").rows)
    except spreadsheet.FileFault as fault:
        code, words = fault.code.value, str(fault)
    spent = sum(os.times()[:4]) - began
    here = int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024
    return [code, words, rows, spent, here, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
