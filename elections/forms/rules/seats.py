"""What the questions about posts share: one body, its offices, the places of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from elections.forms.rules import cells
from elections.forms.rules.asking import Grid, Json, RuleForm
from elections.rules.counting.posts import Office

VILLAGE_OFFICES = (Office.CHAIR, Office.DEPUTY, Office.MEMBER, Office.WOMAN)
PARTY_OFFICES = (Office.SECRETARY, Office.VICE_SECRETARY, Office.MEMBER)


class SeatsForm(RuleForm):
    """Places by office. `body`: committee, residents, party; anything else is a committee."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        body: str = "committee",
    ):
        self.for_body = body if body in dict(cells.BODIES) else "committee"
        self.offices = PARTY_OFFICES if self.for_body == "party" else VILLAGE_OFFICES
        self.grids = self.lay_out()
        super().__init__(data, initial=initial)

    def lay_out(self) -> tuple[Grid, ...]:
        """The tables for these offices."""
        return ()

    def add_fields(self) -> None:
        for each in self.offices:
            self.fields[f"seats_{each}"] = cells.optional_count(f"{each.label}名额", max_value=20)

    def seat_names(self) -> tuple[str, ...]:
        return tuple(f"seats_{each}" for each in self.offices)

    def clean(self) -> Json:
        found = super().clean()
        names = self.seat_names()
        if not any(found.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(names[0], "应选名额没有填写。请至少填一个职务的名额。")
        return found

    def posts(self) -> list[Json]:
        """Offices with places, as the calculator takes them."""
        seats = {each.value: self.cleaned_data[f"seats_{each}"] for each in self.offices}
        return [{"post": post, "seats": number} for post, number in seats.items() if number]

    def has_places(self, post: str) -> bool:
        return bool(self.cleaned_data.get(f"seats_{post}"))


def spread_seats(question: Json) -> Json:
    return {f"seats_{each['post']}": each["seats"] for each in question["posts"]}
