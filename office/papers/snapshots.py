"""The facts of a paper as plain values, frozen once. A public paper is gathered from views of the facts that hold no
id number, phone, birth day or address at all: what is not here cannot be printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from candidates.selectors.formal import formal_candidates, formal_list_of
from elections.documents.fingerprint import Snapshot
from elections.documents.heading import heading
from elections.models import CommitteeMember, Election, Round, Seated
from elections.rules.counting.offices import Office
from elections.rules.counting.stored import read_outcome
from elections.rules.kinds import SEXES
from elections.rules.names import bare
from elections.rules.timetable.counting import objection_last_day
from elections.rules.wording import cn_date
from elections.selectors.meetings import meeting_of
from voters.rules.ordering import natural
from voters.selectors.lines import RollLine
from voters.selectors.polling import helped_voters, proxies_by_agent, proxy_list_dated, relation_word, roving_by_route
from voters.selectors.published import MARKS, legend, supplement_lines, version_of


def election_committee_list(election: Election) -> Snapshot:
    """选举委员会名单 (notice 2): posts and names, how and when they were chosen."""
    members = CommitteeMember.objects.filter(election=election, left_on=None)
    meeting = meeting_of(election, "committee")
    assert meeting is not None  # the catalogue's needs come first, here and below
    posts = [
        {"post": post.label, "names": [each.name for each in members if each.post == post]}
        for post in CommitteeMember.Post
    ]
    return heading(election) | {
        "meeting": meeting.get_kind_display().replace("村民", election.village.people),
        "chosen_on": cn_date(meeting.held_on),
        "dated": cn_date(meeting.published_on or meeting.held_on),
        "posts": [post for post in posts if post["names"]],
    }


def roll(election: Election, number: int) -> Snapshot:
    """选民名单 (notice 4) as it was first posted: numbers, names, sex and class by group, N, until when to object."""
    version = version_of(election, number)
    last_day = objection_last_day(version.published_on, election.policy)
    return heading(election) | {
        "version": version.number,
        "count": version.count,
        "dated": cn_date(version.published_on),
        "objections_until": cn_date(last_day),
        "answer_days": election.policy.roll_answer_days,
        "groups": _by_group(version.lines),
        "note": legend(community=election.village.is_community),
        "roll_fingerprint": version.fingerprint,
    }


def roll_supplement(election: Election, number: int) -> Snapshot:
    """更正补充 (notice 4-1): three lists, the decisions, the new N; refers to the version before."""
    version = version_of(election, number)
    before = version_of(election, version.number - 1)
    return (
        heading(election)
        | {
            "version": version.number,
            "count": version.count,
            "was": before.count,
            "dated": cn_date(version.published_on),
            "first_posted": cn_date(version_of(election, 1).published_on),
            "roll_fingerprint": version.fingerprint,
        }
        | supplement_lines(version)
    )


def _by_group(lines: Iterable[RollLine]) -> list[dict[str, Any]]:
    """Return groups in the order of the roll, each with its lines (number, name, sex with the mark of the class)."""
    groups: dict[str, list[list[Any]]] = {}
    for line in lines:
        words = SEXES[line.sex] + MARKS[line.category]
        groups.setdefault(line.group_name, []).append([line.number, line.name, words])
    return [{"name": name, "lines": rows} for name, rows in groups.items()]


def formal_candidates_list(election: Election) -> Snapshot:
    """正式候选人名单 (notice 9): by office, in the published order, with what the notice may say of a person."""
    published = formal_list_of(election)
    assert published is not None
    people = list(formal_candidates(election))
    offices = [
        {
            "office": office.label,
            "people": [
                [each.name, each.get_sex_display(), each.party, each.education, each.present_post]
                for each in people
                if each.office == office
            ],
        }
        for office in Office
    ]
    return heading(election) | {
        "dated": cn_date(published.published_on),
        "order": published.get_order_display(),
        "offices": [office for office in offices if office["people"]],
    }


def proxy_list(election: Election) -> Snapshot:
    """委托投票名单: agents in the order of the roll, with their principals and what they are to them."""
    lines = [
        {
            "agent": agent.name,
            "group": agent.group,
            "principals": [
                [each.principal.name, each.principal.group, relation_word(election, each.relation)] for each in held
            ],
        }
        for agent, held in proxies_by_agent(election)
    ]
    return heading(election) | {
        "dated": cn_date(proxy_list_dated(election)),
        "agents": lines,
        "count": sum(len(line["principals"]) for line in lines),
        "limit": election.policy.proxy_max,
    }


def roving_list(election: Election) -> Snapshot:
    """流动票箱投票人员名单 (notice 12): by route, name, group and reason."""
    routes = roving_by_route(election)
    return heading(election) | {
        "dated": cn_date(max(timezone.localdate(each.made_at) for _, people in routes for each in people)),
        "routes": [
            {
                "route": route,
                "people": [[each.voter.name, each.voter.group, each.get_why_display()] for each in people],
            }
            for route, people in routes
        ],
        "count": sum(len(people) for _, people in routes),
        "staff": election.policy.mobile_box_min_staff,
    }


def helper_list(election: Election) -> Snapshot:
    """代写人员名单 (notice 14): voter and helper."""
    rows = list(helped_voters(election))
    return heading(election) | {
        "dated": cn_date(max(timezone.localdate(each.made_at) for each in rows)),
        "lines": [[each.voter.name, each.voter.group, each.helper] for each in rows],
    }


def result(election: Election) -> Snapshot:
    """选举结果 (notice 17): N, I, R, valid and invalid ballots, the votes of all, who was elected (CT-28)."""
    rounds = list(Round.objects.filter(election=election).exclude(confirmed_at=None))
    seated = list(Seated.objects.filter(election=election))
    return heading(election) | {
        "dated": cn_date(_announced_on(election, rounds[-1])),
        "rounds": [_round(each) for each in rounds],
        "elected": [
            {"office": office.label, "names": [each.name for each in seated if each.office == office]}
            for office in Office
            if any(each.office == office for each in seated)
        ],
    }


def _announced_on(election: Election, last: Round) -> date:
    report = getattr(election, "result_report", None)
    return report.announced_on if report else last.held_on


def _round(each: Round) -> Snapshot:
    count_sheet, outcome = each.sheets.last(), read_outcome(each.outcome)
    assert count_sheet is not None
    return {
        "name": each.get_kind_display(),
        "held_on": cn_date(each.held_on),
        "registered": each.registered,
        "issued": count_sheet.issued,
        "by_proxy": count_sheet.issued_by_proxy,
        "returned": count_sheet.returned,
        "valid": count_sheet.returned - count_sheet.invalid,
        "invalid": count_sheet.invalid,
        "blank": count_sheet.blank,
        "status": outcome.status,
        "votes": [
            {"office": office.label, "people": sorted(votes.items(), key=by_votes)}
            for office, votes in outcome.totals.items()
        ],
        "vacancies": [{"office": each.office.label, "places": each.places} for each in outcome.vacancies],
    }


def by_votes(said: tuple[str, int]) -> tuple[int, str, str]:
    """Of equal votes by the name; of one name by group: 王伟（3组） before 王伟（10组） and both before 王伟强."""
    name, votes = said
    return -votes, bare(name), natural(name)
