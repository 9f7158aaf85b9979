"""The filter of the register of persons; its state lives in the address, where no number of a person is asked for."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from elections.forms.fields import NO_NUMBER
from elections.models import Person
from elections.rules.codes import Education, Politics
from elections.selectors.register import groups_of


class PersonFilter(django_filters.FilterSet):
    """Name or initials; group; political status; education."""

    q = django_filters.CharFilter(
        label="姓名", method="by_text",
        widget=forms.TextInput({"pattern": NO_NUMBER, "title": "填写姓名或者拼音首字母，不填身份证号", "autocomplete": "off"}),
    )  # fmt: skip
    group = django_filters.ChoiceFilter(label="小组", empty_label="全部")
    politics = django_filters.ChoiceFilter(
        label="政治面貌", empty_label="全部", choices=[(each.value, each.label) for each in Politics]
    )
    education = django_filters.ChoiceFilter(
        label="文化程度", empty_label="全部", choices=[(each.value, each.label) for each in Education]
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *args: Any, village: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["group"].extra["choices"] = [(name, name) for name in groups_of(village)]

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        said = value.strip()
        return queryset.filter(Q(name__contains=said) | Q(initials__startswith=said.lower()) | Q(label__contains=said))
