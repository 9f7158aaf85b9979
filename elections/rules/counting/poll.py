"""One round of voting as it came out of the boxes: the figures, the posts, the people, the votes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from elections.rules.counting.kin import Kin
from elections.rules.counting.posts import Office, Person, Post, Seat

Body = Literal["committee", "residents", "party"]
Round = Literal["first", "rerun", "tie"]
Way = Literal["voters", "households", "representatives"]

Votes = Mapping[Office, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Poll:
    """Everything that deciding one round needs to know.

    `registered` N (None: not stated, in a second vote), `issued` I, `returned` R; the Party has `due` 应到会 and
    `present` 实到会 instead of N. `seated` holds an office since an earlier round. `settled` won a second vote among
    equals of this round (CT-22)."""

    body: Body = "committee"
    round: Round = "first"
    registered: int | None = None
    issued: int = 0
    returned: int = 0
    due: int = 0
    present: int = 0
    way: Way = "voters"
    posts: tuple[Post, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    kin: Kin = field(default_factory=Kin)
    votes: Votes = field(default_factory=dict)
    seated: tuple[Seat, ...] = ()
    settled: frozenset[Seat] = frozenset()
    entered_ballots: int | None = None
    invalid_ballots: int = 0
    blank_ballots: int = 0

    @property
    def for_residents(self) -> bool:
        return self.body == "residents"

    @property
    def for_party(self) -> bool:
        return self.body == "party"

    def person(self, name: str) -> Person:
        """Whoever is named in the votes and not described is a man on the roll."""
        return self.people.get(name) or Person(name)

    def can_hold(self, name: str, post: Post) -> bool:
        """Whether a vote for this person and post can count at all (CT-08, WN-05); a rerun has fixed candidates."""
        person = self.person(name)
        fixed = self.round != "first" and bool(post.candidates)
        return person.electable and (person.is_woman or not post.for_women) and (not fixed or name in post.candidates)

    def candidates(self, post: Post) -> frozenset[str]:
        """Who stands for the post, as far as it was said, without those who sit already or cannot hold it."""
        standing = post.candidates or {each.name for each in self.people.values() if post.office in each.candidate_for}
        sitting = {seat.name for seat in self.seated}
        return frozenset(name for name in standing if name not in sitting and self.can_hold(name, post))
