"""The rules about a slate and the people on it: surplus, women, the roll, the four bars, the negative list (NM-)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from elections.rules import law
from elections.rules.counting.offices import Office, Opening, Person
from elections.rules.counting.poll import Body
from elections.rules.policy import Bar, Policy
from elections.rules.slate import why_not_so_few

Slate = Mapping[Office, Sequence[str]]  # office → names nominated for it


@dataclass(frozen=True, slots=True)
class SlateProblem:
    """One thing wrong with a slate. A soft one may stand with a reason."""

    code: str
    office: Office
    rule: str
    text: str
    cite: str
    soft: bool = False


def slate_problems(
    openings: Sequence[Opening], slate: Slate, people: Mapping[str, Person], policy: Policy, body: Body = "committee"
) -> tuple[SlateProblem, ...]:
    """Return everything wrong with these nominations, opening by opening. A person not described in `people` is a man on the
    roll."""
    found: list[SlateProblem] = []
    for opening in openings:
        nominated = tuple(dict.fromkeys(slate.get(opening.office, ())))
        found += _surplus_problem(opening, nominated, policy, body)
        for name in nominated:
            found += _person_problems(opening, people.get(name) or Person(name), policy, body)
    found += _several_offices(openings, slate, policy, body)
    found += _no_woman(openings, slate, people, policy, body)
    return tuple(found)


def _surplus_problem(opening: Opening, nominated: Sequence[str], policy: Policy, body: Body) -> Iterator[SlateProblem]:
    text = why_not_so_few(opening, len(nominated), policy, body)
    if text:
        rule, provision = ("PB-09", law.PARTY_SURPLUS) if body == "party" else ("NM-04", law.SURPLUS)
        yield _problem("EQUAL_CANDIDATES", opening.office, rule, text, provision, policy, body)


def _person_problems(opening: Opening, person: Person, policy: Policy, body: Body) -> Iterator[SlateProblem]:
    where = f"{opening.office.label}候选人{person.name}"
    if not person.on_roll and body != "party":
        text = f"{where}不在本{'社区' if body == 'residents' else '村'}选民名单上"
        yield _problem("NOT_ON_ROLL", opening.office, "NM-08", text, law.CANDIDATE_CAPACITY, policy, body)
    if person.barred:
        yield _problem(
            "BARRED", opening.office, "NM-06", f"{where}有不得作为候选人的情形", law.CANDIDATE_BARS, policy, body
        )
    if opening.for_women and not person.is_woman:
        text = f"{where}不是女性，{opening.office.label}只能提名妇女"
        yield _problem("WOMEN_ONLY", opening.office, "WN-05", text, law.WOMEN_POST, policy, body)


def _several_offices(openings: Sequence[Opening], slate: Slate, policy: Policy, body: Body) -> Iterator[SlateProblem]:
    """NM-17: lawful where the village's own method says so; the same person is shown under each opening."""
    offices = [opening.office for opening in openings]
    times = Counter(name for office in dict.fromkeys(offices) for name in set(slate.get(office, ())))
    for name in sorted(name for name, count in times.items() if count > 1):
        held = [office for office in offices if name in slate.get(office, ())]
        text = f"{name}同时是{'、'.join(office.label for office in held)}的候选人，须是选举办法允许的"
        yield _problem("SEVERAL_POSTS", held[0], "NM-17", text, law.SEVERAL_POSTS, policy, body, soft=True)


def _no_woman(
    openings: Sequence[Opening], slate: Slate, people: Mapping[str, Person], policy: Policy, body: Body
) -> Iterator[SlateProblem]:
    """NM-11. Says nothing while the sex of a nominee is unknown."""
    nominated = {name for opening in openings for name in slate.get(opening.office, ())}
    if not nominated or body == "party" or not nominated <= people.keys():
        return
    if not any(people[name].is_woman for name in nominated):
        text = "候选人中没有妇女，以提名得票最多的妇女为候选人"
        yield _problem("NO_WOMAN", openings[-1].office, "NM-11", text, law.WOMAN_CANDIDATE, policy, body, soft=True)


def _problem(
    code: str, office: Office, rule: str, text: str, provision: law.Provision, policy: Policy, body: Body, *,
    soft: bool = False,
) -> SlateProblem:  # fmt: skip
    cite = law.cite(provision, policy.law_version, residents=body == "residents")
    return SlateProblem(code, office, rule, text, cite, soft)


# ── The four bars and the negative list ─────────────────────────────────────────────────────────────────────────────

FOUR_BARS = ("EXPELLED_FROM_PARTY", "CRIMINAL_PUNISHMENT", "CLAN_OR_GANG", "ILLEGAL_RELIGION_OR_CULT")


@dataclass(frozen=True, slots=True)
class Screening:
    """`block`: may not stand, whatever anybody concludes; `advise`: the township decides with reasons; `clear`."""

    result: Literal["block", "advise", "clear"]
    bars: tuple[Bar, ...]


def screen(codes: Iterable[str], policy: Policy) -> Screening:
    """NM-06, NM-09: the heads of the negative list that apply to a person. Raises KeyError for a code nobody knows."""
    known = {bar.code: bar for bar in policy.negative_list}
    bars = tuple(known[code] for code in dict.fromkeys(codes))
    if any(bar.severity == "block" or bar.code in FOUR_BARS for bar in bars):
        return Screening("block", bars)
    return Screening("advise" if bars else "clear", bars)


def bar_cite(bar: Bar, policy: Policy) -> str:
    """Return the law for the four bars, the local list for the rest."""
    return law.cite(law.CANDIDATE_BARS if bar.code in FOUR_BARS else law.NEGATIVE_LIST, policy.law_version)
