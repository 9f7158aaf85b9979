"""The calculator's topics that count votes or heads: plain JSON values in, plain JSON values out (interfaces.md §3)."""

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any, get_args

from elections.rules import law
from elections.rules import policy as policies
from elections.rules.counting.attendance import PartyMember
from elections.rules.counting.attendance import attendance as party_attendance
from elections.rules.counting.decide import decide as decide_poll
from elections.rules.counting.outcome import Outcome
from elections.rules.counting.poll import Way
from elections.rules.counting.question import read_poll
from elections.rules.counting.reading import Reader, Refusal
from elections.rules.counting.recall import Request
from elections.rules.counting.recall import recall as recall_of
from elections.rules.counting.recommendation import Model, Voice, ranking
from elections.rules.counting.representatives import composition_fault
from elections.rules.policy import Policy


def decide(data: Mapping[str, Any], policy: Policy | None = None) -> dict[str, Any]:
    """The outcome of one round. `policy` wins over the pack named in `data`.

    Raises ValueError with a sentence for people: `Refusal`, `PolicyError`, `TooManyEquals`."""
    read = Reader(data, "decide")
    chosen = _policy(read, policy)
    poll = read_poll(read, chosen)
    read.finish()
    return as_json(decide_poll(poll, chosen))


def attendance(data: Mapping[str, Any]) -> dict[str, Any]:
    """应到会 of a members' list: who is due, who is not and why. Raises ValueError."""
    read = Reader(data, "attendance")
    policy = _policy(read)
    members = []
    for each in read.rows("members"):
        row = Reader(each, "members")
        name, full, right = row.text("name"), row.flag("full", True), row.flag("right", True)
        members.append(PartyMember(name, full, right, row.text("reason", ""), row.flag("approved", False)))
        row.finish()
    read.finish()
    found = party_attendance(members)
    edition = policy.law_version
    left_out = [{"name": e.name, "why": e.why, "cite": law.cite(e.provision, edition)} for e in found.left_out]
    return {"due": found.due, "left_out": left_out, "counted": list(found.counted)}


def recall(data: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a request for recall is admissible, and what the vote decided. Raises ValueError."""
    read = Reader(data, "recall")
    policy = _policy(read)
    request = Request(
        voters=read.count("voters"),
        representatives=read.count("representatives", 0),
        signed_voters=read.count("signed_voters", 0),
        signed_representatives=read.count("signed_representatives", 0),
        returned=read.count("returned", 0),
        in_favour=read.count("for", 0),
        residents=read.one_of("body", ("committee", "residents"), "committee") == "residents",
        way=read.one_of("way", get_args(Way), "voters"),
    )
    read.finish()
    return asdict(recall_of(request, policy))


def composition(data: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a representatives' meeting is lawfully composed. Raises ValueError."""
    read = Reader(data, "composition")
    policy = _policy(read)
    residents = read.one_of("body", ("committee", "residents"), "committee") == "residents"
    women = read.count("women_representatives", 0 if residents else None)
    if women is None:
        raise Refusal("composition 缺少 women_representatives")
    committee, representatives = read.count("committee"), read.count("representatives")
    read.finish()
    fault = composition_fault(committee, representatives, women, policy, residents=residents)
    cite = law.cite(law.REPRESENTATIVES_SHARE, policy.law_version, residents=residents)
    return {"valid": fault is None, "why": fault or "组成人员符合规定", "cite": cite}


def recommend(data: Mapping[str, Any]) -> dict[str, Any]:
    """The ranking of the two recommendations. Raises ValueError."""
    read = Reader(data, "recommend")
    _policy(read)
    model = read.one_of("model", get_args(Model), "raw")
    weights = Reader(read.mapping("weights"), "weights")
    voices = tuple(_voice(read, name, weights) for name in ("members", "masses"))
    weights.finish()
    read.finish()
    return {"ranking": [{"name": name, "score": round(float(score), 6)} for name, score in ranking(voices, model)]}


def _voice(read: Reader, name: str, weights: Reader) -> Voice:
    row = Reader(read.mapping(name), name)
    votes = Reader(row.mapping("votes"), "votes").counts()
    voice = Voice(Fraction(str(weights.number(name))), row.count("ballots"), votes)
    row.finish()
    return voice


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Plain dictionaries and lists, offices by their codes."""
    plain: dict[str, Any] = _plain(asdict(outcome))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _policy(read: Reader, policy: Policy | None = None) -> Policy:
    """The policy that a question names: every topic takes `policy` and `overrides`."""
    name, overrides = read.text("policy", policies.DEFAULT), read.mapping("overrides", {})
    return policy or policies.load(name, overrides)
