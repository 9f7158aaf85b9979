"""The numbers of a rule pack in people's words, and the packs on offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from elections.rules import policy as policies
from elections.rules.policy import Policy

PARAMETERS: Mapping[str, str] = {
    "women_mode": "妇女成员的产生", "vote_carry_down": "高职务得票下加", "kin_scope": "近亲属的范围",
    "member_kin_rule": "委员之间的近亲属回避", "rerun_share": "另行选举当选的最低得票",
    "rerun_surplus": "另行选举的差额人数", "rerun_requires_quorum": "另行选举须过半数参加",
    "residents_representatives_quorum": "居民代表选举的参加比例", "party_majority_base": "党内选举半数的基数",
    "party_quorum": "党员大会到会比例", "party_surplus": "党内选举差额比例",
    "day_count_excludes_start": "期间开始的当天不计入", "roll_post_min_days": "名单公布至少提前的天数",
    "roll_post_advised_days": "名单公布建议提前的天数", "roll_objection_days": "名单申诉期限（天）",
    "roll_answer_days": "申诉处理期限（天）", "primary_mode": "预选",
    "candidate_post_days": "候选人名单公布提前的天数", "poll_notice_days": "投票事项公布提前的天数",
    "proxy_apply_deadline_days": "委托申请截止提前的天数", "proxy_list_post_days": "委托名单公布提前的天数",
    "rerun_within_days": "另行选举期限（天）", "handover_days": "移交期限（天）",
    "certificate_days": "颁发当选证书期限（天）", "voting_age": "选民的年龄", "birthday_counts": "生日当天算满周岁",
    "residence_years": "居住年限（年）", "residence_ref_day": "居住年限算到",
    "village_work_counts": "从事村务工作可以登记", "social_worker_months": "社区工作者的工作月数",
    "absentee_removal_rule": "长期外出无法联系的不列入", "candidate_surplus_per_post": "每个职务的差额人数",
    "village_meeting_households": "村民会议到会户的比例", "representatives_quorum": "代表会议到会比例",
    "group_quorum": "小组会议到会比例", "proxy_max": "每人接受委托的上限（人）", "proxy_kin_only": "只能委托近亲属",
    "ec_size_min": "选举委员会最少人数", "ec_size_max": "选举委员会最多人数",
    "ec_min_working": "可以继续工作的最少人数", "ec_kin_rule": "选举委员会的近亲属回避",
    "quits_for_kin": "近亲属被提名的退出", "recall_voters_share": "罢免联名的选民比例（村）",
    "recall_residents_share": "罢免联名的选民比例（社区）", "recall_representatives_share": "罢免联名的代表比例",
    "representatives_share": "代表占组成人员的比例", "women_representatives_share": "妇女代表的比例",
    "negative_list": "负面清单",
}  # fmt: skip
VALUES = {
    "off": "不要求", "warn": "提醒", "forbid": "禁止", "due": "应到会人数", "present": "实到会人数",
    "civil_code_1045": "民法典规定的近亲属", "wide": "近亲属和姻亲、旁系亲属", "A_priority": "妇女优先",
    "B_reserved_post": "专设妇女职务", "both": "妇女优先并专设职务", "registration_start": "选民登记开始日",
    "election_day": "选举日", "none": "不预选", "rep_meeting_two_thirds": "代表会议预选",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the pack with its words; `confirmed` False: 待核对."""

    key: str
    label: str
    value: str
    source: str
    confirmed: bool


def parameters(keys: Iterable[str], policy: Policy) -> list[Parameter]:
    """Return these numbers of a pack with where they come from."""
    rows = [(key, _worded(getattr(policy, key)), policy.sources[key]) for key in keys]
    return [Parameter(key, PARAMETERS[key], value, source.text, source.confirmed) for key, value, source in rows]


def packs(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Name and title of every pack, marked where one of these numbers was not checked."""
    loaded = [policies.load(name) for name in policies.packs()]
    unsure = {pack.name for pack in loaded if not all(pack.sources[key].confirmed for key in keys)}
    return [(pack.name, f"{pack.title}（有待核对）" if pack.name in unsure else pack.title) for pack in loaded]


def _worded(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return f"{len(value)}项" if isinstance(value, tuple) else VALUES.get(str(value), str(value))
