"""Conditions for printing cards and sheets: shown by the page, insisted on by the act, checked again by the worker."""

from __future__ import annotations

from elections.documents import fonts
from elections.models import Election
from elections.rules import law
from voters.documents.polling import Kind, PrintRequest, people_on
from voters.selectors.frozen import why_not_without_poll_day
from voters.selectors.roll import is_published, listed, roll_of

Condition = tuple[law.Provision, "str | None"]
PROVISION = {
    Kind.CARDS: law.VOTER_CARD,
    Kind.HOUSEHOLDS: law.REGISTRATION_ANNOUNCED,
    Kind.ISSUE: law.ISSUE_LEDGER,
}


def conditions_of(election: Election, asked: PrintRequest) -> list[Condition]:
    """Return the same for one wish: it has to be about somebody."""
    nobody = None if people_on(election, asked) else "名单上没有这些序号的人"
    found = conditions(election, asked.kind)
    return found if any(text for _, text in found) else [*found, (PROVISION[Kind(asked.kind)], nobody)]


def conditions(election: Election, kind: str) -> list[Condition]:
    """Return each condition: provision, and the sentence why not."""
    provision = PROVISION[Kind(kind)]
    if kind == Kind.HOUSEHOLDS:
        return [(provision, somebody_registered(election)), (provision, every_letter_has_a_face(election))]
    return [
        (provision, numbered(election)),
        (provision, why_not_without_poll_day(election)),
        (provision, every_letter_has_a_face(election)),
    ]


def somebody_registered(election: Election) -> str | None:
    """Return why not: there is no roll at all."""
    return None if roll_of(election).exists() else "还没有登记选民"


def numbered(election: Election) -> str | None:
    """Return why not yet: roll, card and issue sheet bear one number, given when the roll is published."""
    if not is_published(election):
        return "选民名单还没有公布，公布后才有名单序号"
    waiting = listed(election).filter(number=None).count()
    return f"名单上有{waiting}人还没有名单序号，补充公布后再打印" if waiting else None


def every_letter_has_a_face(election: Election) -> str | None:
    """Refuse letters that no face here can draw, before they would be printed as boxes."""
    letters: set[str] = set()
    for name, group in roll_of(election).values_list("name", "group"):
        letters.update(name, group)
    missing = fonts.missing("".join(letters))
    if not missing:
        return None
    return f"“{'”“'.join(missing)}”在打印字体中缺字，请先联系管理员安装含这些字的字体"
