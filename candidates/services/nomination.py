"""Accepting nominations, correcting them, withdrawals (NM-02…08, NM-13); members of the election committee leave by themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from candidates.models import Nominee
from candidates.rules.nomination import slate_problems
from candidates.selectors.facts import nominee_facts
from candidates.selectors.formal import formal_candidates, who_follows
from candidates.selectors.known import record_of_row
from candidates.selectors.nominees import body_of, nominees_of, seats_of
from elections.models import Election
from elections.permissions import Actor
from elections.rules import law, slate
from elections.rules.counting.offices import Office, Opening, Person
from elections.rules.guards import nomination as guards
from elections.rules.wording import cn_date, why_not_happened
from elections.selectors.facts import facts_for
from elections.selectors.persons import Chosen, label_here, why_not_chosen
from elections.services.act import act
from elections.services.conditions import Condition, insist
from elections.services.election_committee import leave_for_nomination
from elections.services.hold import Overtaken
from elections.services.lines import note, picture
from elections.services.persons import person_of
from voters.selectors.roll import listed

PERSON_PROBLEMS = {"NOT_ON_ROLL": law.CANDIDATE_CAPACITY, "WOMEN_ONLY": law.WOMEN_POST}
CORRECTABLE = ("votes", "education", "party", "present_post")


@dataclass(frozen=True)
class Accepted:
    """The nominee, and what the nomination did to the election committee, in sentences."""

    nominee: Nominee
    notes: list[str]


@dataclass(frozen=True)
class Withdrawn:
    """The person who withdrew, those who follow by nomination votes (``equal``: whose order is undecided), what is
    missing now."""

    nominee: Nominee
    follows: tuple[str, ...]
    equal: tuple[str, ...]
    short: str | None


@act("nominee.accepted", "登记提名")
def accept_nominee(
    election: Election,
    *,
    voter: Any,
    office: str,
    source: str,
    votes: int,
    nominated_on: date,
    actor: Actor,
    today: date,
    education: str = "",
    party: str = "",
    present_post: str = "",
) -> Accepted:
    """Accept one nomination of a person on the roll for one office. He gets his record, and is called by its label.

    In the same transaction every member of the election committee whom it concerns leaves and reserves follow (EC-09,
    EC-10). Raises :class:`machine.Refused` with every reason.
    """
    nominee = Nominee(
        election=election, voter=voter, name=voter.name, sex=voter.sex, office=office, source=source, votes=votes,
        nominated_on=nominated_on, education=education, party=party or voter.party, present_post=present_post,
    )  # fmt: skip
    known = record_of_row(election, voter)
    if known and known.person:
        nominee.person, nominee.name = known.person, label_here(known.person, election.village)
    insist(election, *conditions(election, nominee, today), (law.NOMINATORS, _why_not_known(nominee, known)))
    assert known is not None  # nobody of another roll is insisted on
    nominee.person = person_of(known, election.village, actor=actor)
    nominee.name = label_here(nominee.person, election.village)
    nominee.save(force_insert=True)
    details = {"office": office, "source": source, "votes": votes, "voter": str(voter.pk), "nominated_on": nominated_on}
    note(nominee, details)
    return Accepted(nominee, leave_for_nomination(election, actor=actor, today=today))


def conditions(election: Election, nominee: Nominee, today: date) -> list[Condition]:
    """Return what a nomination needs to be accepted."""
    seats = seats_of(election).get(nominee.office, 0)
    facts = facts_for(election, today)
    alone = facts.as_if(nomination=replace(facts.nomination, nominees=(nominee_facts(nominee, frozenset()),)))
    return [
        (law.SEATS_DECIDED, _why_not_for_this_office(election, nominee.office)),
        (law.NOMINATORS, guards.nominated_by_lawful_source(alone, election.policy)),
        *_person_conditions(nominee, seats, election),
        (law.NOMINATORS, _why_not_twice(nominee)),
        (law.NOMINATORS, _why_not_these_votes(election, nominee)),
        (law.NOMINATORS, why_not_happened("提名日期", nominee.nominated_on, today)),
    ]


@act("nominee.changed", "修改提名登记")
def change_nominee(nominee: Nominee, *, actor: Actor, **values: Any) -> Nominee:
    """Correct the votes or what is said of the person as they are now; the office, the person and the source stay."""
    held = nominee.election
    nominee = Nominee.objects.get(pk=nominee.pk)
    nominee.election, was = held, picture(nominee)
    for name in CORRECTABLE:
        setattr(nominee, name, values.get(name, getattr(nominee, name)))
    insist(held, (law.NOMINATORS, _why_not_these_votes(held, nominee)), (law.NOMINATORS, _why_not_corrected(nominee)))
    nominee.save(update_fields=CORRECTABLE)
    note(nominee, was=was)
    return nominee


@act("nominee.withdrawn", "登记候选人退出")
def withdraw(nominee: Nominee, *, withdrawn_on: date, actor: Actor, today: date) -> Withdrawn:
    """Note a written withdrawal (NM-13) and say who follows. The published list has to be published again."""
    held = nominee.election
    insist(
        held,
        (law.WITHDRAWAL, why_not_happened("退出日期", withdrawn_on, today)),
        (law.WITHDRAWAL, _why_not_withdrawn_then(nominee, withdrawn_on)),
    )
    next_, was = who_follows(nominee), picture(nominee)
    gone = Nominee.objects.filter(pk=nominee.pk, withdrawn_on=None).update(withdrawn_on=withdrawn_on)
    if gone != 1:
        raise Overtaken(f"{nominee.name}退出已经登记。请刷新页面后查看。")
    nominee.refresh_from_db()
    details = {"office": nominee.office, "withdrawn_on": withdrawn_on, "formal": nominee.formal_order is not None}
    note(nominee, details, was=was)
    return Withdrawn(nominee, next_.names, next_.equal, _why_not_enough_left(held, nominee))


def _why_not_enough_left(election: Election, nominee: Nominee) -> str | None:
    """NM-04 after the withdrawal, for the formal list where the person stood on it."""
    seats = seats_of(election).get(nominee.office)
    if not seats:
        return None
    on_list = nominee.formal_order is not None
    left = (formal_candidates if on_list else nominees_of)(election).filter(office=nominee.office).count()
    return slate.why_not_so_few(Opening(Office(nominee.office), seats), left, election.policy)


def _why_not_for_this_office(election: Election, office: str) -> str | None:
    seats = seats_of(election)
    if not seats:
        return "职位和名额还没有决定，应先登记职位职数"
    return None if office in seats else f"没有决定设{Office(office).label}，不能提名"


def _person_conditions(nominee: Nominee, seats: int, election: Election) -> list[Condition]:
    office = Office(nominee.office)
    on_roll = nominee.voter is not None and nominee.voter.listed and nominee.voter.election_id == election.pk
    person = Person(nominee.name, nominee.sex, on_roll=on_roll)
    opening, slate_, people = Opening(office, seats), {office: [nominee.name]}, {nominee.name: person}
    problems = slate_problems([opening], slate_, people, election.policy, body_of(election))
    return [(PERSON_PROBLEMS[problem.code], problem.text) for problem in problems if problem.code in PERSON_PROBLEMS]


def _why_not_twice(nominee: Nominee) -> str | None:
    his = Q(person=nominee.person_id) if nominee.person_id else Q()
    same = nominees_of(nominee.election).filter(Q(voter=nominee.voter_id) | his, office=nominee.office).first()
    if same is None:
        return None
    return f"{same.name}已经登记为{Office(nominee.office).label}提名人选，票数有误的请修改原登记"


def _why_not_known(nominee: Nominee, known: Chosen | None) -> str | None:
    """Why no record can be his: roll and register contradict one another, or somebody entered is just like him."""
    if known is None or nominee.voter is None:
        return None
    if known.name != nominee.voter.name:
        return f"选民名单上的{nominee.voter.name}与人员名册上的{known.name}身份证号相同、姓名不同，请核对更正后再登记"
    if why_not_chosen(nominee.election, known):
        return (
            f"人员名册上已有一位{known.words}。是同一人的，请先在人员名册中补填身份证号；"
            "不是同一人的，请先在人员名册中填写区别同名的字样"
        )
    return None


def _why_not_these_votes(election: Election, nominee: Nominee) -> str | None:
    """NM-03, NM-19: voters nominate with their votes, and no more of them than are on the roll."""
    voters = listed(election).count()
    if nominee.votes > voters:
        return f"提名票{nominee.votes}张，多于登记参加选举的{voters}人，请核对"
    if nominee.source != Nominee.Source.VOTERS:
        return None
    least = election.policy.residents_joint_nominators if election.village.is_community else 1
    if nominee.votes < least:
        return f"选民提名的应有{least}名以上选民，现填{nominee.votes}名"
    return None


def _why_not_corrected(nominee: Nominee) -> str | None:
    return f"{nominee.name}已经退出，不能再改" if nominee.withdrawn_on else None


def _why_not_withdrawn_then(nominee: Nominee, day: date) -> str | None:
    if day < nominee.nominated_on:
        return f"退出日期早于提名日期（{cn_date(nominee.nominated_on)}），请核对"
    return None
