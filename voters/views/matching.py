"""The people meant by what is being typed, and reasons against it: shown beside the fields at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from elections.models import Election
from elections.rules.counting.kin import RELATIONS
from elections.rules.machine import Problem
from elections.services.conditions import problems_of
from voters import assisting
from voters.forms.meant import PICKED, MeantForm
from voters.models import Voter
from voters.selectors import proxies, register
from voters.selectors.finding import Meant

Conditions = Callable[[Election, Voter], list[proxies.Condition]]


def _agent_words(election: Election, voter: Voter) -> str:
    said = proxies.places_words(election, voter) + proxies.nominated_words(election, voter)
    return said + ("与候选人同名，请核实不是候选人本人。" if register.may_be_candidate(election, voter) else "")


def _away(election: Election, voter: Voter) -> str:
    return "可以委托他人投票。"


def _ready(election: Election, voter: Voter) -> str:
    return "可以登记。"


# fmt: off
SIDES: dict[tuple[str, str], tuple[Conditions, Callable[[Election, Voter], str]]] = {
    # form, field: what must hold, what is said when it does
    ("ProxyForm", "principal"): (proxies.principal_conditions, _away),
    ("ProxyForm", "agent"):     (proxies.agent_conditions,     _agent_words),
    ("RovingForm", "person"):   (assisting.roving_person,      _ready),
    ("HelperForm", "person"):   (assisting.helped_person,      _ready),
}
# fmt: on


@dataclass(frozen=True)
class Side:
    """One field that names a person: who is meant, what stands against them, or what is said when nothing does."""

    name: str
    label: str
    meant: Meant
    problems: tuple[Problem, ...]
    words: str

    @property
    def picked(self) -> str:
        return self.name + PICKED


def sides_of(election: Election, form: MeantForm) -> list[Side]:
    """The fields that have something in them; of two people who are known, also what stands against them together."""
    found = {name: each for name in form.voters_asked if (each := MeantForm.meant_by(form, name)).text}
    sides = [_side(election, form, name, each) for name, each in found.items()]
    voters = [each.voter for each in found.values() if each.voter]
    if len(voters) == 2 and not any(side.problems for side in sides):
        relation = str((form.data if form.is_bound else form.initial).get("relation", ""))
        known = relation if relation in RELATIONS else ""
        together = proxies.pair_conditions(election, voters[0], voters[1], known)
        sides[1] = replace(sides[1], problems=problems_of(election, *together))
    return sides


def _side(election: Election, form: MeantForm, name: str, found: Meant) -> Side:
    label = str(form.fields[name].label)
    if found.voter is None:
        return Side(name, label, found, (), "")
    conditions, words = SIDES[type(form).__name__, name]
    problems = problems_of(election, *conditions(election, found.voter))
    return Side(name, label, found, problems, "" if problems else words(election, found.voter))
