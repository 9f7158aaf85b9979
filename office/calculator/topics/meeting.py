"""会议有效性: is the meeting valid, is its decision carried (EC-04, RP-04, RP-06, PB-07)?"""

from datetime import date

from elections.rules.counting.reading import Reader
from elections.rules.facts import MeetingFacts
from elections.rules.meetings import Kind, judge
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Tone
from office.calculator.forms import RuleForm
from office.calculator.reading import counts, picked
from office.calculator.topic import MEETINGS, Answer, Topic

WORDS: dict[tuple[bool, bool], tuple[str, Tone]] = {  # by valid and carried
    (True, True): ("会议有效，表决通过", "done"),
    (True, False): ("会议有效，表决没有通过", "warn"),
    (False, False): ("会议无效", "bad"),
}


class Form(RuleForm):
    kind = fields.chosen("会议", [(each.value, each.label) for each in Kind])
    adults = fields.optional_count("十八周岁以上应到人数", help_text="村民会议、小组会议填写")
    households = fields.optional_count("应到户数", help_text="村民会议、小组会议由户代表参加的填写")
    members = fields.optional_count(
        "组成人员或者应到会人数", help_text="代表会议填组成人员，党员大会和全会填应到会有选举权人数"
    )
    present = fields.optional_count("实到人数")
    present_households = fields.optional_count("实到户数")
    locals()["for"] = fields.count("赞成人数")  # a word of the language

    groups = (
        ("会议", ("kind",)),
        ("应到", ("adults", "households", "members")),
        ("实到和赞成", ("present", "present_households", "for")),
    )


def solve(read: Reader, policy: Policy) -> Answer:
    read.has("due")  # may stand beside `members`, which wins
    meeting = MeetingFacts(
        kind=read.one_of("kind", list(Kind)),
        held_on=date.min,
        **counts(read, "adults", "households"),
        members=read.count("members", 0) or read.count("due", 0),
        **counts(read, "present", "present_households"),
        in_favour=read.count("for", 0),
    )
    read.finish()
    found = judge(meeting, policy)
    why = found.why or "；".join(found.why_not)
    needed = f"赞成至少{found.need_for}人，现有{meeting.in_favour}人"
    lines = [Line(why, found.cite)] + ([Line(needed)] if found.valid else [])
    plain = picked(found, "valid", "carried", "need_present", "need_for")
    return plain | {"why": why, "cite": found.cite}, Explanation(*WORDS[found.valid, found.carried], lines)


TOPIC = Topic(
    "meeting", "会议有效性", "到会人数够不够，表决通过没有", (MEETINGS, 2), Form, solve,
    example={"kind": "villagers", "adults": 1200, "present": 601, "for": 301},
    keys={
        "kind": "villagers 村民会议，representatives 代表会议，group 小组会议，party 党员大会，party_committee 委员会全会",
        "adults": "十八周岁以上应到人数", "households": "应到户数", "members": "组成人员（代表）数",
        "due": "应到会有选举权人数", "present": "实到人数", "present_households": "实到户数", "for": "赞成人数",
    },
    rests_on=(
        "village_meeting_households", "representatives_quorum", "group_quorum", "party_quorum", "party_majority_base",
    ),
)  # fmt: skip
