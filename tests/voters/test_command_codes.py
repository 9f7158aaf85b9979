"""Every fault code of the interface comes out of the command, with its level, for a row that deserves it."""

import json

import pytest
from django.core.management import call_command

from tests.make import VILLAGE
from tests.voters.make_pages import OTHER
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, a_voter, an_id, table, xlsx
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db
WRONG_DIGIT = a_row(5)["身份证号"][:17] + ("1" if a_row(5)["身份证号"][17] != "1" else "2")
ROWS = {
    "NAME_MISSING": ("error", a_row(1) | {"姓名": ""}),
    "ID_MISSING": ("error", a_row(2, 身份证号="")),
    "ID_LENGTH": ("error", a_row(3, 身份证号="99010019900307401")),
    "ID_CHECKSUM": ("check", a_row(5, 身份证号=WRONG_DIGIT)),
    "ID_EXCEL_ROUNDED": ("error", a_row(6, 身份证号="990100199003074000")),
    "ID_IS_NUMBER": ("error", a_row(7) | {"身份证号": 990100199003074000}),
    "BIRTH_IMPOSSIBLE": ("error", a_row(8, 身份证号=an_id(1).replace("19800506", "19801306"))),
    "SEX_MISMATCH": ("check", a_row(9, 性别="女")),
    "UNDER_AGE": ("hint", a_row(10, 身份证号="990100201503070018", 性别="男")),
    "DUP_IN_FILE": ("error", a_row(11)),
    "DUP_ELSEWHERE": ("check", a_row(12)),
    "RARE_CHARACTER": ("hint", a_row(13, name="王䶮")),
    "CATEGORY_UNKNOWN": ("error", a_row(14, 登记类型="看不懂")),
}


@pytest.fixture
def place():
    """The village, its clerk, and one person who stands on another village's list."""
    a_voter(a_roll_election(OTHER), 12, actor=a_clerk(OTHER))
    return a_roll_election(), a_clerk()


def faults_of(capsys, tmp_path, clerk, rows, *more) -> list[tuple[int, str, str]]:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(xlsx(table(rows)))
    call_command("import_roll", str(path), "--village", VILLAGE, "--as", clerk.user.username, "--json", *more)
    said = json.loads(capsys.readouterr().out)
    assert said["read"] == said["new"] + said["changed"] + said["same"] + said["refused"] + said["to_check"]
    assert all(set(each) == {"row", "column", "code", "level", "value", "message"} for each in said["faults"])
    return [(each["row"], each["code"], each["level"]) for each in said["faults"]]


def test_every_code_of_a_row(place, capsys, tmp_path):
    _, clerk = place
    rows = [row for _, row in ROWS.values()]
    found = faults_of(capsys, tmp_path, clerk, [*rows, ROWS["DUP_IN_FILE"][1]])
    expected = {(number, code, level) for number, (code, (level, _)) in enumerate(ROWS.items(), 2)}
    twice = {(number, code, level) for number, code, level in expected if code == "DUP_IN_FILE"}
    assert expected - twice <= set(found)
    assert (len(ROWS) + 2, "DUP_IN_FILE", "error") in found  # the second of the two


def test_a_published_roll(place, capsys, tmp_path):
    election, clerk = place
    a_voter(election, 1, actor=clerk)
    publish_roll(election, place="村务公开栏", posted_by="甲", actor=clerk, today=TODAY)
    assert faults_of(capsys, tmp_path, clerk, [a_row(20)], "--commit") == [(2, "PUBLISHED", "error")]
