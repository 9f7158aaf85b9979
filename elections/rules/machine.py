"""The engine of the stage tables: what must hold before a step, and the refusal that names all of it.

Nothing here knows an election. A *guard* is a statement that is true when all is well; it returns ``None`` or the
sentence why not (CONTRIBUTING.md, rules 1 and 2). A *transition* is one row of a table in ``stages.py``. Pages ask
:func:`problems` beforehand and services ask it again inside the transaction, so the button, the page and the
refusal can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from elections.rules import law
from elections.rules.wording import in_community, in_village

if TYPE_CHECKING:
    from elections.rules.facts import Facts
    from elections.rules.policy import Policy

Test = Callable[["Facts", "Policy"], "str | None"]


@dataclass(frozen=True)
class Guard:
    """One condition of the law. *Hard*: nobody may pass it. *Soft*: the township may, with a written reason."""

    test: Test
    provision: law.Provision
    soft: bool = False

    @property
    def name(self) -> str:
        return self.test.__name__

    def __call__(self, facts: Facts, policy: Policy) -> str | None:
        """Return the sentence against it, in the words of a village or of a community."""
        reason = self.test(facts, policy)
        if reason is None:
            return None
        return in_community(reason) if facts.community else in_village(reason)


def guard(provision: law.Provision, *, soft: bool = False) -> Callable[[Test], Guard]:
    """Make a function ``(facts, policy) -> None | reason`` a guard that rests on ``provision``."""
    return lambda test: Guard(test, provision, soft)


@dataclass(frozen=True)
class Transition:
    """One lawful step: from which stage, to which, and what must hold."""

    step: str
    source: str
    target: str
    guards: tuple[Guard, ...]
    label: str
    backward: bool = False  # 退回重办: always with a written reason


@dataclass(frozen=True)
class Problem:
    """A reason why a step may not be made now: the sentence, the provision it rests on, and whether it may be
    passed."""

    guard: str
    text: str
    cite: str
    soft: bool
    waived: str = ""  # the township's written reason, when there is one

    @property
    def blocks(self) -> bool:
        return not (self.soft and self.waived)


class Refused(Exception):
    """A step that the law does not allow now. Carries **all** reasons, never only the first."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("；".join(problem.text for problem in self.problems))


def problems(guards: Iterable[Guard], facts: Facts, policy: Policy) -> tuple[Problem, ...]:
    """Return everything that does not hold, waived soft guards included (they stay visible)."""
    found = ((each, each(facts, policy)) for each in guards)
    return tuple(
        Problem(
            each.name,
            text,
            law.cite(each.provision, facts.edition, residents=facts.community),
            each.soft,
            facts.waived.get(each.name, ""),
        )
        for each, text in found
        if text is not None
    )
