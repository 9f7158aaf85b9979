"""What somebody typed stays text in every spreadsheet we give: no formula, link, hidden column or remark."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from elections.models import Role
from tests.make import an_actor
from tests.voters.make_voters import a_clerk, a_roll_election, a_voter
from voters.services.exporting import ask_export
from voters.spreadsheet.writing import with_reasons

pytestmark = pytest.mark.django_db

STARTS = ("=", "+", "-", "@", "\t=", "\r=", " =", "＝", "'=", '"=', "{=", "|")
ENDS = (
    'HYPERLINK("http://192.0.2.1/","点")', "cmd|'/c calc'!A0", "1+1", "SUM(A1:A9)", 'WEBSERVICE("http://192.0.2.1")',
    "http://192.0.2.1/", "file:///etc/passwd", "mailto:a@b.c", "DDE(1,2,3)", "#REF!",
)  # fmt: skip
TEXTS = [start + end for start in STARTS for end in ENDS]
FIELDS = ("name", "ethnicity", "group", "household", "remark")


def check(data: bytes, expected: list[str]) -> None:
    """Every cell is text or a number, every text is there as it was typed, nothing else is in the file."""
    book = load_workbook(BytesIO(data))
    seen = set()
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not any(each.hidden for each in sheet.column_dimensions.values())
        assert not any(each.hidden for each in sheet.row_dimensions.values())
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "b", "d", "inlineStr"), cell.value
            assert cell.hyperlink is None
            assert cell.comment is None
            seen.add(str(cell.value).replace("_x000D_", "\r").replace("_x0009_", "\t"))
    assert not book.defined_names
    parts = zipfile.ZipFile(BytesIO(data)).namelist()
    assert not [part for part in parts if "externalLinks" in part or "comments" in part or "vba" in part.lower()]
    missing = [text for text in expected if text not in seen and text.strip() not in {each.strip() for each in seen}]
    assert not missing


@pytest.fixture
def election():
    """People whose every text field begins like a formula."""
    election, clerk = a_roll_election(), a_clerk()
    for serial in range(1, len(TEXTS) // len(FIELDS) + 1):
        voter = a_voter(election, serial, actor=clerk)
        for place, field in enumerate(FIELDS):
            text = TEXTS[(serial - 1) * len(FIELDS) + place]
            setattr(voter, field, text[: voter._meta.get_field(field).max_length])
        voter.save()
    return election


def texts_of(election) -> list[str]:
    return [getattr(voter, field) for voter in election.voters.all() for field in FIELDS]


def test_the_list_with_masked_numbers(client, election):
    client.force_login(an_actor(Role.VILLAGE).user)
    check(client.get(f"/villages/{election.village_id}/roll.xlsx").content, texts_of(election))


def test_the_list_with_full_numbers(client, election):
    clerk = an_actor(Role.VILLAGE)
    client.force_login(clerk.user)
    asked = ask_export(election, query="", rows=len(TEXTS) // len(FIELDS), reason="=1+1", actor=clerk)
    taken = client.post(f"/villages/{election.village_id}/roll/exports/{asked.pk}/taken/")
    assert taken.status_code in (200, 302)
    answer = client.get(f"/villages/{election.village_id}/roll/exports/{asked.pk}.xlsx")
    assert answer.status_code == 200
    check(answer.content, texts_of(election))


def test_rows_that_go_back_for_repair():
    rows = [(number, [text] * 3, text) for number, text in enumerate(TEXTS, 2)]
    check(with_reasons(["=姓名", "@身份证号", "+备注"], rows), TEXTS)
