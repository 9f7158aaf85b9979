"""A county with four villages: two at the eve of their vote, two whose rolls are not published. Two rows of every kind.

What an act does to one of them must not be seen in another. All persons are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from audits import services as audits
from candidates.models import Nominee
from config.demo import county, walk
from config.demo.people import Person, id_number, people
from config.demo.walk import Walk
from elections.models import (
    ArchiveItem,
    Area,
    Cycle,
    Election,
    HandoverItem,
    Kinship,
    Meeting,
    PartyRecord,
    Posting,
    SupervisionMember,
    SupervisionRecord,
    Training,
    User,
)
from elections.permissions import Actor, actor_of
from elections.rules import stages
from elections.rules.kinds import Body, Stage
from elections.selectors.persons import by_key
from elections.selectors.siblings import sibling
from elections.services import election_committee, records
from elections.services.beginning import begin_cycle
from office.papers import making as papers
from voters import assisting
from voters.importing.source import SourceTable
from voters.models import RollObjection, Voter
from voters.rules.rows import Row
from voters.sealing import number_of
from voters.selectors.roll import listed
from voters.services import (
    exporting,
    imports,
    listing,
    objections,
    printing,
    proxies,
    publishing,
    registering,
)

COUNTY, TOWN = "990100", "990100101"
HERE, THERE = "990100101201", "990100101202"  # at the eve of the vote
EARLY, LATER = "990100101203", "990100101204"  # registering
POLL_DAY = date(2026, 12, 20)
VOTERS, REGISTERED = 125, 14
YOUNG = date(2009, 1, 15)  # eighteen on 15 January 2027, after election day


class Village:
    """One village; every question reads the database anew, so that a story may change what it gets."""

    def __init__(self, code: str):
        self.code = code

    @property
    def election(self) -> Election:
        return self.of(Body.VILLAGERS_COMMITTEE)

    def of(self, body: str) -> Election:
        return Election.objects.select_related("village", "cycle").get(village_id=self.code, body=body, attempt=1)

    def voter(self, number: int) -> Voter:
        """By the number of the roll."""
        return Voter.objects.select_related("election").get(election=self.election, number=number)

    def nominee(self, office: str, place: int = 0) -> Nominee:
        """By office, in the order of votes."""
        return Nominee.objects.filter(election=self.election, office=office).order_by("-votes")[place]

    def all(self, model: Any, **having: Any) -> Any:
        """Rows of the villagers' committee's election, the oldest first."""
        return model.objects.filter(election=self.election, **having).order_by("pk")

    def put(self, **values: Any) -> Election:
        """Set the election where a story begins."""
        Election.objects.filter(pk=self.election.pk).update(**values)
        return self.election


class World:
    """The county and its four villages, and who acts."""

    def __init__(self) -> None:
        county.make_areas()
        county.make_accounts()
        self.township, self.county = self.actor("township"), self.actor("county")
        self.cycle: Cycle = begin_cycle(
            Area.objects.get(code=COUNTY), "测试换届", term_no=12, starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30),
            pack="national-2025", actor=self.county.user,
        )  # fmt: skip
        self.here, self.there = Village(HERE), Village(THERE)
        self.early, self.later = Village(EARLY), Village(LATER)
        for village in (self.here, self.there):
            Eve(self, village)
        for village in (self.early, self.later):
            Registering(self, village)

    def actor(self, username: str) -> Actor:
        return actor_of(self.user(username))

    def user(self, username: str) -> User:
        return User.objects.get(username=username)


class Unasked(Walk):
    """A walk whose steps nobody examines: the gates have tests of their own, and here they are most of the time."""

    def step(self, name: str, offset: int) -> None:
        Election.objects.filter(pk=self.election.pk).update(stage=stages.find(self.election.body, name).target)
        self.election.refresh_from_db()


class Registering:
    """A village in registration: a roll that is not published, two files, two people too young in each."""

    def __init__(self, world: World, village: Village, count: int = REGISTERED):
        self.world, self.village, self.by = world, village, world.township
        self.walk = Unasked(village.election, POLL_DAY, POLL_DAY, world.township, world.county, self._people(count))
        for act in (walk.prepare, self.prepare_more, self.reach_registration, self.register):
            act(self.walk)

    def reach_registration(self, walk_: Walk) -> None:
        """Without the audit: nothing here hangs on it."""
        walk_.election = self.village.put(stage=Stage.REGISTRATION)

    def _people(self, count: int) -> list[Person]:
        return people(self.village.code, count + 6, POLL_DAY)[:count]

    def prepare_more(self, walk_: Walk) -> None:
        """A second training, a second relation, the supervision committee's first facts."""
        names = [person.name for person in walk_.villagers]
        walk_.keep(Training(election=walk_.election, held_on=walk_.day(-57), topic="选举程序培训", attendees=30))
        for one, other in ((names[-1], names[-2]), (names[-3], names[-4])):
            election_committee.declare_kinship(
                walk_.election, Kinship(election=walk_.election, name=one, other=other, relation="sibling"),
                actor=self.by, today=walk_.day(-56),
            )  # fmt: skip
        supervision = sibling(walk_.election, Body.SUPERVISION)
        assert supervision is not None
        for name in names[-6:-4]:
            records.record(supervision, SupervisionMember(election=supervision, name=name), actor=self.by)
        records.record(supervision, SupervisionRecord(election=supervision), actor=self.by)

    def register(self, walk_: Walk) -> None:
        """Two files of half the people each, with two people too young in each."""
        walk_.keep(
            Posting(
                election=walk_.election, key="registration", posted_on=walk_.day(-39), place=walk.BOARD,
                posted_by="演示张贴员",
            )
        )  # fmt: skip
        half = len(walk_.villagers) // 2
        spare = people(walk_.election.village_id, len(walk_.villagers) + 6, POLL_DAY)[-6:]
        young = [
            replace(each, birth=YOUNG, id_number=id_number(YOUNG, each.sex, place + 40 * int(self.village.code[-1])))
            for place, each in enumerate(spare)
        ]
        for name, part in (
            ("一.csv", walk_.villagers[:half] + young[:2]),
            ("二.csv", walk_.villagers[half:] + young[2:4]),
        ):
            given = SourceTable.read(walk.roll_file(part), name)
            batch = imports.open_import(self.village.election, given, actor=self.by, today=walk_.day(-38))
            imports.commit_import(batch, actor=self.by, today=walk_.day(-38), version=batch.version)


class Eve(Registering):
    """A village at the eve of its vote, two rows of every kind that can be there by then."""

    def __init__(self, world: World, village: Village):
        super().__init__(world, village, VOTERS)
        for act in (
            walk.publish_roll, walk.nominate, walk.vet, walk.conclude, walk.arrange, self.vote_more, self.ask_more,
            self.end_more, self.roll_more, self.audit_more,
        ):  # fmt: skip
            act(self.walk)

    def reach_registration(self, walk_: Walk) -> None:
        walk.audit(walk_)
        audits.publish_result(
            walk_.election.audit, first_day=walk_.day(-44), last_day=walk_.day(-40), place=walk.BOARD, actor=self.by,
            today=walk_.day(-44),
        )  # fmt: skip
        party = self.village.of(Body.PARTY)
        records.record(
            party, PartyRecord(election=party, request_on=walk_.day(-75), full_members=50, seats=3), actor=self.by
        )
        walk_.step("open_registration", -39)

    def roll_more(self, walk_: Walk) -> None:
        """Three objections open, one decided and posted in a supplement, one decided and not posted; two taken off."""
        election, day = self.village.election, walk_.day
        for number in range(110, 115):
            objections.receive_objection(
                election, person=f"名单第{number}人", objector="演示村民", matter="认为登记有误", received_on=day(-29),
                voter=self.village.voter(number), actor=self.by, today=day(-29),
            )  # fmt: skip
        open_ = list(election.roll_objections.order_by("pk"))
        for place, number in ((3, 120), (4, 121)):
            voter = self.village.voter(number)
            listing.omit(voter, "MOVED", evidence="户籍迁出证明", version=voter.version, actor=self.by)
            objections.uphold(open_[place], "经核对登记无误", actor=self.by, today=day(-28))
            if place == 3:
                publishing.publish_supplement(
                    election, place=walk.BOARD, posted_by="演示张贴员", actor=self.by, today=day(-28)
                )

    def audit_more(self, walk_: Walk) -> None:
        """Two findings still open, two objections without an answer."""
        audit = walk_.election.audit
        for amount in ("300.00", "45.50"):
            audits.add_finding(
                audit, matter="票据不全", amount=Decimal(amount), responsible="演示报账员", due_on=walk_.day(-30),
                actor=self.by,
            )  # fmt: skip
        for matter in ("请公开车辆费用明细", "请公开用工明细"):
            audits.receive_objection(
                audit, received_on=walk_.day(-45), matter=matter, actor=self.by, today=walk_.day(-44)
            )

    def vote_more(self, walk_: Walk) -> None:
        """A second helper; a third list of what is printed and exported."""
        roll = listed(self.village.election).order_by("number")
        helper = by_key(self.village.election, f"v-{roll[21].pk}")
        assisting.record_helper(self.village.election, roll[20], helper=helper, reason="不识字", actor=self.by)
        ended = proxies.proxies_of(self.village.election).last()
        proxies.end_proxy(ended, "withdrawn", actor=self.by, today=walk_.day(-4))

    def ask_more(self, walk_: Walk) -> None:
        """Two exports with numbers, two printings, a second paper of one kind."""
        for reason in ("核对选民证", "上门核对"):
            exporting.ask_export(self.village.election, query="", rows=12, reason=reason, actor=self.by)
        for kind in ("cards", "issue"):
            printing.ask_print(self.village.election, printing.PrintRequest(kind=kind), actor=self.by)
        papers.make_paper(self.village.election, "helper", actor=self.by)

    def end_more(self, walk_: Walk) -> None:
        """What belongs to the last stage, entered early: what is handed over and filed; two meetings taken out."""
        election = self.village.election
        for name in ("村民委员会印章", "财务专用章"):
            walk_.keep(HandoverItem(election=election, category="seal", name=name, quantity=1, unit="枚"))
        for kind in ("roll", "ballots"):
            walk_.keep(ArchiveItem(election=election, kind=kind, pages=8, keeper="演示保管员", filed_on=walk_.day(0)))
        supervision = sibling(election, Body.SUPERVISION)
        assert supervision is not None
        for held_on in (-2, -1):
            meeting = Meeting(
                election=supervision,
                purpose="supervision",
                kind="representatives",
                held_on=POLL_DAY + timedelta(held_on),
            )
            records.remove(supervision, records.record(supervision, meeting, actor=self.by), actor=self.by)


def corrected(
    world: World, voter: Voter, circumstances: dict | None = None, objection: RollObjection | None = None, **cells: str
) -> Voter:
    """The same person with other cells in his row."""
    row = Row(
        **{name: getattr(voter, name) for name in registering.FROM_ROW}
        | {"category": voter.category, "id_number": number_of(voter), "phone": "", "address": ""}
        | cells
    )
    return registering.correct_voter(
        voter, row, circumstances=circumstances or {}, checked=False, version=voter.version, actor=world.township, reason="原登记有误",
        objection=objection,
    )  # fmt: skip
