"""党员应到会核定: who of the Party members is due (PB-05, PB-06)."""

from typing import Any

from elections.rules import law
from elections.rules.counting.attendance import Absence, PartyMember, attendance
from elections.rules.counting.majority import least, share_words
from elections.rules.counting.reading import Reader
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Table, filled
from office.calculator.forms import RuleForm
from office.calculator.grids import Grid
from office.calculator.reading import Json
from office.calculator.topic import VOTES, Answer, Topic

MEMBERSHIPS = (("full", "正式党员，有选举权"), ("no_right", "正式党员，没有选举权"), ("probation", "预备党员"))
COLUMNS = {
    "name": fields.person(),
    "membership": fields.chosen("党员情况", MEMBERSHIPS),
    "reason": fields.chosen("申请不计入的情形", [("", "没有"), *((each.value, each.label) for each in Absence)]),
    "approved": fields.ticked("同意不计入"),
}


def _entry(row: Json) -> Json:
    full, right = row["membership"] != "probation", row["membership"] == "full"
    return {"name": row["name"], "full": full, "right": right, "reason": row["reason"], "approved": row["approved"]}


def _row(entry: Json) -> Json:
    membership = "probation" if not entry["full"] else "full" if entry["right"] else "no_right"
    return {key: value for key, value in entry.items() if key not in ("full", "right")} | {"membership": membership}


class Form(RuleForm):
    grids = (
        Grid(
            "members", "党员", COLUMNS, ("name",), "增加党员", "同意不计入，指上级同意并经大会通过",
            to_json=_entry, to_rows=lambda entries: map(_row, entries),
        ),
    )  # fmt: skip

    def clean(self) -> Json:
        found = super().clean()
        self.need_rows("members", "党员没有填写。请至少填一名党员。")
        return found


def solve(read: Reader, policy: Policy) -> Answer:
    members = [_member(each) for each in read.rows("members")]
    read.finish()
    found, part = attendance(members), policy.party_quorum
    out = [(each.name, each.why, law.cite(each.provision, policy.law_version)) for each in found.left_out]
    lines = [Line(f"党员{len(members)}人，不计入{len(out)}人，应到会{found.due}人")]
    if found.counted:
        lines.append(Line(f"计入的：{'、'.join(found.counted)}"))
    words = f"到会有选举权的党员至少{least(part, found.due)}人（{share_words(part)}），会议有效"
    lines.append(Line(words, law.cite(law.PARTY_QUORUM, policy.law_version)))
    left_out = [{"name": name, "why": why, "cite": cite} for name, why, cite in out]
    told = Explanation(
        f"应到会{found.due}人", "info", lines, filled(Table("不计入应到会的", ("姓名", "原因", "依据"), out))
    )
    return {"due": found.due, "left_out": left_out, "counted": list(found.counted)}, told


def _member(data: Any) -> PartyMember:
    read = Reader(data, "members")
    name, full, right = read.text("name"), read.flag("full", True), read.flag("right", True)
    member = PartyMember(name, full, right, read.text("reason", ""), read.flag("approved", False))
    read.finish()
    return member


TOPIC = Topic(
    "attendance", "党员应到会核定", "党员大会应到会多少人，哪些人可以不计入", (VOTES, 5), Form, solve, takes_null=False,
    example={
        "members": [
            {"name": "甲", "full": True, "right": True},
            {"name": "乙", "full": True, "right": True, "reason": "bedridden", "approved": True},
            {"name": "丙", "full": False, "right": False},
        ]
    },
    keys={
        "members.full": "是正式党员", "members.right": "有选举权", "members.reason": "申请不计入的情形",
        "members.approved": "上级同意并经大会通过",
    },
    rests_on=("party_quorum",),
)  # fmt: skip
