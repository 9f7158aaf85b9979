"""The stored text of a round: contest, votes, people written in, outcome. The one place that writes and reads it.

Each text is canonical and stays byte for byte what it was: reports, fingerprints and journal lines rest on it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from elections.rules.canonical import canonical
from elections.rules.counting.kin import Relation
from elections.rules.counting.offices import Office, Person, Seat
from elections.rules.counting.outcome import Elected, Invalidity, NotElected, Outcome, Tie, Vacancy, Waiting
from elections.rules.counting.poll import Contest, Places, Votes

Values = dict[str, Any]

LISTS: Mapping[str, Any] = {
    "elected": Elected,
    "not_elected": NotElected,
    "ties": Tie,
    "waiting": Waiting,
    "vacancies": Vacancy,
    "grounds": Invalidity,
}


# --- The contest ------------------------------------------------------------------------------------


def contest_text(contest: Contest) -> str:
    """Who sits already is said of a later round only; which names are fixed, of every round but the first; whose
    records are known, from the release on that has records."""
    persons = {each.name: each.person for each in contest.people if each.person}
    known: Values = {"persons": persons} if persons else {}
    later: Values = {} if contest.round == "first" else {"seated": [_seat(each) for each in contest.seated]}
    return canonical(
        {
            "body": contest.body,
            "round": contest.round,
            "posts": [_places(each, contest.round) for each in contest.openings],
            "people": [_person(each) for each in contest.people],
            "kin": [[each.one, each.other, each.what] for each in contest.kin],
            **later,
            **known,
        }
    )


def read_contest(text: str) -> Contest:
    """Return the contest behind :func:`contest_text`."""
    said = json.loads(text)
    return Contest(
        body=said.get("body", "committee"),
        round=said.get("round", "first"),
        openings=tuple(
            Places(
                Office(each["post"]), each["seats"], each.get("women_only", False), tuple(each.get("candidates", ()))
            )
            for each in said["posts"]
        ),
        people=_read_people(said["people"], said.get("persons", {})),
        kin=tuple(Relation(*each) for each in said.get("kin", ())),
        seated=tuple(Seat(Office(each["post"]), each["name"]) for each in said.get("seated", ())),
    )


def _places(places: Places, round_: str) -> Values:
    said: Values = {"post": places.office, "seats": places.seats}
    if round_ == "rerun":
        said["women_only"] = places.women_only
    return said if round_ == "first" else said | {"candidates": places.candidates}


def _person(person: Person) -> Values:
    """Return somebody on the ballot with the offices they stand for; somebody written in with what the roll says of
    them."""
    said: Values = {"name": person.name, "sex": person.sex}
    if person.candidate_for:
        return said | {"candidate_for": sorted(person.candidate_for)}
    return said | {"on_roll": person.on_roll}


def _read_people(rows: Iterable[Values], persons: Mapping[str, str]) -> tuple[Person, ...]:
    return tuple(
        Person(
            each["name"],
            each.get("sex", "M"),
            each.get("on_roll", True),
            candidate_for=frozenset(map(Office, each.get("candidate_for", ()))),
            person=persons.get(each["name"], each.get("person", "")),
        )
        for each in rows
    )


def _seat(seat: Seat) -> Values:
    return {"post": seat.office, "name": seat.name}


# --- The sheet --------------------------------------------------------------------------------------


def votes_text(votes: Votes) -> str:
    return canonical(votes)


def read_votes(text: str) -> Votes:
    return _read_votes(json.loads(text))


def _read_votes(said: Mapping[str, Mapping[str, int]]) -> Votes:
    return {Office(office): names for office, names in said.items()}


def people_text(people: Iterable[Person]) -> str:
    """Those written in, each with the key of his record where there is one."""
    return canonical([_person(each) | ({"person": each.person} if each.person else {}) for each in people])


def read_people(text: str) -> tuple[Person, ...]:
    return _read_people(json.loads(text), {})


# --- The outcome ------------------------------------------------------------------------------------


def plain(outcome: Outcome) -> Values:
    """Return the outcome as plain dictionaries and lists, offices by their codes: what is stored and what `rule decide`
    prints.

    Only a second vote that counts says who won in it."""
    said: Values = _plain(asdict(outcome))
    said |= {name: [_stored_row(each) for each in said[name]] for name in LISTS}
    if outcome.settled is None:
        del said["settled"]
    else:
        said["settled"] = [_plain(_seat(each)) for each in outcome.settled]
    return said


def _stored_row(row: Values) -> Values:
    """The office of a row is stored under the key that it always had."""
    return {"post" if name == "office" else name: value for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def outcome_text(outcome: Outcome) -> str:
    return canonical(plain(outcome))


def read_outcome(text: str) -> Outcome:
    """Return the outcome behind :func:`outcome_text`; what an old text does not say is empty."""
    said = json.loads(text)
    values: Values = {
        name: said[name] for name in ("status", "need", "invalid_ballots", "blank_ballots") if name in said
    }
    values |= {name: tuple(said.get(name, ())) for name in ("reasons", "needs_ruling")}
    values |= {name: tuple(_row(kind, each) for each in said.get(name, ())) for name, kind in LISTS.items()}
    if "settled" in said:
        values["settled"] = tuple(Seat(Office(each["post"]), each["name"]) for each in said["settled"])
    return Outcome(**values, totals=_read_votes(said.get("totals", {})))


def _row(kind: Any, said: Values) -> Any:
    typed = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items() if name != "post"}
    return kind(office=Office(said["post"]), **typed) if "post" in said else kind(**typed)
