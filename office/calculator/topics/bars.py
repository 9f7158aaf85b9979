"""候选人禁止情形: the four bars of the law and the negative list of the pack (NM-06, NM-09)."""

from django import forms

from candidates.rules.nomination import FOUR_BARS, bar_cite, screen
from elections.rules import policy as policies
from elections.rules.counting.reading import Reader, Refusal
from elections.rules.policy import Policy
from office.calculator.explanation import Explanation, Table, Tone, filled
from office.calculator.forms import RuleForm
from office.calculator.reading import Json, opened
from office.calculator.topic import PERSONS, Answer, Topic

RESULTS: dict[str, tuple[str, Tone]] = {
    "block": ("有禁止情形，不得作为候选人", "bad"),
    "advise": ("有须研究的情形，由乡镇研究决定", "warn"),
    "clear": ("没有禁止情形", "done"),
}
SEVERITIES = {"block": "不得作为候选人", "advise": "由乡镇研究决定"}


class Form(RuleForm):
    items = forms.MultipleChoiceField(
        label="有下列哪些情形", required=False, widget=forms.CheckboxSelectMultiple, help_text="都没有的，不勾选"
    )

    def add_fields(self) -> None:
        said = str(self.typed.get("policy", ""))
        pack = policies.load(said if said in policies.packs() else policies.DEFAULT)
        self.choose_from("items", [(bar.code, bar.words) for bar in pack.negative_list])

    def question(self) -> Json:
        return {"person": {"items": self.cleaned_data["items"]}} | self.settings()

    @classmethod
    def spread(cls, question: Json) -> Json:
        said = question["person"]
        return {"items": said["items"] + [key.upper() for key, value in said.items() if value is True]}


def solve(read: Reader, policy: Policy) -> Answer:
    codes = _codes(opened(read.mapping("person"), "person"))
    read.finish()
    known = {bar.code for bar in policy.negative_list}
    if unknown := [code for code in codes if code not in known]:
        raise Refusal(f"负面清单（{policy.negative_list_version}）中没有这些情形：{'、'.join(unknown)}")
    found = screen(codes, policy)
    bars = [(bar, bar_cite(bar, policy)) for bar in found.bars]
    items = [
        {"code": bar.code, "rule": bar.rule, "why": bar.words, "severity": bar.severity, "cite": cite}
        for bar, cite in bars
    ]
    rows = [(bar.words, SEVERITIES[bar.severity], cite) for bar, cite in bars]
    told = Explanation(*RESULTS[found.result], tables=filled(Table("情形", ("情形", "处理", "依据"), rows)))
    return {"result": found.result, "items": items}, told


def _codes(person: Reader) -> list[str]:
    codes = [code for code in FOUR_BARS if person.flag(code.lower(), False)]
    codes += person.names("items", [])
    if person.has("name"):
        person.text("name")
    person.finish()
    return codes


TOPIC = Topic(
    "bars", "候选人禁止情形", "一个人有没有不得作为候选人的情形", (PERSONS, 3), Form, solve,
    example={"person": {"criminal_punishment": False, "items": ["LOW_REPUTATION"]}},
    keys={
        "person.expelled_from_party": "被开除党籍", "person.criminal_punishment": "因犯罪受过刑事处罚",
        "person.clan_or_gang": "利用宗族、黑恶势力从事非法活动",
        "person.illegal_religion_or_cult": "组织或者参加非法宗教、邪教活动", "person.items": "负面清单的代码",
    },
    rests_on=("negative_list",),
)  # fmt: skip
