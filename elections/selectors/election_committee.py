"""Reading the election committee: who serves, who waits, who left and why, and what nominations still demand of it."""

from __future__ import annotations

from django.db.models import QuerySet

from elections.models import CommitteeMember, Election
from elections.rules import election_committee
from elections.rules.facts import ElectionCommitteeMemberFacts
from elections.selectors.kin import kin_pairs
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


def places_open(election: Election) -> int:
    """Return places that somebody left and nobody has taken."""
    left = departed(election).exclude(post=Post.RESERVE).count()
    return max(0, left - members_of(election).exclude(follows="").count())


def nominated_names(election: Election) -> frozenset[str]:
    """Return everybody nominated for the villagers' committee and not withdrawn."""
    return frozenset(nominees_of(election).values_list("name", flat=True))


def election_committee_values(election: Election) -> tuple[ElectionCommitteeMemberFacts, ...]:
    """Return members and reserves as the rules take them."""
    nominated = nominated_names(election)
    rows = members_of(election).filter(left_on=None)
    return tuple(ElectionCommitteeMemberFacts(row.name, row.post, row.votes, row.name in nominated) for row in rows)


def change_due(election: Election) -> election_committee.ElectionCommitteeChange:
    """Return what the nominations so far demand of the committee (EC-09…11); nothing once it has been carried out."""
    return election_committee.election_committee_change(
        election_committee_values(election), nominated_names(election), kin_pairs(election), election.policy
    )


def succession(election: Election, places: int) -> election_committee.ElectionCommitteeChange:
    """Return who would take ``places`` that are free now."""
    return election_committee.successors(
        election_committee_values(election), places, nominated_names(election), kin_pairs(election), election.policy
    )


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
    follower = members_of(row.election).filter(follows=row.name).first()
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
