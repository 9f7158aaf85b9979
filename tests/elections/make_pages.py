"""What the tests of the pages of facts share: a signed-in browser, an address, the parts of an answer."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from inspect import unwrap

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from candidates.models import Nominee, Seat
from elections import secrecy
from elections.journal import canonical
from elections.models import Election, Role, Round
from elections.rules.kinds import Body
from elections.services.rounds import open_round
from tests.client import Browser
from tests.make import VILLAGE, a_user
from tests.voters.make_voters import an_id
from voters.models import Voter

TODAY = date(2026, 12, 20)


def a_browser(role: str = Role.TOWNSHIP, code: str | None = None) -> Browser:
    """A signed-in browser."""
    browser = Browser()
    browser.force_login(a_user(role, code))
    return browser


def address(name: str, *args, body: str = Body.VILLAGERS_COMMITTEE, code: str = VILLAGE, **query: object) -> str:
    """The address of a page with its query."""
    if body != Body.VILLAGERS_COMMITTEE:
        query = {"body": body, **query}
    text = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(name, args=[code, *args]) + (f"?{text}" if text else "")


def text_of(response) -> str:
    """The page as text."""
    return response.content.decode()


def said(response) -> str:
    """What the page reached after an act tells."""
    return "".join(str(message) for message in response.context["messages"])


def a_nominee(election: Election, name: str, *, office: str = "member", sex: str = "M", **fields) -> Nominee:
    """A formal candidate, on the roll unless he is known as a ``person``."""
    if "person" not in fields:
        fields["voter"] = a_voter(election, name, sex=sex)
    return Nominee.objects.create(
        election=election,
        name=name,
        sex=sex,
        office=office,
        source="voters",
        nominated_on=TODAY - timedelta(days=12),
        first_check="passed",
        conclusion="passed",
        formal_order=Nominee.objects.filter(election=election).count() + 1,
        **fields,
    )


def a_voter(election: Election, name: str, *, sex: str = "M") -> Voter:
    """Somebody on the roll, the only one of this name."""
    return Voter.objects.filter(election=election, name=name).first() or another_voter(election, name, sex=sex)


def another_voter(election: Election, name: str, *, sex: str = "M", **fields) -> Voter:
    """Somebody on the roll, whoever else has this name."""
    key, number = uuid.uuid4(), an_id(Voter.objects.count() + 1)
    sealed = secrecy.seal(number, table="voters_voter", row=key, field="id_sealed")
    return Voter.objects.create(
        id=key, election=election, cycle=election.cycle, name=name, sex=sex, category="CAT1", id_sealed=sealed,
        id_index=uuid.uuid4(), **({"birth": date(1980, 1, 1)} | fields),
    )  # fmt: skip


def a_confirmed_round(election: Election, *, held_on: date = TODAY, status: str = "decided") -> Round:
    """A round that was counted and confirmed: three people are elected."""
    outcome = {"status": status, "reasons": [], "need": 1}
    outcome |= {key: [] for key in ("elected", "not_elected", "ties", "waiting", "vacancies")}
    round_ = Round.objects.create(
        election=election,
        number=Round.objects.filter(election=election).count() + 1,
        kind=Round.Kind.FIRST,
        held_on=held_on,
        registered=1200,
        contest=canonical({"posts": [{"post": "chair", "seats": 1}], "people": []}),
    )
    user = a_user()
    round_.sheets.create(number=1, issued_in_person=900, returned=800, votes="{}", typed_by=user)
    for place, name in enumerate(("甲", "乙", "丙")):
        round_.seated.create(election=election, office="member", name=name, sex="MFM"[place], votes=500, why="过半数")
    round_.confirmed_at, round_.confirmed_by, round_.outcome = timezone.now(), user, canonical(outcome)
    round_.save()
    return round_


def a_ballot(election: Election) -> Round:
    """The first vote: 主任 丁卫国 or 马建军, 副主任 于小梅 or 王芳, three of five 委员; 1286 on the roll."""
    for office, number in (("chair", 1), ("deputy", 1), ("member", 3)):
        Seat.objects.create(election=election, office=office, number=number)
    for office, people in BALLOT.items():
        for name in people:
            a_nominee(election, name, office=office, sex="F" if name in WOMEN else "M")
    with transaction.atomic():
        round_ = unwrap(open_round)(election, Round.Kind.FIRST, today=TODAY)  # without the step that opens it
    Round.objects.filter(pk=round_.pk).update(registered=1286)
    round_.refresh_from_db()
    return round_


BALLOT = {
    "chair": ("丁卫国", "马建军"),
    "deputy": ("于小梅", "王芳"),
    "member": ("马建军", "王芳", "刘志强", "李春兰", "欧阳明"),
}
WOMEN = {"于小梅", "王芳", "李春兰"}


def standing_of(election: Election) -> tuple[str, str, int]:
    """Stage, standing and version as they are stored."""
    election.refresh_from_db()
    return election.stage, election.standing, election.version
