"""What is known of whoever is to be nominated: his record in the register of persons, and what that says of him."""

from __future__ import annotations

from typing import Any

from elections.models import Election
from elections.rules.codes import Education, Politics
from elections.selectors.persons import Chosen, by_key

# What forms and notices write of an education that a record has under its code.
SCHOOLING = {
    Education.PRIMARY: "小学及以下", Education.JUNIOR: "初中", Education.SENIOR: "高中（中专）",
    Education.VOCATIONAL: "高中（中专）", Education.COLLEGE: "大专", Education.UNIVERSITY: "本科",
    Education.POSTGRADUATE: "研究生",
}  # fmt: skip


def record_of_row(election: Election, voter: Any) -> Chosen | None:
    """Somebody of this election's roll with the record of his number, where there is one."""
    return by_key(election, f"v-{voter.pk}")


def nomination_defaults(voter: Any, known: Chosen | None) -> dict[str, str]:
    """What a nomination may say of a person to begin with: as his record has it, else the roll."""
    person = known.person if known else None
    if person is None:
        return {"party": voter.party}
    return {
        "education": SCHOOLING.get(Education(person.education), "") if person.education else "",
        "party": Politics(person.politics).label if person.politics else voter.party,
        "present_post": person.present_work,
    }
