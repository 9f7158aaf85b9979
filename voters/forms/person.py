"""One person of the roll: what is typed, and every fault of it in the words the import uses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.forms.fields import PlainForm
from elections.models import Election
from elections.rules.wording import masked_phone
from voters.models import Category, Evidence, Omission, Voter
from voters.persons import circumstances_of, setting_of
from voters.rules import columns
from voters.rules.categories import CAUSES, category_words
from voters.rules.faults import Level
from voters.rules.rows import Reading, Row, read_row
from voters.sealing import open_column
from voters.selectors.frozen import why_not_without_reason

# field of the form → column of a roll file
COLUMN_OF = {
    "name": columns.NAME,
    "id_number": columns.ID_NUMBER,
    "sex": columns.SEX,
    "ethnicity": columns.ETHNICITY,
    "group": columns.GROUP,
    "household": columns.HOUSEHOLD,
    "address": columns.ADDRESS,
    "phone": columns.PHONE,
    "category": columns.CATEGORY,
    "stated": columns.STATED,
    "party": columns.PARTY,
    "remark": columns.REMARK,
}
CAUSE_CHOICES = [("", "选择一项"), *((each.value, word) for each, word in CAUSES.items())]
FIELD_OF = {column: field for field, column in COLUMN_OF.items()}
PLAIN_TEXT = ("name", "sex", "ethnicity", "group", "household", "category", "stated", "party", "remark")
TERM_MISSING = "剥夺政治权利的期满日期没有填写。请按判决书填写。"
UNTIL_HELP = "只在被剥夺政治权利时填写，期满后自动恢复；终身的写2099年12月31日"
PRIVATE = {"autocomplete": "off", "spellcheck": "false"}


def _short(width: str = "in-sm") -> forms.TextInput:
    return forms.TextInput(attrs={**PRIVATE, "class": width})


class PersonForm(PlainForm):
    """One person of the roll: who it is, where they belong, why they may vote here. ``reading`` holds the row as the
    rules read it."""

    name = forms.CharField(label="姓名", widget=_short())
    id_number = forms.CharField(
        label="身份证号", widget=_short("in-md"), help_text="18位；性别和出生日期由此得出，加密保存"
    )
    group = forms.CharField(label="村民小组", required=False, widget=_short())
    household = forms.CharField(label="户号", required=False, widget=_short())
    ethnicity = forms.CharField(label="民族", required=False, widget=_short())
    party = forms.CharField(label="政治面貌", required=False, widget=_short())
    phone = forms.CharField(label="电话", required=False, widget=_short(), help_text="加密保存，用于通知参加选举")
    address = forms.CharField(label="住址", required=False, widget=_short("in-lg"))
    remark = forms.CharField(label="备注", required=False, widget=_short("in-lg"))
    category = forms.ChoiceField(label="登记类型", choices=Category.choices, widget=forms.RadioSelect)
    stated = forms.BooleanField(label="本人表示参加选举", required=False)
    checked = forms.BooleanField(label="已核对户口簿，登记无误", required=False)
    elsewhere = forms.BooleanField(label="先登记，不列入名单，等镇换届办核实", required=False)
    cause = forms.ChoiceField(label="增加的原因", choices=CAUSE_CHOICES, required=False)
    reason = forms.CharField(
        label="改动的理由和依据", required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    GROUPS = (
        ("基本情况", ("name", "id_number", "group", "household")),
        ("登记类型", ("category", "stated")),
    )
    MORE = ("ethnicity", "party", "phone", "address", "remark")
    DOUBTS = ("checked", "elsewhere", "cause", "reason")

    def __init__(self, *args: Any, election: Election, today: date, published: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.election, self.today = election, today
        self.reading: Reading | None = None
        self.hidden_doubts = {"checked", "elsewhere"}
        self.here: Voter | None = None
        if not published:
            del self.fields["reason"], self.fields["cause"]
        else:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = why_not_without_reason(election, "") or ""
        if election.village.is_community:
            self._speak_of_residents()

    def _speak_of_residents(self) -> None:
        self.fields["category"].choices = [(each.value, word) for each, word in category_words(community=True).items()]
        self.fields["group"].label = "居民小组"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        unexplained = (
            why_not_without_reason(self.election, found.get("reason", "")) if "reason" in self.fields else None
        )
        if unexplained and "reason" not in self.errors:
            self.add_error("reason", unexplained)
        if self.errors:
            return found
        cells = {
            column: found[field] for field, column in COLUMN_OF.items() if field in self.fields and field != "stated"
        }
        cells[columns.STATED] = "是" if found["stated"] else "否"
        cells[columns.CATEGORY] = Category(found["category"]).label
        self.reading = read_row(cells, setting_of(self.election), self.today, self.election.policy)
        for fault in self.reading.faults:
            if fault.level is Level.ERROR:
                self.add_error(FIELD_OF.get(fault.column), fault.message)
            elif fault.level is Level.CHECK and not found["checked"]:
                self.hidden_doubts.discard("checked")
                self.add_error(FIELD_OF.get(fault.column), fault.message)
        return found

    def listed_elsewhere(self, words: str) -> None:
        """Say that the service found the person on another list, and offer to wait for the township."""
        self.hidden_doubts.discard("elsewhere")
        self.add_error("id_number", words)

    def registered_here(self, words: str, voter: Voter) -> None:
        """The service found the person on this village's own roll: say so, and where."""
        self.here = voter
        self.add_error("id_number", words)

    @property
    def row(self) -> Row:
        assert self.reading is not None  # asked for when the form is valid
        return self.reading.row

    @property
    def hints(self) -> list[str]:
        """What is only to be known."""
        faults = self.reading.faults if self.reading else ()
        return [fault.message for fault in faults if fault.level is Level.HINT and fault.code != "UNDER_AGE"]

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(legend, [self[name] for name in names]) for legend, names in self.GROUPS]

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    def doubts(self) -> list[forms.BoundField]:
        """Return the ticks, asked for only when there is something to tick."""
        return [self[name] for name in self.DOUBTS if name in self.fields and name not in self.hidden_doubts]

    @staticmethod
    def of(voter: Voter) -> dict[str, Any]:
        """Return what is known already. The number stays under seal: it is typed anew only when it was wrong."""
        known = {name: getattr(voter, name) for name in PLAIN_TEXT if name != "sex"}
        return known | {name: open_column(name, [voter])[0] for name in ("phone", "address")}


class CorrectionForm(PersonForm):
    """A row that is there: the number is left empty to keep it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, number: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["id_number"].required = False
        self.fields["id_number"].help_text = "不改的留空；登错了才在这里重新填写18位号码"
        del self.fields["elsewhere"]
        self.fields.pop("cause", None)

    def clean_id_number(self) -> str:
        return self.cleaned_data["id_number"] or self.number

    def overtaken(self, voter: Voter) -> CorrectionForm:
        """Return the same form, what was typed in it, on the row as it is now: saving it again is a decision, not a
        slip."""
        data = self.data.copy()
        data["version"] = str(voter.version)
        published = "reason" in self.fields
        return CorrectionForm(data, election=self.election, today=self.today, published=published, number=self.number)

    def against(self, voter: Voter) -> list[tuple[str, str, str]]:
        """Return field, value now and value typed where they differ; phone and address not in clear."""
        now = PersonForm.of(voter)
        return [
            (str(self.fields[name].label), _told(name, now[name]), _told(name, self.cleaned_data[name]))
            for name in now
            if name in self.cleaned_data and (now[name] or "") != (self.cleaned_data[name] or "")
        ]


def _told(name: str, value: Any) -> str:
    if name == "phone":
        return masked_phone(value) if value else "空"
    if name == "address":
        return "已填写" if value else "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(Category(value).label) if name == "category" else value or "空"


class EvidenceForm(forms.ModelForm):
    """The circumstances beside the category, with their dates; all may be left empty."""

    class Meta:
        model = Evidence
        fields = (
            "stated_by", "stated_on", "stated_to", "resident_since", "works_since", "applied_on", "consent_on",
            "consent_by", "home_note_on", "deprived_until", "refused_on",
        )  # fmt: skip
        field_classes = dict.fromkeys(("stated_on", "resident_since", "works_since", "applied_on", "consent_on", "home_note_on", "deprived_until", "refused_on"), DateField)  # fmt: skip

    GROUPS = (
        ("外出的村民：本人怎样表示参加", ("stated_by", "stated_on", "stated_to")),
        (
            "户籍不在本村的人：四项都要有",
            ("resident_since", "works_since", "applied_on", "consent_on", "consent_by", "home_note_on"),
        ),
        ("不列入名单的情形", ("deprived_until", "refused_on")),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today
        for name, field in self.fields.items():
            field.required = False
            if isinstance(field, DateField):
                field.today, field.last_day = today, None if name == "deprived_until" else today  # that may be to come
                field.too_late = "{label}（{day}）在今天以后。请核对后重新填写。"
                field.widget.attrs["class"] = "dateinput"
            if name == "stated_by":
                field.choices = [("", "没有表示"), *Evidence.Channel.choices]

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(legend, [self[name] for name in names]) for legend, names in self.GROUPS]

    @property
    def circumstances(self) -> dict[str, Any]:
        """What was filled in; everything, when there was something before that may now be empty."""
        filled = {name: value for name, value in self.cleaned_data.items() if value}
        return dict(self.cleaned_data) if self.instance.pk else filled

    @property
    def wanted(self) -> bool:
        """Whether the fold should stand open."""
        return bool(self.errors) or bool(self.instance.pk)

    @classmethod
    def of(cls, voter: Voter | None, data: Any, today: date) -> EvidenceForm:
        known = circumstances_of(voter) if voter else None
        return cls(data, instance=known or Evidence(), today=today, prefix="circumstances")


class OmissionForm(PlainForm):
    """The reason for taking a person off the list, and its proof (VR-08)."""

    code = forms.ChoiceField(label="原因", widget=forms.RadioSelect)
    evidence = forms.CharField(
        label="依据",
        max_length=200,
        help_text="证明材料的名称、文号或者核实情况，例如：死亡医学证明、（2025）刑初12号判决书",
        widget=forms.Textarea({"rows": 2}),
    )
    until = DateField(label="期满日期", required=False, help_text=UNTIL_HELP)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(each.value, each.label) for each in omission_codes(election)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if term_missing(found) and "until" not in self.errors:
            self.add_error("until", TERM_MISSING)
        return found


def term_missing(said: dict[str, Any]) -> bool:
    """Return whether somebody is left out as deprived of rights, and nobody said until when."""
    return said.get("code") == Omission.DEPRIVED and not said.get("until")


def omission_codes(election: Election) -> list[Omission]:
    """Return what a person may decide; the rest follows from the circumstances by the rules. 长期外出 only where the province says
    so."""
    codes = [Omission.DIED, Omission.MOVED, Omission.DEPRIVED, Omission.REFUSED, Omission.UNABLE]
    if election.policy.absentee_removal_rule != "off":
        codes.append(Omission.UNREACHABLE)
    return [*codes, Omission.LISTED_ELSEWHERE, Omission.DUPLICATE]


class RestoreForm(PlainForm):
    """The reason for putting a person on the list."""

    reason = forms.CharField(label="理由和依据", max_length=200, widget=forms.Textarea({"rows": 2}))
    cause = forms.ChoiceField(label="增加的原因", choices=CAUSE_CHOICES, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, published: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not published:
            del self.fields["cause"]
