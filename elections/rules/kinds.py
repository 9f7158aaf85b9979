"""The closed lists that tables, models and pages share: bodies, stages, standings, with their words."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A string that carries the word people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Sex(Labelled):
    MALE = "M", "男"
    FEMALE = "F", "女"


SEXES: dict[str, str] = {each.value: each.label for each in Sex}


class Body(Labelled):
    PARTY = "party", "村党组织"
    VILLAGERS_COMMITTEE = "committee", "村民委员会"
    SUPERVISION = "supervision", "村务监督委员会"


class Stage(Labelled):
    PREPARATION = "preparation", "准备"
    AUDIT = "audit", "审计"
    REGISTRATION = "registration", "选民登记"
    NOMINATION = "nomination", "提名"
    VETTING = "vetting", "资格审查"
    VOTING = "voting", "投票"
    HANDOVER = "handover", "移交"

    @property
    def number(self) -> int:
        """The place in the order of the stages."""
        return list(Stage).index(self)


class Standing(Labelled):
    ACTIVE = "active", "进行中"
    SUSPENDED = "suspended", "暂缓"
    ANNULLED = "annulled", "无效"
    CLOSED = "closed", "归档"
