"""A list of teams from the paste or the file to what the page shows and the service takes; kept under seal between."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from elections import secrecy
from elections.models import Area
from elections.models.areas import CODE_LENGTHS
from elections.permissions import Actor
from office.teams import columns
from office.teams.matching import Somebody, match
from office.teams.reading import Line, Reader
from voters import spreadsheet
from voters.spreadsheet import FileCode, FileFault

MOST_ROWS = 2_000
TABLE, FIELD = "team_list", "rows"  # under which a list is sealed; no table of the database
NOT_WHOLE = "名单没有完整传回。请重新粘贴或者上传。"
NO_HEADER = "没有找到表头。请在名单上方保留一行列名，至少有“姓名”和“职务”。"


class Unusable(ValueError):
    """The list as a whole cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Table:
    """A list as it came in. ``unread``: headings that mean nothing here."""

    mapping: dict[str, int]
    unread: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


@dataclass
class Checked:
    """What became of a list: every row, the people in the rows that can be taken in."""

    lines: list[Line]
    people: list[Somebody]
    unread: tuple[str, ...] = ()
    takeable: list[Somebody] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.takeable = [each for each in self.people if not each.asks]

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.faults]

    @property
    def asked(self) -> list[Somebody]:
        """Those of whom somebody still has to say who they are."""
        return [each for each in self.people if each.options]

    @property
    def why_not(self) -> str:
        """Why the list cannot be taken in as it was sent; empty when it can."""
        open_ = len(self.people) - len(self.takeable)
        if open_:
            return f"有{open_}人没有选择是哪一位。请逐人选择；现在说不清的，选“暂不录入”。"
        return "" if self.takeable else "没有可以录入的行。请在表格中改好后重新粘贴。"

    @property
    def posts(self) -> int:
        """How many tenures would be entered."""
        return sum(len(line.posts) for each in self.takeable for line in each.lines)

    def who(self) -> dict[int, Somebody]:
        """Number of the row → the person in it."""
        return {line.number: each for each in self.people for line in each.lines}


def read_file(data: bytes, name: str) -> Table:
    """Raises :class:`Unusable`."""
    return _table(lambda: spreadsheet.rows(data, name))


def read_paste(text: str) -> Table:
    """Raises :class:`Unusable`."""
    return _table(lambda: spreadsheet.pasted(text))


def _table(read: Any) -> Table:
    try:
        sheet = read()
    except FileFault as fault:
        raise Unusable(NO_HEADER if fault.code is FileCode.NO_HEADER else str(fault)) from None
    mapping, unread = columns.guess(sheet.headings)
    missing = [column for column in (columns.NAME, columns.OFFICE) if column not in mapping]
    if missing:
        raise Unusable(f"没有找到“{'”和“'.join(missing)}”列。请在第一行写明列名。")
    if len(sheet.rows) > MOST_ROWS:
        raise Unusable(f"名单有{len(sheet.rows)}行，一次最多{MOST_ROWS}行。请分几次录入。")
    return Table(mapping, tuple(unread), tuple((number, tuple(cells)) for number, cells in sheet.rows))


def check(
    table: Table,
    villages: Sequence[Area],
    picks: Mapping[str, str],
    *,
    since: date | None,
    new_term: bool,
    today: date,
    actor: Actor,
) -> Checked:
    """Read every row, find out who everybody is."""
    reader = Reader(table.mapping, villages, today=today, since=since)
    lines = [reader.read(number, cells) for number, cells in table.rows]
    people = match(lines, picks, new_term=new_term, actor=actor)
    return Checked(lines, people, table.unread)


def kept(table: Table, actor: Actor, code: str) -> str:
    """The list under seal, for this person and this place alone, so that the page can carry it to the next step."""
    text = json.dumps([table.mapping, table.unread, table.rows], ensure_ascii=False).encode()
    packed = base64.b64encode(zlib.compress(text)).decode()
    sealed = secrecy.seal(packed, table=TABLE, row=_place(actor, code), field=FIELD)
    return base64.urlsafe_b64encode(sealed).decode()


def brought_back(text: str, actor: Actor, code: str) -> Table:
    """The list from its seal. Raises :class:`Unusable` for anything that was not sealed for this person here."""
    try:
        sealed = base64.urlsafe_b64decode(text.encode())
        packed = secrecy.unseal(sealed, table=TABLE, row=_place(actor, code), field=FIELD)
        mapping, unread, rows = json.loads(zlib.decompress(base64.b64decode(packed)))
    except ValueError:
        raise Unusable(NOT_WHOLE) from None
    return Table(mapping, tuple(unread), tuple((number, tuple(cells)) for number, cells in rows))


def _place(actor: Actor, code: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{actor.id}:{code}")


def area_of(villages: Sequence[Area]) -> str:
    """The code of the smallest area that has all these villages: a village, a township, a county."""
    first, last = min(each.code for each in villages), max(each.code for each in villages)
    lengths = sorted(CODE_LENGTHS.values(), reverse=True)
    return next(first[:length] for length in lengths if last.startswith(first[:length]))
