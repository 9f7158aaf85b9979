"""How the system speaks: the words of the office, full-width punctuation, 请 where one acts."""

import ast
import functools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "documents" not in path.parts]
SOURCES = sorted(
    path
    for app in ("elections", "voters", "candidates", "audits", "office", "config")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)

HAN = r"[\u3400-\u9fff]"
NEVER = {
    "创建": "新增、登记、组建",
    "添加": "新增",
    "编辑": "修改",
    "检索(?!栏)": "查询、搜索",
    "督促": "催办",
    "提醒一下": "催办",
    "发布": "公布、公示、公告",
    "登陆": "登录",
    "其它": "其他",
    "帐号": "账号",
    "村官选举": "换届",
    "选民库": "选民名单",
    "选举小组": "选举委员会",
    "候选者": "候选人",
    "参选人(?!数)": "候选人",
    "其他候选人": "另选他人",
    "代投": "委托投票",
    "移动箱": "流动票箱",
    "点票": "计票",
    "废票": "无效票",
    "二次投票": "另行选举",
    "落榜|淘汰": "未当选",
    "DDL": "时限",
    "管理端": "换届办",
    "成功(?!率)": "说现在是什么，如：已保存",
    "失败": "说发生了什么，如：没有保存",
    "恭喜|亲爱|对不起": "不用",
    "[！!](?!=)": "句号",
    "你": "不用，或者您",
}
NEVER_ON_BUTTONS = ("确定", "提交", "是", "否", "OK", "同意", "驳回", "清空", "另存", "输出", "过滤")
HALF_WIDTH = re.compile(rf"{HAN}[,;:?!]|{HAN}\.(?!\w)|[,;?!]{HAN}|{HAN}\([^)]*{HAN}|\({HAN}+\)")
JSON_LIST = re.compile(r"\[[^\]]*\]")
SPACED = re.compile(rf"{HAN} \d|\d {HAN}")
ASKED_TWICE = re.compile(r"(?<![申邀聘提])请(?!示|求|假|辞)[^。；\x00]*(?<![申邀聘提])请(?!示|求|假|辞)")
LAW_IN_COPY = re.compile(r"第[一二三四五六七八九十百\d]+条|\d+[日天](?!期)")


def words_of(path: Path) -> str:
    """The words a template shows, each on the line it stands on: no tags, no expressions, no comments."""
    text = path.read_text(encoding="utf-8")
    for hidden in (r"{% comment %}.*?{% endcomment %}", r"{#.*?#}", r"{%.*?%}", r"{{.*?}}"):
        text = re.sub(hidden, lambda found: "\x00" + "\n" * found[0].count("\n"), text, flags=re.S)
    shown = re.sub(r'\b(?:placeholder|aria-label|title|data-\w+)="([^"]*)"', r">\1<", text)
    return re.sub(r"<[^<>]*>", "\x00", shown)


def strings_of(path: Path) -> list[tuple[int, str]]:
    """The Chinese strings of a module that people may come to see, with their lines; docstrings are for readers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    shown = [node for node in texts if id(node) not in notes and "\\" not in node.value]  # a backslash: a pattern
    return [(node.lineno, JSON_LIST.sub("", node.value)) for node in shown if re.search(HAN, node.value)]


@functools.cache
def lines_of(path: Path) -> list[tuple[int, str]]:
    return list(enumerate(words_of(path).split("\n"), 1)) if path.suffix == ".html" else strings_of(path)


def hits(path: Path, pattern: str | re.Pattern) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}: {text.strip()}" for line, text in lines_of(path) if re.search(pattern, text)
    ]


def all_hits(paths: list[Path], pattern: str | re.Pattern) -> list[str]:
    return [hit for path in paths for hit in hits(path, pattern)]


@pytest.mark.parametrize("word", NEVER, ids=lambda word: f"{word}→{NEVER[word]}")
def test_words_of_the_office(word: str):
    assert all_hits([*TEMPLATES, *SOURCES], word) == []


def test_a_button_names_its_act():
    """A verb and an object; no 请, no full stop."""
    wrong = []
    for path in PAGES:
        for inside in re.findall(r"<button\b.*?>(.*?)</button>", path.read_text(encoding="utf-8"), re.S):
            words = re.sub(r"<[^>]*>", "", inside).strip()
            if words in NEVER_ON_BUTTONS or words.startswith("请") or words.endswith("。"):
                wrong.append(f"{path.name}: {words}")
    assert wrong == []


def test_punctuation_is_full_width():
    """But for the choices of a cell, which Excel wants parted by plain commas."""
    shown = [path for path in [*TEMPLATES, *SOURCES] if path.name != "writing.py"]
    assert all_hits(shown, HALF_WIDTH) == []


def test_no_space_between_words_and_figures():
    assert all_hits(PAGES, SPACED) == []


def test_please_asks_for_one_act_a_sentence():
    """请 marks what one has to do: once a sentence, and never in a heading, a label or the head of a column."""
    named = re.compile(r"<(h[1-3]|label|legend|th)\b[^>]*>[^<]*请(?!示|求|假|辞)")
    assert all_hits([*PAGES, *SOURCES], ASKED_TWICE) == []
    assert [path.name for path in PAGES if named.search(path.read_text(encoding="utf-8"))] == []


def test_pages_hold_no_day_count_and_no_article():
    """Numbers of the law come from the rule pack, articles from law.py."""
    assert all_hits(PAGES, LAW_IN_COPY) == []
