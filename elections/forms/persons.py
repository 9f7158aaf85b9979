"""Asking for a person: found by name, initials or last four digits; picked where several are meant; new only when asked.

A form that names people is a :class:`NamesPersons` with :class:`PersonField`\\ s and an ``election``. When it is valid,
``cleaned_data`` holds a ``Chosen`` for each; the service turns it into the record with ``person_of``.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from elections.forms.dates import DateField
from elections.forms.fields import NAME_ATTRS, NO_NUMBER, LineField, NameField, PlainForm
from elections.models import Election, Person
from elections.rules.kinds import SEXES
from elections.rules.persons import Entry
from elections.selectors import persons as read
from elections.selectors.persons import Chosen, Meant, Typed
from elections.services.persons import by_last_four

HOW_TO_NAME = "填写姓名、拼音首字母、名单序号或者身份证号后四位"
PICKED, NEW = "_picked", "_new"  # after a field's name: the one picked among several; somebody new, with his data


class NewPersonForm(PlainForm):
    """What is asked of somebody who is in no list yet; his name stands in the field itself."""

    is_new = forms.BooleanField(label="登记新的人员", required=False)
    sex = forms.ChoiceField(label="性别", choices=list(SEXES.items()), widget=forms.RadioSelect)
    group = LineField(label="小组", required=False, max_length=40)
    birth = DateField(label="出生日期", required=False)
    mark = LineField(label="区别同名的字样", required=False, max_length=20)

    def __init__(self, *args: Any, today: date, asks_sex: bool = True, **kwargs: Any):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        if not asks_sex:
            del self.fields["sex"]
        birth = cast(DateField, self.fields["birth"])
        birth.today = birth.last_day = today
        self.fields["mark"].help_text = "小组和出生年份都相同的才填写"
        for name in ("group", "birth", "mark"):
            self.fields[name].widget.attrs |= {"class": "form-control in-sm", "autocomplete": "off"}
        for name in {"is_new", "sex"} & self.fields.keys():
            self.fields[name].widget.attrs |= {"class": "form-check-input"}

    @property
    def asked(self) -> bool:
        return bool(self["is_new"].data) if self.is_bound else False

    def entry(self, name: str, sex: str = "") -> Entry:
        said = self.cleaned_data
        return Entry(name, said.get("sex") or sex, said["birth"], said["group"].strip(), said["mark"].strip())


class PersonWidget(forms.TextInput):
    """The text, who is meant below it, and the way to enter somebody new."""

    template_name = "elections/parts/person_field.html"
    look: Any  # set by the field, for the form it stands in: what is shown beside the text

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(read.tidy(str(data.get(name, ""))), str(data.get(name + PICKED, "")))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data

    def format_value(self, value: Any) -> str:
        return typed_of(value).text

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"picked": name + PICKED} | self.look()


def typed_of(value: Any) -> Typed:
    """A value of the field, whether it came back from the page or is a record or name to begin with."""
    if isinstance(value, Person):
        return typed_as(value.label, value)
    return value if isinstance(value, Typed) else Typed(str(value or ""))


def typed_as(text: str, person: Person | None) -> Typed:
    """What a field begins with for somebody who is called ``text`` in the rows of an election."""
    return Typed(text, Chosen(person).key if person else "")


class PersonField(forms.Field):
    """Somebody as typed; the form finds out who is meant. ``initial``: a Person, or a name."""

    def __init__(self, **options: Any):
        options.setdefault("help_text", HOW_TO_NAME)
        super().__init__(widget=PersonWidget(NAME_ATTRS | {"pattern": NO_NUMBER}), **options)

    def to_python(self, value: Any) -> Any:
        return typed_of(value) or None

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, now = typed_of(initial), typed_of(data)
        return now.text != before.text or now.picked not in ("", before.picked)

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        cast(PersonWidget, self.widget).look = partial(form.shown, field_name)
        return super().get_bound_field(form, field_name)


class NamesPeople:
    """A form some of whose fields (``asks``) name people: finds who is meant, says why not when nobody is taken yet."""

    asks: type[forms.Field] | tuple[type[forms.Field], ...]
    fields: dict[str, forms.Field]
    errors: Any

    @property
    def who(self) -> tuple[str, ...]:
        return tuple(name for name, field in self.fields.items() if isinstance(field, self.asks))

    def looked(self) -> dict[str, Any]:
        """Who is meant by what stands in the fields now, valid or not."""
        return {name: self.meant_by(name) for name in self.who}

    @abstractmethod
    def meant_by(self, name: str) -> Any:
        """Return who is meant by the text of one field: a ``Meant`` of the register, or of the roll."""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data  # type: ignore[misc]
        self.people = self.looked()
        for name, each in self.people.items():
            if each.why_not and name not in self.errors:
                self.add_error(name, each.why_not)
        return cast(dict[str, Any], found)


class NamesPersons(NamesPeople):
    """A form some of whose fields are :class:`PersonField`\\ s; stands before the form's own class."""

    asks: type[forms.Field] | tuple[type[forms.Field], ...] = PersonField
    election: Election
    request: HttpRequest | None = None  # in which numbers may be looked through; see `ask_in`
    sex_field = ""  # the form's own field of the sex, which then is not asked of somebody new

    def meant_by(self, name: str) -> Meant:
        found = self._found()
        if name not in found:
            found[name] = self._look(typed_of(self[name].value()))  # type: ignore[index]
        return found[name]

    def _found(self) -> dict[str, Meant]:
        """Looked for once, for it may cost a search by numbers."""
        return self.__dict__.setdefault("_people_found", {})

    def _look(self, typed: Typed) -> Meant:
        last = read.last_four(typed.text)
        ending: Iterable[Chosen] = ()
        if last and self.request is not None:
            ending = read.ends_so(self.election, typed.picked, last) or self._by_last_four(last)
        return read.meant(self.election, typed.text, typed.picked, ending=list(ending))

    def _by_last_four(self, last: str) -> list[Chosen]:
        """Counted and noted also when the form comes back, which takes everything else back."""
        assert self.request is not None
        ask = partial(by_last_four, self.election, last, actor=self.request.actor)
        self.request.after_refusal.append(ask)
        return ask()

    def newcomer(self, name: str) -> NewPersonForm:
        """The form of somebody new beside one field."""
        made: dict[str, NewPersonForm] = self.__dict__.setdefault("_newcomers", {})
        if name not in made:
            data = self.data if self.is_bound else None
            prefix = self.add_prefix(name) + NEW
            today, asks_sex = timezone.localdate(), not self.sex_field
            made[name] = NewPersonForm(data, prefix=prefix, today=today, asks_sex=asks_sex)
        return made[name]

    def is_new(self, name: str) -> bool:
        """Whether the one in this field is to be entered as somebody new."""
        return self.newcomer(name).asked

    def shown(self, name: str) -> dict[str, Any]:
        """What the field's template shows beside the text."""
        new, meant = self.newcomer(name), self.meant_by(name)
        offered = new.asked or bool(meant.text and not meant.people)
        refused = self.is_bound and name in self.errors  # the fault stands at the field already
        return {"meant": meant, "new": new, "offered": offered, "election": self.election, "refused": refused}

    @property
    def persons_asked(self) -> tuple[str, ...]:
        return tuple(name for name in self.who if isinstance(self.fields[name], PersonField))

    def clean(self) -> dict[str, Any]:
        for name in self.persons_asked:
            if name not in self.errors and self.is_new(name):
                self._found()[name] = self._newly(name)
        found = super().clean()
        for name in self.persons_asked:
            if name in found:
                one = found[name] = self.people[name].one
                why_not = one and self.why_not_chosen(one)
                if why_not:
                    self.add_error(name, why_not)
        return found

    def why_not_chosen(self, chosen: Chosen) -> str | None:
        return read.why_not_chosen(self.election, chosen)

    def _newly(self, name: str) -> Meant:
        """Somebody new, when all that is asked of him is there; faults stand at the field."""
        new, typed = self.newcomer(name), typed_of(self.cleaned_data.get(name))
        try:
            called = NameField(label="姓名").clean(typed.text)
        except forms.ValidationError as error:
            self.add_error(name, error)
            return Meant(typed.text)
        if not new.is_valid():
            self.add_error(name, [text for texts in new.errors.values() for text in texts])
            return Meant(typed.text)
        return Meant(typed.text, (), Chosen(new=new.entry(called, self.cleaned_data.get(self.sex_field, ""))))


def look_together(forms_: Iterable[NamesPersons]) -> None:
    """Find who is meant in all fields of all these forms of one election at once, but by digits of numbers."""
    asked: dict[tuple[NamesPersons, str], Typed] = {}
    for form in forms_:
        for name in form.persons_asked:
            typed = typed_of(form[name].value())  # type: ignore[index]
            if not read.last_four(typed.text):
                asked[form, name] = typed
    if not asked:
        return
    found = read.meant_by(next(iter(asked))[0].election, set(asked.values()))
    for (form, name), said in asked.items():
        form._found()[name] = found[said]


def ask_in(form: Any, request: HttpRequest) -> None:
    """Let a form, or the forms of a set, look through numbers on behalf of whoever sent it."""
    for each in [form, *getattr(form, "forms", ())]:
        if isinstance(each, NamesPersons):
            each.request = request
