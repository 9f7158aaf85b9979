"""Entering, correcting and merging records of the register of persons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms

from elections.forms.dates import DateField
from elections.forms.fields import LineField, NameField, PlainForm, SexField
from elections.models import Person
from elections.rules import identity
from elections.rules.codes import NATIONS, Calling, Education, Politics
from elections.rules.identity import IdFault
from elections.rules.kinds import SEXES
from elections.rules.persons import Entry
from elections.rules.wording import masked_phone

FAULTS = {
    IdFault.LENGTH: "身份证号应为18位，最后一位可以是X。请核对后重新填写。",
    IdFault.CHECKSUM: "身份证号的最后一位与前17位对不上。请按身份证核对。",
    IdFault.EXCEL_ROUNDED: "身份证号末尾几位像是被电子表格改成了0。请按身份证重新填写。",
    IdFault.IS_NUMBER: "身份证号填成了科学记数的数字。请按身份证重新填写。",
    IdFault.BIRTH: "身份证号中的出生日期不对。请按身份证核对。",
}


def _text(size: str = "in-sm") -> forms.TextInput:
    return forms.TextInput({"class": size, "autocomplete": "off", "spellcheck": "false"})


def _one_of(label: str, choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "不详"), *choices], required=False)


class RegisterForm(PlainForm):
    """One person. Of a record that is there, number and phone stand masked beside the field: empty leaves them."""

    name = NameField(label="姓名")
    id_number = forms.CharField(label="身份证号", required=False, widget=_text("in-md"), max_length=30)
    no_number = forms.BooleanField(label="登记的身份证号有误，删去", required=False)
    sex = SexField(
        label="性别", choices=list(SEXES.items()), widget=forms.RadioSelect, help_text="填写了身份证号的，不用选"
    )
    birth = DateField(label="出生日期", required=False)
    group = LineField(label="小组", required=False, max_length=40, widget=_text())
    mark = LineField(
        label="区别同名的字样", required=False, max_length=20, widget=_text(),
        help_text="小组和出生年份都相同的才填写，写在姓名后面，例如“东头”",
    )  # fmt: skip
    phone = LineField(label="电话", required=False, max_length=40, widget=_text(), help_text="加密保存")
    no_phone = forms.BooleanField(label="登记的电话有误，删去", required=False)
    nation = _one_of("民族", NATIONS.items())
    education = _one_of("文化程度", [(each.value, each.label) for each in Education])
    politics = _one_of("政治面貌", [(each.value, each.label) for each in Politics])
    joined_on = DateField(label="加入日期", required=False, help_text="加入党派或者组织的日期")
    present_work = LineField(label="现工作", required=False, max_length=60, widget=_text("in-md"))
    callings = forms.MultipleChoiceField(
        label="人员类别", choices=[(each.value, each.label) for each in Calling], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, today: date, entry: Entry | None = None, people: str = "村民"):
        initial = {name: getattr(entry, name) for name in self.base_fields if hasattr(entry, name)} if entry else {}
        super().__init__(data, initial={**initial, "id_number": "", "phone": ""})
        self.today, self.entry = today, entry
        self.fields["group"].label = f"{people}小组"
        for name in ("birth", "joined_on"):
            day = cast(DateField, self.fields[name])
            day.today = day.last_day = today
        self._beside("id_number", "no_number", identity.masked(entry.id_number) if entry and entry.id_number else "")
        self._beside("phone", "no_phone", masked_phone(entry.phone) if entry and entry.phone else "")

    def _beside(self, name: str, removal: str, there: str) -> None:
        if there:
            self.fields[name].help_text = f"已登记{there}，不改的不用填"
        else:
            del self.fields[removal]
            if name == "id_number":
                self.fields[name].help_text = "18位；性别和出生日期由此得出，加密保存"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        number = self._kept("id_number", "no_number")
        if number and "id_number" not in self.errors:
            self._by_number(found, number)
        if not found.get("sex") and "sex" not in self.errors and "id_number" not in self.errors:
            self.add_error("sex", "性别没有选择。请选择一项。")
        if found.get("birth") and found.get("joined_on") and found["joined_on"] <= found["birth"]:
            self.add_error("joined_on", "加入日期早于出生日期。请核对两个日期。")
        return found

    def _kept(self, name: str, removal: str) -> str:
        """What was typed, or what stands in the record unless it is to be removed."""
        typed = str(self.cleaned_data.get(name) or "").strip()
        before = getattr(self.entry, name) if self.entry else ""
        return typed or ("" if self.cleaned_data.get(removal) else before)

    def _by_number(self, found: dict[str, Any], number: str) -> None:
        """Sex and birth as the number says; what was typed otherwise is a fault."""
        said = identity.read(number, self.today)
        if said.fault:
            self.add_error("id_number", FAULTS[said.fault])
            return
        for name, value in (("sex", said.sex), ("birth", said.birth)):
            if found.get(name) and found[name] != value:
                self.add_error(name, f"{self.fields[name].label}与身份证号不一致。请核对。")
            found[name] = value

    def typed(self) -> Entry:
        """The person as he is to stand in the register."""
        said = self.cleaned_data
        plain = {
            name: said[name].strip() for name in ("group", "mark", "nation", "education", "politics", "present_work")
        }
        return Entry(
            said["name"], said["sex"], said["birth"], **plain, joined_on=said["joined_on"], callings=tuple(said["callings"]),
            id_number=identity.normalise(self._kept("id_number", "no_number")), phone=self._kept("phone", "no_phone"),
        )  # fmt: skip


class OtherRecordForm(PlainForm):
    """Which other record is the same person: namesakes first."""

    other = forms.ChoiceField(label="另一条记录")

    def __init__(self, data: Any = None, *, person: Person, others: Iterable[Person]):
        super().__init__(data)
        rows = sorted(others, key=lambda each: (each.name != person.name, each.label))
        self.choose_from("other", [("", "选择一人"), *((str(each.pk), each.label) for each in rows)])


class MergeForm(PlainForm):
    """Which of the two stays, and how it was found out that they are one."""

    kept = forms.ChoiceField(label="保留哪一条", widget=forms.RadioSelect)
    why = forms.CharField(
        label="合并的理由",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text="怎样核实是同一人；不写身份证号和电话",
    )

    def __init__(self, data: Any = None, *, pair: tuple[Person, Person]):
        super().__init__(data, initial={"kept": str(pair[0].pk)})
        self.choose_from("kept", [(str(each.pk), each.label) for each in pair])
