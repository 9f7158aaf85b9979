"""选民资格: is this person listed, and as what (VR-)?"""

from elections.forms.dates import DateField
from elections.rules.counting.reading import Reader
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Line
from office.calculator.forms import RuleForm
from office.calculator.reading import day, day_if_any, for_residents, is_stated, opened, picked
from office.calculator.topic import PERSONS, Answer, Topic
from voters.rules.eligibility import Person, Setting, classify
from voters.rules.rows import CATEGORY_WORDS

STATED = ("stated", "applied", "listed_elsewhere", "written_refusal", "unable", "unreachable")


class Form(RuleForm):
    body = fields.chosen("委员会", fields.VILLAGE_BODIES)
    election_day = DateField(label="选举日")
    registration_start = DateField(label="选民登记开始日", required=False)
    person__birth = DateField(label="出生日期")
    person__household_here = fields.ticked("户籍在本村（社区）")
    person__lives_here = fields.ticked("在本村（社区）居住")
    person__resident_since = DateField(label="居住开始日", required=False)
    person__works_here_since = DateField(label="从事村务工作开始日", required=False)
    person__stated = fields.ticked("本人表示参加选举")
    person__applied = fields.ticked("本人提出申请")
    person__consent_meeting = fields.ticked("村民会议或者代表会议同意")
    person__listed_elsewhere = fields.ticked("已在其他村（社区）登记")
    person__deprived_until = DateField(label="剥夺政治权利止日", required=False)
    person__written_refusal = fields.ticked("书面表示不参加选举")
    person__unable = fields.ticked("因精神疾病不能行使选举权利")
    person__unreachable = fields.ticked("长期外出无法联系")

    groups = (
        ("选举", ("body", "election_day", "registration_start")),
        ("户籍和居住", ("person__birth", "person__household_here", "person__lives_here", "person__resident_since",
                   "person__works_here_since")),
        ("本人表示和会议同意", ("person__stated", "person__applied", "person__consent_meeting",
                       "person__written_refusal")),
        ("不列入名单的情形", ("person__listed_elsewhere", "person__deprived_until", "person__unable",
                      "person__unreachable")),
    )  # fmt: skip


def solve(read: Reader, policy: Policy) -> Answer:
    setting = Setting(
        election_day=day(read, "election_day"),
        registration_start=day_if_any(read, "registration_start"),
        community=for_residents(read),
    )
    person = _person(opened(read.mapping("person"), "person"))
    read.finish()
    found = classify(person, setting, policy)
    lines = [Line(found.why, found.cite)]
    if found.category:
        lines.append(Line(f"登记类型：{CATEGORY_WORDS[found.category][0]}"))
    told = Explanation("列入选民名单", "done", lines) if found.listed else Explanation("不列入选民名单", "bad", lines)
    return picked(found, "listed", "category", "code", "rule", "why", "cite"), told


def _person(read: Reader) -> Person:
    person = Person(
        birth=day(read, "birth"),
        household_here=read.flag("household_here", False),
        lives_here=read.flag("lives_here") if read.has("lives_here") else None,
        resident_since=day_if_any(read, "resident_since"),
        works_here_since=day_if_any(read, "works_here_since"),
        consent=is_stated(read, "consent_meeting"),
        deprived_until=day_if_any(read, "deprived_until"),
        **{key: is_stated(read, key) for key in STATED},
    )
    read.finish()
    return person


TOPIC = Topic(
    "voter", "选民资格", "这个人列不列入选民名单", (PERSONS, 1), Form, solve,
    example={
        "election_day": "2026-12-20", "registration_start": "2026-11-17",
        "person": {
            "birth": "1990-05-01", "household_here": False, "lives_here": True, "resident_since": "2025-10-01",
            "applied": True, "consent_meeting": True,
        },
    },
    keys={
        "election_day": "选举日", "registration_start": "选民登记开始日", "person.birth": "出生日期",
        "person.household_here": "户籍在本村", "person.lives_here": "在本村居住", "person.resident_since": "居住开始日",
        "person.works_here_since": "从事村务工作开始日", "person.stated": "本人表示参加选举",
        "person.applied": "本人申请", "person.consent_meeting": "会议同意", "person.listed_elsewhere": "已在其他村登记",
        "person.deprived_until": "剥夺政治权利止日", "person.written_refusal": "书面表示不参加",
        "person.unable": "因精神疾病不能行使选举权利", "person.unreachable": "长期外出无法联系",
        "body": "committee 村，residents 社区",
    },
    rests_on=(
        "voting_age", "birthday_counts", "residence_years", "residence_ref_day", "village_work_counts",
        "social_worker_months", "absentee_removal_rule",
    ),
)  # fmt: skip
