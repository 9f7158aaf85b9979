"""Who is meant by what is being typed, and what stands against it: shown beside the fields at once (screens §5.9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from elections.machine import Problem
from elections.models import Election
from elections.services.conditions import problems_of
from voters.forms.meant import PICKED, MeantForm
from voters.models import Voter
from voters.selectors import assisting, proxies
from voters.selectors.finding import Meant

Conditions = Callable[[Election, Voter], list[proxies.Condition]]


def _agent_words(election: Election, voter: Voter) -> str:
    return proxies.places_words(election, voter)


def _ready(election: Election, voter: Voter) -> str:
    return "可以登记。"


# fmt: off
SIDES: dict[tuple[str, str], tuple[Conditions, Callable[[Election, Voter], str]]] = {
    # form, field: what must hold, what is said when it does
    ("ProxyForm", "principal"): (proxies.principal_conditions, _ready),
    ("ProxyForm", "agent"):     (proxies.agent_conditions,     _agent_words),
    ("RovingForm", "person"):   (assisting.roving_person,      _ready),
    ("HelperForm", "person"):   (assisting.helped_person,      _ready),
}
# fmt: on


@dataclass(frozen=True)
class Side:
    """One field that names a person: who is meant, what stands against him, or what is said when nothing does."""

    name: str
    label: str
    meant: Meant
    problems: tuple[Problem, ...]
    words: str

    @property
    def picked(self) -> str:
        return self.name + PICKED


def sides_of(election: Election, form: MeantForm) -> list[Side]:
    """The fields that have something in them."""
    return [_side(election, form, name, each) for name, each in form.looked().items() if each.text]


def _side(election: Election, form: MeantForm, name: str, found: Meant) -> Side:
    label = str(form.fields[name].label)
    if found.voter is None:
        return Side(name, label, found, (), "")
    conditions, words = SIDES[type(form).__name__, name]
    problems = problems_of(election, *conditions(election, found.voter))
    return Side(name, label, found, problems, "" if problems else words(election, found.voter))
