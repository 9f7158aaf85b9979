"""Checks that every change of one row shares: may it be made, is it still the row that was seen, what do the rules say
now."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from elections.models import Election
from elections.rules import law, machine
from elections.services.act import part
from elections.services.conditions import cite, insist
from elections.services.hold import Overtaken
from voters.importing.storing import release_annulled
from voters.models import LISTING, Evidence, RollChange, Voter
from voters.persons import person_of, setting_of
from voters.rules.eligibility import Listing, classify
from voters.selectors.duplicates import listed_elsewhere
from voters.selectors.frozen import why_not_changed_now, why_not_without_poll_day, why_not_without_reason
from voters.selectors.roll import next_number, roll_of

BY_HAND = "、"
ELSEWHERE = "此人已在其他村登记。只能在一个村登记。请与镇换届办核实。"


class ListedElsewhere(machine.Refused):
    """The person stands on another village's list of this cycle (VR-07). Says nothing of where."""

    @classmethod
    def of(cls, held: Election) -> ListedElsewhere:
        return cls([machine.Problem(law.ONE_VILLAGE.key, ELSEWHERE, cite(held, law.ONE_VILLAGE), soft=False)])


class RegisteredHere(machine.Refused):
    """The person is registered in this village already; ``voter`` is the row to be opened instead."""

    voter: Voter

    @classmethod
    def of(cls, held: Election, found: Voter) -> RegisteredHere:
        where = f"（{found.group}）" if found.group else ""
        listing = "已在本村名单上" if found.listed else f"已在本村登记，未列入名单（{found.get_omission_display()}）"
        text = f"{found.name}{where}{listing}，不能重复登记。请打开原来的登记修改。"
        refused = cls([machine.Problem(law.ONE_VILLAGE.key, text, cite(held, law.ONE_VILLAGE), soft=False)])
        refused.voter = found
        return refused


def insist_open(held: Election, reason: str) -> None:
    """Raise :class:`machine.Refused` when the roll cannot be changed now, or not without a reason."""
    insist(
        held,
        (law.ROLL_FROZEN, why_not_changed_now(held)),
        (law.RIGHT_TO_VOTE, why_not_without_poll_day(held)),
        (law.ROLL_CHANGES, why_not_without_reason(held, reason)),
    )


def insist_not_here(held: Election, index: uuid.UUID) -> None:
    """Nobody is registered twice in one village. Raises :class:`RegisteredHere`."""
    found = roll_of(held).filter(id_index=index).first()
    if found is not None:
        raise RegisteredHere.of(held, found)


def fresh(held: Election, voter: Voter, version: int) -> Voter:
    """Return the row as it is now, if it is still the one the page showed. Raises :class:`Overtaken`."""
    found = roll_of(held).select_for_update(of=("self",)).select_related("circumstances").get(pk=voter.pk)
    found.election = held
    if found.version != version:
        raise Overtaken(f"{found.name}的登记刚刚已由他人修改。请查看新的内容，再决定是否修改。")
    return found


def judge(held: Election, voter: Voter, evidence: Evidence | None, *, elsewhere: bool) -> Listing:
    """Let the rules decide, and write down what they say; a new name on a published roll gets the next number."""
    setting = setting_of(held)
    listing = classify(person_of(voter, evidence, setting, elsewhere=elsewhere), setting, held.policy)
    voter.listed, voter.omission = listing.listed, str(listing.code or "")
    voter.evidence = listing.why[:200]
    give_number(held, voter)
    return listing


def judge_again(held: Election, voter: Voter, evidence: Evidence | None) -> None:
    """Judge again after a correction: a listing decided by a person stays, one decided by the rules is decided anew."""
    if LISTING in voter.by_hand.split(BY_HAND):
        return
    elsewhere = bool(listed_elsewhere(held, [voter.id_index]))
    if elsewhere and voter.listed:
        raise ListedElsewhere.of(held)
    judge(held, voter, evidence, elsewhere=elsewhere)


def give_number(held: Election, voter: Voter) -> None:
    """Give the next number to whoever comes after publication, when the others got theirs."""
    if voter.listed and voter.number is None and roll_of(held).exclude(number=None).exists():
        voter.number = next_number(held)


def remember_by_hand(voter: Voter, changed: list[str]) -> None:
    """Keep in mind what a person typed or decided; the row is no longer what a file said."""
    kept = [name for name in voter.by_hand.split(BY_HAND) if name]
    voter.by_hand = BY_HAND.join(kept + [name for name in changed if name not in kept])
    voter.row_mark = None


@part
def insert(held: Election, voter: Voter, evidence: Evidence | None, change: RollChange) -> None:
    """Save a new row. Raises :class:`ListedElsewhere` when another village was first, in the same moment too."""
    voter.last_change = change
    release_annulled(held)
    try:
        with transaction.atomic():
            voter.save(force_insert=True)
    except IntegrityError:
        raise ListedElsewhere.of(held) from None
    if evidence is not None:
        evidence.save(force_insert=True)


@part
def update(held: Election, voter: Voter, evidence: Evidence | None, change: RollChange) -> None:
    """Save a changed row under its next version. Raises like :func:`insert`."""
    voter.last_change, voter.version = change, voter.version + 1
    try:
        with transaction.atomic():
            voter.save(force_update=True)
    except IntegrityError:
        raise ListedElsewhere.of(held) from None
    if evidence is not None:
        evidence.save()
