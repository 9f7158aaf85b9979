"""名单申诉受理回执 and 处理决定书: what the one who objected is given in writing."""

from __future__ import annotations

from elections.documents.heading import heading
from elections.documents.typeset import typeset
from elections.models import Election
from elections.rules import law
from elections.rules.wording import cn_date
from voters.models import RollObjection

LAYOUT = "documents/appeal.typ"
FOLLOWS = {
    RollObjection.Decision.ADD: "列入选民名单",
    RollObjection.Decision.REMOVE: "移出选民名单",
    RollObjection.Decision.CORRECT: "更正选民名单",
    RollObjection.Decision.REJECT: "维持原名单",
}


def appeal_pdf(election: Election, objection: RollObjection) -> bytes:
    """Print a receipt until the objection is decided, the decision afterwards."""
    return typeset(LAYOUT, appeal_values(election, objection))


def title_of(objection: RollObjection) -> str:
    """Return what the paper is now."""
    return "选民名单申诉处理决定书" if objection.decided_on else "选民名单申诉受理回执"


def appeal_values(election: Election, objection: RollObjection) -> dict[str, object]:
    """Return the facts of the paper: who objected to what, when, what was decided and why, on which article."""
    decided = objection.decided_on
    provision = (law.ROLL_DECISION if decided else law.ROLL_OBJECTION) if objection.in_time else law.ROLL_CHANGES
    rows = [
        ("申诉人", objection.objector),
        ("涉及的人", objection.person),
        ("申诉内容", objection.matter),
        ("收到日期", cn_date(objection.received_on)),
    ]
    if decided:
        rows += [("处理决定", FOLLOWS[RollObjection.Decision(objection.decision)]), ("理由", objection.reason)]
    return {
        "title": title_of(objection),
        "number": f"{election.village.name}名单申诉{_place(election, objection)}号",
        "rows": rows,
        "words": _decision_words(election, objection) if decided else _receipt_words(election, objection),
        "cite": law.cite(provision, election.policy.law_version, residents=election.village.is_community),
        "issuer": f"{heading(election)['village']}{election.village.people}选举委员会（印章）",
        "dated": cn_date(decided or objection.received_on),
    }


def _place(election: Election, objection: RollObjection) -> int:
    """Return the number of an objection: they are numbered as they were taken in."""
    return RollObjection.objects.filter(election=election, pk__lte=objection.pk).count()


def _receipt_words(election: Election, objection: RollObjection) -> str:
    if objection.in_time:
        return f"以上申诉已经收到。选举委员会将在{cn_date(objection.answer_by)}前作出处理决定，并公布处理结果。"
    return "以上意见已经收到。申诉期限已过，选举委员会核实后，明显的错误予以更正并补充公布。"


def _decision_words(election: Election, objection: RollObjection) -> str:
    if objection.published_on:
        return f"以上决定经{election.village.people}选举委员会作出，处理结果已于{cn_date(objection.published_on)}公布。"
    return f"以上决定经{election.village.people}选举委员会作出，处理结果另行公布。"
