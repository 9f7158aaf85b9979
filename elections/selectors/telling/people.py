"""What the answers about persons say: voters, their numbers, names, proxies, nominees, bars."""

from __future__ import annotations

from datetime import date

from elections.rules.counting.posts import Office
from elections.rules.names import stroke_code
from elections.rules.policy import Policy
from elections.rules.wording import cn_date
from elections.selectors.telling.shape import Json, Line, Table, Told, Tone
from voters.rules import faults
from voters.rules.eligibility import Category
from voters.rules.identity import IdFault, masked, normalise
from voters.rules.rows import CATEGORY_WORDS

SEXES = {"M": "男", "F": "女"}
RESULTS: dict[str, tuple[str, Tone]] = {
    "block": ("有禁止情形，不得作为候选人", "bad"),
    "advise": ("有须研究的情形，由乡镇研究决定", "warn"),
    "clear": ("没有禁止情形", "done"),
}


def voter(question: Json, answer: Json, policy: Policy) -> Told:
    lines = [Line(answer["why"], answer["cite"])]
    if answer["category"]:
        lines.append(Line(f"登记类型：{CATEGORY_WORDS[Category(answer['category'])][0]}"))
    if answer["listed"]:
        return Told("列入选民名单", "done", tuple(lines))
    return Told("不列入选民名单", "bad", tuple(lines))


def id_number(question: Json, answer: Json, policy: Policy) -> Told:
    """First and last three of each number: with the birth date beside it six and four would give it all away."""
    pairs = list(zip(question["numbers"], answer["numbers"], strict=True))
    rows = tuple((place, *_number(raw, found)) for place, (raw, found) in enumerate(pairs, 1))
    wrong = sum(not each["valid"] for each in answer["numbers"])
    word = f"{len(rows)}个号码，{wrong}个有误" if wrong else f"{len(rows)}个号码，没有发现错误"
    heads = ("序号", "号码", "出生日期", "性别", "校验结果")
    return Told(word, "warn" if wrong else "done", (), (Table("逐个校验", heads, rows, short=(0, 1, 2, 3)),))


def _number(raw: object, found: Json) -> tuple[str, str, str, str]:
    number = hidden(raw)
    birth = cn_date(date.fromisoformat(found["birth"])) if found["birth"] else "--"
    said = "号码正确" if found["valid"] else faults.id_number(IdFault(found["code"]), normalise(str(raw))).message
    return number, birth, SEXES.get(found["sex"] or "", "--"), said.split("；确认无误")[0].rstrip("。")


def hidden(raw: object) -> str:
    return masked(normalise(str(raw)), outer=True) or "--"


def name_order(question: Json, answer: Json, policy: Policy) -> Told:
    rows = tuple((place, name, _strokes(name)) for place, name in enumerate(answer["names"], 1))
    lines = []
    if answer["unknown"]:
        lines.append(Line(f"笔画表中没有“{'、'.join(answer['unknown'])}”，按笔画最多排列，须人工确定位置"))
    table = Table("次序", ("序号", "姓名", "各字笔画数"), rows, short=(0, 1))
    return Told(f"{len(rows)}人已按笔画排序", "warn" if lines else "done", tuple(lines), (table,))


def _strokes(name: str) -> str:
    return "　".join(f"{char}{len(code)}" if (code := stroke_code(char)) else char for char in name)


def nomination(question: Json, answer: Json, policy: Policy) -> Told:
    found = answer["problems"]
    rows = tuple(
        (Office(each["post"]).label, each["text"], "可以说明理由" if each["soft"] else "不得通过", each["cite"])
        for each in found
    )
    if not found:
        return Told("提名没有发现问题", "done")
    firm = any(not each["soft"] for each in found)
    table = Table("不符合规定的", ("职务", "问题", "性质", "依据"), rows)
    return Told(f"有{len(found)}处不符合规定", "bad" if firm else "warn", (), (table,))


def proxies(question: Json, answer: Json, policy: Policy) -> Told:
    accepted = tuple((each["principal"], each["agent"]) for each in answer["accepted"])
    refused = tuple((each["principal"], each["agent"], each["why"], each["cite"]) for each in answer["refused"])
    tables = [Table("可以办理的", ("委托人", "受委托人"), accepted)] if accepted else []
    tables += [Table("不能办理的", ("委托人", "受委托人", "原因", "依据"), refused)] if refused else []
    word = f"{len(accepted)}件可以办理" + (f"，{len(refused)}件不能办理" if refused else "")
    limit = Line(f"每人接受委托不超过{policy.proxy_max}人", policy.sources["proxy_max"].text)
    return Told(word, "warn" if refused else "done", (limit,), tuple(tables))


def bars(question: Json, answer: Json, policy: Policy) -> Told:
    severities = {"block": "不得作为候选人", "advise": "由乡镇研究决定"}
    rows = tuple((each["why"], severities[each["severity"]], each["cite"]) for each in answer["items"])
    word, tone = RESULTS[answer["result"]]
    return Told(word, tone, (), (Table("情形", ("情形", "处理", "依据"), rows),) if rows else ())
