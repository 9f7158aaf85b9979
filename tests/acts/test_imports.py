"""Roll files on their way: two villages with two imported files each, two people too young in each, one file open."""

import json
import secrets
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Model
from openpyxl import Workbook

from elections.journal import reference
from elections.models import Job, Person, Role
from tests.acts.table import of
from tests.acts.world import COUNTY, EARLY, World
from tests.footprint import only
from tests.make import an_actor
from tests.voters.make_voters import HEADINGS, a_row, table, xlsx
from voters.importing.source import SourceTable
from voters.models import RollImport, Tally, Voter, Young
from voters.sealing import number_of
from voters.selectors.roll import listed
from voters.services import elsewhere, imports, rekeying, repairs
from voters.services.listing import omit
from voters.spreadsheet.writing import WHICH

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 12)
FIGURES = "body changed file new read refused same to_check"
IMPORTED = "body changed file known new read refused same to_check"
ENDED = "ended_at ended_by_id state version"


def given(*rows: dict[str, str], name: str = "新增.xlsx", **options: Any) -> SourceTable:
    return SourceTable.read(xlsx(table(rows, **options)), name)


def opened(world: World, *rows: dict[str, str], **options: Any) -> RollImport:
    """A file that waits in each of two villages; the one of the first."""
    for village, first in ((world.later, 800), (world.early, 700)):
        mine = rows if rows and village is world.early else [a_row(first), a_row(first + 1)]
        batch = imports.open_import(village.election, given(*mine, **options), actor=world.township, today=TODAY)
    return fresh(batch)


def fresh(batch: RollImport) -> RollImport:
    return RollImport.objects.select_related("election").get(pk=batch.pk)


def batches(world: World) -> list[RollImport]:
    return list(world.early.all(RollImport).select_related("election").order_by("made_at"))


def tally(world: World) -> Tally:
    return Tally.objects.get(user=world.township.user, act="upload")


# --- From the file to the roll --------------------------------------------------------------------------


@of(imports.import_roll)
def test_a_whole_file_in_one_act(world: World):
    line = (EARLY, "roll.imported", "voters.rollimport:new", IMPORTED)
    with only(
        at=EARLY, by=world.township.user, added=["voters.RollImport", "voters.Voter", "voters.Voter"], lines=[line]
    ):
        imports.import_roll(world.early.election, given(a_row(700), a_row(701)), actor=world.township, today=TODAY)


@of(imports.open_import)
def test_a_file_is_opened_and_the_one_before_given_up(world: World):
    before = opened(world)
    line = (EARLY, "roll.import_opened", "voters.rollimport:new", FIGURES)
    with only(
        at=EARLY, by=world.township.user, added=["voters.RollImport"],
        changed={before: f"{ENDED} source_sealed", tally(world): "count"}, lines=[line],
    ):  # fmt: skip
        imports.open_import(world.early.election, given(a_row(702)), actor=world.township, today=TODAY)


@of(imports.open_import, elsewhere.note_uploaded)
def test_whom_a_file_meets_elsewhere_is_counted_for_its_sender(world: World):
    other = listed(world.there.election).first()
    clerk = an_actor(Role.VILLAGE, EARLY)
    row = a_row(703, 姓名=other.name, 身份证号=number_of(other), 性别="男" if other.sex == "M" else "女")
    lines = [
        (EARLY, "roll.elsewhere_met", "voters.rollimport:new", "body count"),
        (EARLY, "roll.import_opened", "voters.rollimport:new", FIGURES),
    ]
    with only(at=EARLY, by=clerk.user, added=["voters.RollImport", "voters.Tally@", "voters.Tally@"], lines=lines):
        imports.open_import(world.early.election, given(row), actor=clerk, today=TODAY)


@of(imports.queue_import)
def test_a_large_file_waits_for_the_worker(world: World):
    before = opened(world)
    line = (EARLY, "roll.import_queued", "voters.rollimport:new", "body bytes file")
    with only(
        at=EARLY, by=world.township.user, added=["voters.RollImport", "elections.Job"],
        changed={before: f"{ENDED} source_sealed", tally(world): "count"}, lines=[line],
    ):  # fmt: skip
        batch = imports.queue_import(world.early.election, xlsx(table([a_row(704)])), "大.xlsx", actor=world.township)
    assert batch.job == Job.objects.get(kind="roll_read")


@of(imports.commit_import)
def test_one_of_two_open_files_becomes_part_of_its_roll(world: World):
    batch = opened(world)
    known = Voter.objects.filter(election=world.early.election).first()
    line = (EARLY, "roll.imported", reference(batch), IMPORTED)
    with only(
        at=EARLY, by=world.township.user, added=["voters.Voter", "voters.Voter"],
        changed={batch: ENDED}, lines=[line],
    ):  # fmt: skip
        imports.commit_import(batch, actor=world.township, today=TODAY, version=batch.version)
    known.refresh_from_db()
    assert known.source_id != batch.pk


@of(imports.drop_import)
def test_one_of_two_open_files_is_given_up(world: World):
    batch = opened(world)
    line = (EARLY, "roll.import_dropped", reference(batch), "body file")
    with only(by=world.township.user, changed={batch: f"{ENDED} source_sealed"}, lines=[line]):
        imports.drop_import(batch, actor=world.township)
    with only(by=world.township.user):
        imports.drop_import(batch, actor=world.township)


@of(imports.undo_import)
def test_the_last_of_two_imports_is_undone_with_its_own_people(world: World):
    first, last = batches(world)
    mine = [*Voter.objects.filter(source=last), *Young.objects.filter(source=last)]
    assert (len(mine), Young.objects.filter(source=first).count()) == (9, 2)
    line = (EARLY, "roll.import_undone", reference(last), "body file kept")
    clerk = an_actor(Role.VILLAGE, EARLY)
    with only(by=clerk.user, changed={last: f"{ENDED} source_sealed"}, removed=mine, lines=[line]):
        assert imports.undo_import(last, actor=clerk) == 0


@of(imports.undo_import)
def test_an_undone_import_puts_back_what_it_changed(world: World):
    _, last = batches(world)
    known = Voter.objects.filter(source=last).order_by("pk").first()
    row = {"姓名": known.name, "身份证号": number_of(known), "备注": "住城里"}
    batch = opened(world, row, headings=list(row))
    imports.commit_import(batch, actor=world.township, today=TODAY, version=batch.version)
    known.refresh_from_db()
    assert (known.remark, known.source_id) == ("住城里", batch.pk)
    line = (EARLY, "roll.import_undone", reference(batch), "body file kept")
    with only(
        by=world.township.user,
        changed={
            batch: "before_sealed ended_at source_sealed state version", known: "remark row_mark source_id version",
        },
        lines=[line],
    ):  # fmt: skip
        assert imports.undo_import(fresh(batch), actor=world.township) == 0
    known.refresh_from_db()
    assert (known.remark, known.source_id) == ("", last.pk)


@of(imports.undo_import)
def test_who_was_taken_off_by_hand_since_stays_when_the_import_is_undone(world: World):
    _, last = batches(world)
    touched, *rest = Voter.objects.filter(source=last).select_related("election").order_by("pk")
    omit(touched, "MOVED", evidence="迁出", version=touched.version, actor=world.township)
    line = (EARLY, "roll.import_undone", reference(last), "body file kept")
    with only(
        by=world.township.user, changed={last: "ended_at source_sealed state version"},
        removed=[*rest, *Young.objects.filter(source=last)], lines=[line],
    ):  # fmt: skip
        assert imports.undo_import(last, actor=world.township) == 1


@of(imports.continue_import)
def test_what_was_left_over_is_opened_again_beside_the_first(world: World):
    first, _ = batches(world)
    line = (EARLY, "roll.import_opened", "voters.rollimport:new", FIGURES)
    with only(at=EARLY, by=world.township.user, added=["voters.RollImport"], lines=[line]):
        imports.continue_import(first, actor=world.township, today=TODAY)


@of(imports.note_download)
def test_taking_the_faulty_rows_is_noted(world: World):
    batch = opened(world)
    line = (EARLY, "roll.import_rows_downloaded", reference(batch), "body file")
    with only(by=world.township.user, lines=[line]):
        imports.note_download(batch, actor=world.township)


# --- Decisions on an open file: kept at once, told by the line of the import -----------------------------


def kept(world: World, batch: RollImport, columns: str) -> AbstractContextManager[None]:
    """Only this open file changes, and nothing stands in the journal before it is imported."""
    return only(by=world.township.user, changed={batch: f"{columns} version"})


@of(imports.choose_sheet)
def test_another_sheet_is_chosen(world: World):
    opened(world)
    book, out = Workbook(), BytesIO()
    for title, rows in (("第一张", [a_row(705)]), ("第二张", [a_row(706), a_row(707)])):
        sheet = book.create_sheet(title)
        for cells in table(rows):
            sheet.append(cells)
    book.remove(book.worksheets[0])
    book.save(out)
    given_ = SourceTable.read(out.getvalue(), "两张表.xlsx")
    batch = imports.open_import(world.early.election, given_, actor=world.township, today=TODAY)
    with kept(world, batch, "source_sealed file_sealed summary"):
        imports.choose_sheet(fresh(batch), "第二张", actor=world.township, today=TODAY, version=batch.version)


@of(repairs.note_choices, repairs.note_columns)
def test_columns_are_pointed_out(world: World):
    batch = opened(world)
    mapping = {column: place for place, column in enumerate(HEADINGS) if column != "备注"}
    with kept(world, batch, "choices"):
        repairs.note_columns(batch, mapping, actor=world.township, today=TODAY, version=batch.version)
    assert json.loads(fresh(batch).choices) == {"mapping": mapping}


@of(repairs.note_repairs)
def test_one_cell_is_typed_anew(world: World):
    batch = opened(world)
    with kept(world, batch, "repairs_sealed"):
        repairs.note_repairs(batch, {2: {"备注": "住城里"}}, actor=world.township, today=TODAY, version=batch.version)


@of(repairs.settle_group)
def test_a_group_is_settled(world: World):
    batch = opened(world, a_row(708, 性别="女" if a_row(708)["性别"] == "男" else "男"), a_row(709))
    with kept(world, batch, "repairs_sealed summary"):
        repairs.settle_group(batch, "sex", actor=world.township, today=TODAY, version=batch.version)


@of(repairs.note_row_decisions)
def test_ticks_and_left_out_rows_of_one_page(world: World):
    batch = opened(world)
    decided = repairs.Decisions(frozenset({2, 3}), frozenset(), frozenset({3}), {})
    with kept(world, batch, "choices summary"):
        repairs.note_row_decisions(batch, decided, actor=world.township, today=TODAY, version=batch.version)
    assert json.loads(fresh(batch).choices) == {"skips": [3], "ticks": []}


@of(repairs.note_returned)
def test_rows_are_brought_back(world: World):
    batch = opened(world)
    cells = [a_row(700, 备注="住城里"), a_row(799)]
    sheet = SourceTable.read(
        xlsx([[*HEADINGS, WHICH], [*cells[0].values(), "2"], [*cells[1].values(), "99"]]), "错误行.xlsx"
    ).sheet
    with only(
        by=world.township.user,
        changed={batch: "choices repairs_sealed version", tally(world): "count"},
    ):
        done = repairs.note_returned(batch, sheet, actor=world.township, today=TODAY, version=batch.version)
    assert done == (1, 1)


# --- Keys -----------------------------------------------------------------------------------------------


def sealed_rows() -> dict[Model, str]:
    """Every row of the county that holds something under seal, with these columns and the indexes made from them."""
    found: dict[Model, str] = {}
    for model, names in rekeying.sealed_columns():
        for row in model._default_manager.all():
            columns = [name for name in names if getattr(row, name)]
            if model in (Voter, Young) or (model is Person and row.id_index):
                columns.append("id_index")
            if model is Voter and row.row_mark:
                columns.append("row_mark")
            if columns:
                found[row] = " ".join(columns)
    return found


@of(rekeying.rekey)
def test_new_keys_change_what_is_sealed_and_its_indexes_and_nothing_else(world: World, settings: Any):
    def anew(purpose: str) -> dict[int, bytes]:
        old = settings.ID_KEYS[purpose]
        return old | {max(old) + 1: secrets.token_bytes(32)}

    settings.ID_KEYS = settings.ID_KEYS | {"encrypt": anew("encrypt"), "index": anew("index")}
    line = (COUNTY, "keys.changed", "", "indexed sealed version")
    with only(by=None, changed=sealed_rows(), lines=[line]):
        *_, done = rekeying.rekey()
    assert done.clashes == []
    with only(by=None):
        assert {each.sealed + each.indexed for each in rekeying.rekey()} == {0}
