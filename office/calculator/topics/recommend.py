"""两推计票: the recommendations of Party members and villagers put together by weight (PB-23)."""

from decimal import Decimal
from fractions import Fraction
from typing import get_args

from django import forms

from elections.rules.counting.reading import Reader
from elections.rules.counting.recommendation import Model, Voice, ranking
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Table
from office.calculator.forms import RuleForm
from office.calculator.grids import Grid, by_name, spread_rows
from office.calculator.reading import Json
from office.calculator.topic import VOTES, Answer, Topic

VOICES = {"members": "党员推荐", "masses": "群众推荐"}
COLUMNS = {"name": fields.person(), **{key: fields.optional_count(f"{word}票") for key, word in VOICES.items()}}


def _weight(label: str) -> forms.DecimalField:
    words = "百分比，两项合计100"
    return forms.DecimalField(label=label, min_value=0, max_value=100, decimal_places=2, help_text=words)


class Form(RuleForm):
    model = fields.chosen("折算办法", (("rate", "按得票率折算"), ("raw", "按票数折算")))
    weights__members = _weight("党员推荐权重")
    weights__masses = _weight("群众推荐权重")
    members__ballots = fields.count("党员推荐收回票数")
    masses__ballots = fields.count("群众推荐收回票数")

    grids = (Grid("people", "得票", COLUMNS, ("name",), "增加人员"),)

    def clean(self) -> Json:
        found = super().clean()
        one, other = found.get("weights__members"), found.get("weights__masses")
        if one is not None and other is not None and one + other != 100:
            self.add_error("weights__masses", f"两项权重合计{(one + other).normalize():f}%，应为100%。请核对。")
        self.complain_of_twins("people")
        for row in self.table_rows["people"]:
            for voice, whose in VOICES.items():
                ballots = found.get(f"{voice}__ballots")
                if ballots is not None and (row[voice] or 0) > ballots:
                    words = f"{row['name']}得{whose}{row[voice]}票，多于收回的{ballots}张。请核对。"
                    self.add_error(f"people-{row['row']}-{voice}", words)
        return found

    def question(self) -> Json:
        said = self.cleaned_data
        return {
            "model": said["model"],
            "weights": {voice: float(said[f"weights__{voice}"] / 100) for voice in VOICES},
            **{voice: {"ballots": said[f"{voice}__ballots"], "votes": self.votes(voice)} for voice in VOICES},
            **self.settings(),
        }

    @classmethod
    def spread(cls, question: Json) -> Json:
        found: Json = {"model": question["model"]}
        for voice, weight in question["weights"].items():
            found[f"weights__{voice}"] = f"{(Decimal(str(weight)) * 100).normalize():f}"
            found[f"{voice}__ballots"] = question[voice]["ballots"]
        return found | spread_rows("people", by_name({voice: question[voice]["votes"] for voice in VOICES}).values())


def solve(read: Reader, policy: Policy) -> Answer:
    model: Model = read.one_of("model", get_args(Model), "raw")
    weights = Reader(read.mapping("weights"), "weights")
    voices = tuple(_voice(Reader(read.mapping(name), name), name, weights) for name in VOICES)
    weights.finish()
    read.finish()
    found = [(name, round(float(score), 6)) for name, score in ranking(voices, model)]
    plain = {"ranking": [{"name": name, "score": score} for name, score in found]}
    if not found:
        return plain, Explanation("没有人得票", "info")
    rows = [
        (place, name, f"{score:g}", "＋".join(_sum(name, each, model) for each in voices))
        for place, (name, score) in enumerate(found, 1)
    ]
    table = Table("得分", ("名次", "姓名", "得分", "算式"), rows, (0, 1, 2))
    return plain, Explanation(f"按得分排列{len(rows)}人", "info", tables=[table])


def _voice(read: Reader, name: str, weights: Reader) -> Voice:
    votes = Reader(read.mapping("votes"), "votes").counts()
    voice = Voice(Fraction(str(weights.number(name))), read.count("ballots"), votes)
    read.finish()
    return voice


def _sum(name: str, voice: Voice, model: Model) -> str:
    rate = f"/{voice.ballots}" if model == "rate" else ""
    return f"{voice.votes.get(name, 0)}{rate}×{float(voice.weight):g}"


TOPIC = Topic(
    "recommend", "两推计票", "党员推荐和群众推荐合并后怎样排名", (VOTES, 4), Form, solve, takes_null=False,
    example={
        "weights": {"members": 0.6, "masses": 0.4},
        "members": {"ballots": 30, "votes": {"甲": 25, "乙": 20}},
        "masses": {"ballots": 50, "votes": {"甲": 20, "乙": 45}},
        "model": "rate",
    },
    keys={
        "weights": "党员推荐和群众推荐的权重", "members": "党员推荐的票数", "masses": "群众推荐的票数",
        "model": "raw 按票数，rate 按得票率",
    },
)  # fmt: skip
