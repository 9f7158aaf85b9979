"""Uploading, pasting, pointing out columns, looking into doubtful rows."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from elections.forms.fields import PlainForm
from voters import spreadsheet
from voters.importing.source import SourceTable
from voters.rules import columns
from voters.rules.identity import masked
from voters.services.repairs import Decisions
from voters.spreadsheet import FileFault, Sheet
from voters.spreadsheet.writing import WHICH, without_ours

LONGEST_PASTE = 2_000_000  # characters
LARGE_FROM = 1_500_000  # bytes: some twenty thousand people, more than a page should wait for
LONGEST_CELL = 2_000
TYPED = re.compile(r"cell-(\d{1,7})-(\d|1[01])")


class UploadForm(PlainForm):
    """One file; read at once, so that what is wrong with it is said here. A large one is left to the background."""

    file = forms.FileField(label="名单文件", help_text="xlsx、xls或csv，不超过10MB；身份证号一列应设为文本")
    given: SourceTable

    @property
    def large(self) -> bool:
        return LARGE_FROM < self.cleaned_data["file"].size <= spreadsheet.FILE_BYTES

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        file = found.get("file")
        if file is not None and not self.large:
            try:
                self.given = _read(file)
            except FileFault as fault:
                self.add_error("file", str(fault))
        return found


def _read(file: Any) -> SourceTable:
    if file.size > spreadsheet.FILE_BYTES:
        size, limit = -(-file.size // 2**20), spreadsheet.FILE_BYTES // 2**20
        raise FileFault(spreadsheet.FileCode.TOO_BIG, size=size, limit=limit)
    return SourceTable.read(file.read(), file.name)


class RepairedForm(UploadForm):
    """The rows that were taken away to be repaired, brought back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    large = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "改好的错误行"
        self.fields["file"].help_text = f"先下载错误行，在表格里改好，再从这里上传；“{WHICH}”一列不要改"

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if "file" in found and not self.errors and WHICH not in self.given.sheet.headings:
            self.add_error("file", f"这个文件没有“{WHICH}”列。请上传从这里下载的错误行；别的名单请点“换文件”。")
        return found


class PasteForm(PlainForm):
    """A table copied from Excel, WPS or Word."""

    text = forms.CharField(
        label="粘贴名单",
        widget=forms.Textarea({"rows": 6, "autocomplete": "off", "spellcheck": "false", "class": "in-full"}),
        help_text="在Excel或WPS中选中名单（连同列名一行）复制，粘贴到这里",
    )
    given: SourceTable

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        text = found.get("text", "")
        if len(text) > LONGEST_PASTE:
            self.add_error("text", "粘贴的内容太多。请改用上传文件。")
        elif text:
            try:
                self.given = SourceTable.pasted(text)
            except FileFault as fault:
                self.add_error("text", str(fault))
        return found


class ColumnsForm(forms.Form):
    """Which column of the file is which: one list for each of ours."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: Sheet, mapping: dict[str, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        choices = [
            ("", "不导入"),
            *((str(place), _heading(sheet, place)) for place in range(len(without_ours(sheet.headings)))),
        ]
        for number, column in enumerate(columns.COLUMNS):
            required = column in columns.REQUIRED
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column,
                choices=choices,
                required=required,
                initial=str(mapping.get(column, "")),
                widget=forms.Select({"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name, place in list(found.items()):
            if name == "version":
                continue
            label = self.fields[name].label
            if place and place in taken:
                self.add_error(name, f"这一列已选作“{taken[place]}”。请为“{label}”另选一列。")
            taken.setdefault(place, str(label))
        return found

    @property
    def mapping(self) -> dict[str, int]:
        return {
            str(self.fields[name].label): int(place)
            for name, place in self.cleaned_data.items()
            if name != "version" and place
        }

    def samples(self) -> list[tuple[forms.BoundField, bool, str]]:
        """Return each of our columns, whether it was recognised, and what the chosen column holds in the first rows."""
        guessed = {column: str(place) for column, place in self.sheet.mapping.items()}
        return [
            (field, field.value() == guessed.get(str(field.label), "?"), _sample(self.sheet, field.value()))
            for field in self.visible_fields()
        ]


def _heading(sheet: Sheet, place: int) -> str:
    return sheet.headings[place] or f"第{place + 1}列"


def _sample(sheet: Sheet, place: Any) -> str:
    """Return the first values of a column, numbers of people masked."""
    if place in (None, ""):
        return ""
    cells = [row[int(place)] for _, row in sheet.rows[:20] if int(place) < len(row) and row[int(place)] != ""]
    shown = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in cells[:3]]
    return "、".join(masked_if_number(text) for text in shown)


def masked_if_number(text: str) -> str:
    """Return the text; of a long number only its ends."""
    return masked(text) if sum(char.isdigit() for char in text) >= 11 else text[:12]


class SheetForm(forms.Form):
    """Which sheet of the file."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.ChoiceField(label="工作表")

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in names]


class RowsForm(forms.Form):
    """One page of the grid: for each row shown, whether it was looked into, left out, what was typed anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def decisions(self) -> Decisions:
        shown = _numbers(self.data.getlist("shown"))
        repairs: dict[int, dict[str, str]] = {}
        for name, text in self.data.items():
            found = TYPED.fullmatch(name)
            if found and text.strip() and int(found[1]) in shown:
                repairs.setdefault(int(found[1]), {})[columns.COLUMNS[int(found[2])]] = text.strip()[:LONGEST_CELL]
        ticks, skips = _numbers(self.data.getlist("tick")), _numbers(self.data.getlist("skip"))
        return Decisions(shown, ticks & shown, skips & shown, repairs)


def _numbers(found: list[str]) -> frozenset[int]:
    return frozenset(int(text) for text in found if text.isdecimal() and len(text) < 8)


class VersionForm(forms.Form):
    """The state of an import that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
