"""The command that reads a roll file: it rehearses, imports, refuses and names faults as the pages do."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.make import VILLAGE, an_actor
from tests.voters.make_pages import OTHER
from tests.voters.make_voters import (
    a_clerk,
    a_roll_election,
    a_row,
    csv_bytes,
    table,
    xlsx,
)
from voters.models import Voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def roll_file(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_bytes(csv_bytes(table([a_row(1), a_row(2, 身份证号="990100199003074000")]), "gb18030"))
    return path


def run(capsys, *arguments):
    call_command("import_roll", *map(str, arguments))
    return capsys.readouterr().out


def test_the_command_rehearses_by_default(capsys, roll_file):
    a_roll_election()
    clerk = a_clerk()
    said = json.loads(run(capsys, roll_file, "--village", VILLAGE, "--as", clerk.user.username, "--json"))
    assert {key: said[key] for key in ("read", "new", "refused", "committed")} == {
        "read": 2, "new": 1, "refused": 1, "committed": False,
    }  # fmt: skip
    assert said["faults"] == [
        {
            "row": 3,
            "column": "身份证号",
            "code": "ID_EXCEL_ROUNDED",
            "level": "error",
            "value": "990100********4000",
            "message": "身份证号后三位是000，很可能被Excel改动过。请在Excel中把该列设为“文本”后重新粘贴，或在此处改正。",
        }
    ]
    assert Voter.objects.count() == 0


def test_the_command_imports_when_told_to(capsys, roll_file):
    a_roll_election()
    clerk = a_clerk()
    out = run(capsys, roll_file, "--village", VILLAGE, "--as", clerk.user.username, "--commit")
    assert out.startswith("已导入：读到2行，新增1，更新0，不变0，需修改1，需核对0\n  第3行 身份证号 错误：")
    assert Voter.objects.count() == 1


def test_the_command_refuses_whom_the_page_would_refuse(roll_file):
    a_roll_election()
    for actor in (an_actor("village", OTHER), an_actor("county")):
        with pytest.raises(CommandError):
            call_command("import_roll", str(roll_file), "--village", VILLAGE, "--as", actor.user.username)


def test_the_command_names_what_is_wrong_with_a_whole_file(capsys, tmp_path):
    a_roll_election()
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx([["甲", "乙"], ["1", "2"]]))
    with pytest.raises(SystemExit):
        run(capsys, path, "--village", VILLAGE, "--as", a_clerk().user.username, "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["error"], said["faults"][0]["code"], said["read"]) == ("NO_HEADER", "NO_HEADER", 0)
