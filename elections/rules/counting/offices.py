"""Offices (职务), the places to fill, and the people who can fill them."""

from dataclasses import dataclass

from elections.rules.kinds import Labelled


class Office(Labelled):
    """The offices one can be elected to, in the order of deciding (CT-24): a higher office first."""

    SECRETARY = "secretary", "书记"
    VICE_SECRETARY = "vice_secretary", "副书记"
    CHAIR = "chair", "主任"
    DEPUTY = "deputy", "副主任"
    WOMAN = "woman", "妇女委员"
    MEMBER = "member", "委员"

    rank: int  # 0 is the highest


for _rank, _office in enumerate(Office):
    _office.rank = _rank

# Votes for these flow downwards where the province says so (票数下加, CT-26); 妇女委员 has a column of its own (WN-05).
CARRIED = (Office.CHAIR, Office.DEPUTY, Office.MEMBER)

# Elected by the new Party committee, one candidate a seat (PB-10): a surplus is not required.
WITHOUT_SURPLUS = frozenset({Office.SECRETARY, Office.VICE_SECRETARY})


@dataclass(frozen=True, slots=True)
class Opening:
    """Places of one office to fill in this round. `women_only`: kept for women (WN-03).

    `candidates`: the names on the ballot where they are fixed; in a rerun and a second vote nobody else can win."""

    office: Office
    seats: int
    women_only: bool = False
    candidates: frozenset[str] = frozenset()

    @property
    def for_women(self) -> bool:
        return self.women_only or self.office is Office.WOMAN

    @property
    def order(self) -> tuple[int, bool, list[str]]:
        """Sorts openings for deciding: by rank, and inside one office the women's places first."""
        return self.office.rank, not self.women_only, sorted(self.candidates)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who was voted for. `barred` means one of the four bars of the law or of the local list (NM-06).

    `person`: the key of his record, where there is one; counting goes by the name, which is his label."""

    name: str
    sex: str = "M"
    on_roll: bool = True
    barred: bool = False
    candidate_for: frozenset[Office] = frozenset()
    person: str = ""

    @property
    def is_woman(self) -> bool:
        return self.sex == "F"

    @property
    def electable(self) -> bool:
        """A vote for anyone else is void (CT-08)."""
        return self.on_roll and not self.barred


@dataclass(frozen=True, slots=True)
class Seat:
    """An office and who holds it."""

    office: Office
    name: str
