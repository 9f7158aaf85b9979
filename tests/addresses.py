"""Every address of the site as it reads for one village, and what the literal tables say about opening it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, reverse

from audits.models import Finding, Objection, Publication
from candidates.models import Nominee
from elections.models import Appointment, Election, Job, Paper, Person, Role, TeamList, Tenure, User
from elections.permissions import PUBLIC, SECOND_STEP, SIGNED_IN
from elections.rules.kinds import Standing
from tests.elections import permission_table as table
from tests.test_architecture import patterns
from voters.models import (
    CheckIn,
    HelpedVoter,
    ProxyVote,
    RollExport,
    RollImport,
    RollObjection,
    RollVersion,
    RovingVoter,
    Voter,
)

WORDS = {
    "stage": ["registration", "voting"],
    "step": ["open_poll", "open_rerun", "return_vetting"],
    "act": ["close", "annul"],
    "guard": ["talks_held"],
    "kind": ["roll"],
    "topic": ["decide"],
    "number": [1],
    "mark": ["ABCDEF123456"],
    "office": ["chair"],
    "key": ["ID_CHECKSUM"],
    "purpose": ["plan"],
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One address. ``second``: the rule that the page asks beside its own, ``looked``: already when it is opened."""

    name: str
    url: str
    election: Election
    second: str = ""
    looked: bool = False
    found: bool = False  # names a row that is there

    @property
    def of_village(self) -> bool:
        return self.election.village_id in self.url

    @property
    def page(self) -> str:
        """The address without the part of the page that takes the change."""
        return self.url.partition("?")[0]

    def rule(self, method: str) -> str:
        looking, changing = table.ADDRESSES[self.name]
        rule = looking if looking and (method == "get" or not changing) else changing
        return self.second if "{" in rule else rule


def rows_of(election: Election, name: str) -> list[Any]:
    """The ids that an address called ``name`` takes for this village. A new kind of address must be named here."""
    inside = {"election": election}
    known = (
        ("audit_finding", Finding.objects.filter(audit__election=election)),
        ("audit_publication", Publication.objects.filter(audit__election=election)),
        ("audit_extend", Publication.objects.filter(audit__election=election)),
        ("audit_objection", Objection.objects.filter(audit__election=election)),
        ("nominee_propose", Voter.objects.filter(**inside)),
        ("person", Person.objects.filter(village=election.village_id)),
        ("candidate", Nominee.objects.filter(**inside)),
        ("nominee", Nominee.objects.filter(**inside)),
        ("paper", Paper.objects.filter(**inside)),
        ("job", Job.objects.filter(area_code=election.village_id)),
        ("account", User.objects.filter(appointments__area_id=election.village_id)),
        ("duty", Appointment.objects.filter(area_id=election.village_id)),
        ("row", election.postings.all()),
        ("removal", election.removals.all()),
        ("import", RollImport.objects.filter(**inside)),
        ("roll_objection", RollObjection.objects.filter(**inside)),
        ("roll_appeal", RollObjection.objects.filter(**inside)),
        ("roll_version", RollVersion.objects.filter(**inside)),
        ("roll_export", RollExport.objects.filter(**inside)),
        ("proxy", ProxyVote.objects.filter(**inside)),
        ("roving", RovingVoter.objects.filter(**inside)),
        ("helper", HelpedVoter.objects.filter(**inside)),
        ("check_in", CheckIn.objects.filter(round__election=election)),
        ("tenure", Tenure.objects.filter(village=election.village_id)),
        ("team_list", TeamList.objects.filter(area=election.village_id)),
        ("voter", Voter.objects.filter(**inside)),
        ("roll", Voter.objects.filter(**inside)),
    )
    for prefix, found in known:
        if name.startswith(prefix):
            return list(found.order_by("pk").values_list("pk", flat=True)[:1])
    raise AssertionError(f"the walker does not know what {name} takes: add it to rows_of")


def addresses(election: Election) -> Iterator[Address]:
    """All addresses for one village but those for coming and going."""
    for _, pattern in patterns():
        if pattern.name not in ("login", "logout"):
            yield from _of_pattern(pattern, election)


def _of_pattern(pattern: URLPattern, election: Election) -> Iterator[Address]:
    """The addresses of one pattern: every word and every id it takes, or one id that does not exist."""
    words: dict[str, list[Any]] = {}
    found = False
    for name, converter in pattern.pattern.converters.items():
        if name == "code":
            words[name] = [election.village_id]
        elif name in WORDS:
            words[name] = [3] if name == "step" and "Int" in type(converter).__name__ else WORDS[name]
        else:
            rows = rows_of(election, pattern.name)
            found = bool(rows)
            words[name] = rows or [uuid4() if "UUID" in type(converter).__name__ else 987654321]
    for values in product(*words.values()):
        said = dict(zip(words, values, strict=True))
        yield from _parts(pattern, reverse(pattern.name, kwargs=said | pattern.default_args), election, said, found)


def _parts(pattern: URLPattern, url: str, election: Election, said: dict[str, Any], found: bool) -> Iterator[Address]:
    """The address with the rule it asks beside its own; a page of facts once for each of its parts."""
    name = pattern.name
    if name in ("step", "standing"):
        yield Address(name, url, election, f"{name}.{said['step' if name == 'step' else 'act']}", looked=True)
    elif name == "row_remove":
        yield Address(name, url, election, table.ROWS[pattern.default_args["model"]], found=found)
    elif name == "removal_restore":
        yield Address(name, url, election, table.ROWS["kinship"] if found else "", found=found)
    elif name in table.PARTS:
        for part, rule in table.PARTS[name].items():
            yield Address(name, f"{url}?part={part}", election, rule)
    else:
        yield Address(name, url, election, found=found)


def has(role: str | None, rule: str) -> bool:
    return role in {table.LETTERS[letter] for letter in table.RULES[rule][0]}


def refused(role: str | None, rule: str, election: Election) -> int:
    """403 or 409 as the literal table has it; 0 when the rule holds."""
    if rule in (PUBLIC, SIGNED_IN, SECOND_STEP):
        return 0
    when = table.RULES[rule][1]
    if not has(role, rule):
        return 403
    if when == "always" or (
        election.standing == Standing.ACTIVE and (when == "open" or election.stage in when.split())
    ):
        return 0
    return 409


def expected(role: str | None, reached: bool, address: Address, method: str) -> int:
    """The status with which somebody signed in is turned away; 0 when the tables have nothing against it."""
    only_changes = method == "get" and not table.ADDRESSES[address.name][0]
    turned_away = _turned_away(role, reached, address, method)
    return 405 if only_changes and not turned_away else turned_away


def _turned_away(role: str | None, reached: bool, address: Address, method: str) -> int:
    rule, election = address.rule(method), address.election
    if rule in (PUBLIC, SIGNED_IN, SECOND_STEP):
        return 0
    if not address.of_village:
        looks = method == "post" or table.ADDRESSES[address.name][0]
        return 403 if not has(role, rule) else 404 if looks and address.found and not reached else 0
    if not reached or role == Role.ADMIN:
        return 404
    if rule == "ROW":
        return refused(role, address.second, election)
    first = refused(role, rule, election)
    asks_more = address.second and (address.looked or method == "post")
    return first or (refused(role, address.second, election) if asks_more else 0)
