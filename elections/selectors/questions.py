"""The calculator's topics about days, meetings, names and the election committee: plain JSON values in and out.

Those about persons are in person_questions.py, those that count votes in elections/counting/interface.py. Every function here raises ValueError with
a sentence for people when a question cannot be understood.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from elections.rules import committee, meetings, names, timetable
from elections.rules import policy as policies
from elections.rules.counting.question import read_relation
from elections.rules.counting.reading import Reader, Refusal
from elections.rules.facts import CommitteeMemberFacts, MeetingFacts
from elections.rules.policy import Policy

Json = dict[str, Any]
BODIES = ("committee", "residents", "party")
COMMITTEE_POSTS = {"主任": "chair", "副主任": "deputy", "委员": "member"}


def opened(data: Any, where: str) -> Reader:
    """A reader of one question; a key with the value null counts as not given."""
    if isinstance(data, Mapping):
        data = {key: value for key, value in data.items() if value is not None}
    return Reader(data, where)


def chosen_policy(read: Reader) -> Policy:
    """Every topic takes `policy` and `overrides`. Raises PolicyError."""
    return policies.load(read.text("policy", policies.DEFAULT), read.mapping("overrides", {}))


def day(read: Reader, key: str) -> date | None:
    """A date as 2026-12-20, or nothing."""
    return needed_day(read, key) if read.has(key) else None


def needed_day(read: Reader, key: str) -> date:
    """A date as 2026-12-20."""
    try:
        return date.fromisoformat(read.text(key))
    except ValueError as error:
        if isinstance(error, Refusal):
            raise
        raise Refusal(f"{key} 应当是形如2026-12-20的日期") from None


def given(read: Reader, key: str) -> bool:
    """A fact that may be stated as true or by its proof: a date, the number of a meeting."""
    return read.has(key) and bool(read.peek(key))


def run_timetable(data: Any) -> Json:
    read = opened(data, "timetable")
    pack = chosen_policy(read)
    poll_day = needed_day(read, "election_day")
    known = timetable.Known(
        roll_posted=day(read, "roll_posted"),
        objection_received=day(read, "objection_received"),
        audit_published=day(read, "audit_published"),
        elected_on=day(read, "elected_on"),
        rerun_on=day(read, "rerun_on"),
        community=read.one_of("body", BODIES, "committee") == "residents",
    )
    read.finish()
    items = [
        {
            "key": item.key, "label": item.label, "rule": item.rule, "kind": item.kind.value,
            "latest": item.latest.isoformat(), "advised": item.advised.isoformat(), "cite": item.cite,
            "formula": item.formula,
        }
        for item in timetable.derive(poll_day, known, pack)
    ]  # fmt: skip
    problems = [
        {"code": fault.code, "rule": fault.rule, "text": fault.text, "cite": fault.cite}
        for fault in timetable.problems(poll_day, known, pack)
    ]
    return {"items": items, "problems": problems}


def run_name_order(data: Any) -> Json:
    read = opened(data, "name_order")
    chosen_policy(read)
    mode = read.one_of("mode", [each.value for each in names.Mode], names.Mode.SURNAME.value)
    ordered = names.order(read.names("names"), mode)
    read.finish()
    return {"names": list(ordered.names), "keys": ordered.keys, "unknown": list(ordered.unknown)}


def run_meeting(data: Any) -> Json:
    read = opened(data, "meeting")
    pack = chosen_policy(read)
    kind = read.one_of("kind", [each.value for each in meetings.Kind])
    meeting = MeetingFacts(
        kind=kind,
        held_on=date.min,
        adults=read.count("adults", 0),
        households=read.count("households", 0),
        members=read.count("members", 0) or read.count("due", 0),
        present=read.count("present", 0),
        present_households=read.count("present_households", 0),
        in_favour=read.count("for", 0),
    )
    for key in ("members", "due"):
        read.has(key)
    read.finish()
    outcome = meetings.judge(meeting, pack)
    return {
        "valid": outcome.valid,
        "carried": outcome.carried,
        "need_present": outcome.need_present,
        "need_for": outcome.need_for,
        "why": outcome.why or "；".join(outcome.why_not),
        "cite": outcome.cite,
    }


def run_committee_change(data: Any) -> Json:
    """Where no post is named, the first member is the chair, as on every list."""
    read = opened(data, "committee_change")
    pack = chosen_policy(read)
    rows = read.rows("members")
    posts_named = any(isinstance(each, Mapping) and "post" in each for each in rows)
    members = [_member(each, "chair" if not place and not posts_named else "member") for place, each in enumerate(rows)]
    reserves = [_member(each, "reserve") for each in read.rows("reserves", [])]
    nominated = frozenset(read.names("nominated", []))
    kin = [read_relation(each) for each in read.rows("kin", [])]
    read.finish()
    pairs = [(each.one, each.other, each.what) for each in kin]
    change = committee.committee_change([*members, *reserves], nominated, pairs, pack)
    return {
        "leaves": [{"name": each.name, "why": each.why, "cite": each.cite} for each in change.leaves],
        "follows": [{"name": name} for name in change.follows],
        "new_chair_needed": change.new_chair_needed,
        "new_deputy_needed": change.new_deputy_needed,
        "equal": change.equal and {"places": change.equal.places, "names": list(change.equal.names)},
        "unfilled": change.unfilled,
        "remaining": change.remaining,
    }


def _member(data: Any, post: str) -> CommitteeMemberFacts:
    if isinstance(data, str):
        return CommitteeMemberFacts(data, post, 0)
    read = opened(data, "members")
    named = read.text("post", post)
    named = COMMITTEE_POSTS.get(named, named)
    if named not in ("chair", "deputy", "member", "reserve"):
        raise Refusal(f"不认识的选举委员会职务：{named}")
    member = CommitteeMemberFacts(read.text("name"), named, read.count("votes", 0))
    read.finish()
    return member
