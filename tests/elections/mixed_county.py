"""A county in which every fact of the rules occurs somewhere: all stops of the walk, all bodies, an election begun again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from config.demo.county import COUNTY, PLANS, make_accounts, make_areas
from config.demo.walk import walk_village
from elections.models import (
    Area,
    Cycle,
    Election,
    Kinship,
    Meeting,
    Posting,
    Role,
    SupervisionMember,
    SupervisionRecord,
    User,
)
from elections.permissions import Actor, actor_of
from elections.rules.kinds import Body
from elections.services import beginning, moves, records
from voters.models import Evidence, RollImport, RollObjection, Young
from voters.selectors.roll import listed
from voters.services import listing, objections, proxies

TODAY = date(2026, 11, 28)
NOON = datetime.combine(TODAY, time(12), ZoneInfo("Asia/Shanghai"))  # the clock while the county is made
NOMINATION, OBJECTIONS, VETTING, CLOSED = (
    "990100101204", "990100001003", "990100101205", "990100102203",
)  # fmt: skip


def a_mixed_county() -> Cycle:
    """Twelve villages and communities, three elections each and one more; in an empty database, at ``NOON``."""
    make_areas()
    make_accounts()
    cycle = beginning.begin_cycle(
        Area.objects.get(code=COUNTY), "第十二届", term_no=12, starts_on=TODAY - timedelta(days=90),
        ends_on=TODAY + timedelta(days=120), pack="national-2025", actor=_county().user,
    )  # fmt: skip
    for plan in PLANS:
        walk_village(
            plan.code, plan.until, TODAY + timedelta(days=plan.poll_day), cycle=cycle, today=TODAY,
            township=_office(plan.code), county=_county(),
        )  # fmt: skip
    _supervise(election_of(CLOSED, Body.SUPERVISION))
    _annul_and_begin_again(election_of("990100102204"))
    _stir_the_roll(election_of(OBJECTIONS))
    _move_the_day(election_of(NOMINATION))
    _proxies_of_one_day(election_of(VETTING))
    return cycle


def election_of(code: str, body: str = Body.VILLAGERS_COMMITTEE) -> Election:
    """The last attempt."""
    found = Election.objects.filter(village_id=code, body=body).select_related("village", "cycle")
    return found.order_by("attempt").last()


def every_election() -> list[Election]:
    return list(Election.objects.select_related("village", "cycle").order_by("village_id", "body", "attempt"))


def _county() -> Actor:
    return actor_of(User.objects.get(username="county"))


def _office(code: str) -> Actor:
    return actor_of(User.objects.get(appointments__role=Role.TOWNSHIP, appointments__area_id=code[:9]))


def _supervise(election: Election) -> None:
    """Three members, one of whom is barred twice."""
    actor = _office(election.village_id)
    rows = (
        Meeting(
            election=election, purpose="supervision", kind="representatives", held_on=TODAY, members=45, present=40,
            in_favour=39,
        ),
        SupervisionMember(election=election, name="甲某", chair=True, bookkeeping=True),
        SupervisionMember(election=election, name="乙某", on_committee=True, kin_on_committee=True),
        SupervisionMember(election=election, name="丙某"),
        SupervisionRecord(election=election, vetted_on=TODAY),
    )  # fmt: skip
    for row in rows:
        records.record(election, row, actor=actor)


def _annul_and_begin_again(election: Election) -> None:
    act = {"actor": _county(), "today": TODAY, "reason": "重大违法", "approval": "清委〔2026〕9号"}
    election = moves.change_standing(election, "annul", version=election.version, approved_on=TODAY, **act)
    beginning.begin_again(election, actor=_office(election.village_id))


def _stir_the_roll(election: Election) -> None:
    """After publication: one taken off, one put back as he was, a decision not posted, one answered late."""
    actor = _office(election.village_id)
    first, second = listed(election).order_by("number")[:2]
    listing.omit(first, "MOVED", evidence="迁移证", version=first.version, actor=actor)
    gone = listing.omit(second, "MOVED", evidence="迁移证", version=second.version, actor=actor)
    listing.restore(gone, version=gone.version, reason="没有迁出", actor=actor)
    late = RollObjection.objects.get(election=election)
    objections.uphold(late, "字没有写错", actor=actor, today=TODAY)
    RollObjection.objects.filter(pk=late.pk).update(answer_by=TODAY - timedelta(days=1))


def _move_the_day(election: Election) -> None:
    """The day moved to before some were of age: somebody joins, somebody is deprived; relatives among the names."""
    day = election.poll_day - timedelta(days=900)
    Election.objects.filter(pk=election.pk).update(poll_day=day)
    Evidence.objects.update_or_create(
        voter=listed(election).order_by("number").first(), defaults={"deprived_until": day + timedelta(days=10)}
    )
    Young.objects.create(
        election=election, id_index=uuid4(), birth=date(day.year - 18, 1, 1), row_sealed=b"",
        source=RollImport.objects.get(election=election),
    )  # fmt: skip
    names = list(election.election_committee.values_list("name", flat=True)[:3])
    nominees = list(election.nominees.values_list("name", flat=True)[:2])
    for name, other, relation in ((names[0], names[1], "sibling"), (names[2], nominees[0], "child")):
        Kinship.objects.create(election=election, name=name, other=other, relation=relation)


def _proxies_of_one_day(election: Election) -> None:
    """The list was put up and grew on the same day."""
    actor = _office(election.village_id)
    people = list(listed(election).order_by("number")[120:124])
    records.record(
        election,
        Posting(election=election, key="proxy", posted_on=TODAY, place="公开栏", posted_by="演示"),
        actor=actor,
    )
    proxies.record_proxy(
        election, people[0], people[1], relation="sibling", reason="外出", applied_on=TODAY, consented_by="演示",
        actor=actor, today=TODAY,
    )  # fmt: skip
