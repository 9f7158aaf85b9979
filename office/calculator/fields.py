"""Fields that several questions share: names, lists of names, figures, offices, one of a closed list."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from elections.forms.fields import CountField
from elections.rules.counting.offices import Office
from elections.rules.election_committee import WORDS
from elections.rules.naming import visible

BETWEEN = re.compile(r"[\r\n\t、，,；;]+")
BODIES = (("committee", "村民委员会"), ("residents", "居民委员会"), ("party", "村党组织"))
VILLAGE_BODIES = BODIES[:2]
WAYS = (("voters", "全体选民"), ("households", "户代表"), ("representatives", "居民代表"))


class LinesField(forms.Field):
    """One entry a line, or with 、 between: a list of texts. Raises when the same stands there twice, if `distinct`."""

    def __init__(self, *, rows: int = 4, distinct: bool = True, **options: Any):
        attrs = {"rows": rows, "class": "in-md", "autocomplete": "off", "spellcheck": "false"}
        self.distinct = distinct
        super().__init__(widget=forms.Textarea(attrs=attrs), **options)

    def to_python(self, value: Any) -> list[str]:
        entries = [visible(each).strip() for each in BETWEEN.split(str(value or ""))]
        return [each for each in entries if each]

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        twice = sorted({each for each in value if value.count(each) > 1})
        if self.distinct and twice:
            raise forms.ValidationError(f"{self.label}中{'、'.join(twice)}写了两次。请在姓名后加注区分，或者删去一个。")

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


def person(label: str = "姓名") -> forms.CharField:
    """Return a name as the calculator tells people apart; here nobody of the roll is meant."""
    attrs = {"autocomplete": "off", "class": "in-sm", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=30, widget=forms.TextInput(attrs))


def chosen(label: str, choices: Iterable[tuple[str, str]], **options: Any) -> forms.ChoiceField:
    """Return one of a closed list; the first entry to begin with."""
    choices = list(choices)
    return forms.ChoiceField(label=label, choices=choices, initial=choices[0][0], **options)


def ticked(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def count(label: str, **options: Any) -> CountField:
    return CountField(label=label, **options)


def optional_count(label: str, **options: Any) -> CountField:
    return CountField(label=label, required=False, **options)


def office(offices: Iterable[Office], label: str = "职务", nothing: str = "") -> forms.ChoiceField:
    """Return one of these offices; `nothing`: the words for no entry, where that may be."""
    empty = [("", nothing)] if nothing else []
    return chosen(label, empty + [(each.value, each.label) for each in offices], required=not nothing)


def relation(nothing: str) -> forms.ChoiceField:
    """Return what the second is to the first; `nothing`: the words for no entry."""
    words = WORDS | {"sister_in_law": "姻亲（女）", "brother_in_law": "姻亲（男）", "other": "其他"}
    return chosen("后者是前者的", [("", nothing), *words.items()], required=False)
