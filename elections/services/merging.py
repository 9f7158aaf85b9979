"""Two records of one person become one; the other stays as a trace and names it."""

from __future__ import annotations

from elections.models import Person
from elections.permissions import Actor
from elections.sealing import numbers_of, phones_of, seal_number, seal_phone
from elections.selectors.places import held_twice, places
from elections.services.act import act
from elections.services.hold import Overtaken
from elections.services.labels import hold_register, provisional, refused, relabel, rewrite
from elections.services.lines import note

FILLED = ("sex", "birth", "group", "nation", "education", "politics", "joined_on", "present_work", "callings")


@act("person.merged", "合并人员")
def merge_persons(kept: Person, other: Person, why: str, *, actor: Actor) -> Person:
    """Let every row of ``other`` point at ``kept``, which takes over what it did not know.

    Raises :class:`machine.Refused` when they cannot be one person, :class:`Overtaken` when one was merged meanwhile.
    """
    hold_register(kept.village)
    kept, other = (Person.objects.select_related("village").get(pk=each.pk) for each in (kept, other))
    if kept.merged_into_id or other.merged_into_id:
        raise Overtaken("其中一条记录刚刚已由他人合并。请刷新页面后再看。")
    for text in why_not_one(kept, other, why):
        raise refused(text)
    moved = sum(place.rows_of(other).update(**{place.key: kept}) for place in places())
    Person.objects.filter(merged_into=other).update(merged_into=kept)
    other.merged_into, other.merged_why, other.label = kept, why.strip(), provisional(other)
    other.save(update_fields=["merged_into", "merged_why", "label"])
    _take_over(kept, other)
    relabel(kept.village_id, {kept.name, other.name})
    kept.refresh_from_db()
    rewrite(kept)
    note(other, {"into": str(kept.pk), "rows": moved}, area=kept.village_id)
    return kept


def why_not_one(kept: Person, other: Person, why: str = "-") -> list[str]:
    """Everything that stands against their being one person."""
    numbers = numbers_of([kept, other])
    found = []
    if kept.pk == other.pk:
        found.append("选择的是同一条记录。请另选一条。")
    if kept.village_id != other.village_id:
        found.append("两条记录不在同一个村。请与镇换届办核实后，在其中一个村更正。")
    if all(numbers) and numbers[0] != numbers[1]:
        found.append("两条记录的身份证号不同，不是同一人，不能合并。")
    twice = [] if kept.pk == other.pk else held_twice(kept, other)
    found += [f"两条记录各自登记为{each}，不能合并。确是同一人的，请先删去其中一行。" for each in twice]
    if kept.kinships.filter(relative=other).exists() or other.kinships.filter(relative=kept).exists():
        found.append("两条记录之间登记了亲属关系，不能合并。确是同一人的，请先删去这一行亲属关系。")
    if not why.strip():
        found.append("没有写明合并的理由。")
    return found


def _take_over(kept: Person, other: Person) -> None:
    """What only the other record knew. Its number stands in one record that is in force."""
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(other, name))
    if kept.id_index is None and other.id_index is not None:
        seal_number(kept, numbers_of([other])[0])
    if not kept.phone_sealed and other.phone_sealed:
        seal_phone(kept, phones_of([other])[0])
    kept.doubt, kept.version = "", kept.version + 1
    kept.save()
