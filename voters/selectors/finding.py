"""Finding the person whom a clerk means: by a number of the roll, a name, the beginning of a name in pinyin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from elections.models import Election
from voters.models import Voter
from voters.selectors.roll import listed, roll_of

LONGEST_NUMBER = 6  # digits of a number of the roll; anything longer is not looked for
LONGEST_TEXT = 40
MOST = 9  # of people shown to choose from


@dataclass(frozen=True)
class Meant:
    """A typed text and the voters it may mean. ``voter``: the one, when there is no doubt or one was picked."""

    text: str
    people: tuple[Voter, ...] = ()
    voter: Voter | None = None

    @property
    def many(self) -> bool:
        return len(self.people) > MOST

    @property
    def shown(self) -> tuple[Voter, ...]:
        return self.people[:MOST]

    @property
    def why_not(self) -> str:
        """Why nobody is taken yet; empty when somebody is."""
        if self.voter is not None or not self.text:
            return ""
        if not self.people:
            return f"选民名单上没有“{self.text}”。请核对姓名，或者填写名单序号。"
        if self.many:
            return f"选民名单上有多人符合“{self.text}”。请把姓名填写完整，或者填写名单序号。"
        return f"选民名单上有{len(self.people)}人符合“{self.text}”。请选择其中一人。"


def find_meant(election: Election, text: str, picked: str = "") -> Meant:
    """Find them. ``picked``: the number of the roll chosen among several."""
    said = text.replace("\0", "").strip()[:LONGEST_TEXT]
    people = tuple(people_meant(election, said)) if said else ()
    chosen = [each for each in people if str(each.number) == picked]
    one = people if len(people) == 1 else chosen
    return Meant(said, people, one[0] if one else None)


def people_meant(election: Election, said: str) -> list[Voter]:
    """Those on the list; if there is nobody, those registered who are not on it, so that one learns why not."""
    return people_meant_by(election, [said])[said]


def people_meant_by(election: Election, texts: Iterable[str]) -> dict[str, list[Voter]]:
    """The same for many texts at once, in a number of statements that does not grow with them."""
    found: dict[str, list[Voter]] = {text: [] for text in texts}
    named = {text for text in found if not _number_in(text)}
    _by_number(election, found)
    for people in (listed(election), roll_of(election).filter(listed=False)):
        for whole in (True, False):
            left = [text for text in named if not found[text]]
            if left:
                _by_name(people, left, found, whole=whole)
    return found


def _number_in(said: str) -> str:
    number = said.removesuffix("号")
    return number if number.isdecimal() else ""


def _by_number(election: Election, found: dict[str, list[Voter]]) -> None:
    numbers = {text: int(_number_in(text)) for text in found if 0 < len(_number_in(text)) <= LONGEST_NUMBER}
    if not numbers:
        return
    for voter in roll_of(election).filter(number__in=numbers.values()):
        for text, number in numbers.items():
            if voter.number == number:
                found[text].append(voter)


def _by_name(people: QuerySet[Voter], texts: list[str], found: dict[str, list[Voter]], *, whole: bool) -> None:
    """Those called so, or those whose names or initials the texts are part of; not more of each than are shown."""
    asked = Q(name__in=texts)
    if not whole:
        asked = reduce(or_, (Q(name__contains=text) | Q(initials__startswith=text.lower()) for text in texts))
    rows = people.filter(asked).order_by("number", "pk")
    for voter in rows[: MOST + 1] if len(texts) == 1 else rows:
        for text in texts:
            if _called(voter, text, whole) and len(found[text]) <= MOST:
                found[text].append(voter)


def _called(voter: Voter, said: str, whole: bool) -> bool:
    return voter.name == said if whole else said in voter.name or voter.initials.startswith(said.lower())
