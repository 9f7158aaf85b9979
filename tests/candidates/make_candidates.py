"""Seats, nominees and election committees for tests: valid unless told otherwise. Today is 1 December 2026."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.utils import timezone

from candidates.models import Nominee, Seat
from elections.models import CommitteeMember, Election, Kinship, Meeting
from tests.voters.make_voters import an_id
from voters.models import Voter
from voters.rules.ordering import place_of
from voters.sealing import seal_into

TODAY = date(2026, 12, 1)
NOW = timezone.make_aware(datetime(2026, 12, 1, 9, 30))
SEATS = {"chair": 1, "deputy": 1, "member": 3}


def a_voter(election: Election, name: str, sex: str = "M", **fields) -> Voter:
    """Somebody on the roll, born 1980, with a number of his own."""
    kept = {"birth": date(1980, 5, 1), "group": "1组", "category": "CAT1", "listed": True}
    if fields.get("listed") is False:
        kept["omission"] = "MOVED"
    voter = Voter(election=election, cycle=election.cycle, name=name, sex=sex, id_index=uuid4(), **(kept | fields))
    voter.place = place_of(voter.group, voter.household)
    seal_into(voter, id_number=an_id(Voter.objects.count(), voter.birth))
    voter.save(force_insert=True)
    return voter


def some_voters(election: Election, count: int = 40) -> None:
    """A roll large enough for the votes that tests speak of."""
    for number in range(count):
        a_voter(election, f"选民{number:03}")


def a_meeting(**fields) -> Meeting:
    """A meeting of representatives that may decide: 30 due, 25 present, 20 in favour. Not saved."""
    kept = {"kind": "representatives", "held_on": date(2026, 11, 20), "members": 30, "present": 25, "in_favour": 20}
    return Meeting(purpose="seats", **(kept | fields))


def decided(election: Election, seats: dict[str, int] | None = None) -> None:
    """Seats and the meeting that decided them."""
    meeting = a_meeting(election=election)
    meeting.save()
    for office, number in (seats or SEATS).items():
        Seat.objects.create(election=election, office=office, number=number)


def a_nominee(election: Election, name: str, office: str = "member", votes: int = 10, **fields) -> Nominee:
    """A person on the roll, nominated by voters. ``label``, ``group``: of one who shares his name."""
    sex, label = fields.pop("sex", "M"), fields.pop("label", name)
    group = {"group": fields.pop("group")} if "group" in fields else {}
    voter = Voter.objects.filter(election=election, name=name, **group).first()
    voter = voter or a_voter(election, name, sex, **group)
    kept = {"source": "voters", "nominated_on": date(2026, 11, 25)}
    return Nominee.objects.create(
        election=election, voter=voter, name=label, sex=sex, office=office, votes=votes, **(kept | fields)
    )


PASSED = {"first_check": "passed", "conclusion": "passed"}


def a_slate(election: Election, **fields) -> dict[str, list[Nominee]]:
    """Enough nominees for SEATS, a woman among them; ``fields`` for each of them."""
    people = {
        "chair": ("丁卫国", "马建军"),
        "deputy": ("于小梅", "刘志强"),
        "member": ("王芳", "李春兰", "欧阳明", "张三宝"),
    }
    return {
        office: [
            a_nominee(election, name, office, 30 - 5 * place, sex="F" if name in ("于小梅", "王芳") else "M", **fields)
            for place, name in enumerate(names)
        ]
        for office, names in people.items()
    }


def a_member(election: Election, name: str, post: str = "member", votes: int = 50, **fields) -> CommitteeMember:
    """A member or reserve of the election committee."""
    return CommitteeMember.objects.create(election=election, name=name, sex="M", post=post, votes=votes, **fields)


def an_election_committee(election: Election) -> dict[str, CommitteeMember]:
    """Seven members, chair 李某; reserves 胡某 31 votes, 唐某 28."""
    rows = [("李某", "chair"), ("徐某", "deputy"), ("周某", "member"), ("吴某", "member"), ("郑某", "member"),
            ("孙某", "member"), ("钱某", "member")]  # fmt: skip
    people = {name: a_member(election, name, post) for name, post in rows}
    return people | {
        "胡某": a_member(election, "胡某", "reserve", 31),
        "唐某": a_member(election, "唐某", "reserve", 28),
    }


def related(election: Election, name: str, other: str, relation: str) -> Kinship:
    """``other`` is the ``relation`` of ``name``."""
    return Kinship.objects.create(election=election, name=name, other=other, relation=relation)
