"""提名审查: the slate before it is published (NM-04, NM-06, WN-05)."""

from collections.abc import Mapping

from candidates.rules.nomination import Slate, SlateProblem, slate_problems
from elections.rules.counting.offices import Office, Opening, Person
from elections.rules.counting.poll import Body
from elections.rules.counting.question import read_openings, read_people
from elections.rules.counting.reading import Reader
from elections.rules.kinds import SEXES
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Table, Tone
from office.calculator.grids import Grid, spread_rows
from office.calculator.reading import BODIES, Json, picked
from office.calculator.seats import CAPACITIES, SeatsForm, described, spread_seats
from office.calculator.topic import PERSONS, Answer, Topic


class Form(SeatsForm):
    def add_fields(self) -> None:
        super().add_fields()
        columns = {
            "name": fields.person(),
            "post": fields.office(self.offices, "提名职务"),
            "sex": fields.chosen("性别", SEXES.items()),
            "capacity": fields.chosen("资格", CAPACITIES),
        }
        hint = "一人被提名几个职务的，每个职务填一行"
        self.grids = (Grid("people", "候选人", columns, ("name",), "增加候选人", hint),)
        self.groups = (("应选名额", self.seat_names),)

    def clean(self) -> Json:
        found = super().clean()
        sexes: dict[str, str] = {}
        for row in self.table_rows["people"]:
            if row["post"] and not self.has_places(row["post"]):
                words = f"{Office(row['post']).label}没有填名额，却有人被提名。请补填名额，或者改正职务。"
                self.add_error(f"people-{row['row']}-post", words)
            if sexes.setdefault(row["name"], row["sex"]) != row["sex"]:
                self.add_error(f"people-{row['row']}-sex", f"{row['name']}两行的性别不同。请核对。")
        return found

    def question(self) -> Json:
        rows, posts = self.table_rows["people"], self.posts()
        candidates = {post["post"]: [row["name"] for row in rows if row["post"] == post["post"]] for post in posts}
        return {
            "body": self.for_body,
            "posts": posts,
            "candidates": candidates,
            "people": list({row["name"]: described(row) for row in rows}.values()),
            **self.settings(),
        }

    @classmethod
    def spread(cls, question: Json) -> Json:
        sexes = {each["name"]: each["sex"] for each in question["people"]}
        named = [(post, name) for post, names in question["candidates"].items() for name in names]
        rows = [{"name": name, "post": post, "sex": sexes.get(name, "M")} for post, name in named]
        return spread_seats(question) | spread_rows("people", rows)


def solve(read: Reader, policy: Policy) -> Answer:
    body: Body = read.one_of("body", BODIES, "committee")
    openings, people = read_openings(read), read_people(read)
    slate = _slate(openings, people, Reader(read.mapping("candidates", {}), "candidates"))
    read.finish()
    problems = slate_problems(openings, slate, people, policy, body)
    plain = {"problems": [_plain(each) for each in problems]}
    if not problems:
        return plain, Explanation("提名没有发现问题", "done")
    rows = [(each.office.label, each.text, "可以说明理由" if each.soft else "不得通过", each.cite) for each in problems]
    table = Table("不符合规定的", ("职务", "问题", "性质", "依据"), rows)
    tone: Tone = "warn" if all(each.soft for each in problems) else "bad"
    return plain, Explanation(f"有{len(rows)}处不符合规定", tone, tables=[table])


def _plain(problem: SlateProblem) -> Json:
    """The office stands in the answer under the key that it always had."""
    return picked(problem, "code") | {"post": problem.office.value} | picked(problem, "rule", "text", "cite", "soft")


def _slate(openings: tuple[Opening, ...], people: Mapping[str, Person], read: Reader) -> Slate:
    """Who stands for what: by post, by the posts' own lists, or by what people say they stand for."""
    slate = {each.office: list(read.names(each.office.value, sorted(each.candidates))) for each in openings}
    read.finish()
    for person in people.values():
        for office in person.candidate_for:
            if office in slate and person.name not in slate[office]:
                slate[office].append(person.name)
    return slate


TOPIC = Topic(
    "nomination", "提名审查", "候选人名单是否差额，有没有不得提名的人", (PERSONS, 4), Form, solve,
    example={
        "body": "committee",
        "posts": [{"post": "chair", "seats": 1}, {"post": "member", "seats": 2}],
        "candidates": {"chair": ["甲", "乙"], "member": ["丙", "丁"]},
        "people": [{"name": "丙", "sex": "F"}],
    },
    party_example={
        "body": "party",
        "posts": [{"post": "member", "seats": 3}],
        "candidates": {"member": ["甲", "乙", "丙", "丁"]},
        "people": [{"name": "丙", "sex": "F"}],
    },
    keys={
        "body": "committee 村民委员会，residents 居民委员会，party 村党组织", "posts": "应选职务和名额",
        "candidates": "各职务的候选人", "people": "性别、是否在名单上、有无禁止情形",
    },
    rests_on=("candidate_surplus_per_post", "women_mode", "party_surplus"),
)  # fmt: skip
