"""Reading the election committee: who serves, who waits, who left and why, and what nominations still demand of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from elections.models import CommitteeMember, Election
from elections.rules import election_committee
from elections.rules.facts import ElectionCommitteeMemberFacts
from elections.selectors.kin import Pair, kin_pairs, names_in
from elections.selectors.neighbours import nominees_of

Post = CommitteeMember.Post


def members_of(election: Election) -> QuerySet[CommitteeMember]:
    """Return everybody ever on the committee or its list of reserves, in the order they were entered."""
    return CommitteeMember.objects.filter(election=election)


def serving(election: Election) -> QuerySet[CommitteeMember]:
    """Return those who serve now."""
    return members_of(election).filter(left_on=None).exclude(post=Post.RESERVE)


def reserves(election: Election) -> QuerySet[CommitteeMember]:
    """Return those who wait, most votes first (EC-10)."""
    return members_of(election).filter(left_on=None, post=Post.RESERVE).order_by("-votes", "pk")


def departed(election: Election) -> QuerySet[CommitteeMember]:
    """Return those who left, with the day, the cause and who follows."""
    return members_of(election).exclude(left_on=None).order_by("left_on", "pk")


def unreplaced(election: Election) -> list[CommitteeMember]:
    """Those who left a place that nobody has taken yet."""
    return list(departed(election).exclude(post=Post.RESERVE).filter(successors=None))


def places_open(election: Election) -> int:
    """Places that somebody left and nobody has taken."""
    return len(unreplaced(election))


def is_he(row: CommitteeMember) -> Q:
    """The rows of the same person, and those of earlier releases that have his name and no record."""
    written = Q(person=None, name=row.name)
    return written | Q(person=row.person_id) if row.person_id else Q(name=row.name)


def is_nominated(election: Election, row: CommitteeMember) -> bool:
    """Whether this member, on the list yet or not, is nominated for the villagers' committee and has not withdrawn."""
    return nominees_of(election).filter(is_he(row)).exists()


@dataclass(frozen=True)
class QuittingFacts:
    """What EC-09 and EC-10 are judged by: members and reserves, the names of the nominees, the relations."""

    members: tuple[ElectionCommitteeMemberFacts, ...]
    nominated: frozenset[str]
    kin: list[Pair]


def quitting_facts(election: Election) -> QuittingFacts:
    """Somebody is the same in all three by his record; he is called as the committee's list calls him."""
    nominees = list(nominees_of(election).values_list("person_id", "name"))
    rows = list(members_of(election).filter(left_on=None))
    called = names_in(((row.person_id, row.name) for row in rows), nominees)
    nominated = frozenset(called.get(person, name) for person, name in nominees)
    return QuittingFacts(
        tuple(ElectionCommitteeMemberFacts(row.name, row.post, row.votes, row.name in nominated) for row in rows),
        nominated,
        kin_pairs(election, called),
    )


def change_due(election: Election) -> election_committee.ElectionCommitteeChange:
    """What the nominations so far demand of the committee (EC-09…11); nothing once it has been carried out."""
    facts = quitting_facts(election)
    return election_committee.election_committee_change(facts.members, facts.nominated, facts.kin, election.policy)


def succession(election: Election, places: int) -> election_committee.ElectionCommitteeChange:
    """Who would take ``places`` that are free now."""
    facts = quitting_facts(election)
    return election_committee.successors(facts.members, places, facts.nominated, facts.kin, election.policy)


def notes_of(election: Election) -> list[str]:
    """Return what everybody should see: each departure with its successor, undecided reserves, officers to be chosen
    anew."""
    notes = [departure_note(row) for row in departed(election).exclude(post=Post.RESERVE)]
    open_ = places_open(election)
    if open_:
        waiting = succession(election, open_)
        if waiting.follows:
            notes.append(f"选举委员会还缺{open_}人，请先由候补{'、'.join(waiting.follows)}递补")
        if waiting.equal:
            names, places = "、".join(waiting.equal.names), waiting.equal.places
            notes.append(f"候补{names}得票相同，请由原推选会议确定其中{places}人递补")
        if not waiting.may_follow:
            notes.append(f"选举委员会还缺{open_}人，没有可以递补的候补，请由原推选会议另行推选")
    return notes + officers_note(election)


def departure_note(row: CommitteeMember) -> str:
    """丁某已被提名，退出选举委员会，由胡某递补"""
    follower = row.successors.first()
    after = f"，由{follower.name}递补" if follower else ""
    return f"{_cause(row)}，退出选举委员会{after}"


def _cause(row: CommitteeMember) -> str:
    """Return the first half of the note; the reasons of EC-09 are those that the rule itself writes."""
    if row.left_why == election_committee.OWN_NOMINATION:
        return f"{row.name}已被提名"
    if row.left_why.startswith(election_committee.RELATIVE):
        return f"{row.name}的{row.left_why.removeprefix('其').replace('被提名为候选人', '已被提名')}"
    return f"{row.name}因{row.left_why}"


def officers_note(election: Election) -> list[str]:
    """EC-11: 需要另行推选主任 — only while the office is empty and somebody has left it."""
    held = set(serving(election).values_list("post", flat=True))
    left = set(departed(election).values_list("post", flat=True))
    return [f"需要另行推选{post.label}" for post in (Post.CHAIR, Post.DEPUTY) if post in left and post not in held]
