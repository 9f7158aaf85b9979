"""The calculator's topics about persons: voters, their numbers, their proxies; nominees and what bars them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from candidates.rules import nomination as candidate_rules
from elections.rules.counting.poll import Body
from elections.rules.counting.posts import Person, Post
from elections.rules.counting.question import read_people, read_posts
from elections.rules.counting.reading import Reader, Refusal
from elections.selectors.questions import BODIES, Json, chosen_policy, day, given, needed_day, opened
from voters.rules import proxies as proxy_rules
from voters.rules.eligibility import Person as EligibilityPerson
from voters.rules.eligibility import Setting, classify
from voters.rules.identity import read as read_id

BAR_KEYS = tuple(code.lower() for code in candidate_rules.FOUR_BARS)
CHINA = ZoneInfo("Asia/Shanghai")


def run_voter(data: Any) -> Json:
    read = opened(data, "voter")
    pack = chosen_policy(read)
    poll_day = needed_day(read, "election_day")
    setting = Setting(
        election_day=poll_day,
        registration_start=day(read, "registration_start"),
        community=read.one_of("body", BODIES, "committee") == "residents",
    )
    person = _person(read.mapping("person"))
    read.finish()
    listing = classify(person, setting, pack)
    return {
        "listed": listing.listed,
        "category": listing.category and listing.category.value,
        "code": listing.code and listing.code.value,
        "rule": listing.rule,
        "why": listing.why,
        "cite": listing.cite,
    }


def _person(data: Mapping[str, Any]) -> EligibilityPerson:
    read = opened(data, "person")
    person = EligibilityPerson(
        birth=needed_day(read, "birth"),
        household_here=read.flag("household_here", False),
        lives_here=read.flag("lives_here") if read.has("lives_here") else None,
        resident_since=day(read, "resident_since"),
        works_here_since=day(read, "works_here_since"),
        stated=given(read, "stated"),
        applied=given(read, "applied"),
        consent=given(read, "consent_meeting"),
        listed_elsewhere=given(read, "listed_elsewhere"),
        deprived_until=day(read, "deprived_until"),
        written_refusal=given(read, "written_refusal"),
        unable=given(read, "unable"),
        unreachable=given(read, "unreachable"),
    )
    read.finish()
    return person


def run_id_number(data: Any) -> Json:
    read = opened(data, "id_number")
    chosen_policy(read)
    today = datetime.now(CHINA).date()
    answers = []
    for raw in read.rows("numbers"):
        who = read_id(raw, today)
        answers.append(
            {
                "valid": who.valid,
                "birth": who.birth and who.birth.isoformat(),
                "sex": who.sex,
                "code": who.fault and who.fault.value,
            }
        )
    read.finish()
    return {"numbers": answers}


def run_nomination(data: Any) -> Json:
    read = opened(data, "nomination")
    pack = chosen_policy(read)
    body: Body = read.one_of("body", BODIES, "committee")
    posts, people = read_posts(read), read_people(read)
    slate = _slate(posts, people, read.mapping("candidates", {}))
    read.finish()
    problems = [
        {
            "code": fault.code, "post": fault.post.value, "rule": fault.rule, "text": fault.text, "cite": fault.cite,
            "soft": fault.soft,
        }
        for fault in candidate_rules.nomination_faults(posts, slate, people, pack, body)
    ]  # fmt: skip
    return {"problems": problems}


def _slate(posts: tuple[Post, ...], people: Mapping[str, Person], data: Mapping[str, Any]) -> candidate_rules.Slate:
    """Who stands for what: by post, by the posts' own lists, or by what people say they stand for."""
    read = Reader(data, "candidates")
    slate = {post.office: list(read.names(post.office.value, sorted(post.candidates))) for post in posts}
    read.finish()
    for person in people.values():
        for office in person.candidate_for:
            if office in slate and person.name not in slate[office]:
                slate[office].append(person.name)
    return slate


def run_proxies(data: Any) -> Json:
    read = opened(data, "proxies")
    pack = chosen_policy(read)
    body = read.one_of("body", BODIES, "committee")
    register = proxy_rules.Register(
        roll=frozenset(read.names("roll")),
        candidates=frozenset(read.names("candidates", [])),
        by_representatives=read.one_of("way", ("voters", "households", "representatives"), "voters")
        == "representatives",
        community=body == "residents",
    )
    requests = [_proxy(each) for each in read.rows("proxies")]
    read.finish()
    judged = proxy_rules.judge(requests, register, pack)
    return {
        "accepted": [{"principal": each.principal, "agent": each.agent} for each in judged.accepted],
        "refused": [
            {
                "principal": each.proxy.principal, "agent": each.proxy.agent, "code": each.bar.value,
                "rule": each.rule, "why": each.why, "cite": each.cite,
            }
            for each in judged.refused
        ],
    }  # fmt: skip


def _proxy(data: Any) -> proxy_rules.Proxy:
    read = opened(data, "proxies")
    proxy = proxy_rules.Proxy(read.text("principal"), read.text("agent"), read.text("relation", "") or None)
    read.finish()
    return proxy


def run_bars(data: Any) -> Json:
    read = opened(data, "bars")
    pack = chosen_policy(read)
    person = opened(read.mapping("person"), "person")
    codes = [key.upper() for key in BAR_KEYS if person.flag(key, False)]
    codes += person.names("items", [])
    if person.has("name"):
        person.text("name")
    person.finish()
    read.finish()
    known = {bar.code for bar in pack.negative_list}
    if unknown := [code for code in codes if code not in known]:
        raise Refusal(f"负面清单（{pack.negative_list_version}）中没有这些情形：{'、'.join(unknown)}")
    screening = candidate_rules.screen(codes, pack)
    items = [
        {
            "code": bar.code, "rule": bar.rule, "why": bar.words, "severity": bar.severity,
            "cite": candidate_rules.bar_cite(bar, pack),
        }
        for bar in screening.bars
    ]  # fmt: skip
    return {"result": screening.result, "items": items}
