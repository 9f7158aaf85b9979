"""The common part of questions about posts: one body, its offices, the places of each, the people who stand."""

from elections.rules.counting.offices import Office
from office.calculator import fields
from office.calculator.forms import RuleForm
from office.calculator.reading import Json

VILLAGE_OFFICES = (Office.CHAIR, Office.DEPUTY, Office.MEMBER, Office.WOMAN)
PARTY_OFFICES = (Office.SECRETARY, Office.VICE_SECRETARY, Office.MEMBER)
CAPACITIES = (("", "可以当选"), ("off_roll", "不在名单上"), ("barred", "有禁止情形"))


class SeatsForm(RuleForm):
    """Places by office."""

    bodies = fields.BODIES

    @property
    def offices(self) -> tuple[Office, ...]:
        return PARTY_OFFICES if self.for_body == "party" else VILLAGE_OFFICES

    @property
    def seat_names(self) -> tuple[str, ...]:
        return tuple(f"seats_{each}" for each in self.offices)

    def add_fields(self) -> None:
        for name, each in zip(self.seat_names, self.offices, strict=True):
            self.fields[name] = fields.optional_count(f"{each.label}名额", max_value=20)

    def clean(self) -> Json:
        found = super().clean()
        if not any(found.get(name) or name in self.errors for name in self.seat_names):
            self.add_error(self.seat_names[0], "应选名额没有填写。请至少填一个职务的名额。")
        return found

    def posts(self) -> list[Json]:
        """Return offices with places, as the calculator takes them."""
        seats = {each.value: self.cleaned_data[f"seats_{each}"] for each in self.offices}
        return [{"post": post, "seats": number} for post, number in seats.items() if number]

    def has_places(self, post: str) -> bool:
        return bool(self.cleaned_data.get(f"seats_{post}"))


def spread_seats(question: Json) -> Json:
    return {f"seats_{each['post']}": each["seats"] for each in question["posts"]}


def described(row: Json) -> Json:
    """Return a person of a row as the calculator reads them: sex, on the roll, barred."""
    capacity = {"off_roll": {"on_roll": False}, "barred": {"barred": True}}.get(row["capacity"], {})
    return {"name": row["name"], "sex": row["sex"], **capacity}
