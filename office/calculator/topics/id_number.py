"""身份证号校验: the check digits of id numbers. What is typed is not shown again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms

from elections.rules.counting.reading import Reader
from elections.rules.kinds import SEXES
from elections.rules.policy import Policy
from elections.rules.wording import cn_date
from office.calculator import fields
from office.calculator.explanation import Explanation, Table
from office.calculator.forms import RuleForm
from office.calculator.reading import Json
from office.calculator.topic import PERSONS, Answer, Topic
from voters.rules import faults
from voters.rules.identity import Identity, masked, normalise
from voters.rules.identity import read as read_id

MOST_NUMBERS = 200
CHINA = ZoneInfo("Asia/Shanghai")


class Form(RuleForm):
    secret = True
    numbers = fields.LinesField(
        label="身份证号", rows=6, distinct=False, help_text="一行一个。只作校验，不保存，结果中遮盖显示"
    )

    def clean_numbers(self) -> list[str]:
        numbers: list[str] = self.cleaned_data["numbers"]
        if len(numbers) > MOST_NUMBERS:
            raise forms.ValidationError(f"身份证号有{len(numbers)}个，一次最多{MOST_NUMBERS}个。请分次校验。")
        return numbers

    @classmethod
    def spread(cls, question: Json) -> Json:
        """Nothing: no number stands on a page that was not asked for it."""
        return {}


def solve(read: Reader, policy: Policy) -> Answer:
    today, numbers = datetime.now(CHINA).date(), read.rows("numbers")
    read.finish()
    found = [read_id(raw, today) for raw in numbers]
    rows = [(place, *_row(raw, who)) for place, (raw, who) in enumerate(zip(numbers, found, strict=True), 1)]
    table = Table("逐个校验", ("序号", "号码", "出生日期", "性别", "校验结果"), rows, (0, 1, 2, 3))
    wrong = sum(not who.valid for who in found)
    said = f"{wrong}个有误" if wrong else "没有发现错误"
    told = Explanation(f"{len(rows)}个号码，{said}", "warn" if wrong else "done", tables=[table])
    return {"numbers": [_json(who) for who in found]}, told


def _json(who: Identity) -> Json:
    return {"valid": who.valid, "birth": who.birth and who.birth.isoformat(), "sex": who.sex, "code": who.fault}


def _row(raw: object, who: Identity) -> tuple[str, str, str, str]:
    """First and last three of the number: with the birth date beside it six and four would give it all away."""
    number = normalise(str(raw))
    said = faults.id_number(who.fault, number).message if who.fault else "号码正确"
    return (
        masked(number, outer=True) or "--",
        cn_date(who.birth) if who.birth else "--",
        SEXES.get(who.sex or "", "--"),
        said.split("；确认无误")[0].rstrip("。"),
    )


TOPIC = Topic(
    "id_number", "身份证号校验", "身份证号有没有录错", (PERSONS, 2), Form, solve,
    example={"numbers": ["11010519491231002X", "110105194912310021"]},
    keys={"numbers": "身份证号，一项一个"},
)  # fmt: skip
