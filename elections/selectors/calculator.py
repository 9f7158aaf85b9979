"""规则演算: every topic of the calculator in one table; the page and `manage.py rule` both ask here (interfaces.md §3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from elections.rules.counting import interface
from elections.selectors import person_questions, questions

Json = dict[str, Any]


class CalculatorError(ValueError):
    """A question that cannot be understood; the message is for people."""


@dataclass(frozen=True, slots=True)
class Topic:
    """`run`: JSON object in, JSON object out; `example` is a whole question; `fields`: key → what it means."""

    label: str
    run: Callable[[Any], Json]
    example: Json
    fields: Mapping[str, str]


def answer(topic: str, question: Any) -> Any:
    """The answer to one question, or to each of a list of questions. Raises CalculatorError."""
    if topic not in TOPICS:
        raise CalculatorError(f"没有“{topic}”这个演算，现有：{'、'.join(TOPICS)}")
    run = TOPICS[topic].run
    if not isinstance(question, list):
        return _one(run, question)
    return [_one(run, each, f"第{place}项：") for place, each in enumerate(question, 1)]


def _one(run: Callable[[Any], Json], question: Any, where: str = "") -> Json:
    try:
        return run(question)
    except (ValueError, OverflowError) as error:
        raise CalculatorError(f"{where}{error}") from error


_COMMON = {"policy": "规则包，默认national-2025", "overrides": "改动的参数"}

TOPICS: Mapping[str, Topic] = {
    "decide": Topic(
        "当选计算",
        interface.decide,
        {
            "body": "committee",
            "round": "first",
            "registered": 1200,
            "issued": 1010,
            "returned": 1000,
            "posts": [{"post": "chair", "seats": 1}, {"post": "deputy", "seats": 1}, {"post": "member", "seats": 2}],
            "people": [{"name": "丙", "sex": "F"}],
            "kin": [],
            "votes": {
                "chair": {"甲": 560, "乙": 400},
                "deputy": {"丙": 505, "丁": 470},
                "member": {"戊": 620, "己": 610, "庚": 590, "辛": 120},
            },
        },
        {
            "body": "committee 村民委员会，residents 居民委员会，party 村党组织",
            "round": "first 第一次，rerun 另行选举，tie 再次投票",
            "registered": "登记参加选举人数",
            "issued": "发出选票",
            "returned": "收回选票",
            "due": "应到会有选举权人数（党组织）",
            "present": "实到会有选举权人数（党组织）",
            "posts": "应选职务和名额",
            "people": "性别、是否在名单上、有无禁止情形",
            "kin": "近亲属关系",
            "votes": "各职务得票",
            "ballots": "逐张选票，代替votes",
            "seated": "此前已经当选的人",
            **_COMMON,
        },
    ),
    "timetable": Topic(
        "时限推算",
        questions.run_timetable,
        {"election_day": "2026-12-20", "roll_posted": "2026-11-22", "objection_received": "2026-11-26"},
        {
            "election_day": "选举日",
            "roll_posted": "名单公布日",
            "objection_received": "收到申诉日",
            "audit_published": "离任审计结果公布日",
            "elected_on": "新一届产生之日",
            "rerun_on": "另行选举日",
            "body": "committee 村，residents 社区",
            **_COMMON,
        },
    ),
    "voter": Topic(
        "选民资格",
        person_questions.run_voter,
        {
            "election_day": "2026-12-20",
            "registration_start": "2026-11-17",
            "person": {
                "birth": "1990-05-01",
                "household_here": False,
                "lives_here": True,
                "resident_since": "2025-10-01",
                "applied": True,
                "consent_meeting": True,
            },
        },
        {
            "election_day": "选举日",
            "registration_start": "选民登记开始日",
            "person.birth": "出生日期",
            "person.household_here": "户籍在本村",
            "person.lives_here": "在本村居住",
            "person.resident_since": "居住开始日",
            "person.works_here_since": "从事村务工作开始日",
            "person.stated": "本人表示参加选举",
            "person.applied": "本人申请",
            "person.consent_meeting": "会议同意",
            "person.listed_elsewhere": "已在其他村登记",
            "person.deprived_until": "剥夺政治权利止日",
            "person.written_refusal": "书面表示不参加",
            "person.unable": "因精神疾病不能行使选举权利",
            "person.unreachable": "长期外出无法联系",
            "body": "committee 村，residents 社区",
            **_COMMON,
        },
    ),
    "id_number": Topic(
        "身份证号校验",
        person_questions.run_id_number,
        {"numbers": ["11010519491231002X", "110105194912310021"]},
        {"numbers": "身份证号，一项一个", **_COMMON},
    ),
    "name_order": Topic(
        "姓氏笔画排序",
        questions.run_name_order,
        {"names": ["田大利", "欧阳少东", "田富", "王丽", "张三", "李四"], "mode": "surname"},
        {"names": "姓名", "mode": "surname 按姓氏笔画，fullname 按姓名笔画", **_COMMON},
    ),
    "nomination": Topic(
        "提名审查",
        person_questions.run_nomination,
        {
            "body": "committee",
            "posts": [{"post": "chair", "seats": 1}, {"post": "member", "seats": 2}],
            "candidates": {"chair": ["甲", "乙"], "member": ["丙", "丁"]},
            "people": [{"name": "丙", "sex": "F"}],
        },
        {
            "body": "committee 村民委员会，residents 居民委员会，party 村党组织",
            "posts": "应选职务和名额",
            "candidates": "各职务的候选人",
            "people": "性别、是否在名单上、有无禁止情形",
            **_COMMON,
        },
    ),
    "meeting": Topic(
        "会议有效性",
        questions.run_meeting,
        {"kind": "villagers", "adults": 1200, "present": 601, "for": 301},
        {
            "kind": "villagers 村民会议，representatives 代表会议，group 小组会议，party 党员大会，party_committee 委员会全会",
            "adults": "十八周岁以上应到人数",
            "households": "应到户数",
            "members": "组成人员（代表）数",
            "due": "应到会有选举权人数",
            "present": "实到人数",
            "present_households": "实到户数",
            "for": "赞成人数",
            **_COMMON,
        },
    ),
    "attendance": Topic(
        "党员应到会核定",
        interface.attendance,
        {
            "members": [
                {"name": "甲", "full": True, "right": True},
                {"name": "乙", "full": True, "right": True, "reason": "bedridden", "approved": True},
                {"name": "丙", "full": False, "right": False},
            ]
        },
        {
            "members.full": "是正式党员",
            "members.right": "有选举权",
            "members.reason": "申请不计入的情形",
            "members.approved": "上级同意并经大会通过",
            **_COMMON,
        },
    ),
    "proxies": Topic(
        "委托投票",
        person_questions.run_proxies,
        {
            "roll": ["甲", "乙", "丙", "丁", "戊", "己"],
            "candidates": ["己"],
            "proxies": [
                {"principal": "甲", "agent": "戊", "relation": "sibling"},
                {"principal": "乙", "agent": "己", "relation": "other"},
            ],
        },
        {
            "roll": "选民名单",
            "candidates": "候选人",
            "proxies": "委托人、受委托人、受委托人是委托人的什么人",
            "way": "voters 全体选民，households 户代表，representatives 居民代表",
            "body": "committee 村，residents 社区",
            **_COMMON,
        },
    ),
    "committee_change": Topic(
        "选举委员会变动",
        questions.run_committee_change,
        {
            "members": ["李", "徐", "周", "甲", "乙", "丙", "丁"],
            "reserves": [{"name": "胡", "votes": 31}, {"name": "唐", "votes": 28}],
            "nominated": ["李", "徐小妹"],
            "kin": [["徐", "徐小妹", "child"]],
        },
        {
            "members": "成员，未写职务的第一人为主任",
            "reserves": "候补和推选得票",
            "nominated": "被提名的人",
            "kin": "亲属关系：一人、另一人、后者是前者的什么人",
            **_COMMON,
        },
    ),
    "recall": Topic(
        "罢免",
        interface.recall,
        {"voters": 1000, "signed_voters": 200, "returned": 501, "for": 251},
        {
            "voters": "有选举权的村民",
            "representatives": "村民代表",
            "signed_voters": "联名的村民",
            "signed_representatives": "联名的代表",
            "returned": "收回选票",
            "for": "同意罢免",
            **_COMMON,
        },
    ),
    "composition": Topic(
        "村民代表会议组成",
        interface.composition,
        {"committee": 5, "representatives": 25, "women_representatives": 10},
        {
            "committee": "村民委员会成员",
            "representatives": "村民代表",
            "women_representatives": "妇女代表",
            **_COMMON,
        },
    ),
    "recommend": Topic(
        "两推计票",
        interface.recommend,
        {
            "weights": {"members": 0.6, "masses": 0.4},
            "members": {"ballots": 30, "votes": {"甲": 25, "乙": 20}},
            "masses": {"ballots": 50, "votes": {"甲": 20, "乙": 45}},
            "model": "rate",
        },
        {
            "weights": "党员推荐和群众推荐的权重",
            "members": "党员推荐的票数",
            "masses": "群众推荐的票数",
            "model": "raw 按票数，rate 按得票率",
            **_COMMON,
        },
    ),
    "bars": Topic(
        "候选人禁止情形",
        person_questions.run_bars,
        {"person": {"criminal_punishment": False, "items": ["LOW_REPUTATION"]}},
        {
            "person.expelled_from_party": "被开除党籍",
            "person.criminal_punishment": "因犯罪受过刑事处罚",
            "person.clan_or_gang": "利用宗族、黑恶势力从事非法活动",
            "person.illegal_religion_or_cult": "组织或者参加非法宗教、邪教活动",
            "person.items": "负面清单的代码",
            **_COMMON,
        },
    ),
}
