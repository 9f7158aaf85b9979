"""The count sheet as a form: one row a person, one column an office; an empty cell is not a nought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django import forms

from elections.forms.fields import CountField, NameField, speak_plainly
from elections.forms.persons import PICKED
from elections.models import CountSheet, Round
from elections.rules.counting.checks import Figures
from elections.rules.counting.offices import Office, Person
from elections.rules.counting.poll import Contest, Votes
from elections.rules.counting.stored import read_contest, read_people, read_votes
from elections.rules.kinds import SEXES
from elections.selectors.contest import Stands, on_ballot
from elections.selectors.persons import Meant
from elections.selectors.rounds import WriteIn, meant_by_ballots

WRITE_IN_ROWS, MOST_WRITE_INS = 2, 30
FIGURES = {
    "issued_in_person": "本人领票",
    "issued_by_proxy": "委托领票",
    "returned": "收回选票",
    "invalid": "无效票",
    "blank": "弃权票",
}


@dataclass(frozen=True)
class Column:
    """One office on the count sheet: its places, and who stands for it (empty: whoever said so)."""

    office: Office
    seats: int
    women_only: bool
    fixed: frozenset[str]
    label: str

    def stands(self, person: Person) -> bool:
        """Return whether this person is on the ballot for the office: the cell must be filled in, with 0 when nobody
        chose them."""
        if self.fixed:
            return person.name in self.fixed
        return self.office in person.candidate_for

    def may_have(self, person: Person) -> bool:
        """Return whether votes for this person can stand in the column: in the first vote they may also be written
        in."""
        if self.fixed:
            return self.stands(person)
        return not (self.women_only or self.office is Office.WOMAN) or person.is_woman


def columns(contest: Contest) -> list[Column]:
    """Return the offices of a contest, each once: a place kept for women and the others share a column."""
    found: dict[Office, Column] = {}
    for opening in contest.openings:
        before = found.get(opening.office, Column(opening.office, 0, True, frozenset(), opening.office.label))
        women, fixed = before.women_only and opening.women_only, before.fixed.union(opening.candidates)
        found[opening.office] = replace(before, seats=before.seats + opening.seats, women_only=women, fixed=fixed)
    return list(found.values())


class CountForm(forms.Form):
    """The figures of one round. ``write_ins``: rows offered for people who are not on the ballot. ``people``: those on
    the ballot in at least one column, in its order."""

    def __init__(
        self, *args: Any, round_: Round, count_sheet: CountSheet | None = None, write_ins: int = 0, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.meant: dict[str, Meant] = {}  # of the rows for people who are not on the ballot
        self.round, self.contest = round_, read_contest(round_.contest)
        self.columns = columns(self.contest)
        self.people = [each for each in self.contest.people if any(column.may_have(each) for column in self.columns)]
        known = read_people(count_sheet.write_ins) if count_sheet else ()
        self.write_in_rows = self._rows_offered(known, write_ins)
        for name, label in FIGURES.items():
            self.fields[name] = CountField(label=label, initial=getattr(count_sheet, name, None))
        votes = read_votes(count_sheet.votes) if count_sheet else {}
        for number, person in enumerate(self.people):
            self._add_cells(f"p{number}", person, votes)
        for number in range(self.write_in_rows):
            self._add_write_in(f"w{number}", known[number] if number < len(known) else None, votes)
        for field in self.fields.values():
            speak_plainly(field)
            if isinstance(field, CountField) and field.required:
                field.error_messages["required"] = f"{field.label}没有填写。没有的请填0。"

    def _rows_offered(self, known: Sequence[Person], wanted: int) -> int:
        if self.round.kind != Round.Kind.FIRST:
            return 0  # a rerun and a second vote are between those on the ballot
        return min(max(len(known) + WRITE_IN_ROWS, wanted), MOST_WRITE_INS)

    def _add_cells(self, row: str, person: Person, votes: Votes) -> None:
        for column in self.columns:
            if column.may_have(person):
                self.fields[f"{row}_{column.office}"] = CountField(
                    label=f"{person.name}的{column.label}票",
                    required=column.stands(person),
                    initial=votes.get(column.office, {}).get(person.name),
                )

    def _add_write_in(self, row: str, known: Person | None, votes: Votes) -> None:
        name, sex = (known.name, known.sex) if known else (None, None)
        picked = f"p-{known.person}" if known and known.person else ""
        self.fields[f"{row}_name{PICKED}"] = forms.CharField(required=False, initial=picked)
        self.fields[f"{row}_name"] = NameField(label="另选他人姓名", required=False, initial=name)
        self.fields[f"{row}_sex"] = forms.ChoiceField(
            label="性别", required=False, choices=[("", "按名单"), *SEXES.items()], initial=sex
        )
        for column in self.columns:
            self.fields[f"{row}_{column.office}"] = CountField(
                label=f"另选他人的{column.label}票",
                required=False,
                initial=votes.get(column.office, {}).get(name or ""),
            )

    # ── as the page shows it ───────────────────────────────────────────────────────────────────────────────────────

    def figure_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FIGURES]

    def person_rows(self) -> Iterator[tuple[str, list[forms.BoundField | None]]]:
        """Name and cells of everybody on the ballot; None where votes cannot stand."""
        for number, person in enumerate(self.people):
            yield person.name, self._cells(f"p{number}")

    def write_in_fields(self) -> Iterator[dict[str, Any]]:
        for number in range(self.write_in_rows):
            row = f"w{number}"
            yield {
                "name": self[f"{row}_name"],
                "sex": self[f"{row}_sex"],
                "cells": self._cells(row),
                "picked": self[f"{row}_name{PICKED}"],
                "meant": self.meant.get(row),
            }

    def _cells(self, row: str) -> list[forms.BoundField | None]:
        names = [f"{row}_{column.office}" for column in self.columns]
        return [self[name] if name in self.fields else None for name in names]

    def open_column(self) -> int:
        """Return which office a phone shows first: the one that is wrong, else the first (1 is the first)."""
        wrong = [place for place, column in enumerate(self.columns, 1) if self._is_wrong(column)]
        return wrong[0] if wrong else 1

    def _is_wrong(self, column: Column) -> bool:
        return self.is_bound and any(name.endswith(f"_{column.office}") for name in self.errors)

    def never_in_addresses(self) -> str:
        """Names of the inputs that the live check leaves out: it needs figures, not people and keys."""
        typed = [
            f"w{number}_{part}" for number in range(self.write_in_rows) for part in ("name", "sex", f"name{PICKED}")
        ]
        return ",".join(["csrfmiddlewaretoken", "act", "screen", *typed])

    # ── what was typed ─────────────────────────────────────────────────────────────────────────────────────────────

    def clean(self) -> dict[str, Any]:
        typed = {row: each for row in self._write_in_names() if (each := self._typed(row)).name}
        found = meant_by_ballots(self.round.election, typed.values()) if typed else []
        self.meant = {row: self._picked(row, each) for row, each in zip(typed, found, strict=True)}
        ballot, seen = on_ballot(self.round) if typed else [], set[str]()
        for row in self._write_in_names():
            self._check_write_in(row, ballot, seen)
        return self.cleaned_data

    def _write_in_names(self) -> list[str]:
        return [f"w{number}" for number in range(self.write_in_rows)]

    def _typed(self, row: str) -> WriteIn:
        return WriteIn(self.cleaned_data.get(f"{row}_name", ""), self.cleaned_data.get(f"{row}_sex", ""))

    def _picked(self, row: str, meant: Meant) -> Meant:
        """One may have been picked among several."""
        key = self.cleaned_data.get(f"{row}_name{PICKED}")
        return replace(meant, one=next((each for each in meant.people if each.key == key), meant.one))

    def _check_write_in(self, row: str, ballot: Sequence[Stands], seen: set[str]) -> None:
        name = self.cleaned_data.get(f"{row}_name", "")
        cells = [self.cleaned_data.get(f"{row}_{column.office}") for column in self.columns]
        if not name:
            if any(cells):
                self.add_error(f"{row}_name", "另选他人的姓名没有填写。请按选票填写。")
            return
        meant = self.meant[row]
        key = meant.one.key if meant.one else name
        on_it = [each.name for each in ballot if each.is_meant(meant)]
        called = on_it[0] if on_it else name
        if meant.people and meant.why_not:
            self.add_error(f"{row}_name", meant.why_not)
        elif on_it or key in seen:
            self.add_error(f"{row}_name", f"{called}在选票上或者已经填了一行。请把票数填在那一行。")
        elif not any(cells):
            self.add_error(f"{row}_name", f"{called}没有得票。请填写票数，或者清空这一行。")
        seen.add(key)

    def figures(self) -> Figures:
        """Return the figures that can be read so far."""
        return Figures(**{each.name: self.cleaned_data.get(each.name) for each in fields(Figures)})

    def votes(self) -> Votes:
        """Return office → name → votes, of the cells that are filled in."""
        names = {f"p{number}": person.name for number, person in enumerate(self.people)}
        names |= {row: self._key(row) or f"另选{n}" for n, row in enumerate(self._write_in_names(), 1)}
        found: dict[Office, dict[str, int]] = {column.office: {} for column in self.columns}
        for row, name in names.items():
            for column in self.columns:
                typed = self.cleaned_data.get(f"{row}_{column.office}")
                if typed is not None:
                    found[column.office][name] = typed
        return found

    def write_ins(self) -> list[WriteIn]:
        """The people written in."""
        return [
            WriteIn(self._key(row), self.cleaned_data[f"{row}_sex"], meant.one) for row, meant in self.meant.items()
        ]

    def _key(self, row: str) -> str:
        """What tells this person from the others on the count sheet."""
        meant = self.meant.get(row)
        return meant.one.words if meant and meant.one else self.cleaned_data.get(f"{row}_name", "")

    def unfilled(self) -> int:
        """Return cells that must still be filled in."""
        return sum(field.required and self.cleaned_data.get(name) is None for name, field in self.fields.items())
