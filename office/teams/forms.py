"""Forms of the teams: a tenure typed, corrected, ended; a list pasted or uploaded; the filter of the township's list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms

from elections.forms.dates import DateField
from elections.forms.fields import PlainForm
from elections.forms.persons import NamesPersons, PersonField
from elections.models import Election, Tenure
from elections.permissions import Actor
from elections.rules import teams
from elections.rules.counting.offices import Office
from elections.rules.kinds import Body
from elections.selectors.current import Township
from elections.services.tenures import Post
from office.teams.checking import NOT_WHOLE, Table, Unusable, brought_back, read_file, read_paste
from voters.spreadsheet import FILE_BYTES

LONGEST_PASTE = 500_000  # characters
MIB = 1024 * 1024
EMPTY = ("", "选择一项")


class PostForm(PlainForm):
    """What somebody holds or held."""

    body = forms.ChoiceField(
        label="组织", choices=[(each.value, each.label) for each in Body], widget=forms.RadioSelect
    )
    office = forms.ChoiceField(label="职务", choices=[EMPTY, *((each.value, each.label) for each in Office)])
    since = DateField(label="任职日期")
    how = forms.ChoiceField(label="产生方式", choices=Tenure.How.choices, widget=forms.RadioSelect)
    until = DateField(label="离任日期", required=False, help_text="现任的不填")
    ending = forms.ChoiceField(label="离任原因", choices=[("", "仍在任"), *Tenure.Ending.choices], required=False)

    def __init__(self, *args: Any, election: Election, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.election = election
        for name in ("since", "until"):
            field = cast(DateField, self.fields[name])
            field.today = field.last_day = today

    @classmethod
    def of(cls, tenure: Tenure) -> dict[str, Any]:
        """The row as the form begins."""
        return {name: getattr(tenure, name) for name in Post._fields}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        body, office, since, until = (found.get(name) for name in ("body", "office", "since", "until"))
        if body and office and (why_not := teams.why_not_office(body, office)):
            self.add_error("office", why_not)
        if since and until and until < since:
            self.add_error("until", "离任日期早于任职日期。请核对两个日期。")
        if until and not found.get("ending"):
            self.add_error("ending", "填写了离任日期，请选择离任原因。")
        if found.get("ending") and not until and "until" not in self.errors:
            self.add_error("until", "选择了离任原因，请填写离任日期。")
        return found

    @property
    def post(self) -> Post:
        return Post(**{name: self.cleaned_data[name] for name in Post._fields})


class TenureForm(NamesPersons, PostForm):
    """Somebody and what he holds."""

    person = PersonField(label="姓名")
    field_order = ("person", *Post._fields)


class EndForm(PlainForm):
    """When and why somebody leaves."""

    until = DateField(label="离任日期")
    ending = forms.ChoiceField(
        label="离任原因",
        choices=[EMPTY, *Tenure.Ending.choices],
        help_text="录入有误的选“录入有误”，不再计入任何班子",
    )

    def __init__(self, *args: Any, tenure: Tenure, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.tenure = tenure
        field = cast(DateField, self.fields["until"])
        field.today = field.last_day = today

    def clean_until(self) -> date:
        day = self.cleaned_data["until"]
        if day < self.tenure.since:
            raise forms.ValidationError("离任日期早于任职日期。请核对两个日期。")
        return day


class ListForm(PlainForm):
    """What holds for the whole list, however it comes in."""

    since = DateField(label="任职日期", required=False, help_text="名单里没有任职时间的人按这一天登记")
    new_term = forms.BooleanField(
        label="这是新一届名单", required=False, help_text="勾选后，名单中各组织原来的任职在新一届任职当日任期届满"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = cast(DateField, self.fields["since"])
        field.today = field.last_day = today


class PasteForm(ListForm):
    """A table copied from Excel, WPS or Word."""

    text = forms.CharField(
        label="粘贴名单",
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false", "class": "in-full"}),
        help_text="在Excel或WPS中选中名单（连同列名一行）复制，粘贴到这里",
    )
    field_order = ("text",)
    table: Table

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > LONGEST_PASTE:
            raise forms.ValidationError("粘贴的内容太多。请改用上传文件。")
        try:
            self.table = read_paste(text)
        except Unusable as error:
            raise forms.ValidationError(str(error)) from None
        return text


class UploadForm(ListForm):
    """One file."""

    file = forms.FileField(label="名单文件", help_text="xlsx、xls或csv；身份证号一列应设为文本")
    field_order = ("file",)
    table: Table

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(f"文件超过{FILE_BYTES // MIB}MB。请只保留名单这一张表后再上传。")
        try:
            self.table = read_file(file.read(), file.name)
        except Unusable as error:
            raise forms.ValidationError(str(error)) from None
        return file


class CheckedForm(ListForm):
    """The list that was looked at, brought back with the choices made on the page."""

    kept = forms.CharField(widget=forms.HiddenInput)
    since = DateField(required=False, widget=forms.HiddenInput)
    new_term = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def carried(self, actor: Actor, code: str) -> Table:
        """The list. Raises :class:`Unusable` when anything came back otherwise than the page sent it."""
        if not self.is_valid():
            raise Unusable(NOT_WHOLE)
        return brought_back(self.cleaned_data["kept"], actor, code)


class TeamFilter(forms.Form):
    """Township, name, whether a team was entered, whether one person heads both bodies."""

    q = forms.CharField(label="名称", required=False, widget=forms.TextInput(attrs={"size": 12}))
    township = forms.ChoiceField(label="乡镇（街道）", required=False)
    entered = forms.ChoiceField(
        label="录入", required=False, choices=[("", "全部"), ("yes", "已录入"), ("no", "还没有录入")]
    )
    shoulder = forms.ChoiceField(
        label="一肩挑",
        required=False,
        choices=[("", "全部"), ("yes", "是"), ("no", "否"), ("unknown", "书记或主任没有登记")],
    )

    def __init__(self, *args: Any, townships: Iterable[Township], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", "全部"), *((each.code, each.name) for each in townships)]
        cast(forms.ChoiceField, self.fields["township"]).choices = choices
        if len(choices) < 3:
            del self.fields["township"]

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for; an unreadable filter hides nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
