"""Forms about seats, nominees and their vetting. Conditions are the services'; here they are only shown early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from candidates.models import Nominee
from candidates.selectors.known import SCHOOLING
from candidates.selectors.nominees import seats_of
from candidates.services.seats import seat_conditions
from elections.forms.dates import DateField
from elections.forms.fields import CountField, PlainForm
from elections.forms.preparation import MeetingForm
from elections.models import Election, Meeting
from elections.rules.counting.offices import Office
from elections.rules.policy import Bar

AREA = {"rows": 3}
EDUCATION = [("", "未填"), *((word, word) for word in dict.fromkeys(SCHOOLING.values()))]


def offices_of(election: Election) -> list[Office]:
    """Return the posts a villagers' committee may have under this pack, the highest first."""
    with_woman = election.policy.women_mode != "A_priority"
    return [Office.CHAIR, Office.DEPUTY, *([Office.WOMAN] if with_woman else []), Office.MEMBER]


class SeatsForm(MeetingForm):
    """Posts and numbers, and the meeting that decided them with its arithmetic (NM-01, EC-04)."""

    purpose = Meeting.Purpose.SEATS

    class Meta(MeetingForm.Meta):
        labels = {"published_on": "职位职数公布日期"}

    def prepare(self) -> None:
        super().prepare()
        decided = seats_of(self.election)
        offices = offices_of(self.election)
        for office in offices:
            chair = office is Office.CHAIR
            hint = "" if chair else "不设的不填"
            label = f"{office.label}（名）"
            self.fields[office.value] = CountField(label=label, max_value=9, required=chair, help_text=hint)
            self.initial.setdefault(office.value, decided.get(office))
        self.order_fields([office.value for office in offices])  # faults are told in the order of the page

    def grouped(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Return the posts first, then the meeting as everywhere."""
        posts = {office.value for office in offices_of(self.election)}
        yield "应选名额", [field for field in self.visible_fields() if field.name in posts]
        for legend, fields in super().grouped():
            rest = [field for field in fields if field.name not in posts]
            if rest:
                yield legend, rest

    @property
    def seats(self) -> dict[str, int]:
        """Office → number, as typed."""
        return {office.value: self.cleaned_data.get(office.value) or 0 for office in offices_of(self.election)}

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors:
            wanted = {office: number for office, number in self.seats.items() if number}
            meeting = Meeting(**{name: found[name] for name in MeetingForm.Meta.fields})
            for _, text in seat_conditions(self.election, wanted, meeting, self.today):
                if text:
                    self.add_error(None, f"{text}。请核对后重新填写。")
        return found


class SearchForm(forms.Form):
    """Looking for a person on the roll."""

    q = forms.CharField(label="姓名", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class NomineeForm(PlainForm):
    """One nomination of the person chosen from the roll."""

    office = forms.ChoiceField(label="提名职务", widget=forms.RadioSelect)
    source = forms.ChoiceField(label="提名方式", widget=forms.RadioSelect)
    votes = CountField(label="提名票", required=False, help_text="选民提名的填得票数，党组织提名没有计票的不填")
    nominated_on = DateField(label="提名日期")
    education = forms.ChoiceField(label="文化程度", required=False)
    party = forms.CharField(label="政治面貌", max_length=20, required=False)
    present_post = forms.CharField(label="现任职务", max_length=60, required=False)

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        super().__init__(*args, **kwargs)
        seats = sorted(seats_of(election), key=lambda office: Office(office).rank)
        self.choose_from("office", [(office, Office(office).label) for office in seats])
        self.choose_from("source", _sources(election))
        self.choose_from("education", EDUCATION)

    def clean_votes(self) -> int:
        return self.cleaned_data["votes"] or 0


def _sources(election: Election) -> list[tuple[str, str]]:
    """Return who may nominate under the pack; self-recommendation only where the province has it."""
    people = election.village.people
    words = {
        "party": f"{'社区' if election.village.is_community else '村'}党组织提名",
        "voters": f"登记参加选举的{people}提名",
    }
    found = [(key, words[key]) for key in election.policy.nominators if key in words]
    return [*found, ("self", "自荐")] if election.policy.allow_no_candidate else found


class ChangeForm(PlainForm):
    """The correctable part of a nomination."""

    votes = CountField(label="提名票", required=False)
    education = forms.ChoiceField(label="文化程度", required=False)
    party = forms.CharField(label="政治面貌", max_length=20, required=False)
    present_post = forms.CharField(label="现任职务", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.choose_from("education", EDUCATION)

    def clean_votes(self) -> int:
        return self.cleaned_data["votes"] or 0


class WithdrawalForm(PlainForm):
    """A written withdrawal."""

    withdrawn_on = DateField(label="退出日期")
    in_writing = forms.BooleanField(label="本人已书面提出，选举委员会已确认")


class FirstCheckForm(PlainForm):
    """The township's check: the negative list as ticks, each with what follows from it."""

    outcome = forms.ChoiceField(label="初审意见", choices=Nominee.FirstCheck.choices, widget=forms.RadioSelect)
    bars = forms.MultipleChoiceField(
        label="负面清单情形", required=False, widget=forms.CheckboxSelectMultiple, help_text="经核实存在的才勾选"
    )
    reason = forms.CharField(label="理由", max_length=300, required=False, widget=forms.Textarea(attrs=AREA))

    def __init__(self, *args: Any, bars: tuple[Bar, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.choose_from("bars", [(bar.code, f"{bar.words}（{SEVERITY[bar.severity]}）") for bar in bars])
        self.fields["reason"].help_text = "不通过的，或者勾选了“由镇研究”情形仍通过的，必须写明"


SEVERITY = {"block": "禁止提名", "advise": "由镇研究"}


class ConclusionForm(PlainForm):
    """The county's conclusion."""

    outcome = forms.ChoiceField(label="结论", choices=Nominee.Conclusion.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由", max_length=300, required=False, widget=forms.Textarea(attrs=AREA),
        help_text="不通过和暂缓的必须写明",
    )  # fmt: skip


class BatchForm(ConclusionForm):
    """The same conclusion for ticked persons only: nobody is meant who was not ticked."""

    persons = forms.TypedMultipleChoiceField(label="人员", coerce=int, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, awaiting: QuerySet[Nominee], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.choose_from("persons", [(pk, str(pk)) for pk in awaiting.values_list("pk", flat=True)])
        self.fields["persons"].error_messages |= {
            "required": "没有勾选人员。请在名单中逐人勾选。",
            "invalid_choice": "勾选的人员有变动。请刷新页面后重新勾选。",
        }


class ReopeningForm(PlainForm):
    """The reason for looking at a conclusion again."""

    reason = forms.CharField(label="重新审查的理由", max_length=300, widget=forms.Textarea(attrs=AREA))


class PublicationForm(PlainForm):
    """Day and place of posting the list, and the statement of the person who checked it."""

    published_on = DateField(label="公布日期")
    place = forms.CharField(label="张贴地点", max_length=120)
    checked = forms.BooleanField(label="已逐人核对姓名、职务和次序，名单公布后改动须重新公布")


class MeetingDayForm(PlainForm):
    """The day on which the candidates met the voters (NM-14)."""

    met_on = DateField(label="见面日期")


class NomineeFilter(django_filters.FilterSet):
    """The list of one village."""

    q = django_filters.CharFilter(label="姓名", field_name="name", lookup_expr="contains")
    office = django_filters.ChoiceFilter(label="职务", empty_label="全部")
    state = django_filters.ChoiceFilter(
        label="审查",
        empty_label="全部",
        method="by_state",
        choices=[
            ("unchecked", "待初审"), ("waiting", "待联审结论"), ("passed", "已通过"), ("refused", "不通过"),
            ("formal", "正式候选人"),
        ],
    )  # fmt: skip

    class Meta:
        model = Nominee
        fields: list[str] = []

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offices = sorted(seats_of(election), key=lambda office: Office(office).rank)
        self.filters["office"].extra["choices"] = [(office, Office(office).label) for office in offices]

    def by_state(self, queryset: QuerySet[Nominee], name: str, value: str) -> QuerySet[Nominee]:
        return queryset.filter(STATES[value])


STATES = {
    "unchecked": Q(first_check=""),
    "waiting": Q(first_check="passed", conclusion__in=["", "held"]),
    "passed": Q(conclusion="passed"),
    "refused": Q(first_check="refused") | Q(conclusion="refused"),
    "formal": Q(formal_order__isnull=False),
}


class QueueFilter(django_filters.FilterSet):
    """The vetting across villages: without a choice only those who await a conclusion."""

    township = django_filters.ChoiceFilter(
        label="乡镇（街道）", empty_label="全部", field_name="election__village__code", lookup_expr="startswith"
    )
    village = django_filters.CharFilter(
        label="村（社区）", field_name="election__village__name", lookup_expr="contains"
    )
    q = django_filters.CharFilter(label="姓名", field_name="name", lookup_expr="contains")
    state = django_filters.ChoiceFilter(
        label="结论",
        empty_label="未作结论和暂缓",
        method="by_state",
        choices=[("none", "未作结论"), ("held", "暂缓"), ("passed", "通过"), ("refused", "不通过"), ("all", "全部")],
    )

    class Meta:
        model = Nominee
        fields: list[str] = []

    def __init__(self, *args: Any, townships: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["township"].extra["choices"] = sorted(townships.items())

    def by_state(self, queryset: QuerySet[Nominee], name: str, value: str) -> QuerySet[Nominee]:
        return queryset if value == "all" else queryset.filter(conclusion="" if value == "none" else value)

    def filter_queryset(self, queryset: QuerySet[Nominee]) -> QuerySet[Nominee]:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.filter(conclusion__in=["", "held"])
