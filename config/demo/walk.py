"""Walking one village through its election by the acts of the services, each on the day on which it would be made."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from audits import services as audits
from candidates.selectors.nominees import nominees_of, seats_of
from candidates.services import nomination, publication, seats, vetting
from config.demo.people import HEAD, Person, people
from config.demo.register import who
from config.demo.teams import last_team
from config.demo.votes import votes_that_elect
from elections.models import (
    ArchiveItem,
    Cycle,
    Election,
    Handover,
    HandoverItem,
    Meeting,
    PartyRecord,
    PollArrangement,
    Posting,
    ResultReport,
    StaffMember,
    Survey,
    Talks,
    Training,
    WorkingBody,
)
from elections.permissions import Actor
from elections.rules import stages
from elections.rules.kinds import Body
from elections.selectors.persons import by_key
from elections.selectors.siblings import sibling
from elections.selectors.steps import open_problems
from elections.services import election_committee, moves, poll_day, records, rounds
from office.papers import making as papers
from voters import assisting
from voters.importing.source import SourceTable
from voters.models import ProxyVote
from voters.selectors.polling import proxies_in_force
from voters.selectors.roll import listed
from voters.services import imports, objections, proxies, publishing

VOTERS = 160
BOARD = "村务公开栏"


@dataclass
class Walk:
    """One village on its way. ``day(n)`` is the day n days before (−) or after (+) election day."""

    election: Election
    poll: date
    today: date
    township: Actor
    county: Actor
    villagers: list[Person] = field(default_factory=list)

    def day(self, offset: int) -> date:
        """Return a day of this election, never later than today: nothing in the demonstration lies in the future."""
        return min(self.poll + timedelta(days=offset), self.today)

    def keep(self, row, people: records.People | None = None) -> None:
        """Record one fact."""
        records.record(self.election, row, people=people, actor=self.township)

    def step(self, name: str, offset: int) -> None:
        """Make one step; what the law lets the township explain is explained in writing."""
        day = self.day(offset)
        for problem in open_problems(self.election, today=day):
            if problem.soft and not problem.waived:
                moves.waive(
                    self.election, problem.guard, actor=self.township, today=day, reason="演示：已研究并报县备案"
                )
        self.election = moves.move(
            self.election, name, version=self.election.version, actor=self.township, today=day, reason=""
        )

    @property
    def size(self) -> dict[str, int]:
        """Seats by office: five in a village, six in a community."""
        return {"chair": 1, "deputy": 1, "member": 4 if self.election.village.is_community else 3}


def prepare(walk: Walk) -> None:
    """准备: bodies, survey, talks, training, plan, election committee, election day."""
    election, day = walk.election, walk.day
    village = election.village
    for kind, head in (("leading", "演示组长"), ("office", "演示主任")):
        walk.keep(WorkingBody(election=election, kind=kind, head=head, size=9, formed_on=day(-60)))
    walk.keep(
        Survey(
            election=election, done_on=day(-59), population=village.population or 0, households=village.households or 0,
            adults=(village.population or 0) * 4 // 5, party_members=village.party_members or 0, difficulty="good",
        )
    )  # fmt: skip
    walk.keep(Talks(election=election, due=9, done=9, finished_on=day(-58)))
    walk.keep(Training(election=election, held_on=day(-58), topic="换届选举业务培训", attendees=46))
    poll_day.set_poll_day(
        election, walk.poll, registration_start=walk.poll - timedelta(days=39), actor=walk.township, today=day(-58),
        reason="演示县统一安排",
    )  # fmt: skip
    election.refresh_from_db()
    walk.keep(_meeting(election, "plan", day(-57), published_on=day(-57)))
    walk.keep(_meeting(election, "committee", day(-57), published_on=day(-57)))
    election_committee.form_election_committee(election, _places(walk), actor=walk.township)


def _meeting(election: Election, purpose: str, held_on: date, **fields) -> Meeting:
    return Meeting(
        election=election, purpose=purpose, kind="representatives", held_on=held_on, members=45, present=41,
        in_favour=39, **fields,
    )  # fmt: skip


def _places(walk: Walk) -> list[election_committee.Place]:
    posts = ("chair", "deputy", *["member"] * 5, "reserve", "reserve")
    chosen = walk.villagers[: len(posts)]
    return [
        election_committee.Place(who(p), p.sex, post, 41 - n)
        for n, (p, post) in enumerate(zip(chosen, posts, strict=True))
    ]


def audit(walk: Walk) -> None:
    """审计: report, one finding put right, two publications; the Party organisation elects first."""
    walk.step("start_audit", -57)
    day = walk.day
    report = audits.record_audit(
        walk.election, auditor="清源县演示审计组", started_on=day(-57), period_from=date(day(-57).year - 5, 1, 1),
        period_to=day(-57), scope="村级资金、资产、资源", reported_on=day(-50), conclusion="收支基本规范",
        actor=walk.township, today=day(-50),
    )  # fmt: skip
    finding = audits.add_finding(
        report, matter="部分支出凭证附件不全", amount=Decimal("12600.00"), responsible="演示报账员",
        due_on=day(-45), actor=walk.township,
    )  # fmt: skip
    audits.close_finding(finding, measure="已补齐附件", closed_on=day(-47), actor=walk.township, today=day(-47))
    audits.publish_result(
        report, first_day=day(-49), last_day=walk.poll - timedelta(days=45), place=BOARD, actor=walk.township,
        today=day(-49),
    )  # fmt: skip


def party_first(walk: Walk) -> None:
    """Record the second publication, then the Party organisation's election from request to approval (PB-23)."""
    day = walk.day
    audits.publish_result(
        walk.election.audit, first_day=day(-44), last_day=day(-40), place=BOARD, actor=walk.township, today=day(-44)
    )
    party = sibling(walk.election, Body.PARTY)
    assert party is not None  # begun with the cycle
    due = max(8, (walk.election.village.party_members or 0) - 4)
    record = PartyRecord(
        election=party, request_on=day(-75), reply_on=day(-73), full_members=due + 2, due=due, left_out=2,
        left_out_approved_on=day(-70), left_out_voted_on=day(-70), members_recommended_on=day(-69),
        masses_recommended_on=day(-68), seats=3, candidates=4, vetted_on=day(-66), inspected_on=day(-62),
        notice_first_day=day(-60), notice_last_day=day(-43), candidates_reply_on=day(-42), meeting_on=day(-41),
        present=due - 1, issued=due - 1, returned=due - 1, elected=3, secretary_elected_on=day(-41),
    )  # fmt: skip
    records.record(party, record, actor=walk.township)
    for row in stages.TABLES[Body.PARTY]:
        if not row.backward:
            party = moves.move(party, row.step, version=party.version, actor=walk.township, today=day(-40))


def register(walk: Walk) -> None:
    """选民登记: the notice, then the roll file."""
    walk.step("open_registration", -39)
    _post(walk, "registration", -39)
    data = roll_file(walk.villagers)
    given = SourceTable.read(data, "选民登记表.csv")
    imports.import_roll(walk.election, given, actor=walk.township, today=walk.day(-38))


def roll_file(villagers: list[Person]) -> bytes:
    """Return a roll file as a village would send it."""
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *(person.as_row() for person in villagers)])
    return out.getvalue().encode("utf-8-sig")


def publish_roll(walk: Walk) -> None:
    """Post the roll thirty days before election day."""
    publishing.publish_roll(
        walk.election, place=BOARD, posted_by="演示张贴员", actor=walk.township, today=walk.day(-30)
    )
    papers.make_paper(walk.election, "ec_list", actor=walk.township)
    papers.make_paper(walk.election, "roll", actor=walk.township)


def object_to_roll(walk: Walk) -> None:
    """Take one objection, which waits for its answer."""
    objections.receive_objection(
        walk.election, person=walk.villagers[20].name, objector=walk.villagers[21].name, matter="认为姓名中有一字写错",
        received_on=walk.day(-29), voter=listed(walk.election).first(), actor=walk.township, today=walk.day(-29),
    )  # fmt: skip


def nominate(walk: Walk) -> None:
    """提名: seats, notice, nominees; a nominated member leaves the election committee by the nomination (EC-09)."""
    walk.step("open_nomination", -24)
    day = walk.day
    meeting = _meeting(walk.election, "seats", day(-23))
    seats.decide_seats(walk.election, walk.size, meeting, actor=walk.township, today=day(-23))
    _post(walk, "nominate", -22)
    roll = {(voter.name, voter.birth): voter for voter in listed(walk.election)}
    pool = iter([roll[p.name, p.birth] for p in walk.villagers[10:] if (p.name, p.birth) in roll])
    for office, number in walk.size.items():
        for place in range(number + 1):
            voter = next(each for each in pool if place or office != "deputy" or each.sex == "F")
            nomination.accept_nominee(
                walk.election, voter=voter, office=office, source="voters", votes=120 - 9 * place, nominated_on=day(-19),
                actor=walk.township, today=day(-19), education="高中", party="群众",
            )  # fmt: skip


def vet(walk: Walk) -> None:
    """资格审查: the township's check, the county's conclusion."""
    walk.step("open_vetting", -16)
    for nominee in nominees_of(walk.election):
        vetting.first_check(
            nominee, outcome="passed", bars=(), reason="", actor=walk.township, now=_noon(walk.day(-15))
        )


def conclude(walk: Walk) -> None:
    """Let the county pass everybody, publish the formal list, arrange the vote."""
    for nominee in nominees_of(walk.election):
        vetting.conclude(
            nominee, outcome="passed", reason="联审未发现问题", actor=walk.county, now=_noon(walk.day(-11))
        )
    order = {
        office: list(
            nominees_of(walk.election).filter(office=office).order_by("-votes", "pk").values_list("pk", flat=True)
        )
        for office in seats_of(walk.election)
    }
    publication.publish_formal_list(
        walk.election, order, published_on=walk.day(-8), place=BOARD, actor=walk.township, today=walk.day(-8)
    )
    papers.make_paper(walk.election, "formal", actor=walk.township)


def arrange(walk: Walk) -> None:
    """投票准备: place and time, booths, staff, the meeting with the villagers."""
    walk.step("open_voting", -7)
    day, election = walk.day, walk.election
    walk.keep(
        PollArrangement(
            election=election, place="村委会大院", opens_at=time(8), closes_at=time(15), form="meeting",
            secret_booth=True, mobile_boxes=1, notice_on=day(-6),
        )
    )  # fmt: skip
    tasks = ("chief", "scrutineer", "teller", "caller", "checker", "helper", "box", "box", "box")
    for person, task in zip(walk.villagers[60:69], tasks, strict=True):
        walk.keep(StaffMember(election=election, task=task), {"person": who(person)})
    publication.note_meeting(election, met_on=day(-3), actor=walk.township, today=day(-3))
    ballots_of_the_absent(walk)


def ballots_of_the_absent(walk: Walk) -> None:
    """委托投票, 流动票箱, 代写: one agent has all places taken, one has two left; the list is put up."""
    election, day = walk.election, walk.day
    people_ = list(listed(election).order_by("number")[100:112])
    for principal, agent, relation, reason in zip(
        people_[:5], (people_[5],) * 3 + (people_[6],) * 2, ("child", "sibling", "other", "spouse", "other"),
        ("外出务工", "外出务工", "外地就医", "在外求学", "外出经商"), strict=True,
    ):  # fmt: skip
        proxy = proxies.record_proxy(
            election, principal, agent, relation=relation, reason=reason, applied_on=day(-6),
            consented_by="演示经办人", actor=walk.township, today=day(-6),
        )  # fmt: skip
        ProxyVote.objects.filter(pk=proxy.pk).update(made_at=_noon(day(-6)))
    for voter, why in zip(people_[7:10], ("old", "ill", "disabled"), strict=True):
        assisting.record_roving(
            election, voter, why=why, note="", route="1号箱（1组、2组）", applied_on=day(-6), actor=walk.township,
            today=day(-6),
        )  # fmt: skip
    helper = by_key(election, f"v-{people_[11].pk}")
    assert helper is not None
    assisting.record_helper(election, people_[10], helper=helper, reason="不识字", actor=walk.township)
    for key in ("proxy", "mobile", "helper"):
        _post(walk, key, -3)


def vote(walk: Walk, *, short: bool = False) -> None:
    """投票: open, count, confirm. ``short`` leaves one member's seat without a majority."""
    walk.step("open_poll", 0)
    tally(walk, short=short)


def tally(walk: Walk, *, short: bool = False) -> None:
    """The sheet of the open round, its confirmation, the report and the notice of the result."""
    round_ = walk.election.rounds.get()
    returned = round_.registered * 9 // 10
    away = proxies_in_force(walk.election).count()
    figures = {
        "issued_in_person": returned + 2 - away, "issued_by_proxy": away, "returned": returned, "invalid": 3, "blank": 2,
    }  # fmt: skip
    sheet = rounds.record_count(
        round_, figures, votes_that_elect(round_.contest, returned, short=short), actor=walk.township
    )
    rounds.confirm_result(round_, sheet.number, actor=walk.township)
    walk.keep(ResultReport(election=walk.election, announced_on=walk.day(0), reported_on=walk.day(0)))
    papers.make_paper(walk.election, "result", actor=walk.township)


def hand_over(walk: Walk) -> None:
    """移交: the step, and the first lines of the list."""
    walk.step("hand_over", 0)
    items = (("seal", "村民委员会印章", 1, "枚"), ("account", "会计账簿", 12, "本"), ("asset", "办公桌椅", 8, "套"))
    for category, name, quantity, unit in items:
        walk.keep(HandoverItem(election=walk.election, category=category, name=name, quantity=quantity, unit=unit))


def archive(walk: Walk) -> None:
    """Sign three times, file every kind of paper that is required, close (归档)."""
    election, day = walk.election, walk.day
    walk.keep(
        Handover(
            election=election, giver="演示移交人", receiver="演示接收人", presider="演示主持人", supervisor="演示监督人",
            completed_on=day(6),
        )
    )  # fmt: skip
    for kind in election.policy.archive_required:
        walk.keep(ArchiveItem(election=election, kind=kind, pages=8, keeper="演示保管员", filed_on=day(9)))
    walk.election = moves.change_standing(
        election, "close", version=election.version, actor=walk.township, today=day(10), reason="演示：档案齐全"
    )


def suspend(walk: Walk) -> None:
    """Suspend (暂缓) on the county's approval."""
    walk.election = moves.change_standing(
        walk.election, "suspend", version=walk.election.version, actor=walk.county, today=walk.today,
        reason="演示：选情特别复杂，先行整顿", approval="清委〔2026〕8号", approved_on=walk.today,
    )  # fmt: skip


def _post(walk: Walk, key: str, offset: int) -> None:
    walk.keep(Posting(election=walk.election, key=key, posted_on=walk.day(offset), place=BOARD, posted_by="演示张贴员"))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo("Asia/Shanghai"))


Act = Callable[[Walk], None]
TO_VOTING: tuple[Act, ...] = (prepare, audit, party_first, register, publish_roll, nominate, vet, conclude, arrange)


def vote_short(walk: Walk) -> None:
    """Hold a vote that leaves one seat for a rerun (另行选举)."""
    vote(walk, short=True)


STOPS: dict[str, tuple[Act, ...]] = {
    "preparation": (),
    "suspended": (prepare, suspend),
    "audit": TO_VOTING[:2],
    "registration": (*TO_VOTING[:3], lambda walk: walk.step("open_registration", -39)),
    "objections": (*TO_VOTING[:5], object_to_roll),
    "nomination": TO_VOTING[:6],
    "vetting": TO_VOTING[:7],
    "voting": TO_VOTING,
    "rerun": (*TO_VOTING, vote_short),
    "handover": (*TO_VOTING, vote, hand_over),
    "closed": (*TO_VOTING, vote, hand_over, archive),
}


def walk_village(
    code: str, until: str, poll: date, *, cycle: Cycle, today: date, township: Actor, county: Actor
) -> Election:
    """Walk the villagers' committee's election of one village as far as ``until``."""
    election = Election.objects.select_related("village", "cycle").get(
        village_id=code, cycle=cycle, body=Body.VILLAGERS_COMMITTEE
    )
    walk = Walk(election, poll, today, township, county, people(code, VOTERS, poll))
    last_team(election.village, walk.villagers, poll, actor=township)
    for act in STOPS[until]:
        act(walk)
    return walk.election
