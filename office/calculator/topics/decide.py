"""当选计算: one round of counting — is it valid, who is elected, what is still open (CT-, WN-, RR-, PB-)."""

from collections.abc import Iterable, Iterator

from elections.rules import law
from elections.rules.counting.decide import decide
from elections.rules.counting.majority import least, share_words
from elections.rules.counting.offices import Office
from elections.rules.counting.outcome import Outcome
from elections.rules.counting.poll import Poll
from elections.rules.counting.question import read_poll
from elections.rules.counting.reading import Reader
from elections.rules.counting.stored import plain
from elections.rules.kinds import SEXES
from elections.rules.policy import Policy
from elections.selectors import rounds
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Table, Tone
from office.calculator.grids import KIN, Grid, by_name, spread_rows
from office.calculator.reading import Json
from office.calculator.seats import CAPACITIES, SeatsForm, described, spread_seats
from office.calculator.topic import VOTES, Answer, Topic

ROUNDS = (("first", "第一次投票"), ("rerun", "另行选举"), ("tie", "得票相等的再次投票"))
FIGURES = ("round", "way", "registered", "due", "present", "issued", "returned")
WOMEN = "seats_women"
TONES: dict[str, Tone] = {"decided": "done", "open": "warn", "invalid": "bad"}


class Form(SeatsForm):
    """The figures of the boxes, the places, a table of persons × offices."""

    round = fields.chosen("投票", ROUNDS)

    def add_fields(self) -> None:
        if self.for_body == "party":
            self.fields["due"] = fields.count("应到会有选举权人数")
            self.fields["present"] = fields.count("实到会有选举权人数")
            self.fields["issued"] = fields.optional_count("发出选票", help_text="不填的，与实到会人数相同")
        else:
            if self.for_body == "residents":
                self.fields["way"] = fields.chosen("选举方式", fields.WAYS)
            needed = self.typed.get("round") != "tie"
            self.fields["registered"] = fields.count("登记参加选举人数", required=needed, help_text="再次投票可以不填")
            self.fields["issued"] = fields.count("发出选票")
        self.fields["returned"] = fields.count("收回选票")
        super().add_fields()
        if self.for_body != "party":
            words = "从委员名额中划出，另行选举时常用"
            self.fields[WOMEN] = fields.optional_count("专留给妇女的委员", max_value=20, help_text=words)
        self.groups = (("投票情况", FIGURES), ("应选名额", (*self.seat_names, WOMEN)))
        self.grids = (_people(self.offices), KIN, _seated(self.offices))

    def clean(self) -> Json:
        found = super().clean()
        kept, members = found.get(WOMEN) or 0, found.get("seats_member") or 0
        if kept > members:
            self.add_error(WOMEN, f"专留给妇女的委员{kept}名，多于委员名额{members}名。请核对。")
        self.complain_of_twins("people")
        for row in self.table_rows["people"]:
            for each in self.offices:
                if row[each.value] is not None and not self.has_places(each):
                    words = f"{each.label}没有填名额，却填了得票。请补填名额，或者删去得票。"
                    self.add_error(f"people-{row['row']}-{each}", words)
        self.need_rows("people", "得票没有填写。请至少填一个人的得票。")
        return found

    def posts(self) -> list[Json]:
        """Return the posts; members' places kept for women are a row of their own (WN-03)."""
        kept = self.cleaned_data.get(WOMEN) or 0
        found = super().posts()
        for each in found:
            each["seats"] -= kept if each["post"] == "member" else 0
        women = {"post": "member", "seats": kept, "women_only": True}
        return [each for each in [*found, women] if each["seats"]]

    def question(self) -> Json:
        figures = {name: self.cleaned_data[name] for name in FIGURES if self.cleaned_data.get(name) not in (None, "")}
        seated = self.entries("seated")
        return (
            {
                "body": self.for_body,
                **figures,
                "posts": [post | self._candidates(post["post"]) for post in self.posts()],
                "people": [described(row) | self._stands(row["stands"]) for row in self.table_rows["people"]],
                "kin": self.entries("kin"),
                "votes": {each.value: self.votes(each.value) for each in self.offices if self.has_places(each)},
            }
            | ({"seated": seated} if seated else {})
            | self.settings()
        )

    def _stands(self, post: str) -> Json:
        return {"candidate_for": [post]} if post and self.has_places(post) else {}

    def _candidates(self, post: str) -> Json:
        """In a rerun and a second vote the names on the ballot are fixed (RR-02)."""
        names = [row["name"] for row in self.table_rows["people"] if row["stands"] == post]
        return {"candidates": names} if names and self.cleaned_data["round"] != "first" else {}

    @classmethod
    def spread(cls, question: Json) -> Json:
        plain = {name: question[name] for name in FIGURES if name in question}
        people = by_name(question["votes"])
        for each in question.get("people", []):
            people[each["name"]]["sex"] = each["sex"]
        return plain | spread_seats(question) | spread_rows("people", people.values())


def _people(offices: Iterable[Office]) -> Grid:
    columns = {
        "name": fields.person(),
        **{each.value: fields.optional_count(f"{each.label}得票") for each in offices},
        "sex": fields.chosen("性别", SEXES.items()),
        "stands": fields.office(offices, "候选职务", "没有写明"),
        "capacity": fields.chosen("资格", CAPACITIES),
    }
    hint = "没有得票的职务不填。另行选举和再次投票写明候选职务的，只有候选人能够当选"
    return Grid("people", "得票", columns, ("name",), "增加人员", hint)


def _seated(offices: Iterable[Office]) -> Grid:
    columns = {"post": fields.office(offices), "name": fields.person()}
    hint = "另行选举时填写此前已经当选的人"
    return Grid("seated", "已当选的人", columns, ("name",), "增加已当选的人", hint, folded=True)


def solve(read: Reader, policy: Policy) -> Answer:
    poll = read_poll(read, policy)
    read.finish()
    outcome = decide(poll, policy)
    said = plain(outcome)
    shown, lines = rounds.outcome_in_words(said), list(_lines(poll, outcome, policy))
    tables = [_totals(outcome)] if policy.vote_carry_down else []
    return said, Explanation(shown["word"], TONES[outcome.status], lines, tables, shown)


def _lines(poll: Poll, outcome: Outcome, policy: Policy) -> Iterator[Line]:
    for ground in outcome.grounds:
        yield Line(ground.why, ground.cite)
    if outcome.status != "invalid":
        if poll.round == "first":
            yield from _took_part(poll, policy)
        if outcome.need is not None:
            yield Line(f"当选至少须得{outcome.need}票")
    if outcome.needs_ruling:
        names = "、".join(outcome.needs_ruling)
        words = f"{names}：半数按应到会人数算还是按实到会人数算，结果不同，须由上级裁定"
        yield Line(words, law.cite(law.PARTY_MAJORITY, policy.law_version))
    if outcome.invalid_ballots or outcome.blank_ballots:
        yield Line(f"无效票{outcome.invalid_ballots}张，空白票{outcome.blank_ballots}张")


def _took_part(poll: Poll, policy: Policy) -> Iterator[Line]:
    """Return the arithmetic behind a valid first round; what makes one invalid stands among the grounds."""
    if poll.for_party:
        part = policy.party_quorum
        needed = f"达到{share_words(part)}（至少{least(part, poll.due)}人）"
        cite = law.cite(law.PARTY_QUORUM, policy.law_version)
        yield Line(f"应到会{poll.due}人，实到会{poll.present}人，{needed}", cite)
    elif poll.way != "representatives" and poll.registered is not None:
        needed = f"超过半数（至少{poll.registered // 2 + 1}人），投票有效"
        cite = law.cite(law.QUORUM, policy.law_version, residents=poll.for_residents)
        yield Line(f"登记{poll.registered}人，参加投票{poll.returned}人，{needed}", cite)


def _totals(outcome: Outcome) -> Table:
    rows = [(office.label, name, votes) for office, names in outcome.totals.items() for name, votes in names.items()]
    return Table("下加后计入的票数", ("职务", "姓名", "票数"), rows, numbers=(2,))


TOPIC = Topic(
    "decide", "当选计算", "这次投票是否有效，谁当选，还缺谁", (VOTES, 1), Form, solve, takes_null=False,
    example={
        "body": "committee", "round": "first", "registered": 1200, "issued": 1010, "returned": 1000,
        "posts": [{"post": "chair", "seats": 1}, {"post": "deputy", "seats": 1}, {"post": "member", "seats": 2}],
        "people": [{"name": "丙", "sex": "F"}],
        "kin": [],
        "votes": {
            "chair": {"甲": 560, "乙": 400},
            "deputy": {"丙": 505, "丁": 470},
            "member": {"戊": 620, "己": 610, "庚": 590, "辛": 120},
        },
    },
    party_example={
        "body": "party", "round": "first", "due": 50, "present": 45, "returned": 45,
        "posts": [{"post": "member", "seats": 3}],
        "votes": {"member": {"甲": 42, "乙": 38, "丙": 30, "丁": 22}},
    },
    keys={
        "body": "committee 村民委员会，residents 居民委员会，party 村党组织",
        "round": "first 第一次，rerun 另行选举，tie 再次投票", "registered": "登记参加选举人数", "issued": "发出选票",
        "returned": "收回选票", "due": "应到会有选举权人数（党组织）", "present": "实到会有选举权人数（党组织）",
        "posts": "应选职务和名额", "people": "性别、是否在名单上、有无禁止情形", "kin": "近亲属关系",
        "votes": "各职务得票", "ballots": "逐张选票，代替votes", "seated": "此前已经当选的人",
    },
    rests_on=(
        "women_mode", "vote_carry_down", "kin_scope", "member_kin_rule", "rerun_share", "rerun_surplus",
        "rerun_requires_quorum", "residents_representatives_quorum", "party_majority_base", "party_quorum",
        "party_surplus",
    ),
)  # fmt: skip
