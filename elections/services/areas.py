"""Loading areas from a spreadsheet: every fault at once, nothing half done."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from elections.models import Area, User
from elections.permissions import Actor
from elections.services import summaries
from elections.services.act import act
from elections.services.lines import note, unchanged

HEADS = {
    "区划代码": "code", "代码": "code", "名称": "name", "类别": "kind", "户籍人口": "population", "户数": "households",
    "党员": "party_members", "办公电话": "phone", "联系领导": "leader", "包村干部": "liaison",
}  # fmt: skip
KINDS = {"县": "county", "市": "county", "区": "county", "街道": "street", "镇": "town", "乡": "township",
         "村": "village", "社区": "community"}  # fmt: skip
NUMBERS = ("population", "households", "party_members")
MOST_BYTES = 10 * 1024 * 1024


@dataclass
class Report:
    """The result of loading, or the reasons why nothing was loaded: ``faults`` are (row number, sentence)."""

    added: int = 0
    changed: int = 0
    same: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)


@act("areas.loaded", "导入村（社区）名录")
def load(data: bytes, *, actor: User, reach: Actor) -> Report:
    """Add or update the areas of a file. With one fault nothing is written."""
    report = Report()
    rows = _rows(data, report)
    found = [_read(number, row, report, reach) for number, row in rows]
    if report.faults:
        return unchanged(report)
    changed = [values["code"] for values in found if _store(values, report)]
    summaries.mark_areas(changed)
    county = min(area["code"] for area in found)[:6]
    note("", {"added": report.added, "changed": report.changed}, area=county)
    return report


def _rows(data: bytes, report: Report) -> list[tuple[int, dict[str, str]]]:
    if len(data) > MOST_BYTES:
        report.faults.append((0, "文件超过10MB。请只保留名单这一张表后再上传。"))
        return []
    try:
        table = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError):
        report.faults.append((0, "文件打不开。请用xlsx格式另存后再上传。"))
        return []
    head = next((n for n, row in enumerate(table) if {"名称"} <= {str(cell).strip() for cell in row}), None)
    if head is None:
        report.faults.append((0, "没有找到“名称”列。请用“区划代码、名称、类别”作列名。"))
        return []
    names = [HEADS.get(str(cell).strip(), "") for cell in table[head]]
    lines = enumerate(table[head + 1 :], head + 2)
    rows = [(number, {k: _text(v) for k, v in zip(names, row, strict=False) if k}) for number, row in lines]
    rows = [(number, row) for number, row in rows if any(row.values())]
    if not rows:
        report.faults.append((0, "表头下面没有内容。请填写后再上传。"))
    return rows


def _text(value: object) -> str:
    """Return a cell as text; codes that Excel keeps as numbers lose their ``.0``."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _read(number: int, row: dict[str, str], report: Report, reach: Actor) -> dict[str, Any]:
    values: dict[str, Any] = dict(row)
    for fault in _faults(row, reach):
        report.faults.append((number, fault))
    values["kind"] = KINDS.get(row.get("kind", ""), "")
    for key in NUMBERS:
        if key in row:
            values[key] = int(row[key]) if row[key].isdigit() else None
    return values


def _faults(row: dict[str, str], reach: Actor) -> list[str]:
    found = []
    code = row.get("code", "")
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code):
        found.append(f"区划代码“{code}”不对，应为6位、9位或者12位数字。请核对。")
    elif not reach.roles_at(code):
        found.append(f"区划代码{code}不在本单位范围内。请核对。")
    if not row.get("name"):
        found.append("名称没有填写。请填写。")
    if row.get("kind", "") not in KINDS:
        found.append(f"类别“{row.get('kind', '')}”不认识，可以是{'、'.join(KINDS)}。请改正。")
    found += [f"“{row[key]}”应是整数。请改正。" for key in NUMBERS if row.get(key) and not row[key].isdigit()]
    return found


def _store(values: dict[str, Any], report: Report) -> bool:
    """Write one area; whether one that was known has changed."""
    values = dict(values)
    code = values.pop("code")
    area = Area.objects.filter(code=code).first()
    if area is None:
        Area.objects.create(code=code, **values)
        report.added += 1
    elif all(getattr(area, key) == value for key, value in values.items()):
        report.same += 1
    else:
        Area.objects.filter(code=code).update(**values)
        report.changed += 1
        return True
    return False
