"""Finding the person whom a clerk means: by a number of the roll, a name, the beginning of a name in pinyin."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

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
    people = tuple(_people(election, said)) if said else ()
    chosen = [each for each in people if str(each.number) == picked]
    one = people if len(people) == 1 else chosen
    return Meant(said, people, one[0] if one else None)


def _people(election: Election, said: str) -> list[Voter]:
    """Return those on the list; if there is nobody, those registered who are not on it, so that one learns why not."""
    number = said.removesuffix("号")
    if number.isdecimal():
        return list(roll_of(election).filter(number=int(number))) if len(number) <= LONGEST_NUMBER else []
    for people in (listed(election), roll_of(election).filter(listed=False)):
        for asked in (Q(name=said), Q(name__contains=said) | Q(initials__startswith=said.lower())):
            found = list(people.filter(asked).order_by("number", "pk")[: MOST + 1])
            if found:
                return found
    return []
