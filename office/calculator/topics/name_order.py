"""姓氏笔画排序: names by the strokes of the surname (SORT-)."""

from elections.rules import names
from elections.rules.counting.reading import Reader
from elections.rules.policy import Policy
from office.calculator import fields
from office.calculator.explanation import Explanation, Line, Table
from office.calculator.forms import RuleForm
from office.calculator.reading import picked
from office.calculator.topic import PERSONS, Answer, Topic


class Form(RuleForm):
    names = fields.LinesField(label="姓名", rows=8, distinct=False, help_text="一行一个，可以从Excel粘贴")
    mode = fields.chosen(
        "排序方法", (("surname", "按姓氏笔画（两字名中间空一格）"), ("fullname", "按姓名笔画（不空格）"))
    )


def solve(read: Reader, policy: Policy) -> Answer:
    mode = read.one_of("mode", [each.value for each in names.Mode], names.Mode.SURNAME.value)
    found = names.order(read.names("names"), mode)
    read.finish()
    unknown = "、".join(found.unknown)
    lines = [Line(f"笔画表中没有“{unknown}”，按笔画最多排列，须人工确定位置")] if unknown else []
    rows = [(place, name, _strokes(name)) for place, name in enumerate(found.names, 1)]
    table = Table("次序", ("序号", "姓名", "各字笔画数"), rows, (0, 1))
    told = Explanation(f"{len(rows)}人已按笔画排序", "warn" if lines else "done", lines, [table])
    return picked(found, "names", "keys", "unknown"), told


def _strokes(name: str) -> str:
    codes = ((char, names.stroke_code(char)) for char in names.bare(name))
    return "　".join(f"{char}{len(code)}" if code else char for char, code in codes)


TOPIC = Topic(
    "name_order", "姓氏笔画排序", "一批姓名按姓氏笔画怎样排", (PERSONS, 5), Form, solve,
    example={"names": ["田大利", "欧阳少东", "田富", "王丽", "张三", "李四"], "mode": "surname"},
    keys={"names": "姓名", "mode": "surname 按姓氏笔画，fullname 按姓名笔画"},
)  # fmt: skip
