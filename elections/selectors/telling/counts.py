"""What the answers that count votes or heads say."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from elections.rules import law
from elections.rules.counting.majority import least, share_words
from elections.rules.policy import Policy
from elections.rules.wording import share
from elections.selectors import rounds
from elections.selectors.telling.shape import Json, Line, Table, Told, Tone

TONES: dict[str, Tone] = {"decided": "done", "open": "warn", "invalid": "bad"}


def decide(question: Json, answer: Json, policy: Policy) -> Told:
    outcome = rounds.told(dict(answer))
    lines = tuple(_of_the_count(question, answer, policy))
    return Told(
        outcome["word"], TONES[answer["status"]], lines, (_totals(outcome),) if policy.vote_carry_down else (), outcome
    )


def _of_the_count(question: Json, answer: Json, policy: Policy) -> Iterator[Line]:
    for ground in answer["grounds"]:
        yield Line(ground["why"], ground["cite"])
    if answer["status"] != "invalid":
        yield from _took_part(question, policy)
        if answer["need"] is not None:
            yield Line(f"当选至少须得{answer['need']}票")
    if answer["needs_ruling"]:
        names = "、".join(answer["needs_ruling"])
        words = f"{names}：半数按应到会人数算还是按实到会人数算，结果不同，须由上级裁定"
        yield Line(words, law.cite(law.PARTY_MAJORITY, policy.law_version))
    if answer["invalid_ballots"] or answer["blank_ballots"]:
        yield Line(f"无效票{answer['invalid_ballots']}张，空白票{answer['blank_ballots']}张")


def _took_part(question: Json, policy: Policy) -> Iterator[Line]:
    """The arithmetic behind a valid first round; what makes one invalid stands among the grounds."""
    residents = question.get("body") == "residents"
    if question.get("round", "first") != "first":
        return
    if question.get("body") == "party":
        due, part = question["due"], policy.party_quorum
        words = f"应到会{due}人，实到会{question['present']}人，达到{share_words(part)}（至少{least(part, due)}人）"
        yield Line(words, law.cite(law.PARTY_QUORUM, policy.law_version))
    elif question.get("way", "voters") != "representatives":
        whole, returned = question["registered"], question.get("returned")
        if returned is not None:
            words = f"登记{whole}人，参加投票{returned}人，超过半数（至少{whole // 2 + 1}人），投票有效"
            yield Line(words, law.cite(law.QUORUM, policy.law_version, residents=residents))


def _totals(outcome: Json) -> Table:
    labels = {each["post"]: each["label"] for key in ("elected", "not_elected", "ties") for each in outcome[key]}
    rows = [
        (labels.get(post, ""), name, votes)
        for post, names in outcome["totals"].items()
        for name, votes in names.items()
    ]
    return Table("下加后计入的票数", ("职务", "姓名", "票数"), tuple(rows), (2,))


def recall(question: Json, answer: Json, policy: Policy) -> Told:
    word, tone = _recall_word(question, answer)
    lines = (Line(answer["why"], answer["cite"]), *_signatures(question, policy), *_recall_vote(question))
    return Told(word, tone, lines)


def _recall_word(question: Json, answer: Json) -> tuple[str, Tone]:
    if not answer["admissible"]:
        return "联名人数不足，不能提交罢免投票", "bad"
    if not question.get("returned"):
        return "可以提交罢免投票", "done"
    return ("罢免通过", "done") if answer["recalled"] else ("罢免没有通过", "warn")


def _signatures(question: Json, policy: Policy) -> Iterator[Line]:
    residents = question.get("body") == "residents"
    voters = policy.recall_residents_share if residents else policy.recall_voters_share
    sides = (("选民", "voters", voters), ("代表", "representatives", policy.recall_representatives_share))
    for who, key, part in sides:
        whole, signed = question.get(key, 0), question.get(f"signed_{key}", 0)
        if whole:
            yield Line(f"{who}{whole}人，联名{signed}人，规定{share_words(part)}以上（至少{least(part, whole)}人）")


def _recall_vote(question: Json) -> Iterator[Line]:
    returned, whole = question.get("returned", 0), question["voters"]
    if not returned:
        return
    if question.get("way", "voters") != "representatives":
        yield Line(f"参加投票{returned}人，须超过{whole}人的半数（至少{whole // 2 + 1}人）")
    yield Line(f"同意{question.get('for', 0)}票，须超过{returned}票的半数（至少{returned // 2 + 1}票）")


def composition(question: Json, answer: Json, policy: Policy) -> Told:
    committee, representatives = question["committee"], question["representatives"]
    whole = committee + representatives
    lines = [
        Line(answer["why"], answer["cite"]),
        Line(f"组成人员：委员会成员{committee}人＋代表{representatives}人＝{whole}人"),
        Line(_part("代表", representatives, whole, policy.representatives_share)),
    ]
    if question.get("body") != "residents":
        women = question["women_representatives"]
        lines.append(Line(_part("妇女代表", women, whole, policy.women_representatives_share)))
    return Told(
        "组成符合规定" if answer["valid"] else "组成不符合规定", "done" if answer["valid"] else "bad", tuple(lines)
    )


def _part(who: str, part: int, whole: int, wanted: Fraction) -> str:
    needed = f"规定{share_words(wanted)}以上（至少{least(wanted, whole)}人）"
    return f"{who}{part}人，占组成人员的{share(part, whole)}（{part}/{whole}），{needed}"


def recommend(question: Json, answer: Json, policy: Policy) -> Told:
    rows = tuple(
        (place, each["name"], f"{each['score']:g}", _score(each["name"], question))
        for place, each in enumerate(answer["ranking"], 1)
    )
    word = f"按得分排列{len(rows)}人" if rows else "没有人得票"
    return Told(
        word, "info", (), (Table("得分", ("名次", "姓名", "得分", "算式"), rows, short=(0, 1, 2)),) if rows else ()
    )


def _score(name: str, question: Json) -> str:
    parts = []
    for voice in ("members", "masses"):
        votes, ballots = question[voice]["votes"].get(name, 0), question[voice]["ballots"]
        rate = question.get("model", "raw") == "rate"
        parts.append(
            f"{votes}/{ballots}×{question['weights'][voice]:g}" if rate else f"{votes}×{question['weights'][voice]:g}"
        )
    return "＋".join(parts)


def attendance(question: Json, answer: Json, policy: Policy) -> Told:
    out = tuple((each["name"], each["why"], each["cite"]) for each in answer["left_out"])
    lines = [Line(f"党员{len(question['members'])}人，不计入{len(out)}人，应到会{answer['due']}人")]
    if answer["counted"]:
        lines.append(Line(f"计入的：{'、'.join(answer['counted'])}"))
    part = policy.party_quorum
    words = f"到会有选举权的党员至少{least(part, answer['due'])}人（{share_words(part)}），会议有效"
    lines.append(Line(words, law.cite(law.PARTY_QUORUM, policy.law_version)))
    table = Table("不计入应到会的", ("姓名", "原因", "依据"), out)
    return Told(f"应到会{answer['due']}人", "info", tuple(lines), (table,) if out else ())
