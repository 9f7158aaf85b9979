"""罢免: may a recall be put to the vote, and did it carry (RS-11, RC-06)?"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import get_args

from elections.rules.counting.majority import least, share_words
from elections.rules.counting.poll import Way
from elections.rules.counting.reading import Reader
from elections.rules.counting.recall import Recall, Request, recall
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Tone
from office.calculator.forms import RuleForm
from office.calculator.reading import counts
from office.calculator.topic import VOTES, Answer, Topic


class Form(RuleForm):
    body = fields.chosen("罢免", (("committee", "村民委员会成员"), ("residents", "居民委员会成员")))
    way = fields.chosen("选举方式", fields.WAYS, help_text="居民委员会按当时的选举方式；村民委员会为全体选民")
    voters = fields.count("有选举权人数", help_text="由户代表选举的，填户数")
    representatives = fields.optional_count("代表人数")
    signed_voters = fields.optional_count("联名的选民")
    signed_representatives = fields.optional_count("联名的代表")
    returned = fields.optional_count("收回选票", help_text="还没有投票的，不填")
    locals()["for"] = fields.optional_count("同意罢免")  # a word of the language

    groups = (
        ("范围", ("body", "way", "voters", "representatives")),
        ("联名", ("signed_voters", "signed_representatives")),
        ("投票", ("returned", "for")),
    )


def solve(read: Reader, policy: Policy) -> Answer:
    request = Request(
        voters=read.count("voters"),
        **counts(read, "representatives", "signed_voters", "signed_representatives", "returned"),
        in_favour=read.count("for", 0),
        residents=read.one_of("body", ("committee", "residents"), "committee") == "residents",
        way=read.one_of("way", get_args(Way), "voters"),
    )
    read.finish()
    found = recall(request, policy)
    lines = [Line(found.why, found.cite), *_signatures(request, policy), *_vote(request)]
    return asdict(found), Explanation(*_word(request, found), lines)


def _word(request: Request, found: Recall) -> tuple[str, Tone]:
    if not found.admissible:
        return "联名人数不足，不能提交罢免投票", "bad"
    if not request.returned:
        return "可以提交罢免投票", "done"
    return ("罢免通过", "done") if found.recalled else ("罢免没有通过", "warn")


def _signatures(request: Request, policy: Policy) -> Iterator[Line]:
    voters = policy.recall_residents_share if request.residents else policy.recall_voters_share
    for who, whole, signed, part in (
        ("选民", request.voters, request.signed_voters, voters),
        ("代表", request.representatives, request.signed_representatives, policy.recall_representatives_share),
    ):
        if whole:
            yield Line(f"{who}{whole}人，联名{signed}人，规定{share_words(part)}以上（至少{least(part, whole)}人）")


def _vote(request: Request) -> Iterator[Line]:
    returned, whole = request.returned, request.voters
    if returned and request.way != "representatives":
        yield Line(f"参加投票{returned}人，须超过{whole}人的半数（至少{whole // 2 + 1}人）")
    if returned:
        yield Line(f"同意{request.in_favour}票，须超过{returned}票的半数（至少{returned // 2 + 1}票）")


TOPIC = Topic(
    "recall", "罢免", "联名人数够不够，罢免通过没有", (VOTES, 3), Form, solve, takes_null=False,
    example={"voters": 1000, "signed_voters": 200, "returned": 501, "for": 251},
    keys={
        "voters": "有选举权的村民", "representatives": "村民代表", "signed_voters": "联名的村民",
        "signed_representatives": "联名的代表", "returned": "收回选票", "for": "同意罢免",
    },
    rests_on=(
        "recall_voters_share", "recall_residents_share", "recall_representatives_share",
        "residents_representatives_quorum",
    ),
)  # fmt: skip
