"""当选计算 as a form: the figures of the boxes, the places, a table of persons × offices (CT-, WN-, RR-, PB-)."""

from __future__ import annotations

from elections.forms.rules import cells
from elections.forms.rules.asking import Grid, Json, spread_plain, spread_rows
from elections.forms.rules.kin import KIN, pairs
from elections.forms.rules.seats import SeatsForm, spread_seats
from elections.rules.counting.posts import Office

ROUNDS = (("first", "第一次投票"), ("rerun", "另行选举"), ("tie", "得票相等的再次投票"))
FIGURES = ("round", "way", "registered", "due", "present", "issued", "returned")
WOMEN = "seats_women"


class DecideForm(SeatsForm):
    """One round of counting."""

    round = cells.chosen("投票", ROUNDS)

    def lay_out(self) -> tuple[Grid, ...]:
        person = {
            "sex": cells.chosen("性别", cells.SEXES),
            "stands": cells.office(self.offices, "候选职务", "没有写明"),
            "standing": cells.chosen("资格", cells.STANDINGS),
        }
        votes = {each.value: cells.optional_count(f"{each.label}得票") for each in self.offices}
        hint = "没有得票的职务不填。另行选举和再次投票写明候选职务的，只有候选人能够当选"
        seat = {"post": cells.office(self.offices), "name": cells.person()}
        return (
            Grid("people", "得票", {"name": cells.person(), **votes, **person}, ("name",), "增加人员", hint),
            KIN,
            Grid("seated", "已当选的人", seat, ("name",), "增加已当选的人", "另行选举时填写此前已经当选的人", True),
        )

    def add_fields(self) -> None:
        if self.for_body == "party":
            self.fields["due"] = cells.count("应到会有选举权人数")
            self.fields["present"] = cells.count("实到会有选举权人数")
            self.fields["issued"] = cells.optional_count("发出选票", help_text="不填的，与实到会人数相同")
        else:
            if self.for_body == "residents":
                self.fields["way"] = cells.chosen("选举方式", cells.WAYS)
            needed = self.typed.get("round") != "tie"
            self.fields["registered"] = cells.count("登记参加选举人数", required=needed, help_text="再次投票可以不填")
            self.fields["issued"] = cells.count("发出选票")
        self.fields["returned"] = cells.count("收回选票")
        super().add_fields()
        if self.for_body != "party":
            words = "从委员名额中划出，另行选举时常用"
            self.fields[WOMEN] = cells.optional_count("专留给妇女的委员", max_value=20, help_text=words)
        self.groups = (("投票情况", FIGURES), ("应选名额", (*self.seat_names(), WOMEN)))

    def clean(self) -> Json:
        found = super().clean()
        kept, members = found.get(WOMEN) or 0, found.get("seats_member") or 0
        if kept > members:
            self.add_error(WOMEN, f"专留给妇女的委员{kept}名，多于委员名额{members}名。请核对。")
        self.complain_of_twins("people")
        self._votes_for_open_posts()
        return found

    def _votes_for_open_posts(self) -> None:
        people = self.table_rows["people"]
        for row in people:
            for each in self.offices:
                if row[each.value] is not None and not self.has_places(each):
                    words = f"{each.label}没有填名额，却填了得票。请补填名额，或者删去得票。"
                    self.add_error(f"people-{row['row']}-{each}", words)
        if not people and not self.errors:
            self.add_error("people-0-name", "得票没有填写。请至少填一个人的得票。")

    def posts(self) -> list[Json]:
        """Members' places that are kept for women are a row of their own (WN-03)."""
        kept = self.cleaned_data.get(WOMEN) or 0
        found = [
            each | {"seats": each["seats"] - kept} if each["post"] == "member" else each for each in super().posts()
        ]
        return [each for each in found if each["seats"]] + (
            [{"post": "member", "seats": kept, "women_only": True}] if kept else []
        )

    def question(self) -> Json:
        people = self.table_rows["people"]
        figures = {name: self.cleaned_data[name] for name in FIGURES if self.cleaned_data.get(name) not in (None, "")}
        return {
            "body": self.for_body,
            **figures,
            "posts": [post | self._candidates(post["post"]) for post in self.posts()],
            "people": [cells.described(row) | self._stands(row) for row in people],
            "kin": pairs(self.table_rows["kin"]),
            "votes": {each.value: _votes(people, each) for each in self.offices if self.has_places(each)},
            **({"seated": self.rows("seated")} if self.table_rows["seated"] else {}),
            **self.settings(),
        }

    def _stands(self, row: Json) -> Json:
        return {"candidate_for": [row["stands"]]} if row["stands"] and self.has_places(row["stands"]) else {}

    def _candidates(self, post: str) -> Json:
        """In a rerun and a second vote the names on the ballot are fixed (RR-02)."""
        names = [row["name"] for row in self.table_rows["people"] if row["stands"] == post]
        return {"candidates": names} if names and self.cleaned_data["round"] != "first" else {}

    @classmethod
    def spread(cls, question: Json) -> Json:
        sexes = {each["name"]: each["sex"] for each in question.get("people", [])}
        rows: dict[str, Json] = {}
        for post, votes in question["votes"].items():
            for name, number in votes.items():
                rows.setdefault(name, {"name": name, "sex": sexes.get(name, "M")})[post] = number
        plain = {name: question[name] for name in FIGURES if name in question}
        return spread_plain(plain) | spread_seats(question) | spread_rows("people", rows.values())


def _votes(people: list[Json], office: Office) -> dict[str, int]:
    return {row["name"]: row[office.value] for row in people if row[office.value] is not None}
