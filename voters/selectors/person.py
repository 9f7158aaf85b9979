"""One person of the roll for their page: what is known, why they are listed or not, who decided when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from elections.models import Election, User
from elections.rules.wording import cn_date, masked_phone
from voters.models import LISTING, Category, Evidence, Omission, RollChange, Voter
from voters.persons import circumstances_of, person_of, setting_of
from voters.rules.categories import category_word
from voters.rules.eligibility import age_on, classify
from voters.sealing import masked_numbers, open_column, unpack
from voters.selectors.changes import changes_of

Pairs = list[tuple[str, str]]
DETAIL = RollChange.Kind.CORRECT  # decides nothing about the listing, unless it says so
PRIVATE = {"身份证号", "电话", "住址", "出生日期"}  # of a change only that it was changed is told


@dataclass(frozen=True)
class Step:
    """One line of a person's history."""

    words: str
    who: User
    when: Any
    reason: str
    lines: list[tuple[str, str, str]]
    published: str


def details_of(voter: Voter, election: Election, *, outer: bool) -> Pairs:
    """Return what the person's page says first."""
    age = age_on(voter.birth, election.poll_day) if election.poll_day else None
    phone, address = open_column("phone", [voter])[0], open_column("address", [voter])[0]
    return [
        ("性别", voter.get_sex_display()),
        ("身份证号", masked_numbers([voter], outer=outer)[0]),
        ("选举日年龄", f"{age}周岁" if age is not None else "--"),
        ("民族", voter.ethnicity or "--"),
        (f"{election.village.people}小组", voter.group or "--"),
        ("户号", voter.household or "--"),
        ("住址", "--" if outer else address or "--"),
        ("电话", masked_phone(phone) if phone else "--"),
        ("政治面貌", voter.party or "--"),
        ("备注", voter.remark or "--"),
    ]


def decided_by(voter: Voter, election: Election) -> Pairs:
    """Return the class, the decision and everything it rests on (VR-06, VR-08)."""
    community = election.village.is_community
    found = [("登记类型", category_word(voter.category, community=community))]
    if voter.stated or voter.category == Category.ABSENT or community:
        found.append(("本人表示参加", "是" if voter.stated else "否"))
    found += _evidence(circumstances_of(voter))
    if voter.checked:
        found.append(("核对", "已核对户口簿"))
    return found + _why(voter, election) + _decision(voter)


def _decision(voter: Voter) -> Pairs:
    """Return who decided it and when: the last change of the listing, or the file that brought them."""
    made = next((each for each in changes_of(voter) if each.kind != DETAIL or LISTING in each.columns), None)
    if made is not None:
        return [("决定", f"{made.made_by.name}，{cn_date(localdate(made.made_at))}，{made.get_kind_display()}")]
    source = voter.source
    if source is None or source.ended_at is None or source.ended_by is None:
        return []
    return [("决定", f"{source.ended_by.name}，{cn_date(localdate(source.ended_at))}，导入“{source.file_name}”")]


def _why(voter: Voter, election: Election) -> Pairs:
    """Return what the rules say of this person; or what a person decided, and on what proof."""
    if LISTING in voter.by_hand and not voter.listed:
        return [("原因", voter.get_omission_display()), ("依据", voter.evidence or "--")]
    if election.poll_day is None:
        return []
    setting = setting_of(election)
    elsewhere = voter.omission == Omission.LISTED_ELSEWHERE
    said = classify(person_of(voter, circumstances_of(voter), setting, elsewhere=elsewhere), setting, election.policy)
    if str(said.code or "") != voter.omission:  # decided on other circumstances than are recorded here: by a file
        return [("原因", voter.get_omission_display() or "--"), ("依据", voter.evidence or "--")]
    return [("理由", said.why), ("依据", said.cite)]


def _evidence(circumstances: Evidence | None) -> Pairs:
    found: Pairs = []
    if circumstances is None:
        return found
    for field in Evidence._meta.concrete_fields:
        value = getattr(circumstances, field.attname)
        if field.primary_key or not value:
            continue
        shown = circumstances.get_stated_by_display() if field.name == "stated_by" else value
        found.append((str(field.verbose_name), cn_date(shown) if isinstance(shown, date) else str(shown)))
    return found


def history(voter: Voter) -> list[Step]:
    """Return who changed what and when, newest first; the file that brought the person comes last."""
    return [_step(change) for change in changes_of(voter)]


def _step(change: RollChange) -> Step:
    before = unpack(change.before_sealed, change, "before_sealed") or {}
    after = unpack(change.after_sealed, change, "after_sealed") or {}
    lines = [] if change.kind == RollChange.Kind.REGISTER else [
        (column, "已改" if column in PRIVATE else before.get(column) or "空", "" if column in PRIVATE else after[column] or "空")
        for column in after
    ]  # fmt: skip
    published = ""
    if change.posted:
        published = f"已在第{change.published_in.number}版公布" if change.published_in else "还没有补充公布"
        if change.objection_id and not change.published_in:
            published = "随申诉处理决定公布"
    return Step(change.get_kind_display(), change.made_by, change.made_at, change.reason, lines, published)
