"""The questions about days, meetings and their heads: time limits, quorums, recall, recommendations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.forms.rules import cells
from elections.forms.rules.asking import Grid, Json, RuleForm, spread_rows
from elections.forms.rules.kin import KIN, pairs, spread_pairs
from elections.rules.counting.attendance import Absence
from elections.rules.meetings import Kind

POSTS = (("member", "委员"), ("deputy", "副主任"), ("chair", "主任"))
MEMBERSHIPS = (("full", "正式党员，有选举权"), ("no_right", "正式党员，没有选举权"), ("probation", "预备党员"))


class TimetableForm(RuleForm):
    """Every limit from the election day, and from what has happened already (TM-)."""

    body = cells.chosen("委员会", cells.VILLAGE_BODIES)
    election_day = DateField(label="选举日")
    roll_posted = DateField(label="名单公布日", required=False)
    objection_received = DateField(label="收到申诉日", required=False)
    audit_published = DateField(label="离任审计结果公布日", required=False)
    elected_on = DateField(label="新一届产生之日", required=False)
    rerun_on = DateField(label="另行选举日", required=False)

    groups = (
        ("选举", ("body", "election_day")),
        ("已经发生的", ("roll_posted", "objection_received", "audit_published", "elected_on", "rerun_on")),
    )


class MeetingForm(RuleForm):
    """Is the meeting valid, is its decision carried (EC-04, RP-04, RP-06, PB-07)?"""

    kind = cells.chosen("会议", [(each.value, each.label) for each in Kind])
    adults = cells.optional_count("十八周岁以上应到人数", help_text="村民会议、小组会议填写")
    households = cells.optional_count("应到户数", help_text="村民会议、小组会议由户代表参加的填写")
    members = cells.optional_count(
        "组成人员或者应到会人数", help_text="代表会议填组成人员，党员大会和全会填应到会有选举权人数"
    )
    present = cells.optional_count("实到人数")
    present_households = cells.optional_count("实到户数")
    # `for` is a word of the language: the field is added by its name
    groups = (
        ("会议", ("kind",)),
        ("应到", ("adults", "households", "members")),
        ("实到和赞成", ("present", "present_households", "for")),
    )

    def add_fields(self) -> None:
        self.fields["for"] = cells.count("赞成人数")


class AttendanceForm(RuleForm):
    """应到会: who of the Party members is due (PB-05, PB-06)."""

    grids = (
        Grid(
            "members",
            "党员",
            {
                "name": cells.person(),
                "standing": cells.chosen("党员情况", MEMBERSHIPS),
                "reason": cells.chosen("申请不计入的情形", [("", "没有"), *((a.value, a.label) for a in Absence)]),
                "approved": cells.ticked("同意不计入"),
            },
            ("name",),
            "增加党员",
            "同意不计入，指上级同意并经大会通过",
        ),
    )

    def clean(self) -> Json:
        found = super().clean()
        if not self.table_rows["members"] and not self.errors:
            self.add_error("members-0-name", "党员没有填写。请至少填一名党员。")
        return found

    def rows(self, key: str) -> list[Any]:
        return [
            {
                "name": row["name"],
                "full": row["standing"] != "probation",
                "right": row["standing"] == "full",
                "reason": row["reason"],
                "approved": row["approved"],
            }
            for row in super().rows(key)
        ]

    @classmethod
    def spread(cls, question: Json) -> Json:
        rows = [dict(row) for row in question["members"]]
        for row in rows:
            full, right = row.pop("full"), row.pop("right")
            row["standing"] = "probation" if not full else "full" if right else "no_right"
        return spread_rows("members", rows)


class CommitteeChangeForm(RuleForm):
    """Who leaves the election committee because of nominations, who follows (EC-09…12)."""

    nominated = cells.LinesField(label="被提名的人", rows=4, help_text="一行一个")

    grids = (
        Grid("members", "成员", {"name": cells.person(), "post": cells.chosen("职务", POSTS)}, ("name",), "增加成员"),
        Grid(
            "reserves",
            "候补",
            {"name": cells.person(), "votes": cells.optional_count("推选得票")},
            ("name", "votes"),
            "增加候补",
            "按推选得票依次递补",
        ),
        KIN,
    )

    def clean(self) -> Json:
        found = super().clean()
        self.complain_of_twins("members")
        self.complain_of_twins("reserves")
        if not self.table_rows["members"] and not self.errors:
            self.add_error("members-0-name", "成员没有填写。请填选举委员会的全部成员。")
        return found

    def rows(self, key: str) -> list[Any]:
        return pairs(self.table_rows[key]) if key == "kin" else super().rows(key)

    @classmethod
    def spread(cls, question: Json) -> Json:
        members = [
            {"name": name, "post": "member" if place else "chair"} for place, name in enumerate(question["members"])
        ]
        return (
            {"nominated": question["nominated"]}
            | spread_rows("members", members)
            | spread_rows("reserves", question["reserves"])
            | spread_rows("kin", spread_pairs(question["kin"]))
        )


class RecallForm(RuleForm):
    """May a recall be put to the vote, and did it carry (RS-11, RC-06)?"""

    body = cells.chosen("罢免", (("committee", "村民委员会成员"), ("residents", "居民委员会成员")))
    way = cells.chosen("选举方式", cells.WAYS, help_text="居民委员会按当时的选举方式；村民委员会为全体选民")
    voters = cells.count("有选举权人数", help_text="由户代表选举的，填户数")
    representatives = cells.optional_count("代表人数")
    signed_voters = cells.optional_count("联名的选民")
    signed_representatives = cells.optional_count("联名的代表")
    returned = cells.optional_count("收回选票", help_text="还没有投票的，不填")
    groups = (
        ("范围", ("body", "way", "voters", "representatives")),
        ("联名", ("signed_voters", "signed_representatives")),
        ("投票", ("returned", "for")),
    )

    def add_fields(self) -> None:
        self.fields["for"] = cells.optional_count("同意罢免")


class CompositionForm(RuleForm):
    """Is the representatives' meeting lawfully made up (RP-01, RC-07)?"""

    body = cells.chosen("会议", (("committee", "村民代表会议"), ("residents", "居民代表会议")))
    committee = cells.count("委员会成员")
    representatives = cells.count("代表", help_text="不含委员会成员")
    women_representatives = cells.count("其中妇女代表")


class RecommendForm(RuleForm):
    """两推: both recommendations put together by weight (PB-23)."""

    model = cells.chosen("折算办法", (("rate", "按得票率折算"), ("raw", "按票数折算")))
    weights__members = forms.DecimalField(
        label="党员推荐权重", min_value=0, max_value=100, decimal_places=2, help_text="百分比，两项合计100"
    )
    weights__masses = forms.DecimalField(
        label="群众推荐权重", min_value=0, max_value=100, decimal_places=2, help_text="百分比，两项合计100"
    )
    members__ballots = cells.count("党员推荐收回票数")
    masses__ballots = cells.count("群众推荐收回票数")

    grids = (
        Grid(
            "people",
            "得票",
            {
                "name": cells.person(),
                "members": cells.optional_count("党员推荐票"),
                "masses": cells.optional_count("群众推荐票"),
            },
            ("name",),
            "增加人员",
        ),
    )

    def clean(self) -> Json:
        found = super().clean()
        one, other = found.get("weights__members"), found.get("weights__masses")
        if one is not None and other is not None and one + other != 100:
            self.add_error("weights__masses", f"两项权重合计{(one + other).normalize():f}%，应为100%。请核对。")
        self.complain_of_twins("people")
        for row in self.table_rows["people"]:
            for voice, whose in (("members", "党员推荐"), ("masses", "群众推荐")):
                ballots = found.get(f"{voice}__ballots")
                if ballots is not None and (row[voice] or 0) > ballots:
                    words = f"{row['name']}得{whose}{row[voice]}票，多于收回的{ballots}张。请核对。"
                    self.add_error(f"people-{row['row']}-{voice}", words)
        return found

    def question(self) -> Json:
        said = self.cleaned_data
        voices = ("members", "masses")
        return {
            "model": said["model"],
            "weights": {voice: float(said[f"weights__{voice}"] / 100) for voice in voices},
            **{voice: {"ballots": said[f"{voice}__ballots"], "votes": self._votes(voice)} for voice in voices},
            **self.settings(),
        }

    def _votes(self, voice: str) -> dict[str, int]:
        return {row["name"]: row[voice] for row in self.table_rows["people"] if row[voice] is not None}

    @classmethod
    def spread(cls, question: Json) -> Json:
        rows: dict[str, Json] = {}
        found: Json = {"model": question["model"]}
        for voice in ("members", "masses"):
            found[f"weights__{voice}"] = f"{(Decimal(str(question['weights'][voice])) * 100).normalize():f}"
            found[f"{voice}__ballots"] = question[voice]["ballots"]
            for name, votes in question[voice]["votes"].items():
                rows.setdefault(name, {"name": name})[voice] = votes
        return found | spread_rows("people", rows.values())
