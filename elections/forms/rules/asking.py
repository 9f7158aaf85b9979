"""A question of 规则演算 as a form: plain fields, tables of rows that grow, the rule pack and changed parameters.

A field's name is the key of the JSON question, `person__birth` one level deeper. The fields of a table are
`people-0-name`; the hidden `rows-people` says how many rows the page has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from elections.forms.fields import PlainForm, speak_plainly
from elections.rules import policy

Json = dict[str, Any]

SPARE_ROWS, MORE_ROWS, MOST_ROWS = 2, 5, 60
NOTHING: tuple[Any, ...] = (None, "", [], False)
EXPERT = ("overrides",)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of rows of one kind. A row that has anything must have its `needed` columns. `folded`: seldom used."""

    key: str
    title: str
    columns: Mapping[str, forms.Field]
    needed: tuple[str, ...]
    more: str
    hint: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid on the page: `rows` of bound fields; `is_open` when it is not folded or something stands in it."""

    grid: Grid
    rows: list[list[BoundField]]
    is_open: bool

    @property
    def heads(self) -> list[BoundField]:
        return self.rows[0]

    @property
    def may_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS


class RuleForm(PlainForm):
    """The question of one topic. `question()` gives what the calculator takes, `spread()` goes the other way."""

    grids: tuple[Grid, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    secret: ClassVar[bool] = False  # what is typed is not shown again with the answer
    for_body = ""  # whose election, where the fields hang on it

    policy = forms.ChoiceField(label="规则包")
    overrides = forms.CharField(
        label="改动的参数",
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "in-lg", "spellcheck": "false"}),
        help_text='JSON，如：{"kin_scope": "wide"}',
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None):
        super().__init__(data, initial=dict(initial or {}))
        self.typed = self.data if self.is_bound else self.initial
        self.table_rows: dict[str, list[Json]] = {}
        self.choose_from("policy", [(name, policy.load(name).title) for name in policy.packs()])
        self.fields["policy"].initial = policy.DEFAULT
        self.add_fields()
        for grid in self.grids:
            self._lay(grid)
        for field in self.fields.values():
            speak_plainly(field)

    def add_fields(self) -> None:
        """Fields that hang on what is asked."""

    def _lay(self, grid: Grid) -> None:
        self.fields[f"rows-{grid.key}"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=self._row_count(grid)
        )
        for number in range(self._row_count(grid)):
            for name, pattern in grid.columns.items():
                field = deepcopy(pattern)
                field.required, field.label = False, f"{grid.title}第{number + 1}行{pattern.label}"
                self.fields[f"{grid.key}-{number}-{name}"] = field

    def _row_count(self, grid: Grid) -> int:
        said = str(self.typed.get(f"rows-{grid.key}", ""))
        return min(max(int(said), 1), MOST_ROWS) if said.isdecimal() and len(said) < 4 else SPARE_ROWS

    # ── what the page shows ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def plain_names(self) -> list[str]:
        return [name for name in self.fields if "-" not in name and name not in ("policy", *EXPERT)]

    def shown_groups(self) -> Iterable[tuple[str, list[BoundField]]]:
        """Legend and fields, in order."""
        for legend, names in self.groups or (("", tuple(self.plain_names)),):
            yield legend, [self[name] for name in names if name in self.fields]

    def tables(self) -> Iterable[Table]:
        for grid in self.grids:
            rows = [[self[f"{grid.key}-{n}-{name}"] for name in grid.columns] for n in range(self._row_count(grid))]
            used = any(cell.value() not in (*NOTHING, cell.field.initial) for row in rows for cell in row)
            yield Table(grid, rows, used or not grid.folded)

    def expert_is_open(self) -> bool:
        return any(self[name].value() for name in EXPERT)

    # ── what was typed ─────────────────────────────────────────────────────────────────────────────────────────────

    def clean(self) -> Json:
        for grid in self.grids:
            self.table_rows[grid.key] = list(self._filled(grid))
        return self.cleaned_data

    def clean_overrides(self) -> Json:
        return read_json(self.cleaned_data["overrides"], dict, "改动的参数") if self.cleaned_data["overrides"] else {}

    def _filled(self, grid: Grid) -> Iterable[Json]:
        """The rows that say something, each with its number; complains of those that lack a needed column."""
        for number in range(self._row_count(grid)):
            names = {name: f"{grid.key}-{number}-{name}" for name in grid.columns}
            row = {name: self.cleaned_data.get(field) for name, field in names.items()}
            if all(value in (*NOTHING, grid.columns[name].initial) for name, value in row.items()):
                continue
            for name in grid.needed:
                if row[name] in NOTHING and names[name] not in self.errors:
                    self.add_error(names[name], self.fields[names[name]].error_messages["required"])
            yield row | {"row": number}

    def complain_of_twins(self, key: str, name: str = "name") -> None:
        """Two rows of one name would be one person to the calculator."""
        seen: set[str] = set()
        for row in self.table_rows[key]:
            if row[name] and row[name] in seen:
                self.add_error(
                    f"{key}-{row['row']}-{name}", f"{row[name]}写了两行。请在姓名后加注区分，或者合并为一行。"
                )
            seen.add(row[name])

    def settings(self) -> Json:
        """The rule pack, and the parameters changed by hand if any."""
        changed = self.cleaned_data["overrides"]
        return {"policy": self.cleaned_data["policy"]} | ({"overrides": changed} if changed else {})

    def question(self) -> Json:
        """What the calculator is asked. Only for a valid form."""
        asked: Json = {}
        for name in self.plain_names:
            value = self.cleaned_data[name]
            if value not in (None, "", []):
                *path, key = name.split("__")
                place = asked
                for step in path:
                    place = place.setdefault(step, {})
                place[key] = value.isoformat() if isinstance(value, date) else value
        return asked | {grid.key: self.rows(grid.key) for grid in self.grids} | self.settings()

    def rows(self, key: str) -> list[Any]:
        """A table's rows as the calculator takes them."""
        return [{name: value for name, value in row.items() if name != "row"} for row in self.table_rows[key]]

    @classmethod
    def spread(cls, question: Json) -> Json:
        """Initial values that ask this question: the example, as the page first shows it."""
        return spread_plain({key: value for key, value in question.items() if key not in {g.key for g in cls.grids}})


def spread_plain(values: Mapping[str, Any], before: str = "") -> Json:
    """Keys of nested objects as names of fields: `person__birth`."""
    found: Json = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= spread_plain(value, f"{before}{key}__")
        else:
            found[before + key] = _as_day(value)
    return found


def _as_day(value: Any) -> Any:
    """A date as a date, so that the field shows it as people write it."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value[:1].isdigit() else value
    except ValueError:
        return value


def spread_rows(key: str, rows: Iterable[Mapping[str, Any]]) -> Json:
    """Rows of one table as initial values, with some to spare."""
    rows = list(rows)
    cells = {f"{key}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return cells | {f"rows-{key}": len(rows) + SPARE_ROWS}


def with_more_rows(data: Mapping[str, Any], key: str) -> Json:
    """What was typed, as initial values of a page with more rows in one table."""
    said = str(data.get(f"rows-{key}", ""))
    rows = int(said) if said.isdecimal() and len(said) < 4 else 0
    return dict(data.items()) | {f"rows-{key}": min(rows + MORE_ROWS, MOST_ROWS)}


def read_json(text: str, kind: type | tuple[type, ...], label: str) -> Any:
    """The value of a JSON text. Raises ValidationError with the place of the fault."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"第{error.lineno}行第{error.colno}个字符附近有误"
        raise forms.ValidationError(f"{label}不是有效的JSON，{where}。请对照示例改正。") from None
    except (ValueError, RecursionError):
        raise forms.ValidationError(f"{label}中的数太长或者层次太多。请对照示例改正。") from None
    if not isinstance(value, kind):
        raise forms.ValidationError(f"{label}应当写在一对花括号里。请对照示例改正。")
    return value
