"""Everybody whom an earlier release knew by name gets his record; what cannot be decided is said, never guessed.

Within a village rows of one name were one person, and are. Whose row names a row of the roll has its id number, group
and birth; so has a name that stands once on the roll. A name that stands there several times, or not at all, makes a
record with what is known, and ``doubt`` tells what to find out. One pass over all villages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any
from uuid import UUID, uuid4

from django.db import migrations
from django.db.models import Q

from elections import secrecy
from elections.rules.codes import nation_of, politics_of
from elections.rules.persons import Described, alike, labels
from elections.rules.pinyin import initials

# app, model, key to the person, column with the name, whether the row knows the sex
PLACES = (
    ("elections", "CommitteeMember", "person", "name", True),
    ("elections", "StaffMember", "person", "name", False),
    ("elections", "Seated", "person", "name", True),
    ("elections", "SupervisionMember", "person", "name", False),
    ("elections", "Kinship", "person", "name", False),
    ("elections", "Kinship", "relative", "other", False),
    ("candidates", "Nominee", "person", "name", True),
    ("voters", "HelpedVoter", "helper_person", "helper", False),
)
WORDS = {
    "CommitteeMember": "选举委员会成员", "StaffMember": "选举工作人员", "Seated": "当选人",
    "SupervisionMember": "监督委员会成员", "Kinship": "亲属关系", "Nominee": "候选人",
    "HelpedVoter": "代写人",
}  # fmt: skip
VILLAGES_A_PIECE, ROWS_A_PIECE = 50, 500
MARKS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Part:
    """One row that names somebody."""

    model: str
    key: str
    pk: int
    election: int
    name: str
    sex: str = ""
    voter: UUID | None = None


@dataclass
class OnRoll:
    """Somebody of a roll, by his number; ``voters``: his rows of all rolls of the village."""

    number: str
    row: dict[str, Any]
    phone: str
    voters: set[UUID] = field(default_factory=set)


@dataclass
class Found:
    """Somebody who gets a record, and the rows that are his."""

    name: str
    roll: OnRoll | None = None
    parts: list[Part] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    mark: str = ""

    @property
    def sexes(self) -> set[str]:
        return {part.sex for part in self.parts if part.sex}

    @property
    def described(self) -> Described:
        row = self.roll.row if self.roll else {}
        return Described(self.name, row.get("group", ""), row.get("birth"), self.mark)


def give_persons(apps: Any, editor: Any) -> None:
    parts = _parts(apps)
    known: dict[UUID, Any] = {}  # by blind index: one record for a number, whatever the village
    codes = sorted(parts)
    for start in range(0, len(codes), VILLAGES_A_PIECE):
        piece = codes[start : start + VILLAGES_A_PIECE]
        rolls, registered = _rolls(apps, piece, [part for code in piece for part in parts[code]])
        people = {code: _people(parts[code], rolls[code], code in registered) for code in piece}
        _point(apps, _store(apps, people, known), _unposted(apps, piece))


def _parts(apps: Any) -> dict[str, list[Part]]:
    """Every row that names somebody, by the code of its village, the oldest first."""
    found: dict[str, list[Part]] = defaultdict(list)
    for app, model, key, column, sexed in PLACES:
        voter = ["voter_id"] if model == "Nominee" else []
        names = ["election__village_id", "pk", "election_id", column, *(["sex"] if sexed else []), *voter]
        rows = apps.get_model(app, model).objects.filter(**{key: None}).exclude(election=None)
        for village, pk, election, name, *more in rows.order_by("pk").values_list(*names):
            sex, link = (more[0] if sexed else ""), (more[-1] if voter else None)
            found[village].append(Part(model, key, pk, election, name, sex, link))
    return found


def _rolls(apps: Any, codes: list[str], parts: list[Part]) -> tuple[dict[str, list[OnRoll]], set[str]]:
    """Those of the rolls of these villages who are named, each number once; the villages that have a roll at all."""
    columns = ("pk", "election__village_id", "name", "sex", "birth", "group", "ethnicity", "party")
    registered = apps.get_model("voters", "Voter").objects.filter(election__village__in=codes)
    named = Q(name__in={part.name for part in parts}) | Q(pk__in={part.voter for part in parts if part.voter})
    found: dict[str, dict[str, OnRoll]] = defaultdict(dict)
    for row in registered.filter(named).order_by("-cycle_id", "pk").values(*columns, "id_sealed", "phone_sealed"):
        number = _opened(row, "id_sealed") or str(row["pk"])  # unreadable: nobody else's
        here = found[row["election__village_id"]]
        here.setdefault(number, OnRoll(number, row, _opened(row, "phone_sealed"))).voters.add(row["pk"])
    having = set(registered.order_by().values_list("election__village_id", flat=True).distinct())
    return defaultdict(list, {code: list(each.values()) for code, each in found.items()}), having


def _unposted(apps: Any, codes: list[str]) -> dict[int, str]:
    """Elections nothing of which stands posted yet, whose rows take the labels, with their villages."""
    elections = apps.get_model("elections", "Election").objects.filter(village__in=codes, rounds=None, formal_lists=None)
    return dict(elections.exclude(standing__in=["closed", "annulled"]).values_list("pk", "village_id"))


def _opened(row: dict[str, Any], column: str) -> str:
    """A sealed column of the roll; nothing where it cannot be opened, which the key check reports elsewhere."""
    try:
        return secrecy.unseal(row[column], table="voters_voter", row=row["pk"], field=column) if row[column] else ""
    except secrecy.Unreadable:
        return ""


def _people(parts: list[Part], roll: list[OnRoll], has_roll: bool) -> list[Found]:
    """Who the rows of one village are about."""
    by_name: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_name[part.name].append(part)
    return [one for name, named in by_name.items() for one in _of_a_name(name, named, roll, has_roll)]


def _of_a_name(name: str, parts: list[Part], roll: list[OnRoll], has_roll: bool) -> list[Found]:
    linked = {voter: each for each in roll for voter in each.voters}
    called = [each for each in roll if each.row["name"] == name]
    own: dict[str, Found] = {}
    rest = Found(name)
    for part in parts:
        each = linked.get(part.voter) if part.voter else called[0] if len(called) == 1 else None
        if each is None or (part.sex and part.sex != each.row["sex"]):
            rest.parts.append(part)
        else:
            own.setdefault(each.number, Found(name, each)).parts.append(part)
    rest.doubts += _doubts(rest, len(called), has_roll)
    found = [*own.values(), *([rest] if rest.parts else [])]
    _tell_apart(found)
    return found


def _doubts(rest: Found, called: int, has_roll: bool) -> Iterator[str]:
    places = "、".join(dict.fromkeys(WORDS[part.model] for part in rest.parts))
    if called > 1:
        yield f"选民名单上有{called}人叫{rest.name}，登记为{places}的是哪一位没有写明。"
    elif called:
        yield f"登记为{places}时写的性别与选民名单上的{rest.name}不一致，不能确定是同一人。"
    elif has_roll:
        yield f"选民名单上没有{rest.name}，登记为{places}，其他情况不明。"
    elif not rest.sexes:
        yield f"登记为{places}，只知道姓名。"
    if len(rest.sexes) > 1:
        yield "各处登记的性别不一致。"


def _tell_apart(found: list[Found]) -> None:
    """Two of one name, group and year get a mark for the time being."""
    marks = chain(MARKS, map(str, count(1)))
    while alike([each.described for each in found]):
        for each in found:
            if not each.mark and each.roll and _shares(each, found):
                each.mark = next(marks)
                each.doubts.append(f"同组有同名、同年出生的人，暂时写作“{each.mark}”。请改成本村看得懂的区别字样。")
                break


def _shares(one: Found, found: list[Found]) -> bool:
    return sum(replace(each.described, mark="").full == replace(one.described, mark="").full for each in found) > 1


def _store(apps: Any, people: dict[str, list[Found]], known: dict[UUID, Any]) -> list[tuple[Part, Any]]:
    """Make the records of these villages. Returns every row with its record."""
    made, rows = [], []
    for code, found in people.items():
        fresh = {}
        for one in found:
            index = secrecy.blind_index("person:", one.roll.number) if one.roll and _is_number(one.roll) else None
            person = known.get(index) if index else None
            if person is None:
                person = _record(apps, code, one, index)
                fresh[one.described] = person
            if index:
                known[index] = person
            rows += [(part, person) for part in one.parts]
        for person, label in zip(fresh.values(), labels(list(fresh)), strict=True):
            person.label = label
        made += fresh.values()
    apps.get_model("elections", "Person").objects.bulk_create(made, batch_size=ROWS_A_PIECE)
    return rows


def _is_number(roll: OnRoll) -> bool:
    return roll.number != str(roll.row["pk"])


def _record(apps: Any, code: str, one: Found, index: UUID | None) -> Any:
    row: dict[str, Any] = one.roll.row if one.roll else {}
    person = apps.get_model("elections", "Person")(
        id=uuid4(), village_id=code, name=one.name, initials=initials(one.name)[:40], mark=one.mark,
        sex=row.get("sex") or (one.sexes.pop() if len(one.sexes) == 1 else ""), birth=row.get("birth"),
        group=row.get("group", ""), nation=nation_of(row.get("ethnicity", "")), politics=politics_of(row.get("party", "")),
        id_index=index, doubt="\n".join(one.doubts),
    )  # fmt: skip
    if index is not None and one.roll:
        person.id_sealed = _sealed(person, "id_sealed", one.roll.number)
    if one.roll and one.roll.phone:
        person.phone_sealed = _sealed(person, "phone_sealed", one.roll.phone)
    return person


def _sealed(person: Any, column: str, text: str) -> bytes:
    return secrecy.seal(text, table="elections_person", row=person.pk, field=column)


def _point(apps: Any, rows: list[tuple[Part, Any]], unposted: dict[int, str]) -> None:
    """Write the keys, and the labels where nothing stands posted yet."""
    for app, model, key, column, _ in PLACES:
        if model == "Kinship":
            continue
        mine = [(part, person) for part, person in rows if (part.model, part.key) == (model, key)]
        Row = apps.get_model(app, model)
        keyed = [Row(pk=part.pk, **{f"{key}_id": person.pk}) for part, person in mine]
        Row.objects.bulk_update(keyed, [key], batch_size=ROWS_A_PIECE)
        called = [(part, _called(part, person, unposted)) for part, person in mine]
        changed = [Row(pk=part.pk, **{column: name}) for part, name in called if name != part.name]
        if changed:
            Row.objects.bulk_update(changed, [column], batch_size=ROWS_A_PIECE)
    _point_kin(apps, rows, unposted)


def _called(part: Part, person: Any, unposted: dict[int, str]) -> str:
    here = unposted.get(part.election) == person.village_id
    return person.label if here and person.name == part.name else part.name


def _point_kin(apps: Any, rows: list[tuple[Part, Any]], unposted: dict[int, str]) -> None:
    """A relation has two keys. Declared twice, the older row keeps only the first; of oneself, none."""
    ends: dict[int, dict[str, tuple[Part, Any]]] = defaultdict(dict)
    for part, person in rows:
        if part.model == "Kinship":
            ends[part.pk][part.key] = part, person
    Kinship, seen, keyed = apps.get_model("elections", "Kinship"), set(), []
    for pk in sorted(ends, reverse=True):
        (one, person), (other, relative) = ends[pk]["person"], ends[pk]["relative"]
        pair = person.pk, relative.pk
        row = Kinship(pk=pk, name=_called(one, person, unposted), other=_called(other, relative, unposted))
        if pair[0] != pair[1]:
            row.person_id, row.relative_id = pair[0], None if pair in seen else pair[1]
        seen.add(pair)
        keyed.append(row)
    Kinship.objects.bulk_update(keyed, ["person", "relative", "name", "other"], batch_size=ROWS_A_PIECE)


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0002_persons"),
        ("elections", "0007_doubts"),
        ("voters", "0008_helper_persons"),
    ]
    operations = [migrations.RunPython(give_persons, migrations.RunPython.noop)]
