"""村民代表会议组成: is the representatives' meeting lawfully made up (RP-01, RC-07)?"""

from fractions import Fraction

from elections.rules import law
from elections.rules.counting.majority import least, share_words
from elections.rules.counting.reading import Reader, Refusal
from elections.rules.counting.representatives import why_not_so_composed
from elections.rules.policy import Policy
from elections.rules.wording import share
from office.calculator import fields
from office.calculator.explanation import Explanation, Line
from office.calculator.forms import RuleForm
from office.calculator.topic import MEETINGS, Answer, Topic


class Form(RuleForm):
    body = fields.chosen("会议", (("committee", "村民代表会议"), ("residents", "居民代表会议")))
    committee = fields.count("委员会成员")
    representatives = fields.count("代表", help_text="不含委员会成员")
    women_representatives = fields.count("其中妇女代表")


def solve(read: Reader, policy: Policy) -> Answer:
    residents = read.one_of("body", ("committee", "residents"), "committee") == "residents"
    women = read.count("women_representatives", 0 if residents else None)
    if women is None:
        raise Refusal("composition 缺少 women_representatives")
    villagers_committee, representatives = read.count("committee"), read.count("representatives")
    read.finish()
    why_not = why_not_so_composed(villagers_committee, representatives, women, policy, residents=residents)
    why, whole = why_not or "组成人员符合规定", villagers_committee + representatives
    cite = law.cite(law.REPRESENTATIVES_SHARE, policy.law_version, residents=residents)
    lines = [
        Line(why, cite),
        Line(f"组成人员：委员会成员{villagers_committee}人＋代表{representatives}人＝{whole}人"),
        Line(_part("代表", representatives, whole, policy.representatives_share)),
    ]
    if not residents:
        lines.append(Line(_part("妇女代表", women, whole, policy.women_representatives_share)))
    told = Explanation("组成不符合规定", "bad", lines) if why_not else Explanation("组成符合规定", "done", lines)
    return {"valid": why_not is None, "why": why, "cite": cite}, told


def _part(who: str, part: int, whole: int, wanted: Fraction) -> str:
    needed = f"规定{share_words(wanted)}以上（至少{least(wanted, whole)}人）"
    return f"{who}{part}人，占组成人员的{share(part, whole)}（{part}/{whole}），{needed}"


TOPIC = Topic(
    "composition", "村民代表会议组成", "代表人数和妇女代表比例是否符合规定", (MEETINGS, 3), Form, solve, takes_null=False,
    example={"committee": 5, "representatives": 25, "women_representatives": 10},
    keys={"committee": "村民委员会成员", "representatives": "村民代表", "women_representatives": "妇女代表"},
    rests_on=("representatives_share", "women_representatives_share"),
)  # fmt: skip
