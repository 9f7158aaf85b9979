"""The election committee as it was chosen, and what changes in it afterwards (EC-02, EC-10, EC-11)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from elections.forms.dates import DateField
from elections.forms.fields import CountField, PlainForm, SexField
from elections.forms.persons import NamesPersons, PersonField, look_together, typed_as
from elections.models import CommitteeMember, Election
from elections.rules.kinds import SEXES
from elections.selectors import election_committee as read
from elections.selectors.persons import Chosen, label_here, why_none_chosen
from elections.services.election_committee import Place

LEAST_ROWS, SPARE_ROWS, MOST_ROWS = 9, 3, 40
Post = CommitteeMember.Post


class NamesMember(NamesPersons):
    """Asks for somebody and, where no record says it, for the sex."""

    sex_field = "sex"

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        chosen = found.get("name")
        if isinstance(chosen, Chosen) and "sex" in found:
            known, typed = chosen.sex, found["sex"]
            if known and typed and known != typed:
                words = f"{chosen.name}登记的性别是{SEXES[known]}，与所选的不一致。请核对是不是同一人。"
                self.add_error("sex", words)
            elif not known and not typed:
                self.add_error("sex", self.fields["sex"].error_messages["required"])
            found["sex"] = known or typed
        return found

    def place(self, **more: Any) -> Place:
        found = self.cleaned_data | more
        return Place(found["name"], found["sex"], found["post"], found["votes"])


class PlaceForm(NamesMember, PlainForm):
    """One line of the list. An empty line says nothing."""

    name = PersonField(label="姓名", help_text="")
    sex = SexField(label="性别", choices=[("", "按名册"), *SEXES.items()])
    post = forms.ChoiceField(label="职务", choices=[("", "选择"), *Post.choices])
    votes = CountField(label="推选得票")

    def __init__(self, *args: Any, election: Election, all_new: bool, **options: Any):
        super().__init__(*args, **options)
        self.election, self.all_new = election, all_new

    def has_changed(self) -> bool:
        return any(self[name].data for name in self.fields)

    def is_new(self, name: str) -> bool:
        """All who are in no list are, when that was ticked above the lines."""
        meant = self.meant_by(name)
        unknown = bool(meant.text) and (meant.partly or not meant.people) and meant.one is None
        return super().is_new(name) or (self.all_new and unknown)

    def why_not_chosen(self, chosen: Chosen) -> None:
        """Asked of all lines at once: two who are new may have one name."""


class BasePlaces(forms.BaseFormSet):
    """Members and reserves at once, in the order of the paper; a line that is emptied is taken off the list."""

    all_new_label = "名册和名单上都没有的人，都登记为新的人员"

    def __init__(self, data: Any = None, *, election: Election, today: date, **options: Any):
        self.election = election
        rows = [_initial(row, election) for row in read.members_of(election).select_related("person__village")]
        self.extra = max(len(rows) + SPARE_ROWS, LEAST_ROWS)
        self.all_new_name = f"{options['prefix']}-all_new"
        self.all_new_ticked = bool(data and data.get(self.all_new_name))
        known = {"election": election, "all_new": self.all_new_ticked}
        super().__init__(data, initial=rows, form_kwargs=known, **options)

    @cached_property
    def forms(self) -> list[PlaceForm]:
        made = [
            self._construct_form(number, **self.get_form_kwargs(number)) for number in range(self.total_form_count())
        ]
        look_together(made)
        return made

    def initial_form_count(self) -> int:
        return 0

    def clean(self) -> None:
        if any(self.errors):
            return
        filled = [form for form in self.forms if form.cleaned_data]
        chosen = [form.cleaned_data["name"] for form in filled]
        for form, why_not in zip(filled, why_none_chosen(self.election, chosen), strict=True):
            if why_not:
                form.add_error("name", why_not)
        if any(self.errors):
            return
        times = Counter(each.key or each.known for each in chosen)
        twice = [each.words for each in dict.fromkeys(chosen) if times[each.key or each.known] > 1]
        if not chosen:
            raise ValidationError("名单还是空的。请至少填写一行。")
        if twice:
            raise ValidationError(f"{'、'.join(twice)}填了两行。请删去一行。")
        if sum(form.cleaned_data["post"] == Post.CHAIR for form in filled) > 1:
            raise ValidationError("主任填了两名，选举委员会只有一名主任。请改正。")

    def places(self) -> list[Place]:
        """The lines that say something."""
        return [form.place() for form in self.forms if form.cleaned_data]


PlacesForm = forms.formset_factory(PlaceForm, BasePlaces, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def _initial(row: CommitteeMember, election: Election) -> dict[str, Any]:
    called = label_here(row.person, election.village) if row.person else row.name
    sex = "" if row.person and row.person.sex else row.sex
    return {"name": typed_as(called, row.person), "sex": sex, "post": row.post, "votes": row.votes}


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


class ElectForm(NamesMember, ActForm):
    """EC-10: a member chosen anew where no reserve can follow."""

    name = PersonField(label="姓名")
    sex = SexField(label="性别", choices=[("", "按名册"), *SEXES.items()])
    votes = CountField(label="推选得票")

    def elected(self) -> Place:
        return self.place(post=Post.MEMBER)
