"""The outcome of a round: the shape that pages show, services store and `rule decide` prints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from elections.rules.counting.offices import Office, Seat

Status = Literal["decided", "open", "invalid"]


@dataclass(frozen=True, slots=True)
class Elected:
    """`votes` were cast for this office, `total` is what counted (carry-down)."""

    office: Office
    name: str
    votes: int
    total: int
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class NotElected:
    office: Office
    name: str
    total: int
    why: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Equals who vote again for `places` between them (CT-22)."""

    office: Office
    places: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """People whose result hangs on a second vote between others."""

    office: Office
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Places for a rerun (另行选举) and its candidates by votes (RR-01, RR-02)."""

    office: Office
    places: int
    women_only: bool
    rerun_candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invalidity:
    """A ground on which a round is invalid: its code, the arithmetic, the provision."""

    code: str
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status`: decided (all places filled), open (ties or vacancies remain), invalid (for the codes in `reasons`).

    `grounds` explain the `reasons`. `need`: votes needed; None in a second vote. `needs_ruling`: names whose result the disputed Party base changes.
    `settled`: the winners of this round itself, where it is a second vote that counts (CT-22)."""

    status: Status
    reasons: tuple[str, ...] = ()
    need: int | None = None
    elected: tuple[Elected, ...] = ()
    not_elected: tuple[NotElected, ...] = ()
    ties: tuple[Tie, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    needs_ruling: tuple[str, ...] = ()
    invalid_ballots: int = 0
    blank_ballots: int = 0
    totals: Mapping[Office, Mapping[str, int]] = field(default_factory=dict)
    grounds: tuple[Invalidity, ...] = ()
    settled: tuple[Seat, ...] | None = None

    def result_of(self, office: Office, name: str) -> str:
        """“elected”, “tied”, “waiting” or “not elected”."""
        if any((each.office, each.name) == (office, name) for each in self.elected):
            return "elected"
        if any(each.office is office and name in each.names for each in self.ties):
            return "tied"
        if any(each.office is office and name in each.names for each in self.waiting):
            return "waiting"
        return "not elected"
