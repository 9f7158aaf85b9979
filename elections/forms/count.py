"""The count sheet as a form: one row a person, one column an office; an empty cell is not a nought (screens.md §3.7)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django import forms

from elections.forms.fields import CountField, speak_plainly
from elections.forms.names import NameField
from elections.models import CountSheet, Round
from elections.rules.counting.checks import Figures
from elections.rules.counting.posts import Office
from elections.selectors.contest import sexes_on_roll

WRITE_IN_ROWS, MOST_WRITE_INS = 2, 30
FIGURES = {
    "issued_in_person": "本人领票",
    "issued_by_proxy": "委托领票",
    "returned": "收回选票",
    "invalid": "无效票",
    "blank": "弃权票",
}
SEXES = (("", "按名单"), ("M", "男"), ("F", "女"))


@dataclass(frozen=True)
class Column:
    """One office on the sheet: its places, and who stands for it (empty: whoever said so)."""

    office: Office
    seats: int
    women_only: bool
    fixed: frozenset[str]

    @property
    def label(self) -> str:
        return self.office.label

    def stands(self, person: dict[str, Any]) -> bool:
        """Whether this person is on the ballot for the office: his cell must be filled in, with 0 when nobody chose him."""
        if self.fixed:
            return person["name"] in self.fixed
        return self.office in person.get("candidate_for", ())

    def may_have(self, person: dict[str, Any]) -> bool:
        """Whether votes for this person can stand in the column: in the first vote he may also be written in."""
        if self.fixed:
            return self.stands(person)
        return person.get("sex") == "F" or not (self.women_only or self.office is Office.WOMAN)


def columns(contest: dict[str, Any]) -> list[Column]:
    """The offices of a contest, each once: a place kept for women and the others share a column."""
    found: dict[str, Column] = {}
    for post in contest["posts"]:
        office, names = Office(post["post"]), frozenset(post.get("candidates", ()))
        before = found.get(office, Column(office, 0, True, frozenset()))
        women = before.women_only and post.get("women_only", False)
        found[office] = Column(office, before.seats + post["seats"], women, before.fixed | names)
    return list(found.values())


class CountForm(forms.Form):
    """The figures of one round. ``write_ins``: rows offered for people who are not on the ballot."""

    def __init__(self, *args: Any, round_: Round, sheet: CountSheet | None = None, write_ins: int = 0, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.round, self.contest = round_, json.loads(round_.contest)
        self.columns = columns(self.contest)
        known = json.loads(sheet.write_ins) if sheet else []
        self.write_in_rows = self._rows_offered(known, write_ins)
        for name, label in FIGURES.items():
            self.fields[name] = CountField(label=label, initial=getattr(sheet, name, None))
        votes = json.loads(sheet.votes) if sheet else {}
        for number, person in enumerate(self.people()):
            self._add_cells(f"p{number}", person, votes)
        for number in range(self.write_in_rows):
            self._add_write_in(f"w{number}", known[number] if number < len(known) else {}, votes)
        for field in self.fields.values():
            speak_plainly(field)
            if isinstance(field, CountField) and field.required:
                field.error_messages["required"] = f"{field.label}没有填写。没有的请填0。"

    def people(self) -> list[dict[str, Any]]:
        """Those on the ballot in at least one column, in the order of the ballot."""
        return [each for each in self.contest["people"] if any(column.may_have(each) for column in self.columns)]

    def _rows_offered(self, known: list[dict[str, Any]], wanted: int) -> int:
        if self.round.kind != Round.Kind.FIRST:
            return 0  # a rerun and a second vote are between those on the ballot
        return min(max(len(known) + WRITE_IN_ROWS, wanted), MOST_WRITE_INS)

    def _add_cells(self, row: str, person: dict[str, Any], votes: dict[str, dict[str, int]]) -> None:
        for column in self.columns:
            if column.may_have(person):
                self.fields[f"{row}_{column.office}"] = CountField(
                    label=f"{person['name']}的{column.label}票",
                    required=column.stands(person),
                    initial=votes.get(column.office, {}).get(person["name"]),
                )

    def _add_write_in(self, row: str, person: dict[str, Any], votes: dict[str, dict[str, int]]) -> None:
        self.fields[f"{row}_name"] = NameField(label="另选他人姓名", required=False, initial=person.get("name"))
        self.fields[f"{row}_sex"] = forms.ChoiceField(
            label="性别", required=False, choices=SEXES, initial=person.get("sex")
        )
        for column in self.columns:
            self.fields[f"{row}_{column.office}"] = CountField(
                label=f"另选他人的{column.label}票",
                required=False,
                initial=votes.get(column.office, {}).get(person.get("name", "")),
            )

    # ── as the page shows it ───────────────────────────────────────────────────────────────────────────────────────

    def figure_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FIGURES]

    def person_rows(self) -> Iterator[tuple[str, list[forms.BoundField | None]]]:
        """Name and cells of everybody on the ballot; None where votes cannot stand."""
        for number, person in enumerate(self.people()):
            yield person["name"], self._cells(f"p{number}")

    def write_in_fields(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, list[forms.BoundField | None]]]:
        for number in range(self.write_in_rows):
            yield self[f"w{number}_name"], self[f"w{number}_sex"], self._cells(f"w{number}")

    def _cells(self, row: str) -> list[forms.BoundField | None]:
        names = [f"{row}_{column.office}" for column in self.columns]
        return [self[name] if name in self.fields else None for name in names]

    def open_column(self) -> int:
        """Which office a phone shows first: the one with a fault, else the first (1 is the first)."""
        wrong = [place for place, column in enumerate(self.columns, 1) if self._has_fault(column)]
        return wrong[0] if wrong else 1

    def _has_fault(self, column: Column) -> bool:
        return self.is_bound and any(name.endswith(f"_{column.office}") for name in self.errors)

    def never_in_addresses(self) -> str:
        """Names of the inputs that the live check leaves out: it needs figures, not people and keys."""
        typed = [f"w{number}_{part}" for number in range(self.write_in_rows) for part in ("name", "sex")]
        return ",".join(["csrfmiddlewaretoken", "act", "screen", *typed])

    # ── what was typed ─────────────────────────────────────────────────────────────────────────────────────────────

    def clean(self) -> dict[str, Any]:
        seen = {person["name"] for person in self.contest["people"]}
        for number in range(self.write_in_rows):
            self._check_write_in(f"w{number}", seen)
        return self.cleaned_data

    def _check_write_in(self, row: str, seen: set[str]) -> None:
        name = self.cleaned_data.get(f"{row}_name", "")
        cells = [self.cleaned_data.get(f"{row}_{column.office}") for column in self.columns]
        if not name:
            if any(cells):
                self.add_error(f"{row}_name", "另选他人的姓名没有填写。请按选票填写。")
            return
        if name in seen:
            self.add_error(f"{row}_name", f"{name}在选票上或者已经填了一行。请把票数填在那一行。")
        elif not any(cells):
            self.add_error(f"{row}_name", f"{name}没有得票。请填写票数，或者清空这一行。")
        elif len(sexes_on_roll(self.round.election, name)) > 1 and not self.cleaned_data.get(f"{row}_sex"):
            self.add_error(f"{row}_sex", f"选民名单上叫{name}的有男有女。请选择性别。")
        seen.add(name)

    def figures(self) -> Figures:
        """The figures that can be read so far."""
        return Figures(**{each.name: self.cleaned_data.get(each.name) for each in fields(Figures)})

    def votes(self) -> dict[str, dict[str, int]]:
        """Office → name → votes, of the cells that are filled in."""
        names = {f"p{number}": person["name"] for number, person in enumerate(self.people())}
        names |= {f"w{n}": self.cleaned_data.get(f"w{n}_name") or f"另选{n + 1}" for n in range(self.write_in_rows)}
        found: dict[str, dict[str, int]] = {column.office.value: {} for column in self.columns}
        for row, name in names.items():
            for column in self.columns:
                typed = self.cleaned_data.get(f"{row}_{column.office}")
                if typed is not None:
                    found[column.office.value][name] = typed
        return found

    def write_ins(self) -> list[dict[str, str]]:
        """Name and sex of the people written in."""
        rows = [f"w{number}" for number in range(self.write_in_rows) if self.cleaned_data.get(f"w{number}_name")]
        return [{"name": self.cleaned_data[f"{row}_name"], "sex": self.cleaned_data[f"{row}_sex"]} for row in rows]

    def unfilled(self) -> int:
        """Cells that must still be filled in."""
        return sum(field.required and self.cleaned_data.get(name) is None for name, field in self.fields.items())
