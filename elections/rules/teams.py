"""班子: who sat in which body on a day, and what can be counted of them. Every figure says what it is a share of and
names whom it had to leave out; nothing that is not on record is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from elections.rules.codes import Education, Politics
from elections.rules.counting.offices import Office
from elections.rules.kinds import Body, Sex
from elections.rules.wording import listed, share

TERM, ERROR = "term", "error"  # why a tenure ended: 任期届满; it was never held, the record is wrong
ONE_CHANGE = timedelta(days=183)  # endings so near one another belong to one change of term
YOUNG = 35
BOTH = (Body.PARTY, Body.VILLAGERS_COMMITTEE)  # “两委”

OFFICES = {
    Body.PARTY: (Office.SECRETARY, Office.VICE_SECRETARY, Office.MEMBER),
    Body.VILLAGERS_COMMITTEE: (Office.CHAIR, Office.DEPUTY, Office.WOMAN, Office.MEMBER),
    Body.SUPERVISION: (Office.CHAIR, Office.DEPUTY, Office.MEMBER),
}

Base = Literal["party", "committee", "both"]
BASES: dict[Base, str] = {"party": "村党组织成员", "committee": "村（居）民委员会成员", "both": "“两委”成员"}


@dataclass(frozen=True, slots=True)
class Held:
    """One office somebody holds or held; ``since`` and ``until`` are days inclusive. ``person`` is his key, not his name."""

    person: str
    label: str
    sex: str
    body: str
    office: str
    since: date
    until: date | None = None
    ending: str = ""
    birth: date | None = None
    education: str = ""
    politics: str = ""

    @property
    def rank(self) -> tuple[int, date, str]:
        """Sorts a team: the highest office first."""
        return Office(self.office).rank, self.since, self.label

    def on(self, day: date) -> bool:
        """Whether it was held on that day. On the day of a change of term the new team is the team."""
        if self.ending == ERROR or self.since > day:
            return False
        return self.until is None or self.until > day or (self.until == day and self.ending != TERM)


Team = tuple[Held, ...]


def why_not_office(body: str, office: str) -> str | None:
    """Why this body has no such office, or ``None``."""
    if Office(office) in OFFICES[Body(body)]:
        return None
    return f"{Body(body).label}没有“{Office(office).label}”这一职务。请核对组织和职务。"


def present(held: Iterable[Held], day: date) -> Team:
    """Who holds something on that day, in the order of lists."""
    return tuple(sorted((each for each in held if each.on(day)), key=lambda each: each.rank))


def last(held: Iterable[Held], day: date) -> Team:
    """Of each body the team whose term had run out at its last change; who left before is not of it."""
    ended = [each for each in held if each.ending == TERM and each.until is not None and each.until <= day]
    found = [each for body in Body for each in _of_one_change([one for one in ended if one.body == body])]
    return tuple(sorted(found, key=lambda each: each.rank))


def _of_one_change(ended: Sequence[Held]) -> Iterable[Held]:
    days = [each.until for each in ended if each.until]
    return (each for each in ended if each.until and each.until > max(days) - ONE_CHANGE)


def of_body(team: Iterable[Held], *bodies: str) -> Team:
    """Those of these bodies."""
    return tuple(each for each in team if each.body in bodies)


def people(team: Iterable[Held]) -> Team:
    """Everybody once, by the highest office."""
    found: dict[str, Held] = {}
    for each in sorted(team, key=lambda one: one.rank):
        found.setdefault(each.person, each)
    return tuple(found.values())


def age(birth: date, day: date) -> int:
    """Full years on that day; who was born on 29 February is a year older on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


COUNT = "people"  # the figure that is no share


class Figure(NamedTuple):
    """``part`` of ``whole``; ``left_out``: whom it does not count and why, in words. Where ``part`` adds up what is averaged
    over ``whole``, ``mean`` is the average."""

    key: str
    label: str
    part: int
    whole: int
    left_out: tuple[str, ...] = ()
    mean: str = ""

    @property
    def words(self) -> str:
        """5人, 3/5（60.0%）, 46.2岁（5人）, -- when there is nobody to count."""
        if not self.whole:
            return "--"
        if self.key == COUNT:
            return f"{self.part}人"
        if self.mean:
            return f"{self.mean}岁（{self.whole}人）"
        return f"{self.part}/{self.whole}（{share(self.part, self.whole)}）"


def figures(team: Team, before: Team, day: date, *, base: Base) -> tuple[Figure, ...]:
    """Of the “两委” of one village. ``before``: the last team; ages are those of ``day``."""
    ours = people(of_body(team, *BOTH))
    return (
        *composition(ours, day),
        one_shoulder(team),
        cross_posts(team, base),
        again(team, before),
    )


def composition(team: Team, day: date) -> tuple[Figure, ...]:
    """Of people counted once: how many, women, age, education, Party."""
    ages = [age(each.birth, day) for each in team if each.birth]
    no_birth = _without(team, lambda each: each.birth, "没有登记出生日期")
    return (
        Figure(COUNT, "人数", len(team), len(team)),
        Figure("women", "女性", sum(each.sex == Sex.FEMALE for each in team), len(team)),
        Figure("age", "平均年龄", sum(ages), len(ages), no_birth, _mean(sum(ages), len(ages))),
        Figure("young", f"{YOUNG}岁及以下", sum(each <= YOUNG for each in ages), len(ages), no_birth),
        _coded(team, "college", "大专以上", "education", lambda code: Education(code).is_college, "没有登记文化程度"),
        _coded(team, "party", "党员", "politics", lambda code: Politics(code).in_party, "没有登记政治面貌"),
    )


def _mean(whole: int, count: int) -> str:
    return f"{whole / count:.1f}" if count else ""


def summed(villages: Sequence[tuple[str, Sequence[Figure]]]) -> tuple[Figure, ...]:
    """The figures of many villages together: parts and wholes added up, whom they leave out under the village's name."""
    return tuple(_sum(column, villages) for column in zip(*(each for _, each in villages), strict=True))


def _sum(column: Sequence[Figure], villages: Sequence[tuple[str, object]]) -> Figure:
    part, whole = sum(each.part for each in column), sum(each.whole for each in column)
    names = [name for name, _ in villages]
    left_out = tuple(f"{name}{text}" for name, each in zip(names, column, strict=True) for text in each.left_out)
    first = column[0]
    return Figure(first.key, first.label, part, whole, left_out, _mean(part, whole) if first.key == "age" else "")


def _coded(team: Team, key: str, label: str, field: str, fits: Callable[[str], bool], missing: str) -> Figure:
    known = [getattr(each, field) for each in team if getattr(each, field)]
    left_out = _without(team, lambda each: getattr(each, field), missing)
    return Figure(key, label, sum(map(fits, known)), len(known), left_out)


def _without(team: Team, known: Callable[[Held], object], why: str) -> tuple[str, ...]:
    names = [each.label for each in team if not known(each)]
    return (f"{listed(names)}{why}",) if names else ()


def why_not_told(team: Team) -> str | None:
    """Why it cannot be said whether one person heads both bodies, or ``None``."""
    missing = [word for word, body, office in HEADS if not _heads(team, body, office)]
    return f"没有登记{listed(missing)}" if missing else None


HEADS = (("党组织书记", Body.PARTY, Office.SECRETARY), ("村（居）民委员会主任", Body.VILLAGERS_COMMITTEE, Office.CHAIR))


def _heads(team: Team, body: str, office: str) -> set[str]:
    return {each.person for each in team if each.body == body and each.office == office}


def on_one_shoulder(team: Team) -> bool:
    """一肩挑: one PERSON is secretary and director; two of one name are two."""
    secretaries, chairs = (_heads(team, body, office) for _, body, office in HEADS)
    return bool(secretaries & chairs)


def one_shoulder(team: Team) -> Figure:
    """One village, or none where a head is not on record: summed up, villages on one shoulder ÷ villages told."""
    why_not = why_not_told(team)
    if why_not:
        return Figure("one_shoulder", "一肩挑", 0, 0, (why_not,))
    return Figure("one_shoulder", "一肩挑", int(on_one_shoulder(team)), 1)


def cross_posts(team: Team, base: Base) -> Figure:
    """交叉任职: people who sit in both bodies ÷ the base that the county counts by."""
    party, committee = ({each.person for each in of_body(team, body)} for body in BOTH)
    whole = {"party": party, "committee": committee, "both": party | committee}[base]
    missing = [Body(body).label for body, found in zip(BOTH, (party, committee), strict=True) if not found]
    label = f"交叉任职（占{BASES[base]}）"
    if missing:
        return Figure("cross", label, 0, 0, (f"没有登记{listed(missing)}成员",))
    return Figure("cross", label, len(party & committee), len(whole))


def again(team: Team, before: Team) -> Figure:
    """连任: people who sat in the same body in the last term ÷ people in bodies whose last team is on record."""
    known = [body for body in BOTH if of_body(before, body)]
    missing = [Body(body).label for body in BOTH if of_body(team, body) and body not in known]
    now = {(each.person, each.body) for each in of_body(team, *known)}
    then = {(each.person, each.body) for each in before}
    left_out = (f"没有登记上届{listed(missing)}成员",) if missing else ()
    whole = {person for person, _ in now}
    return Figure("again", "连任", len({person for person, _ in now & then}), len(whole), left_out)
