"""委托投票: who may vote for whom, in the order of the requests (VT-06…12)."""

from typing import Any

from elections.rules.counting.reading import Reader
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Table, filled
from office.calculator.forms import RuleForm
from office.calculator.grids import Grid
from office.calculator.reading import for_residents, opened, picked
from office.calculator.topic import VOTES, Answer, Topic
from voters.rules.proxies import Judged, Proxy, Register, judge

COLUMNS = {
    "principal": fields.person("委托人"),
    "agent": fields.person("受委托人"),
    "relation": fields.relation("不是亲属"),
}


class Form(RuleForm):
    body = fields.chosen("委员会", fields.VILLAGE_BODIES)
    way = fields.chosen("选举方式", fields.WAYS)
    roll = fields.LinesField(label="选民名单", rows=6, help_text="委托人和受委托人在名单上的，都写上")
    candidates = fields.LinesField(label="候选人", rows=2, required=False)

    grids = (
        Grid(
            "proxies", "委托", COLUMNS, ("principal", "agent"), "增加委托", "按申请的先后填写",
            to_json=lambda row: {name: value for name, value in row.items() if value},
        ),
    )  # fmt: skip


def solve(read: Reader, policy: Policy) -> Answer:
    community = for_residents(read)
    register = Register(
        roll=frozenset(read.names("roll")),
        candidates=frozenset(read.names("candidates", [])),
        by_representatives=read.one_of("way", [way for way, _ in fields.WAYS], "voters") == "representatives",
        community=community,
    )
    requests = [_proxy(each) for each in read.rows("proxies")]
    read.finish()
    judged = judge(requests, register, policy)
    pair = ("principal", "agent")
    return {
        "accepted": [picked(each, *pair) for each in judged.accepted],
        "refused": [
            picked(each.proxy, *pair) | {"code": each.bar} | picked(each, "rule", "why", "cite")
            for each in judged.refused
        ],
    }, _explained(judged, policy)


def _proxy(data: Any) -> Proxy:
    read = opened(data, "proxies")
    proxy = Proxy(read.text("principal"), read.text("agent"), read.text("relation", "") or None)
    read.finish()
    return proxy


def _explained(judged: Judged, policy: Policy) -> Explanation:
    accepted = [(each.principal, each.agent) for each in judged.accepted]
    refused = [(each.proxy.principal, each.proxy.agent, each.why, each.cite) for each in judged.refused]
    word = f"{len(accepted)}件可以办理" + (f"，{len(refused)}件不能办理" if refused else "")
    limit = Line(f"每人接受委托不超过{policy.proxy_max}人", policy.sources["proxy_max"].text)
    tables = filled(
        Table("可以办理的", ("委托人", "受委托人"), accepted),
        Table("不能办理的", ("委托人", "受委托人", "原因", "依据"), refused),
    )
    return Explanation(word, "warn" if refused else "done", [limit], tables)


TOPIC = Topic(
    "proxies", "委托投票", "哪些委托可以办理，哪些不能", (VOTES, 2), Form, solve,
    example={
        "roll": ["甲", "乙", "丙", "丁", "戊", "己"],
        "candidates": ["己"],
        "proxies": [
            {"principal": "甲", "agent": "戊", "relation": "sibling"},
            {"principal": "乙", "agent": "己", "relation": "other"},
        ],
    },
    keys={
        "roll": "选民名单", "candidates": "候选人", "proxies": "委托人、受委托人、受委托人是委托人的什么人",
        "way": "voters 全体选民，households 户代表，representatives 居民代表", "body": "committee 村，residents 社区",
    },
    rests_on=("proxy_max", "proxy_kin_only", "kin_scope"),
)  # fmt: skip
