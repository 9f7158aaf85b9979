"""A question as a form: plain fields, tables of rows that grow, the rule pack and changed parameters; or as JSON.

A field's name is the key of the JSON question, `person__birth` one level deeper.
"""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from elections.forms.fields import PlainForm, speak_plainly
from elections.rules import policy
from office.calculator.grids import Grid, Table, spread_rows
from office.calculator.reading import Json

NOTHING: tuple[Any, ...] = (None, "", [], False)
MOST_QUESTIONS = 50  # in one JSON list


class RuleForm(PlainForm):
    """The question of one topic. `question()` gives what the calculator takes, `spread()` goes the other way."""

    grids: tuple[Grid, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bodies: ClassVar[tuple[tuple[str, str], ...]] = ()  # whose election, where the fields hang on it
    secret: ClassVar[bool] = False  # what is typed is not shown again with the answer

    policy = forms.ChoiceField(label="规则包", initial=policy.DEFAULT)
    overrides = forms.CharField(
        label="改动的参数",
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "in-lg", "spellcheck": "false"}),
        help_text='JSON，如：{"kin_scope": "wide"}',
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None, body: str = ""
    ):
        known = dict(self.bodies)
        self.for_body = body if body in known else next(iter(known), "")
        super().__init__(data, initial=dict(initial or {}))
        self.typed = self.data if self.is_bound else self.initial
        self.table_rows: dict[str, list[Json]] = {}
        self.add_fields()
        for grid in self.grids:
            self._lay(grid)
        for field in self.fields.values():
            speak_plainly(field)

    def add_fields(self) -> None:
        """Add fields and tables that hang on what is asked."""

    def _lay(self, grid: Grid) -> None:
        rows = grid.count(self.typed)
        self.fields[f"rows-{grid.key}"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=rows)
        for number in range(rows):
            for name, pattern in grid.columns.items():
                field = deepcopy(pattern)
                field.required, field.label = False, f"{grid.title}第{number + 1}行{pattern.label}"
                self.fields[f"{grid.key}-{number}-{name}"] = field

    # ── what the page shows ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def plain_names(self) -> list[str]:
        return [name for name in self.fields if "-" not in name and name not in ("policy", "overrides")]

    def shown_groups(self) -> Iterable[tuple[str, list[BoundField]]]:
        """Return legend and fields, in order."""
        for legend, names in self.groups or (("", tuple(self.plain_names)),):
            yield legend, [self[name] for name in names if name in self.fields]

    def tables(self) -> Iterable[Table]:
        for grid in self.grids:
            rows = [[self[f"{grid.key}-{n}-{name}"] for name in grid.columns] for n in range(grid.count(self.typed))]
            used = any(cell.value() not in (*NOTHING, cell.field.initial) for row in rows for cell in row)
            yield Table(grid, rows, used or not grid.folded)

    # ── what was typed ─────────────────────────────────────────────────────────────────────────────────────────────

    def clean(self) -> Json:
        for grid in self.grids:
            self.table_rows[grid.key] = list(self._filled(grid))
        return self.cleaned_data

    def clean_overrides(self) -> Json:
        return read_json(self.cleaned_data["overrides"], dict, "改动的参数") if self.cleaned_data["overrides"] else {}

    def _filled(self, grid: Grid) -> Iterable[Json]:
        """Return the rows that say something, each with its number; complains of those that lack a needed column."""
        for number in range(grid.count(self.typed)):
            names = {name: f"{grid.key}-{number}-{name}" for name in grid.columns}
            row = {name: self.cleaned_data.get(field) for name, field in names.items()}
            if all(value in (*NOTHING, grid.columns[name].initial) for name, value in row.items()):
                continue
            for name in grid.needed:
                if row[name] in NOTHING and names[name] not in self.errors:
                    self.add_error(names[name], self.fields[names[name]].error_messages["required"])
            yield row | {"row": number}

    def votes(self, column: str) -> dict[str, int]:
        """Return what a column of the table of people says, by name."""
        return {row["name"]: row[column] for row in self.table_rows["people"] if row[column] is not None}

    def need_rows(self, key: str, words: str) -> None:
        """Refuse an empty table, unless something else is wrong already."""
        if not self.table_rows[key] and not self.errors:
            self.add_error(f"{key}-0-name", words)

    def complain_of_twins(self, key: str) -> None:
        """Complain of two rows of one name, which would be one person to the calculator."""
        seen: set[str] = set()
        for row in self.table_rows[key]:
            if row["name"] and row["name"] in seen:
                words = f"{row['name']}写了两行。请在姓名后加注区分，或者合并为一行。"
                self.add_error(f"{key}-{row['row']}-name", words)
            seen.add(row["name"])

    def settings(self) -> Json:
        """Return the rule pack, and the parameters changed by hand if any."""
        changed = self.cleaned_data["overrides"]
        return {"policy": self.cleaned_data["policy"]} | ({"overrides": changed} if changed else {})

    def question(self) -> Json:
        """Return what the calculator is asked. Only for a valid form."""
        asked: Json = {}
        for name in self.plain_names:
            value = self.cleaned_data[name]
            if value not in (None, "", []):
                *path, key = name.split("__")
                place = asked
                for step in path:
                    place = place.setdefault(step, {})
                place[key] = value.isoformat() if isinstance(value, date) else value
        return asked | {grid.key: self.entries(grid.key) for grid in self.grids} | self.settings()

    def entries(self, key: str) -> list[Any]:
        """Return a table's rows as the calculator takes them."""
        [grid] = [each for each in self.grids if each.key == key]
        rows = [{name: row[name] for name in grid.columns} for row in self.table_rows[key]]
        return [grid.to_json(row) for row in rows]

    @classmethod
    def spread(cls, question: Json) -> Json:
        """Return initial values that ask this question: the example, as the page first shows it."""
        tables = {grid.key: grid for grid in cls.grids}
        found = spread_plain({key: value for key, value in question.items() if key not in tables})
        for key, grid in tables.items():
            found |= spread_rows(key, grid.to_rows(question[key]))
        return found


def spread_plain(values: Mapping[str, Any], before: str = "") -> Json:
    """Return keys of nested objects as names of fields: `person__birth`; days as dates, shown as people write them."""
    found: Json = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= spread_plain(value, f"{before}{key}__")
        else:
            found[before + key] = _as_day(value)
    return found


def _as_day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value[:1].isdigit() else value
    except ValueError:
        return value


class JsonForm(PlainForm):
    """The question as JSON, as `manage.py rule` takes it: one object or a list of them."""

    ask = forms.CharField(
        label="题目",
        widget=forms.Textarea({"rows": 14, "class": "in-full code", "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_ask(self) -> Any:
        question = read_json(self.cleaned_data["ask"], (dict, list), "题目")
        if isinstance(question, list) and len(question) > MOST_QUESTIONS:
            raise forms.ValidationError(f"题目有{len(question)}道，一次最多{MOST_QUESTIONS}道。请分次演算。")
        return question

    def question(self) -> Any:
        return self.cleaned_data["ask"]


def read_json(text: str, kind: type | tuple[type, ...], label: str) -> Any:
    """Return the value of a JSON text. Raises ValidationError with the place of the fault."""
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
