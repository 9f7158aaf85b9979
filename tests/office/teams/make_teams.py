"""What the tests of the teams' pages share: somebody in office, a pasted list."""

from __future__ import annotations

from datetime import date

from elections.models import Tenure
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen
from elections.services import tenures
from elections.services.tenures import Post
from tests.make import VILLAGE, an_actor, an_area

SINCE = date(2021, 3, 1)
HEAD = "姓名\t性别\t出生年月\t文化程度\t政治面貌\t组织\t职务\t任职时间"


def in_office(name: str, office: str = "member", body: str = "committee", *, code: str = VILLAGE, **fields) -> Tenure:
    """Somebody new in the register of the village, and his office; ``until`` and ``ending`` make it a past one."""
    past = {key: fields.pop(key) for key in ("until", "ending") if key in fields}
    post = Post(body, office, fields.pop("since", SINCE), "imported", **past)
    entry = Entry(name, fields.pop("sex", "M"), **fields)
    return tenures.add(an_area(code), Chosen(new=entry), post, actor=an_actor())


def pasted(*rows: str, head: str = HEAD) -> dict[str, str]:
    """The form of a list that was copied from a spreadsheet."""
    return {"way": "paste", "paste-text": "\n".join([head, *(row.replace(" ", "\t") for row in rows)])}
