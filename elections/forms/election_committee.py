"""The election committee as it was chosen, and what changes in it afterwards (EC-02, EC-10, EC-11)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from elections.forms.dates import DateField
from elections.forms.fields import CountField, NameField, PlainForm
from elections.models import CommitteeMember, Election
from elections.rules.kinds import SEXES
from elections.selectors import election_committee as read
from elections.services.election_committee import Place

LEAST_ROWS, SPARE_ROWS, MOST_ROWS = 9, 3, 40
Post = CommitteeMember.Post


class PlaceForm(PlainForm):
    """One line of the list. An empty line says nothing."""

    name = NameField(label="姓名")
    sex = forms.ChoiceField(label="性别", choices=[("", "选择"), *SEXES.items()])
    post = forms.ChoiceField(label="职务", choices=[("", "选择"), *Post.choices])
    votes = CountField(label="推选得票")

    def has_changed(self) -> bool:
        return any(self[name].data for name in self.fields)


class BasePlaces(forms.BaseFormSet):
    """Members and reserves at once, in the order of the paper; a line that is emptied is taken off the list."""

    def __init__(self, data: Any = None, *, election: Election, today: date, **options: Any):
        rows = list(read.members_of(election).values("name", "sex", "post", "votes"))
        self.extra = max(len(rows) + SPARE_ROWS, LEAST_ROWS)
        super().__init__(data, initial=rows, **options)

    def initial_form_count(self) -> int:
        return 0

    def clean(self) -> None:
        if any(self.errors):
            return
        places = self.places()
        names = Counter(place.name for place in places)
        twice = [name for name, times in names.items() if times > 1]
        if not places:
            raise ValidationError("名单还是空的。请至少填写一行。")
        if twice:
            raise ValidationError(f"{'、'.join(twice)}填了两行。请删去一行。")
        if sum(place.post == Post.CHAIR for place in places) > 1:
            raise ValidationError("主任填了两名，选举委员会只有一名主任。请改正。")

    def places(self) -> list[Place]:
        """Return the lines that say something."""
        return [Place(**form.cleaned_data) for form in self.forms if form.cleaned_data]


PlacesForm = forms.formset_factory(PlaceForm, BasePlaces, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class ActForm(PlainForm):
    """A form about the election committee as it stands."""

    def __init__(self, *args: Any, election: Election, today: date, **options: Any):
        super().__init__(*args, **options)
        self.election, self.today = election, today
        self.prepare()

    def prepare(self) -> None:
        """Offer the people who are there now."""

    def offer(self, name: str, rows: Any) -> None:
        """Offer the members of a list to choose from."""
        self.people = {str(row.pk): row for row in rows}
        choices = [(pk, f"{row.name}（{row.get_post_display()}）") for pk, row in self.people.items()]
        self.fields[name].choices = [("", "选择一人"), *choices]

    def person(self) -> CommitteeMember:
        return self.people[self.cleaned_data["member"]]


class LeaveForm(ActForm):
    """A member or reserve who leaves for another cause than a nomination (EC-10, EC-14)."""

    member = forms.ChoiceField(label="退出的人")
    left_on = DateField(label="退出日期")
    why = forms.CharField(label="退出原因", max_length=120, help_text="例如本人辞职、迁出、去世、不履行职责")

    def prepare(self) -> None:
        self.offer("member", read.members_of(self.election).filter(left_on=None))
        day = self.fields["left_on"]
        assert isinstance(day, DateField)
        day.last_day, day.too_late = self.today, "{label}{day}还没有到。请核对日期。"


class OfficerForm(ActForm):
    """EC-11: the election committee chooses its new chair or deputy among its members."""

    member = forms.ChoiceField(label="当选人")
    post = forms.ChoiceField(
        label="职务", choices=[(Post.CHAIR, "主任"), (Post.DEPUTY, "副主任")], widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        self.offer("member", read.serving(self.election))


class FollowerForm(ActForm):
    """EC-10: the reserve whose turn it is, or whom the meeting named among equals."""

    member = forms.ChoiceField(label="递补的人")

    def prepare(self) -> None:
        waiting = read.succession(self.election, read.places_open(self.election))
        self.offer("member", read.reserves(self.election).filter(name__in=waiting.may_follow))


class ElectForm(ActForm):
    """EC-10: a member chosen anew where no reserve can follow."""

    name = NameField(label="姓名")
    sex = forms.ChoiceField(label="性别", choices=SEXES.items(), widget=forms.RadioSelect)
    votes = CountField(label="推选得票")

    def place(self) -> Place:
        return Place(post=Post.MEMBER, **self.cleaned_data)
