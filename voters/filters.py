"""The filter of the roll; its state lives in the address. A number of a person is never asked for there."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from elections.models import Election
from voters.models import Voter
from voters.rules.categories import category_words
from voters.selectors.breakdown import Breakdown

LISTED, LEFT_OUT = "listed", "left_out"
BY_HAND, CHECKED = "by_hand", "checked"  # flags: changed by a person; looked into and taken
LONGEST_NUMBER = 6  # digits of a number of the roll; anything longer is not looked for


class RollFilter(django_filters.FilterSet):
    """Name, initials or number of the roll; group; on the list or why not; class."""

    q = django_filters.CharFilter(label="姓名", method="by_text")
    group = django_filters.ChoiceFilter(
        label="村民小组", empty_label="全部", null_label="未分组", null_value="-", method="by_group"
    )
    standing = django_filters.ChoiceFilter(label="名单", empty_label="全部", method="by_standing")
    category = django_filters.ChoiceFilter(label="登记类型", empty_label="全部")

    class Meta:
        model = Voter
        fields: list[str] = []

    def __init__(self, *args: Any, election: Election, counted: Breakdown | None = None, **kwargs: Any):
        """``counted``: what the page has counted already."""
        super().__init__(*args, **kwargs)
        village, counted = election.village, counted or Breakdown(election)
        words = category_words(community=village.is_community)
        self.filters["category"].extra["choices"] = [(each.value, word) for each, word in words.items()]
        self.filters["group"].label = f"{village.people}小组"
        self.filters["group"].extra["choices"] = [(name, name) for name in counted.names if name]
        codes = [(code, f"未列入：{word}") for code, word, _ in counted.omissions]
        flags = [(BY_HAND, "手工改过"), (CHECKED, "已核对户口簿")]
        self.filters["standing"].extra["choices"] = [(LISTED, "列入名单"), (LEFT_OUT, "未列入"), *codes, *flags]

    @property
    def has_terms(self) -> bool:
        """Whether anything is asked for, so that fewer rows than all may be shown."""
        return any(self.data.get(name) for name in self.filters)

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        said = value.strip()
        if said.isdecimal():
            return queryset.filter(number=int(said)) if len(said) <= LONGEST_NUMBER else queryset.none()
        return queryset.filter(Q(name__contains=said) | Q(initials__startswith=said.lower()))

    def by_group(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(group="" if value == "-" else value)

    def by_standing(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value in (LISTED, LEFT_OUT):
            return queryset.filter(listed=value == LISTED)
        if value in (BY_HAND, CHECKED):
            return queryset.filter(checked=True) if value == CHECKED else queryset.exclude(by_hand="")
        return queryset.filter(listed=False, omission=value)
