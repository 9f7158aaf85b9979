"""Those due at the Party members' meeting (应到会): full members who may vote, less excused ones (PB-05, PB-06)."""

from collections.abc import Iterable
from dataclasses import dataclass

from elections.rules import law
from elections.rules.kinds import Labelled


class Absence(Labelled):
    """Grounds on which a member may be left uncounted, once the superior has approved and the meeting has voted."""

    ILLNESS = "illness", "患病不能表达本人意愿"
    ABROAD = "abroad", "自费出国半年以上"
    SENTENCE = "sentence", "未受留党察看以上处分但正在服刑或者被拘留"
    BEDRIDDEN = "bedridden", "年老卧床或者长期患病、生活不能自理"
    AWAY = "away", "调动、外派、学习、外出工作半年以上，组织关系应转未转"
    RETIRED = "retired", "离退休后长期回原籍，组织关系未转"


# What clerks write in the column 不计入原因, or the code of a system; the first ground that matches is taken.
_WORDS = (
    (Absence.BEDRIDDEN, ("bedridden", "frail", "self_care", "卧床", "年老", "体弱", "自理")),
    (Absence.ILLNESS, ("ill", "sick", "mental", "disease", "精神", "患病", "重病", "因病")),
    (Absence.ABROAD, ("abroad", "overseas", "出国", "国外", "境外")),
    (Absence.SENTENCE, ("sentence", "serving", "detained", "custody", "服刑", "拘留", "羁押")),
    (Absence.RETIRED, ("retire", "退休")),
    (Absence.AWAY, ("away", "transfer", "posted", "study", "外出", "外派", "调动", "学习", "挂职", "蹲点", "务工")),
)


def ground(reason: str) -> Absence | None:
    """Return the ground that a written reason names, or None when it is none of them."""
    words = reason.lower()
    return next((absence for absence, known in _WORDS if any(word in words for word in known)), None)


@dataclass(frozen=True, slots=True)
class PartyMember:
    """One line of the members' list. `right`: may vote (not 留党察看, 留置, 逮捕). `approved`: both approvals exist."""

    name: str
    full: bool = True
    right: bool = True
    reason: str = ""
    approved: bool = False


@dataclass(frozen=True, slots=True)
class NotDue:
    """Someone on the members' list who does not count, why, and by which provision."""

    name: str
    why: str
    provision: law.Provision


@dataclass(frozen=True, slots=True)
class Attendance:
    """`due` 应到会 is the number `counted`; everybody else on the list is `left_out`."""

    counted: tuple[str, ...]
    left_out: tuple[NotDue, ...]

    @property
    def due(self) -> int:
        return len(self.counted)


def attendance(members: Iterable[PartyMember]) -> Attendance:
    """Sort the members' list into those due and those not."""
    judged = [(member.name, not_due(member)) for member in members]
    left_out = tuple(reason for _, reason in judged if reason is not None)
    return Attendance(tuple(name for name, reason in judged if reason is None), left_out)


def not_due(member: PartyMember) -> NotDue | None:
    """Return why a member is not counted, or None: whoever is not excused is due, present or not (PB-06)."""
    if not member.full:
        return NotDue(member.name, "预备党员没有选举权", law.PARTY_RIGHT)
    if not member.right:
        words = "没有选举权或者选举权停止行使" + (f"：{member.reason}" if member.reason else "")
        return NotDue(member.name, words, law.PARTY_RIGHT)
    absence = ground(member.reason)
    if absence and member.approved:
        return NotDue(member.name, f"{absence.label}，经上级批准和大会通过不计入", law.PARTY_DUE)
    return None
