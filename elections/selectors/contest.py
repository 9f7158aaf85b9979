"""What a round of voting is about, as plain values for counting: posts, people, kin, who already sits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from elections.counting.posts import Office
from elections.kinds import Body
from elections.models import CountSheet, Election, Round, Seated
from elections.selectors.kin import kin_pairs
from elections.selectors.neighbours import formal_candidates, listed, nominees_of, seats_of


def confirmed_rounds(election: Election) -> QuerySet[Round]:
    """The rounds whose result is final, in order."""
    return Round.objects.filter(election=election).exclude(confirmed_at=None).order_by("number")


def voters_for(election: Election, kind: str) -> int:
    """N of a round that opens now: the roll as it stands (VR-18); in a rerun the first roll unless the pack says
    otherwise (RR-06)."""
    first = confirmed_rounds(election).filter(kind=Round.Kind.FIRST).last()
    if kind != Round.Kind.FIRST and first is not None and election.policy.rerun_roll_mode == "first_roll":
        return first.registered
    return listed(election).count()


def candidate_names(election: Election) -> set[str]:
    """Everybody on the published list of formal candidates."""
    return set(formal_candidates(election).values_list("name", flat=True))


def standing(election: Election) -> dict[str, set[UUID]]:
    """Everybody who is a candidate now, in the coming vote or the one that is held: name → rows of the roll (VT-07).

    Without a row: somebody whom the voters wrote in and who stands in the next vote; only his name is known.
    """
    found: dict[str, set[UUID]] = {}
    for name, voter in formal_candidates(election).values_list("name", "voter_id"):
        found.setdefault(name, set()).update({voter} - {None})
    for name in _next_names(election):
        found.setdefault(name, set())
    return found


def _next_names(election: Election) -> set[str]:
    """Those whom the votes so far put into a rerun or a second vote."""
    names: set[str] = set()
    for each in Round.objects.filter(election=election).order_by("number"):
        names |= {name for post in json.loads(each.contest)["posts"] for name in post.get("candidates", ())}
    rounds = list(confirmed_rounds(election))
    names |= {name for vacancy in vacancies_after(rounds) for name in vacancy["rerun_candidates"]}
    if any(json.loads(each.outcome)["status"] != "invalid" for each in rounds):
        names |= {name for tie in open_ties(election) for name in tie["names"]}
    return names


def known_names(election: Election) -> list[str]:
    """Everybody whose name may be asked for again: election committee, nominees, staff, declared relatives."""
    names = {name for pair in kin_pairs(election) for name in pair[:2]}
    names |= set(election.committee.values_list("name", flat=True)) | set(election.staff.values_list("name", flat=True))
    return sorted(names | set(nominees_of(election).values_list("name", flat=True)))


def written_in(election: Election, rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """People written in by the voters, with what the roll says of them: name, sex, on_roll (CT-08).

    The roll's sex counts; what was typed only decides between namesakes and for those who are not on the roll.
    """
    found = []
    for row in rows:
        sexes = sexes_on_roll(election, row["name"])
        sex = next(iter(sexes)) if len(sexes) == 1 else row.get("sex") or "M"
        found.append({"name": row["name"], "sex": sex, "on_roll": bool(sexes)})
    return found


def sexes_on_roll(election: Election, name: str) -> set[str]:
    """The sexes of everybody of that name on the roll: none when nobody has it, two for namesakes."""
    return set(listed(election).filter(name=name).values_list("sex", flat=True))


def contest_for(election: Election, kind: str) -> dict[str, Any]:
    """The question that ``counting`` is asked for the round, without the figures.

    Keys as in ``rule decide``: body, round, posts, people, kin, seated.
    """
    contest = {
        "body": "residents" if election.village.is_community else Body.COMMITTEE.value,
        "round": kind,
        "posts": _posts(election, kind),
        "people": _people(election),
        "kin": [list(pair) for pair in kin_pairs(election)],
    }
    if kind != Round.Kind.FIRST:
        contest["seated"] = [
            {"post": office, "name": name}
            for office, name in Seated.objects.filter(election=election).values_list("office", "name")
        ]
    return contest


def _posts(election: Election, kind: str) -> list[dict[str, Any]]:
    if kind == Round.Kind.FIRST:
        seats = seats_of(election)
        return [{"post": office.value, "seats": seats[office]} for office in Office if seats.get(office)]
    if kind == Round.Kind.TIE:
        ties = open_ties(election)
        return [{"post": tie["post"], "seats": tie["places"], "candidates": tie["names"]} for tie in ties]
    return [
        {
            "post": vacancy["post"],
            "seats": vacancy["places"],
            "women_only": vacancy["women_only"],
            "candidates": vacancy["rerun_candidates"],
        }
        for vacancy in vacancies_after(confirmed_rounds(election))
    ]


def vacancies_after(rounds: Iterable[Round]) -> list[dict[str, Any]]:
    """The vacancies left by these confirmed rounds, each with the candidates of its rerun (RR-01).

    One office may have two: a place kept for a woman and another (WN-03). An invalid round filled nothing (RS-10).
    A second vote says anew what the vote before it left open (``second_vote``).
    """
    found: list[dict[str, Any]] = []
    asked: set[str] = set()
    for each in rounds:
        outcome = json.loads(each.outcome)
        if outcome["status"] == "invalid":
            continue
        if each.kind != Round.Kind.TIE:
            asked = {post["post"] for post in json.loads(each.contest)["posts"]}
        found = [vacancy for vacancy in found if vacancy["post"] not in asked] + outcome["vacancies"]
    return found


def open_ties(election: Election) -> list[dict[str, Any]]:
    """The equals who vote again (CT-22): those of the last round that was valid."""
    outcomes = [json.loads(each.outcome) for each in confirmed_rounds(election)]
    return next(outcome["ties"] for outcome in reversed(outcomes) if outcome["status"] != "invalid")


def people_of(round_: Round, sheet: CountSheet) -> list[dict[str, Any]]:
    """Everybody who can have votes on this sheet: those on the ballot, then those written in."""
    return json.loads(round_.contest)["people"] + json.loads(sheet.write_ins)


def question_of(round_: Round, sheet: CountSheet) -> dict[str, Any]:
    """The whole question that a sheet puts to ``counting``, as in ``rule decide``."""
    return json.loads(round_.contest) | {
        "people": people_of(round_, sheet),
        "registered": round_.registered,
        "issued": sheet.issued,
        "returned": sheet.returned,
        "votes": json.loads(sheet.votes),
    }


def _people(election: Election) -> list[dict[str, Any]]:
    """Everybody who stood, with sex and the offices stood for, and whoever was written in in an earlier round.

    People written in in this round join with its sheet.
    """
    people: dict[str, dict[str, Any]] = {}
    for each in formal_candidates(election):
        person = people.setdefault(each.name, {"name": each.name, "sex": each.sex, "candidate_for": []})
        person["candidate_for"].append(each.office)
    for earlier in confirmed_rounds(election):
        for each in json.loads(earlier.sheets.latest("number").write_ins):
            people.setdefault(each["name"], each)
    return list(people.values())
