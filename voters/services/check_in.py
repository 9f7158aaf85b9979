"""验证发票: handing out one ballot, taking one back. Who took it stands here, what became of it nowhere (VT-10, VT-11, VT-18)."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from elections.models import Election, Round
from elections.permissions import Actor
from elections.rules import law
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import note, picture
from voters.models import CheckIn, ProxyVote, Voter
from voters.selectors.check_in import card_of, conditions, why_not_taken_again
from voters.selectors.polling import proxies_in_force
from voters.services.proxies import end_by_coming

REVIVED = "proxy.revived"
Way, Undoing = CheckIn.Way, CheckIn.Undoing


@act("check_in.given", "验证发票")
def give(round_: Round, voter: Voter, *, way: str, table: str, actor: Actor, today: date) -> CheckIn:
    """Note that the ballot of ``voter`` was handed out.

    A principal who comes in person ends the proxy (VT-11). Of two tables that are asked at once one is told: the election
    is held meanwhile, and the database takes no second row. Raises :class:`machine.Refused`.
    """
    held = round_.election
    card = card_of(round_, pk=voter.pk)
    if card is None:
        raise Voter.DoesNotExist
    insist(held, *conditions(card, way, table))
    if card.proxy and way == Way.IN_PERSON:
        end_by_coming(card.proxy, today=today)
    row = _store(held, CheckIn(round=round_, voter=card.voter, way=way, table=table, by=actor.user))
    note(row, {"round": round_.number, "way": way, "table": table})
    return row


def _store(held: Election, row: CheckIn) -> CheckIn:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        insist(held, (law.ISSUE_LEDGER, why_not_taken_again(card_of(row.round, pk=row.voter_id))))
        raise
    return row


@act({"check_in.undone": "撤销验证发票", REVIVED: "恢复误终止的委托"}, of="round.election")
def take_back(row: CheckIn, why: str, *, actor: Actor) -> CheckIn:
    """Undo one: the row stays with the reason, the voter may take a ballot again.

    A proxy that ended by mistake with it holds again. Raises :class:`Overtaken` when it was taken back meanwhile,
    :class:`machine.Refused` once the result is confirmed.
    """
    held = row.round.election
    row = CheckIn.objects.select_related("round", "voter__election").get(pk=row.pk, round__election=held)
    if row.undone_at:
        raise Overtaken(f"{row.voter.name}的领票登记刚刚已经撤销。请刷新页面后再看。")
    confirmed = "这一次投票的结果已经确认，领票登记不能再撤销" if row.round.confirmed_at else None
    insist(held, (law.VOTES_PUBLISHED, confirmed))
    was = picture(row)
    row.undone_at, row.undone_why, row.undone_by = timezone.now(), why, actor.user
    row.save(update_fields=["undone_at", "undone_why", "undone_by"])
    if row.way == Way.IN_PERSON and why != Undoing.RETURNED:
        _revive(held, row, actor)
    note(row, name="check_in.undone", details={"round": row.round.number, "why": why}, was=was)
    return row


def _revive(held: Election, row: CheckIn, actor: Actor) -> None:
    """Revive the proxy of a principal who had not come after all: another card was scanned, or the agent stood
    there."""
    ended = ProxyVote.objects.filter(
        principal=row.voter, ending=ProxyVote.Ending.CAME, ended_on=timezone.localdate(row.at), agent__listed=True
    )
    proxy = ended.order_by("number").last()
    if proxy is None or proxies_in_force(held).filter(principal=row.voter).exists():
        return
    was = picture(proxy)
    proxy.ended_on, proxy.ending = None, ""
    proxy.save(update_fields=["ended_on", "ending"])
    note(proxy, {"proxy": proxy.number}, was=was, name=REVIVED)
