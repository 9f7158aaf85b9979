"""The roll as it would be published: numbers, groups, what stands against it, what else one should know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from elections.models import Election
from elections.rules import law
from elections.rules.guards.registration import roll_published, roll_published_in_time
from elections.rules.kinds import SEXES
from elections.rules.names import sort_key
from elections.rules.wording import cn_date, share
from elections.selectors.facts import facts_for
from voters.models import RollImport, RollVersion, Voter
from voters.rules.eligibility import anniversary, old_enough
from voters.selectors.frozen import why_not_without_poll_day
from voters.selectors.lines import mark_of
from voters.selectors.roll import listed, published_versions

Condition = tuple[law.Provision, "str | None"]
WAITING = (RollImport.State.OPEN, RollImport.State.READING)
CHANGE_WORTH_A_WORD = 10  # percent against the last term: a look, not a rule of law


def publish_conditions(election: Election, today: date) -> list[Condition]:
    """Return everything that must hold before the roll is published today (VR-12): the page shows what the act insists
    on."""
    facts = facts_for(election, today)
    as_if = facts.as_if(registration=replace(facts.registration, published_on=today))
    return [
        (law.ROLL_PUBLISHED, _why_not_published_again(election)),
        (law.RIGHT_TO_VOTE, why_not_without_poll_day(election)),
        (law.ROLL_PUBLISHED, roll_published(as_if, election.policy)),
        (law.ROLL_PUBLISHED, roll_published_in_time(as_if, election.policy)),
        (law.RIGHT_TO_VOTE, everybody_old_enough(election)),
        (law.REGISTRATION_ANNOUNCED, imports_finished(election)),
    ]


def _why_not_published_again(election: Election) -> str | None:
    first = published_versions(election).first()
    return f"名单已于{cn_date(first.published_on)}公布，变动请办理更正补充公告" if first else None


def everybody_old_enough(election: Election) -> str | None:
    """VR-02, VR-05: the day may have moved since somebody was registered."""
    if election.poll_day is None:
        return None
    youngest = anniversary(election.poll_day, -election.policy.voting_age)
    late = listed(election).filter(birth__gte=youngest)
    policy, day = election.policy, election.poll_day
    young = [birth for birth in late.values_list("birth", flat=True) if not old_enough(birth, day, policy)]
    if not young:
        return None
    return f"名单上有{len(young)}人在选举日未满{election.policy.voting_age}周岁。请在“未列入”中核对后移出名单。"


def imports_finished(election: Election) -> str | None:
    """Return why not yet: a file that was read but neither imported nor given up may hold people who are missing."""
    waiting = RollImport.objects.filter(election=election, state__in=WAITING).first()
    if waiting is None:
        return None
    said = waiting.said
    left = said.refused + said.to_check if said else 0
    rest = f"，其中{left}人需要修改或核对" if left else ""
    return f"“{waiting.file_name}”还没有导入完{rest}。请完成导入或者放弃这次导入。"


def mark_as_shown(election: Election) -> str:
    """Return a mark of the list as the check page shows it now."""
    shown = listed(election).order_by("pk").values_list("pk", "group", "household", "name", "sex", "category")
    return mark_of(*shown)


def notes(election: Election, today: date) -> list[str]:
    """Return what a clerk should know before publishing; nothing here forbids it."""
    found = [_advised(election, today), _left_over(election), _against_last_term(election), _without_group(election)]
    return [note for note in found if note]


@dataclass(frozen=True)
class Limits:
    """The last day on which the law allows the roll to be posted, and the day that leaves time for objections."""

    latest: date
    advised: date


def limits(election: Election) -> Limits | None:
    """VR-12; ``None`` before election day is set."""
    if election.poll_day is None:
        return None
    policy = election.policy
    days = (policy.roll_post_min_days, policy.roll_post_advised_days)
    return Limits(*(election.poll_day - timedelta(days=each) for each in days))


def _advised(election: Election, today: date) -> str | None:
    found = limits(election)
    if found is None or today <= found.advised:
        return None
    return (
        f"建议在{cn_date(found.advised)}前公布，使申诉和答复在法定公布期前办完。今天公布仍在法定时限内，申诉期会更紧。"
    )


def _left_over(election: Election) -> str | None:
    last = RollImport.objects.filter(election=election, state=RollImport.State.DONE).order_by("-ended_at").first()
    left = last.said.left if last and last.said else 0
    return f"最近一次导入有{left}行没有进入名单。请确认不是漏登。" if left > 0 else None


def last_election(election: Election) -> Election | None:
    """Return the election of the same body of this village in an earlier cycle, the latest that has a roll."""
    earlier = Election.objects.filter(village=election.village_id, body=election.body)
    earlier = earlier.filter(cycle__starts_on__lt=election.cycle.starts_on, voters__isnull=False)
    return earlier.select_related("cycle").order_by("-cycle__starts_on", "-attempt").first()


def last_term(election: Election) -> RollVersion | None:
    """Return the last version of the roll of this village in an earlier cycle."""
    earlier = RollVersion.objects.filter(election__village=election.village_id, election__body=election.body)
    earlier = earlier.filter(election__cycle__starts_on__lt=election.cycle.starts_on)
    return earlier.order_by("-election__cycle__starts_on", "-number").first()


def _against_last_term(election: Election) -> str | None:
    before = last_term(election)
    now = listed(election).count()
    if before is None or abs(now - before.count) * 100 < CHANGE_WORTH_A_WORD * before.count:
        return None
    word = "少" if now < before.count else "多"
    change = abs(now - before.count)
    return (
        f"登记{now}人，比上届{word}{change}人（{'−' if now < before.count else '+'}{share(change, before.count)}）。"
        "请确认不是漏登或重登。"
    )


def _without_group(election: Election) -> str | None:
    count = listed(election).filter(group="").count()
    return f"有{count}人没有写组别，将排在名单最后。" if count else None


# --- The roll in its order ------------------------------------------------------------------------------


def in_order(voters: Iterable[Voter]) -> list[Voter]:
    """Sort by group, then household, then strokes of the name (VR-20)."""
    return sorted(voters, key=lambda voter: (voter.place, sort_key(voter.name), voter.birth, voter.pk))


@dataclass(frozen=True)
class PostedGroup:
    """One group as it was posted: number, name, sex."""

    name: str
    lines: list[tuple[int, str, str]]


def draft_groups(election: Election) -> list[PostedGroup]:
    """Return the list as it would be posted now, numbered as it stands."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    voters = in_order(listed(election).only("pk", "place", "name", "birth", "group", "sex"))
    for number, voter in enumerate(voters, 1):
        found.setdefault(voter.group or "未分组", []).append((number, voter.name, voter.get_sex_display()))
    return [PostedGroup(name, lines) for name, lines in found.items()]


def posted_groups(version: RollVersion) -> list[PostedGroup]:
    """Return a published version by group, from its frozen text."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for line in version.lines:
        found.setdefault(line.group_name, []).append((line.number, line.name, SEXES[line.sex]))
    return [PostedGroup(name, lines) for name, lines in found.items()]
