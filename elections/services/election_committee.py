"""The election committee: formed, left, filled up again (EC-02…EC-14). Every change is a journal line and a note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from elections.models import CommitteeMember, Election, Kinship
from elections.permissions import Actor
from elections.rules import law
from elections.rules.election_committee import ElectionCommitteeChange, Leaver
from elections.rules.wording import why_not_happened
from elections.selectors import election_committee as read
from elections.selectors.kin import turned_round
from elections.selectors.persons import Chosen, label_here
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import differences, note, picture, unchanged
from elections.services.persons import persons_of
from elections.services.records import People, record

Post = CommitteeMember.Post
OFFICERS = (Post.CHAIR, Post.DEPUTY)


@dataclass(frozen=True)
class Place:
    """One line of the list as it was chosen; ``votes`` order the reserves. ``sex``: where no record says it."""

    who: Chosen
    sex: str
    post: str
    votes: int


@act("committee.formed", "登记选举委员会")
def form_election_committee(election: Election, places: Sequence[Place], *, actor: Actor) -> list[CommitteeMember]:
    """Enter the whole committee and its reserves as chosen, in place of what was entered before (EC-02, EC-10)."""
    insist(
        election,
        (law.EC_CHOSEN, _why_not_named_twice([place.who for place in places])),
        (law.EC_CHOSEN, _why_not_two_chairs(places)),
        (law.EC_CHANGE_PUBLISHED, _why_not_entered_anew(election)),
    )
    before = Counter(row.post == Post.RESERVE for row in read.members_of(election))
    read.members_of(election).delete()
    rows = CommitteeMember.objects.bulk_create(_members(election, places, actor))
    count = Counter(row.post == Post.RESERVE for row in rows)
    note(election, _sizes(count) | differences(_sizes(before), _sizes(count)))
    return rows


@act("committee.left_for_nomination", "选举委员会成员退出和递补")
def leave_for_nomination(election: Election, *, actor: Actor, today: date) -> list[str]:
    """Let every member quit whom the nominations demand, and reserves follow by their votes (EC-09, EC-10).

    Part of the act that brought the nomination or the kinship to light. Returns the notes for the page; asking again
    changes nothing. An officer who quits is chosen anew by the committee itself (:func:`choose_officer`, EC-11).
    """
    change = read.change_due(election)
    if change.nothing_changes:
        return unchanged([])
    before = read.serving(election).count()
    left = [_leave(election, leaver, today) for leaver in change.leaves]
    _follow(election, left, change.follows)
    note(election, _figures(left, change) | differences({"remaining": before}, {"remaining": change.remaining}))
    return [*map(read.departure_note, left), *_open_notes(election)]


@act("committee.member_left", "登记选举委员会成员退出")
def record_change(
    election: Election, member: CommitteeMember, *, why: str, left_on: date, actor: Actor, today: date
) -> list[str]:
    """Record that a member or reserve left for another cause; the next reserve follows (EC-10, EC-14). Return the
    notes."""
    insist(
        election,
        (law.EC_CHANGE_PUBLISHED, None if why.strip() else "没有写明退出原因"),
        (law.EC_CHANGE_PUBLISHED, why_not_happened("退出日期", left_on, today)),
    )
    was = picture(member)
    _note_departure(member, left_on, why)
    free = 0 if member.post == Post.RESERVE else 1
    change = read.succession(election, free)
    _follow(election, [member], change.follows)
    note(member, _figures([member], change) | {"left_on": left_on}, was=was)
    return [read.departure_note(member), *_open_notes(election)]


@act("committee.follower_named", "登记选举委员会递补")
def name_follower(election: Election, reserve: CommitteeMember, *, actor: Actor) -> CommitteeMember:
    """Let one reserve follow: whom the choosing meeting named among equals, or who became able to only now (EC-10)."""
    waiting = read.succession(election, read.places_open(election))
    free = None if read.places_open(election) else "选举委员会没有空缺，不需要递补"
    due = None if reserve.name in waiting.may_follow else "递补按原推选得票从多到少进行，请先由得票多的候补递补"
    insist(election, (law.EC_SUCCESSION, free), (law.EC_SUCCESSION, due if free is None else None))
    was = picture(reserve)
    _follow(election, read.unreplaced(election), (reserve.name,))
    reserve.refresh_from_db()
    note(reserve, {"votes": reserve.votes}, was=was)
    return reserve


@act("committee.member_elected", "登记另行推选的成员")
def elect_member(election: Election, place: Place, *, actor: Actor) -> CommitteeMember:
    """Choose a new member anew where no reserve can follow (另行推选, EC-10)."""
    left, waiting = read.unreplaced(election), read.succession(election, read.places_open(election))
    (member,) = _members(election, [place], actor)
    known = read.members_of(election).filter(read.is_he(member)).exists()
    insist(
        election,
        (law.EC_SUCCESSION, f"{member.name}已经在名单上，不能重复登记" if known else None),
        (law.EC_SUCCESSION, None if left else "选举委员会没有空缺，不需要另行推选"),
        (law.EC_SUCCESSION, "还有候补可以递补，应先按得票递补" if waiting.may_follow else None),
        (law.EC_MEMBER_QUITS, "已被提名为候选人，不能推选" if read.is_nominated(election, member) else None),
    )
    member.replaces = left[0]
    member.save()
    note(member, {"votes": member.votes})
    return member


@act("committee.officer_chosen", "登记另行推选的主任、副主任")
def choose_officer(election: Election, member: CommitteeMember, post: str, *, actor: Actor) -> CommitteeMember:
    """Record the new chair or deputy whom the committee chose among its members (EC-11)."""
    label = Post(post).label
    insist(
        election,
        (law.EC_NEW_CHAIR, None if post in OFFICERS else "只有主任、副主任由委员会在成员中推选"),
        (
            law.EC_NEW_CHAIR,
            f"已经有{label}，不需要另行推选" if read.serving(election).filter(post=post).exists() else None,
        ),
        (
            law.EC_NEW_CHAIR,
            None if _serves(election, member) else f"{member.name}不是现任成员，{label}应在现任成员中推选",
        ),
    )
    was = picture(member)
    member.post = post
    member.save(update_fields=["post"])
    note(member, was=was)
    return member


@act()
def declare_kinship(
    election: Election, tie: Kinship, *, actor: Actor, today: date, people: People | None = None
) -> list[str]:
    """Record who is whose relative, and let members quit whom this brings to light (EC-09). Returns the notes.

    ``people``: the two as they were named in a form, by the keys of the row.
    """
    record(election, tie, people=people, actor=actor)
    other = turned_round(tie)
    insist(election, (law.EC_MEMBER_QUITS, f"{other.name}与{other.other}的关系已经登记" if other else None))
    return leave_for_nomination(election, actor=actor, today=today)


def _members(held: Election, places: Sequence[Place], actor: Actor) -> Iterator[CommitteeMember]:
    """The rows of these lines, not stored yet, each with the record of its person."""
    persons = persons_of([place.who for place in places], held.village, actor=actor)
    for place, person in zip(places, persons, strict=True):
        yield CommitteeMember(
            election=held, person=person, name=label_here(person, held.village), sex=person.sex or place.sex,
            post=place.post, votes=place.votes,
        )  # fmt: skip


def _leave(held: Election, leaver: Leaver, today: date) -> CommitteeMember:
    member = read.serving(held).get(name=leaver.name)  # one list has no label twice
    _note_departure(member, today, leaver.why)
    return member


def _note_departure(member: CommitteeMember, day: date, why: str) -> None:
    gone = CommitteeMember.objects.filter(pk=member.pk, left_on=None).update(left_on=day, left_why=why)
    if gone != 1:
        raise Overtaken(f"{member.name}退出选举委员会已经登记。请刷新页面后查看。")
    member.refresh_from_db()


def _follow(held: Election, left: Sequence[CommitteeMember], followers: Sequence[str]) -> None:
    """Move reserves up as ordinary members, each in the place of one who left; officers are chosen, not inherited."""
    for gone, name in zip(left, followers, strict=False):
        read.reserves(held).filter(name=name).update(post=Post.MEMBER, replaces=gone)


def _open_notes(held: Election) -> list[str]:
    """Return what is still to be done after a change: an order to be decided, places without a successor, officers."""
    departures = set(map(read.departure_note, read.departed(held).exclude(post=Post.RESERVE)))
    return [note for note in read.notes_of(held) if note not in departures]


def _sizes(count: Mapping[bool, int]) -> dict[str, int]:
    """``count``: how many are reserves, and how many are not."""
    return {"members": count[False], "reserves": count[True]}


def _figures(left: Sequence[CommitteeMember], change: ElectionCommitteeChange) -> dict[str, object]:
    return {
        "left": [row.pk for row in left],
        "posts": [row.post for row in left],
        "followed": len(change.follows),
        "unfilled": change.unfilled,
        "remaining": change.remaining,
    }


def _serves(held: Election, member: CommitteeMember) -> bool:
    return read.serving(held).filter(pk=member.pk).exists()


def _why_not_named_twice(people: Sequence[Chosen]) -> str | None:
    times = Counter(each.key or each.words for each in people)
    again = [each.words for each in people if times[each.key or each.words] > 1]
    return f"名单上有重复的人：{'、'.join(dict.fromkeys(again))}" if again else None


def _why_not_two_chairs(places: Sequence[Place]) -> str | None:
    count = Counter(place.post for place in places)
    return "选举委员会只能有一名主任" if count[Post.CHAIR] > 1 else None


def _why_not_entered_anew(held: Election) -> str | None:
    return "选举委员会已经有成员变动，不能整体重新登记，请逐项登记变动" if read.departed(held).exists() else None
