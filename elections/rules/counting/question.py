"""The question of `rule decide`: plain JSON read into a `Poll`; unknown keys are refused."""

from collections.abc import Mapping
from typing import Any, get_args

from elections.rules.counting import ballots as papers
from elections.rules.counting import kin as kinship
from elections.rules.counting import poll as rounds
from elections.rules.counting.offices import Office, Opening, Person, Seat
from elections.rules.counting.poll import Places, Poll, by_name, merged, only
from elections.rules.counting.reading import Reader, Refusal
from elections.rules.policy import Policy

_OFFICES = {office.value: office for office in Office}


def read_poll(read: Reader, policy: Policy) -> Poll:
    """Return the round that a question describes. Raises `Refusal`."""
    body = read.one_of("body", get_args(rounds.Body), "committee")
    openings = read_openings(read)
    people = read_people(read)
    counted = _counted(read, openings, people, policy, party=body == "party")
    figures = _figures(read, body, counted)
    relations = [read_relation(each) for each in read.rows("kin", [])]
    return Poll(
        body=body,
        round=read.one_of("round", get_args(rounds.Round), "first"),
        way=read.one_of("way", get_args(rounds.Way), "voters"),
        openings=openings,
        people=people,
        kin=kinship.near_relatives(relations, policy.kin_scope),
        seated=tuple(_seat(each) for each in read.rows("seated", [])),
        settled=frozenset(_seat(each) for each in read.rows("settled", [])),
        **counted,
        **figures,
    )


def _figures(read: Reader, body: str, counted: Mapping[str, Any]) -> dict[str, Any]:
    returned = read.count("returned", counted.get("entered_ballots"))
    if body == "party":
        read.count("registered", 0)
        due, present = read.count("due"), read.count("present")
        found = {"due": due, "present": present, "issued": read.count("issued", present)}
    else:
        second_vote = read.peek("round") == "tie"
        registered = read.count("registered", None) if second_vote else read.count("registered")
        found = {"registered": registered, "issued": read.count("issued")}
    return found | {"returned": read.count("returned") if returned is None else returned}


def read_openings(read: Reader) -> tuple[Opening, ...]:
    found = []
    for each in read.rows("posts"):
        row = Reader(each, "posts")
        office, women, names = _office(row.text("post")), row.flag("women_only", False), row.names("candidates", [])
        found.append(Places(office, row.count("seats", 1), women, tuple(names)))
        row.finish()
    return merged(found)


def read_people(read: Reader) -> Mapping[str, Person]:
    found = []
    for each in read.rows("people", []):
        row = Reader(each, "people")
        name, sex = row.text("name"), row.one_of("sex", ("M", "F"), "M")
        stands_for = frozenset(_office(office) for office in row.names("candidate_for", []))
        found.append(Person(name, sex, row.flag("on_roll", True), row.flag("barred", False), stands_for))
        row.finish()
    return by_name(found)


def _counted(
    read: Reader, openings: tuple[Opening, ...], people: Mapping[str, Person], policy: Policy, *, party: bool
) -> dict[str, Any]:
    """Return votes as totals, or worked out from the ballots themselves."""
    offices = {opening.office for opening in openings}
    if read.has("ballots") == read.has("votes"):
        raise Refusal("votes 和 ballots 须填一项，且只填一项")
    if read.has("votes"):
        votes = {_office(office): Reader(names, "votes").counts() for office, names in read.mapping("votes").items()}
        only(votes, offices, "votes")
        return {"votes": votes}
    pile = [_ballot(each, offices) for each in read.rows("ballots")]
    rules = papers.rules_for(openings, people, policy, party=party)
    tally = papers.tally(pile, rules, blank_is_invalid=policy.blank_ballot_class == "invalid")
    return {
        "votes": tally.votes,
        "entered_ballots": tally.read,
        "invalid_ballots": tally.invalid,
        "blank_ballots": tally.blank,
    }


def _ballot(data: Any, offices: set[Office]) -> papers.Ballot:
    row = Reader(data, "ballots")
    marked = row.mapping("marks", {})
    marks = {_office(office): tuple(Reader(marked, "marks").names(office)) for office in marked}
    unreadable = frozenset(_office(office) for office in row.names("unreadable", []))
    only((*marks, *unreadable), offices, "ballots")
    spoilt = row.text("spoilt", "")
    row.finish()
    return papers.Ballot(marks, unreadable, spoilt)


def read_relation(data: Any) -> kinship.Relation:
    if not isinstance(data, list | tuple) or len(data) not in (2, 3) or not all(isinstance(each, str) for each in data):
        raise Refusal("kin 的每一项应当是 [姓名, 姓名] 或者 [姓名, 姓名, 关系]")
    return kinship.Relation(*data)


def _seat(data: Any) -> Seat:
    row = Reader(data, "seated")
    seat = Seat(_office(row.text("post")), row.text("name"))
    row.finish()
    return seat


def _office(name: str) -> Office:
    if name not in _OFFICES:
        raise Refusal(f"不认识的职务：{name}")
    return _OFFICES[name]
