"""Insisting on the conditions of one act: every reason against it at once, each under the provision it rests on."""

from __future__ import annotations

from elections.models import Election
from elections.rules import law, machine

Condition = tuple[law.Provision, "str | None"]  # what it rests on; the sentence why not


def insist(election: Election, *conditions: Condition) -> None:
    """Raise :class:`machine.Refused` with **all** conditions that have a sentence against them."""
    found = problems_of(election, *conditions)
    if found:
        raise machine.Refused(found)


def problems_of(election: Election, *conditions: Condition) -> tuple[machine.Problem, ...]:
    """Return the same as a value, for a page that shows beforehand what would be refused."""
    return tuple(
        machine.Problem(provision.key, text, cite(election, provision), soft=False)
        for provision, text in conditions
        if text is not None
    )


def cite(election: Election, provision: law.Provision) -> str:
    """Return the provision in the edition and for the body of this election; the text's name where the edition lacks
    it."""
    try:
        return law.cite(provision, election.policy.law_version, residents=election.village.is_community)
    except law.NotInForce:
        return provision.source
