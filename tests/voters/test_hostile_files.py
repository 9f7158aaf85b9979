"""Hostile files are refused with a reason, in three seconds and 256 MiB each, before any parser sees them.

All are opened by one process that measures itself (tests/voters/probe.py); the pages are asked with a handful.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.voters import hostile_more, hostile_text
from tests.voters.hostile import HARMLESS, HOSTILE
from tests.voters.make_voters import a_clerk, a_roll_election, a_row, table, xlsx
from voters import spreadsheet
from voters.models import RollImport, Voter

SECONDS, MIB = 3.0, 256
KINDS = 150  # that are told apart
WHERE = (hostile_more, hostile_text)  # they add to the two tables when they are read
ROOT = Path(spreadsheet.__file__).parents[2]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """What the probe says of every file."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in {**{name: make for name, (make, _) in HOSTILE.items()}, **HARMLESS}.items():
        (folder / file_name(name)).write_bytes(make())
    command = [sys.executable, "-m", "tests.voters.probe", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return json.loads(done.stdout)


@cache
def file_name(name: str) -> str:
    return name.replace("/", "_")


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(opened, name):
    code, words, rows, seconds, here, reading = opened[file_name(name)]
    assert (code, rows) == (HOSTILE[name][1], 0)
    assert words.endswith("。")
    assert seconds < SECONDS
    assert max(here, reading) < MIB


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_hostile_is_read_without_harm(opened, name):
    code, _, rows, seconds, here, reading = opened[file_name(name)]
    assert code == ""
    assert rows >= 1
    assert seconds < SECONDS
    assert max(here, reading) < MIB


def test_the_corpus_is_large_enough():
    """What differs only in the part of the file where it stands is one kind."""
    kinds = {name.partition("@")[0] for name in HOSTILE}
    assert len(kinds) >= KINDS
    assert len({code for _, code in HOSTILE.values()}) >= 12  # of reasons


def test_the_reader_of_a_file_lives_within_limits():
    """The process that parses cannot take more than a fixed share, whatever it is given."""
    code = "from voters.spreadsheet.reader import restrain; restrain(200 * 2**20); bytearray(400 * 2**20)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "MemoryError" in done.stderr


def test_nothing_is_parsed_before_it_was_looked_through(monkeypatch):
    """The reading process stands ready meanwhile, but the file goes to it only when nothing was found."""
    monkeypatch.setattr("voters.spreadsheet.opening._asked", lambda *_: pytest.fail("the file was given away"))
    with pytest.raises(spreadsheet.FileFault):
        spreadsheet.rows(HOSTILE["macro_project"][0](), "x")


def test_a_reader_that_dies_or_never_answers_is_refused(monkeypatch):
    data = xlsx(table([a_row(1)]))
    for program, most in (("import os; os.abort()", 60), ("import time; time.sleep(60)", 0.2)):
        monkeypatch.setattr(
            "voters.spreadsheet.opening._reader",
            lambda sheet, program=program: subprocess.Popen(
                [sys.executable, "-c", program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ),
        )
        monkeypatch.setattr("voters.spreadsheet.limits.READER_SECONDS", most)
        with pytest.raises(spreadsheet.FileFault) as refused:
            spreadsheet.rows(data, "x")
        assert refused.value.code.value == "BOMB"


# --- through the page ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "ratio_of_a_thousand", "macro_project", "doctype_file@xl/workbook.xml", "an_encrypted_workbook", "not_pdf",
        "formula_dde", "external_workbook", "text_nul_in_a_csv", "member_path_upwards", "nothing",
    ],
)  # fmt: skip
def test_the_page_says_why_and_keeps_nothing(client, name):
    election, clerk = a_roll_election(), a_clerk()
    client.force_login(clerk.user)
    make, code = HOSTILE[name]
    file = SimpleUploadedFile("名单.xlsx", make() or b"\0")
    answer = client.post(reverse("roll_import", args=[election.village_id]), {"way": "upload", "file": file})
    assert answer.status_code == 422
    assert words_of(code) in answer.content.decode()
    assert not RollImport.objects.exists()
    assert not Voter.objects.exists()


def words_of(code: str) -> str:
    """The beginning of the sentence, up to what is filled in."""
    return spreadsheet.faults.MESSAGES[code].split("{")[0]
