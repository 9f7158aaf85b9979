"""选举委员会变动: who leaves the election committee because of nominations, who follows (EC-09…12)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from elections.rules.counting.question import read_relation
from elections.rules.counting.reading import Reader, Refusal
from elections.rules.election_committee import ElectionCommitteeChange, election_committee_change
from elections.rules.facts import ElectionCommitteeMemberFacts
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Table, filled
from office.calculator.forms import RuleForm
from office.calculator.grids import KIN, Grid
from office.calculator.reading import Json, opened, picked
from office.calculator.topic import MEETINGS, Answer, Topic

POSTS = (("member", "委员"), ("deputy", "副主任"), ("chair", "主任"))
MEMBER = {"name": fields.person(), "post": fields.chosen("职务", POSTS)}
RESERVE = {"name": fields.person(), "votes": fields.optional_count("推选得票")}


def _member_rows(names: Iterable[str]) -> list[Json]:
    return [{"name": name, "post": "member" if place else "chair"} for place, name in enumerate(names)]


class Form(RuleForm):
    nominated = fields.LinesField(label="被提名的人", rows=4, help_text="一行一个")

    grids = (
        Grid("members", "成员", MEMBER, ("name",), "增加成员", to_rows=_member_rows),
        Grid("reserves", "候补", RESERVE, ("name", "votes"), "增加候补", "按推选得票依次递补"),
        KIN,
    )

    def clean(self) -> Json:
        found = super().clean()
        self.complain_of_twins("members")
        self.complain_of_twins("reserves")
        self.need_rows("members", "成员没有填写。请填选举委员会的全部成员。")
        return found


def solve(read: Reader, policy: Policy) -> Answer:
    """Answer; where no post is named, the first member is the chair, as on every list."""
    rows = read.rows("members")
    posts_named = any(isinstance(each, Mapping) and "post" in each for each in rows)
    members = [_member(each, "member" if place or posts_named else "chair") for place, each in enumerate(rows)]
    reserves = [_member(each, "reserve") for each in read.rows("reserves", [])]
    nominated = frozenset(read.names("nominated", []))
    kin = [read_relation(each) for each in read.rows("kin", [])]
    read.finish()
    pairs = [(each.one, each.other, each.what) for each in kin]
    change = election_committee_change([*members, *reserves], nominated, pairs, policy)
    return {
        "leaves": [picked(each, "name", "why", "cite") for each in change.leaves],
        "follows": [{"name": name} for name in change.follows],
        **picked(change, "new_chair_needed", "new_deputy_needed"),
        "equal": change.equal and picked(change.equal, "places", "names"),
        **picked(change, "unfilled", "remaining"),
    }, _explained(change)


def _member(data: Any, post: str) -> ElectionCommitteeMemberFacts:
    if isinstance(data, str):
        return ElectionCommitteeMemberFacts(data, post, 0)
    read = opened(data, "members")
    named = read.text("post", post)
    named = {word: code for code, word in POSTS}.get(named, named)
    if named not in (*dict(POSTS), "reserve"):
        raise Refusal(f"不认识的选举委员会职务：{named}")
    member = ElectionCommitteeMemberFacts(read.text("name"), named, read.count("votes", 0))
    read.finish()
    return member


def _explained(change: ElectionCommitteeChange) -> Explanation:
    leaves = [(each.name, each.why, each.cite) for each in change.leaves]
    follows = list(enumerate(change.follows, 1))
    word = f"{len(leaves)}人须退出，{len(follows)}人递补" if leaves else "没有人须退出"
    tables = filled(
        Table("须退出的成员", ("姓名", "原因", "依据"), leaves),
        Table("依次递补的", ("次序", "姓名"), follows, (0,)),
    )
    open_ends = change.unfilled or change.new_chair_needed or change.new_deputy_needed
    return Explanation(word, "warn" if open_ends else "done", [Line(each) for each in _lines(change)], tables)


def _lines(change: ElectionCommitteeChange) -> Iterator[str]:
    yield f"变动后共{change.remaining}人"
    if change.new_chair_needed:
        yield "主任退出，须重新推选主任"
    if change.new_deputy_needed:
        yield "副主任退出，须重新推选副主任"
    if change.equal:
        names = "、".join(change.equal.names)
        yield f"{names}推选得票相等，只有{change.equal.places}个名额，由推选会议决定次序"
    if change.unfilled:
        yield f"还有{change.unfilled}个名额没有人递补，须补推"
    if change.too_small:
        yield change.too_small


TOPIC = Topic(
    "committee_change", "选举委员会变动", "选举委员会成员被提名后，谁退出，谁递补", (MEETINGS, 4), Form, solve,
    example={
        "members": ["李", "徐", "周", "甲", "乙", "丙", "丁"],
        "reserves": [{"name": "胡", "votes": 31}, {"name": "唐", "votes": 28}],
        "nominated": ["李", "徐小妹"],
        "kin": [["徐", "徐小妹", "child"]],
    },
    keys={
        "members": "成员，未写职务的第一人为主任", "reserves": "候补和推选得票", "nominated": "被提名的人",
        "kin": "亲属关系：一人、另一人、后者是前者的什么人",
    },
    rests_on=("quits_for_kin", "kin_scope", "ec_kin_rule", "ec_size_min", "ec_size_max", "ec_min_working"),
)  # fmt: skip
