"""A village whose roll is published, for proxies, the box that comes home, helpers. Election day: 20 December 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from elections.models import Election
from elections.permissions import Actor
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from tests.make import VILLAGE
from tests.voters.make_voters import POLL_DAY, TODAY, a_clerk, a_roll_election, a_voter
from voters.models import ProxyVote, Voter
from voters.services.proxies import record_proxy
from voters.services.publishing import publish_roll

PEOPLE = ("王芳", "李强", "张三", "李四", "赵敏", "周涛", "吴霞", "郑平", "孙磊", "钱勇")
ASKED = date(2026, 12, 10)


class Village:
    """One election in voting with a published roll; people by name."""

    def __init__(
        self, names: tuple[str, ...] = PEOPLE, *, code: str = VILLAGE, stage: str = Stage.VOTING, **fields: Any
    ):
        election = a_roll_election(code, **fields)
        self.clerk: Actor = a_clerk(code)
        first = 0 if code == VILLAGE else 100  # nobody is in two villages
        for number, name in enumerate(names, 1):
            a_voter(election, first + number, actor=self.clerk, 姓名=name, 村民小组=f"{number % 3 + 1}组")
        publish_roll(election, place="公开栏", posted_by="王某", actor=self.clerk, today=TODAY)
        Election.objects.filter(pk=election.pk).update(stage=stage)
        self.election = Election.objects.select_related("village", "cycle").get(pk=election.pk)

    def who(self, name: str) -> Voter:
        return Voter.objects.get(election=self.election, name=name)

    def authorise(self, principal: str, agent: str, **given: Any) -> ProxyVote:
        """Record one as a clerk does; ``today`` is the day of the application unless said otherwise."""
        said = {"relation": "other", "reason": "外出务工", "applied_on": ASKED, "consented_by": "王某"} | given
        said.setdefault("today", said["applied_on"])
        said.setdefault("actor", self.clerk)
        return record_proxy(self.election, self.who(principal), self.who(agent), **said)


__all__ = ["ASKED", "PEOPLE", "POLL_DAY", "TODAY", "Village"]


def why(act: Callable[[], object]) -> list[str]:
    """The sentences of a refusal, each with its provision."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        act()
    assert all(each.cite for each in refused.value.problems)
    return [each.text for each in refused.value.problems]
