"""Hostile files are refused with a reason, in three seconds and 256 MiB each, before any parser sees them (C48–C52)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.voters.hostile import HOSTILE, all_of_them
from voters import spreadsheet
from voters.spreadsheet import FileFault

SECONDS, MIB = 3.0, 256
PROBE = """
import re, sys
from voters import spreadsheet
data = open(sys.argv[1], 'rb').read()
try:
    spreadsheet.rows(data, 'x')
except spreadsheet.FileFault as fault:
    print(fault.code.value)
print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024)
"""  # what a process may have used before exec counts in getrusage; VmHWM is its own


@pytest.mark.parametrize(
    ("name", "make", "code"), list(all_of_them()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_hostile_file_is_refused(name, make, code):
    data = make()
    started = sum(os.times()[:4])  # processor time of this process and its children: others share the machine
    with pytest.raises(FileFault) as refused:
        spreadsheet.rows(data, f"{name}.xlsx")
    assert sum(os.times()[:4]) - started < SECONDS
    assert refused.value.code.value == code
    assert str(refused.value).endswith("。")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "one_large_member",
        "a_million_rows_with_blanks",
        "one_cell_at_the_far_corner",
        "sixteen_thousand_columns",
        "lying_directory",
    ],
)
def test_a_hostile_file_needs_little_memory(name, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(HOSTILE[name][0]())
    root = Path(spreadsheet.__file__).parents[2]
    command = [sys.executable, "-c", PROBE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env=dict(os.environ), check=True)
    code, most = done.stdout.split()
    assert code == HOSTILE[name][1]
    assert int(most) < MIB


def test_the_corpus_is_large_enough():
    assert len(HOSTILE) >= 60


def test_the_reader_of_a_file_lives_within_limits():
    """The process that parses cannot take more than a fixed share, whatever it is given."""
    code = "from voters.spreadsheet.reader import restrain; restrain(200 * 2**20); bytearray(400 * 2**20)"
    root = Path(spreadsheet.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False)
    assert "MemoryError" in done.stderr
