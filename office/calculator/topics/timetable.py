"""时限推算: every limit from the election day, and from what has happened already (TM-)."""

from elections.forms.dates import DateField
from elections.rules.counting.reading import Reader
from elections.rules.policy import Policy
from elections.rules.timetable.items import Item, KnownDays, derive
from elections.rules.timetable.problems import problems
from elections.rules.wording import cn_date
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Table
from office.calculator.forms import RuleForm
from office.calculator.reading import day, day_if_any, for_residents, picked
from office.calculator.topic import MEETINGS, Answer, Topic

KNOWN = ("roll_posted", "objection_received", "audit_published", "elected_on", "rerun_on")
COLUMNS = ("key", "label", "rule", "kind", "latest", "advised", "cite", "formula")


class Form(RuleForm):
    body = fields.chosen("委员会", fields.VILLAGE_BODIES)
    election_day = DateField(label="选举日")
    roll_posted = DateField(label="名单公布日", required=False)
    objection_received = DateField(label="收到申诉日", required=False)
    audit_published = DateField(label="离任审计结果公布日", required=False)
    elected_on = DateField(label="新一届产生之日", required=False)
    rerun_on = DateField(label="另行选举日", required=False)

    groups = (("选举", ("body", "election_day")), ("已经发生的", KNOWN))


def solve(read: Reader, policy: Policy) -> Answer:
    poll_day = day(read, "election_day")
    known = KnownDays(**{key: day_if_any(read, key) for key in KNOWN}, community=for_residents(read))
    read.finish()
    items = derive(poll_day, known, policy)
    broken = list(problems(poll_day, known, policy))
    return {
        "items": [picked(each, *COLUMNS) for each in items],
        "problems": [picked(each, "code", "rule", "text", "cite") for each in broken],
    }, _explained(items, [Line(each.text, each.cite) for each in broken])


def _explained(items: tuple[Item, ...], broken: list[Line]) -> Explanation:
    rows = [
        (each.label, cn_date(each.latest), cn_date(each.advised), each.kind.label, each.formula, each.cite)
        for each in items
    ]
    table = Table("时限", ("事项", "最迟", "建议", "性质", "算式", "依据"), rows, (1, 2, 3))
    if broken:
        return Explanation(f"有{len(broken)}处不符合时限", "warn", broken, [table])
    return Explanation(f"推算出{len(rows)}个时限，没有发现不符", "done", (), [table])


TOPIC = Topic(
    "timetable", "时限推算", "选举日定下后，每件事最迟哪天办", (MEETINGS, 1), Form, solve,
    example={"election_day": "2026-12-20", "roll_posted": "2026-11-22", "objection_received": "2026-11-26"},
    keys={
        "election_day": "选举日", "roll_posted": "名单公布日", "objection_received": "收到申诉日",
        "audit_published": "离任审计结果公布日", "elected_on": "新一届产生之日", "rerun_on": "另行选举日",
        "body": "committee 村，residents 社区",
    },
    rests_on=(
        "day_count_excludes_start", "roll_post_min_days", "roll_post_advised_days", "roll_objection_days",
        "roll_answer_days", "primary_mode", "candidate_post_days", "poll_notice_days", "proxy_apply_deadline_days",
        "proxy_list_post_days", "rerun_within_days", "handover_days", "certificate_days",
    ),
)  # fmt: skip
