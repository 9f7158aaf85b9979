"""The questions about persons: voters, their numbers, names, proxies, nominees and what bars them."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.forms.rules import cells
from elections.forms.rules.asking import Grid, Json, RuleForm, spread_plain, spread_rows
from elections.forms.rules.seats import SeatsForm, spread_seats
from elections.rules import policy
from elections.rules.counting.posts import Office

MOST_NUMBERS = 200


class VoterForm(RuleForm):
    """Is this person listed, and as what (VR-)?"""

    body = cells.chosen("委员会", cells.VILLAGE_BODIES)
    election_day = DateField(label="选举日")
    registration_start = DateField(label="选民登记开始日", required=False)
    person__birth = DateField(label="出生日期")
    person__household_here = cells.ticked("户籍在本村（社区）")
    person__lives_here = cells.ticked("在本村（社区）居住")
    person__resident_since = DateField(label="居住开始日", required=False)
    person__works_here_since = DateField(label="从事村务工作开始日", required=False)
    person__stated = cells.ticked("本人表示参加选举")
    person__applied = cells.ticked("本人提出申请")
    person__consent_meeting = cells.ticked("村民会议或者代表会议同意")
    person__listed_elsewhere = cells.ticked("已在其他村（社区）登记")
    person__deprived_until = DateField(label="剥夺政治权利止日", required=False)
    person__written_refusal = cells.ticked("书面表示不参加选举")
    person__unable = cells.ticked("因精神疾病不能行使选举权利")
    person__unreachable = cells.ticked("长期外出无法联系")

    groups = (
        ("选举", ("body", "election_day", "registration_start")),
        ("户籍和居住", ("person__birth", "person__household_here", "person__lives_here", "person__resident_since",
                   "person__works_here_since")),
        ("本人表示和会议同意", ("person__stated", "person__applied", "person__consent_meeting",
                       "person__written_refusal")),
        ("不列入名单的情形", ("person__listed_elsewhere", "person__deprived_until", "person__unable",
                      "person__unreachable")),
    )  # fmt: skip


class IdNumberForm(RuleForm):
    """Check digits of id numbers. What is typed is not shown again (C100)."""

    secret = True
    numbers = cells.LinesField(
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


class NameOrderForm(RuleForm):
    """姓氏笔画为序 (SORT-)."""

    names = cells.LinesField(label="姓名", rows=8, distinct=False, help_text="一行一个，可以从Excel粘贴")
    mode = cells.chosen(
        "排序方法", (("surname", "按姓氏笔画（两字名中间空一格）"), ("fullname", "按姓名笔画（不空格）"))
    )


class NominationForm(SeatsForm):
    """The slate before it is published (NM-04, NM-06, WN-05)."""

    def lay_out(self) -> tuple[Grid, ...]:
        columns = {
            "name": cells.person(),
            "post": cells.office(self.offices, "提名职务"),
            "sex": cells.chosen("性别", cells.SEXES),
            "standing": cells.chosen("资格", cells.STANDINGS),
        }
        return (Grid("people", "候选人", columns, ("name",), "增加候选人", "一人被提名几个职务的，每个职务填一行"),)

    def add_fields(self) -> None:
        super().add_fields()
        self.groups = (("应选名额", self.seat_names()),)

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
        rows = self.table_rows["people"]
        posts = [each["post"] for each in self.posts()]
        return {
            "body": self.for_body,
            "posts": self.posts(),
            "candidates": {post: [row["name"] for row in rows if row["post"] == post] for post in posts},
            "people": list({row["name"]: cells.described(row) for row in rows}.values()),
            **self.settings(),
        }

    @classmethod
    def spread(cls, question: Json) -> Json:
        sexes = {each["name"]: each["sex"] for each in question["people"]}
        named = [(post, name) for post, names in question["candidates"].items() for name in names]
        rows = [{"name": name, "post": post, "sex": sexes.get(name, "M")} for post, name in named]
        return spread_seats(question) | spread_rows("people", rows)


class ProxiesForm(RuleForm):
    """Who may vote for whom, in the order of the requests (VT-06…12)."""

    body = cells.chosen("委员会", cells.VILLAGE_BODIES)
    way = cells.chosen("选举方式", cells.WAYS)
    roll = cells.LinesField(label="选民名单", rows=6, help_text="委托人和受委托人在名单上的，都写上")
    candidates = cells.LinesField(label="候选人", rows=2, required=False)

    grids = (
        Grid(
            "proxies",
            "委托",
            {
                "principal": cells.person("委托人"),
                "agent": cells.person("受委托人"),
                "relation": cells.relation("不是亲属"),
            },
            ("principal", "agent"),
            "增加委托",
            "按申请的先后填写",
        ),
    )

    def rows(self, key: str) -> list[Any]:
        return [{name: value for name, value in row.items() if value} for row in super().rows(key)]

    @classmethod
    def spread(cls, question: Json) -> Json:
        return super().spread(question) | spread_rows("proxies", question["proxies"])


class BarsForm(RuleForm):
    """The four bars of the law and the negative list of the pack (NM-06, NM-09)."""

    items = forms.MultipleChoiceField(
        label="有下列哪些情形", required=False, widget=forms.CheckboxSelectMultiple, help_text="都没有的，不勾选"
    )

    def add_fields(self) -> None:
        said = str(self.typed.get("policy", ""))
        pack = policy.load(said if said in policy.packs() else policy.DEFAULT)
        self.choose_from("items", [(bar.code, bar.words) for bar in pack.negative_list])

    def question(self) -> Json:
        return {"person": {"items": self.cleaned_data["items"]}} | self.settings()

    @classmethod
    def spread(cls, question: Json) -> Json:
        said = spread_plain(question["person"])
        return {"items": said["items"] + [key.upper() for key, value in said.items() if value is True]}
