"""The register of persons of a village as its pages and sheets show it: numbers and phones masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet

from elections.models import Person
from elections.permissions import Actor, within
from elections.rules.codes import Calling
from elections.rules.identity import masked
from elections.rules.wording import cn_date, masked_phone
from elections.sealing import numbers_of, phones_of
from elections.selectors.persons import register_of

HEAD = (
    "姓名", "名单上的写法", "性别", "出生日期", "小组", "民族", "文化程度", "政治面貌", "加入日期", "现工作", "人员类别",
)  # fmt: skip


def everybody(village: str) -> QuerySet[Person]:
    return register_of(village).order_by("initials", "name", "label", "pk")


def doubtful(village: str) -> QuerySet[Person]:
    """升级时没有能够确定的人员."""
    return everybody(village).exclude(doubt="")


def doubts_everywhere() -> QuerySet[Person]:
    """The same of all villages, for the command."""
    return (
        Person.objects.filter(merged_into=None).exclude(doubt="").select_related("village").order_by("village", "label")
    )


def groups_of(village: str) -> list[str]:
    """The groups that somebody of the register belongs to."""
    return sorted(
        set(register_of(village).exclude(group="").values_list("group", flat=True)), key=lambda g: (len(g), g)
    )


def by_group(village: str) -> list[tuple[str, list[Person]]]:
    """The register by group, those of no group last."""
    people = list(everybody(village))
    found = [(name, [each for each in people if each.group == name]) for name in groups_of(village)]
    rest = [each for each in people if not each.group]
    return [*found, ("未填写小组", rest)] if rest else found


def one_person(actor: Actor, pk: UUID) -> Person:
    """One record within reach, merged or not, or ``Http404``."""
    found: Person = within(actor, Person.objects.select_related("village", "merged_into"), "village_id", pk=pk)
    return found


def about(person: Person, *, outer: bool) -> list[tuple[str, str]]:
    """What his page says; ``outer``: for those who do not work on the register."""
    number, phone = numbers_of([person])[0], phones_of([person])[0]
    return [
        ("名单上的写法", person.label if not person.merged_into_id else "--"),
        ("性别", person.get_sex_display() or "--"),
        ("身份证号", masked(number, outer=outer) if number else "--"),
        ("出生日期", "--" if outer or not person.birth else cn_date(person.birth)),
        ("小组", person.group or "--"),
        ("区别同名的字样", person.mark or "--"),
        ("民族", person.get_nation_display() or "--"),
        ("文化程度", person.get_education_display() or "--"),
        ("政治面貌", person.get_politics_display() or "--"),
        ("加入日期", cn_date(person.joined_on) if person.joined_on else "--"),
        ("现工作", person.present_work or "--"),
        ("人员类别", callings_of(person) or "--"),
        ("电话", masked_phone(phone) if phone else "--"),
    ]


def callings_of(person: Person) -> str:
    return "、".join(Calling(code).label for code in person.calling_codes)


def sheet(persons: Iterable[Person], *, outer: bool) -> Iterator[tuple[object, ...]]:
    """The register as a spreadsheet; no number of a person. ``outer`` as in :func:`about`: of birth only the year."""
    yield HEAD
    for each in persons:
        born = f"{each.birth.year}年" if outer and each.birth else each.birth
        yield (
            each.name, each.label, each.get_sex_display(), born or "", each.group, each.get_nation_display(),
            each.get_education_display(), each.get_politics_display(), each.joined_on or "", each.present_work,
            callings_of(each),
        )  # fmt: skip
