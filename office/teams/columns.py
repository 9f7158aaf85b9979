"""Which column of a list of a team is which, and the words people write into its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from elections.models import Tenure
from elections.rules import teams
from elections.rules.codes import NATIONS, Education, Politics
from elections.rules.counting.offices import Office
from elections.rules.kinds import Body, Sex
from voters.spreadsheet.columns import bare

VILLAGE, NAME, SEX, BIRTH, ID_NUMBER, GROUP = "村", "姓名", "性别", "出生年月", "身份证号", "村民小组"
NATION, EDUCATION, POLITICS, JOINED = "民族", "文化程度", "政治面貌", "入党时间"
BODY, OFFICE, SINCE, UNTIL, HOW = "组织", "职务", "任职时间", "离任时间", "产生方式"

# fmt: off
SYNONYMS: dict[str, tuple[str, ...]] = {
    VILLAGE:   ("村社区", "村名", "村居", "社区", "所在村", "行政村", "单位", "村社区名称", "村名称"),
    NAME:      ("名字", "成员姓名", "人员姓名"),
    SEX:       ("性別", "男女"),
    BIRTH:     ("出生日期", "出生年月日", "出生时间", "生日"),
    ID_NUMBER: ("身份证号码", "身份证", "公民身份号码", "公民身份证号", "居民身份证号", "证件号码"),
    GROUP:     ("小组", "组别", "组", "居民小组", "所在小组"),
    NATION:    ("民族成份", "族别"),
    EDUCATION: ("学历", "文化水平", "学历层次", "最高学历"),
    POLITICS:  ("政治身份", "党派"),
    JOINED:    ("入党年月", "入党日期", "加入时间", "加入日期"),
    BODY:      ("所在组织", "任职组织", "班子", "机构", "所属组织"),
    OFFICE:    ("现任职务", "担任职务", "职务名称", "岗位", "村内职务", "任职"),
    SINCE:     ("任现职时间", "任职日期", "任职年月", "当选时间", "任职起始时间"),
    UNTIL:     ("离任日期", "离职时间", "免职时间", "任职截止时间", "卸任时间"),
    HOW:       ("任职方式", "产生途径", "来源"),
}
NUMBERING = ("序号", "编号", "")  # columns that say nothing about anybody
KNOWN = {bare(word): column for column, words in SYNONYMS.items() for word in (column, *words)}

SEXES = {"男": Sex.MALE, "男性": Sex.MALE, "女": Sex.FEMALE, "女性": Sex.FEMALE}
NATION_CODES = {form: code for code, word in NATIONS.items() for form in (word, word.removesuffix("族"))}
EDUCATIONS = {
    "博士": Education.POSTGRADUATE, "硕士": Education.POSTGRADUATE, "博士研究生": Education.POSTGRADUATE,
    "硕士研究生": Education.POSTGRADUATE, "本科": Education.UNIVERSITY, "大学": Education.UNIVERSITY,
    "全日制本科": Education.UNIVERSITY, "大专": Education.COLLEGE, "专科": Education.COLLEGE, "高职": Education.COLLEGE,
    "中等专科": Education.VOCATIONAL, "中技": Education.VOCATIONAL, "技校": Education.VOCATIONAL,
    "职高": Education.VOCATIONAL, "中职": Education.VOCATIONAL, "文盲": Education.NONE, "无": Education.NONE,
    **{each.label: each for each in Education},
}
POLITICS_CODES = {
    "党员": Politics.MEMBER, "共产党员": Politics.MEMBER, "中国共产党党员": Politics.MEMBER,
    "预备党员": Politics.PROBATIONARY, "团员": Politics.LEAGUE, "无党派": Politics.INDEPENDENT,
    **{each.label: each for each in Politics},
}
HOWS = {
    "选举": Tenure.How.ELECTED, "当选": Tenure.How.ELECTED, "任命": Tenure.How.APPOINTED, "下派": Tenure.How.SENT,
    "派驻": Tenure.How.SENT, **{each.label: each for each in Tenure.How},
}
OFFICES = {
    "书记": Office.SECRETARY, "支书": Office.SECRETARY, "副书记": Office.VICE_SECRETARY, "副支书": Office.VICE_SECRETARY,
    "主任": Office.CHAIR, "副主任": Office.DEPUTY, "妇女委员": Office.WOMAN, "委员": Office.MEMBER, "成员": Office.MEMBER,
    "组织委员": Office.MEMBER, "宣传委员": Office.MEMBER, "纪检委员": Office.MEMBER, "统战委员": Office.MEMBER,
    "": Office.MEMBER,  # 支委, 村委: the name of the body stands for a seat in it
}
BODIES = {
    Body.SUPERVISION: ("村务监督委员会", "居务监督委员会", "监督委员会", "监委会", "监委"),
    Body.PARTY: (
        "党支部委员会", "党总支委员会", "党委", "党支部", "党总支", "党组织", "支部委员会", "支委会", "支委", "支部", "总支",
    ),
    Body.VILLAGERS_COMMITTEE: ("村民委员会", "居民委员会", "村（居）民委员会", "村委会", "居委会", "村委", "居委"),
}
BODY_WORDS = sorted(((word, body) for body, words in BODIES.items() for word in words), key=lambda pair: -len(pair[0]))
# fmt: on
SEVERAL = re.compile("|".join(map(re.escape, ("、", "，", ",", "；", ";", "/", "+", "＋", "兼任", "兼", "以及", "暨"))))
PLACES = re.compile("^(?:中共|本村|村|社区)+")
TWO = ("两委", "“两委”", "村两委", "村“两委”", "社区两委", "社区“两委”")

Post = tuple[str, str]  # body, office


def guess(headings: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Column → its place, the first of two wins; and the headings that nobody reads, to be told."""
    found: dict[str, int] = {}
    unread = []
    for place, heading in enumerate(headings):
        column = KNOWN.get(bare(heading))
        if column and column not in found:
            found[column] = place
        elif bare(heading) not in NUMBERING:
            unread.append(heading)
    return found, unread


def posts_of(body: str, office: str) -> tuple[Post, ...]:
    """What a person holds by the two cells: 村委会 + 主任; or 书记、主任 alone. ``ValueError`` with the sentence."""
    given = _given_body(body)
    parts = [part for part in SEVERAL.split("".join(office.split())) if part]
    if not parts:
        raise ValueError("没有填写职务。请补上，例如书记、主任、委员。")
    return tuple(dict.fromkeys(_post(part, given) for part in parts))


def _given_body(text: str) -> Body | None:
    said = "".join(text.split())
    if not said or said in TWO:
        return None
    body, rest = _cut(said)
    if body is None or rest:
        raise ValueError(f"组织“{text}”不认识，可以是{'、'.join(each.label for each in Body)}。")
    return body


def _cut(text: str) -> tuple[Body | None, str]:
    """The body that a word names, and what is left of the word."""
    for word, body in BODY_WORDS:
        if word in text:
            before, _, after = text.partition(word)
            return body, PLACES.sub("", before) + after
    return None, PLACES.sub("", text)


def _post(part: str, given: Body | None) -> Post:
    named, rest = _cut(part)
    body = named or given
    office = OFFICES.get(rest)
    if office is None or (office is Office.MEMBER and not rest and named is None):
        raise ValueError(f"职务“{part}”不认识。本页只登记“两委”和监督委员会的职务。")
    body = body or _implied(office)
    if body is None:
        raise ValueError(f"看不出是哪个组织的“{part}”。请在“组织”一列写明。")
    why_not = teams.why_not_office(body, office)
    if why_not:
        raise ValueError(why_not)
    return body.value, office.value


def _implied(office: Office) -> Body | None:
    """The body that an office says by itself: 书记 is the Party's, 主任 the villagers' committee's, 委员 anybody's."""
    homes = [body for body in (Body.PARTY, Body.VILLAGERS_COMMITTEE) if office in teams.OFFICES[body]]
    return homes[0] if len(homes) == 1 else None
