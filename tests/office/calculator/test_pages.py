"""规则演算 in the browser: each topic's form answers like the calculator, keeps nothing, shows no id number."""

import json
import logging
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from elections.models import JournalEntry
from elections.models.acts import Act
from elections.rules.policy import KINDS, Policy
from office.calculator.parameters import PARAMETERS, packs
from office.calculator.topic import GROUPS
from office.calculator.topics import TOPICS, answer
from tests.elections.make_pages import a_browser, text_of

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "11010519491231002X", "110105194912310021"  # the standard's own example, and a false check digit
BODIES = [(topic, "") for topic in TOPICS] + [("decide", "residents"), ("decide", "party"), ("nomination", "party")]


def typed(topic: str, body: str = "", **changes: Any) -> QueryDict:
    """What a browser sends when the page goes back as it came, with some fields changed."""
    sent = QueryDict(mutable=True)
    for field in TOPICS[topic].form_of(body=body):
        value = field.value()
        if field.widget_type == "checkbox":
            value = "on" if value else []
        elif field.widget_type not in ("checkboxselectmultiple",):
            shown = field.field.widget.format_value(value)
            value = shown[0] if isinstance(shown, list) else "" if shown is None else shown
        sent.setlist(field.html_name, value if isinstance(value, list) else [value])
    if topic == "id_number":
        sent["numbers"] = f"{RIGHT}\n{WRONG}"
    for name, value in changes.items():
        sent[name] = value
    return sent


def address(topic: str, body: str = "") -> str:
    return reverse("rule", args=[topic]) + (f"?body={body}" if body else "")


def ask(topic: str, body: str = "", **changes: Any):
    return a_browser().post(address(topic, body), typed(topic, body, **changes).dict())


def ask_json(topic: str, text: str):
    return a_browser().post(address(topic), {"ask": text})


def test_the_index_says_what_each_topic_answers():
    page = text_of(a_browser().get(reverse("rules")))
    assert [topic for topic in TOPICS if TOPICS[topic].asks not in page or address(topic) not in page] == []
    assert [page.count(f'<h2 id="group-{number}">{group}</h2>') for number, group in enumerate(GROUPS, 1)] == [1, 1, 1]
    assert len({topic.place for topic in TOPICS.values()}) == len(TOPICS)


@pytest.mark.parametrize(("topic", "body"), BODIES)
def test_every_page_opens_with_its_example(topic, body):
    response = a_browser().get(address(topic, body))
    assert response.status_code == 200
    assert f"<h1>{TOPICS[topic].label}</h1>" in text_of(response)


@pytest.mark.parametrize(("topic", "body"), BODIES)
def test_the_form_answers_like_the_calculator(topic, body):
    response = ask(topic, body)
    assert response.status_code == 200
    result = response.context["result"]
    assert json.loads(result.answer) == answer(topic, TOPICS[topic].example_for(body))
    assert [told.word for told in result.told if told.word not in text_of(response)] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_the_question_as_json_answers_like_the_calculator(topic):
    response = ask_json(topic, json.dumps([TOPICS[topic].example] * 2, ensure_ascii=False))
    assert response.status_code == 200
    assert json.loads(response.context["result"].answer) == answer(topic, [TOPICS[topic].example] * 2)
    assert response.context["rule_form"] is None


def test_the_count_shows_its_arithmetic_and_its_articles():
    page = text_of(ask("decide"))
    for words in ("全部选出", "当选至少须得501票", "得560票，超过参加投票1000人的半数", "登记1200人，参加投票1000人"):
        assert words in page
    found = answer("decide", TOPICS["decide"].example)
    assert {each["cite"] for each in found["elected"]} == {c for c in [found["elected"][0]["cite"]] if c in page}


def test_the_figures_decide_on_both_sides_of_half():
    assert "全部选出" in text_of(ask("decide", **{"people-0-chair": "501"}))
    page = text_of(ask("decide", **{"people-0-chair": "500"}))
    assert "还有名额没有选出" in page
    assert "主任空缺1名" in page


def test_a_barred_winner_and_near_kin_count_as_such():
    barred = ask("decide", **{"people-0-capacity": "barred"}).context["result"]
    assert [each["name"] for each in json.loads(barred.answer)["elected"]] == ["丙", "戊", "己"]
    kin = {"kin-0-one": "甲", "kin-0-other": "丙", "kin-0-relation": "spouse"}
    related = ask("decide", **kin).context["result"]
    found = json.loads(related.answer)
    assert [each["name"] for each in found["elected"]] == ["甲", "戊"]  # with 丙 goes the only woman: a place waits
    assert [each["women_only"] for each in found["vacancies"] if each["post"] == "member"] == [True]


def test_a_rerun_takes_candidates_seats_and_places_for_women():
    rerun = {
        "round": "rerun", "seats_chair": "", "seats_deputy": "", "seats_member": "2", "seats_women": "1",
        "seated-0-post": "chair", "seated-0-name": "甲",
        "people-0-name": "丙", "people-0-sex": "F", "people-0-stands": "member", "people-0-chair": "", "people-0-member": "400",
        "people-1-chair": "", "people-1-member": "390", "people-1-stands": "member",
    }  # fmt: skip
    rows = {name: "" for name in typed("decide") if name.startswith("people-") and int(name.split("-")[1]) > 1}
    question = ask("decide", **rows, **rerun).context["result"].question
    asked = json.loads(question)
    assert asked["posts"] == [
        {"post": "member", "seats": 1, "candidates": ["丙", "乙"]},
        {"post": "member", "seats": 1, "women_only": True, "candidates": ["丙", "乙"]},
    ]
    assert asked["seated"] == [{"post": "chair", "name": "甲"}]


@pytest.mark.parametrize(
    ("topic", "changes", "words"),
    [
        ("decide", {"returned": "一千"}, "收回选票“一千”不是整数。请只填数字。"),
        ("decide", {"registered": ""}, "登记参加选举人数没有填写。请填写。"),
        ("decide", {"people-1-name": "甲"}, "甲写了两行。请在姓名后加注区分，或者合并为一行。"),
        ("decide", {"people-1-name": ""}, "得票第2行姓名没有填写。请填写。"),
        ("decide", {"people-0-woman": "3"}, "妇女委员没有填名额，却填了得票。请补填名额，或者删去得票。"),
        ("decide", {"seats_women": "3"}, "专留给妇女的委员3名，多于委员名额2名。请核对。"),
        ("timetable", {"election_day": "3/15"}, "选举日：日期“3/15”看不出年份。请写成2026年3月15日或2026-3-15。"),
        ("voter", {"person__birth": ""}, "出生日期没有填写。请填写。"),
        ("id_number", {"numbers": ""}, "身份证号没有填写。请填写。"),
        ("meeting", {"for": ""}, "赞成人数没有填写。请填写。"),
        ("nomination", {"people-0-post": "deputy"}, "副主任没有填名额，却有人被提名。请补填名额，或者改正职务。"),
        ("proxies", {"proxies-0-agent": ""}, "委托第1行受委托人没有填写。请填写。"),
        ("recommend", {"weights__masses": "50"}, "两项权重合计110%，应为100%。请核对。"),
        ("recommend", {"people-0-members": "31"}, "甲得党员推荐31票，多于收回的30张。请核对。"),
        ("bars", {"overrides": "{"}, "改动的参数不是有效的JSON，第1行第2个字符附近有误。请对照示例改正。"),
        ("bars", {"overrides": '{"colour": 1}'}, "不认识的参数：colour。"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(topic, changes, words):
    response = ask(topic, **changes)
    assert response.status_code == 422
    page = text_of(response)
    assert "有1处需要修改" in page
    assert words.replace('"', "&quot;") in page
    assert response.context["result"] is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "题目不是有效的JSON，第1行第2个字符附近有误。请对照示例改正。"),
        ("3", "题目应当写在一对花括号里。请对照示例改正。"),
        ("[" * 5000, "题目中的数太长或者层次太多。请对照示例改正。"),
        ('{"a": ' + "9" * 5000 + "}", "题目中的数太长或者层次太多。请对照示例改正。"),
        ("[" + "{}," * 50 + "{}]", "题目有51道，一次最多50道。请分次演算。"),
        ('{"colour": 1}', "recall 缺少 voters。"),
        ('{"policy": "\\ud800"}', "题目中有不完整的字符，请改正。"),
        ('[{"voters": {"\\udc00": 1}}]', "第1项：题目中有不完整的字符，请改正。"),
    ],
)
def test_json_that_cannot_be_read_is_refused_in_words(text, words):
    response = ask_json("recall", text)
    assert response.status_code == 422
    assert words in text_of(response)


def test_an_unknown_topic_is_not_there():
    assert a_browser().get("/rules/horoscope/").status_code == 404


def test_a_button_adds_rows_without_asking():
    sent = typed("decide", **{"more": "people", "people-8-name": "壬", "returned": "很多"})
    response = a_browser().post(address("decide"), sent.dict())
    assert response.status_code == 200
    form = response.context["rule_form"]
    assert (form["people-8-name"].value(), form["returned"].value()) == ("壬", "很多")
    table = next(iter(form.tables()))
    assert len(table.rows) == int(sent["rows-people"]) + 5
    assert response.context["result"] is None


def test_an_id_number_stands_nowhere_again(caplog):
    caplog.set_level(logging.DEBUG)
    for response in (ask("id_number"), ask_json("id_number", json.dumps({"numbers": [RIGHT, WRONG]}))):
        page = text_of(response)
        assert response.status_code == 200
        assert "110************02X" in page
        assert [number for number in (RIGHT, WRONG) if number in page or number in caplog.text] == []
        assert "location" not in response.headers
    assert RIGHT not in text_of(a_browser().get(address("id_number")))
    by_address = a_browser().get(address("id_number"), {"ask": json.dumps({"numbers": [WRONG]})})
    assert (by_address.status_code, by_address.context["result"]) == (200, None)


def test_asking_keeps_nothing_and_asks_again_from_the_same_page():
    browser = a_browser()
    before = JournalEntry.objects.count()
    act = {"act": "8f14e45f-ceea-467f-a8f2-0242ac120002"}
    first = browser.post(address("recall"), typed("recall").dict() | act)
    second = browser.post(address("recall"), typed("recall", **{"for": "250"}).dict() | act)
    assert (first.status_code, second.status_code) == (200, 200)
    assert ("罢免通过" in text_of(first), "罢免没有通过" in text_of(second)) == (True, True)
    assert (Act.objects.count(), JournalEntry.objects.count()) == (0, before)


def test_a_changed_parameter_changes_the_outcome_and_is_marked():
    page = text_of(ask("proxies", overrides='{"proxy_max": 5}'))
    assert "每人接受委托不超过5人" in page
    assert "使用者改动的参数" in page
    assert "待核对" in page


def test_every_parameter_a_question_reads_is_named(monkeypatch):
    """The examples read no number of the pack that the page does not show."""
    read: set[str] = set()
    plain = Policy.__getattribute__

    def spying(self: Policy, name: str) -> Any:
        if name in KINDS and name != "law_version":
            read.add(name)
        return plain(self, name)

    questions = {topic: [TOPICS[topic].example] for topic in TOPICS}
    questions["meeting"] += [{"kind": kind, "members": 9, "adults": 9, "present": 8, "for": 5}
                             for kind in ("representatives", "group", "party")]  # fmt: skip
    answers = {topic: [answer(topic, each) for each in asked] for topic, asked in questions.items()}  # packs are loaded
    assert answers
    monkeypatch.setattr(Policy, "__getattribute__", spying)
    missing = {}
    for topic, asked in questions.items():
        read.clear()
        for each in asked:
            answer(topic, each)
        missing[topic] = sorted(read - set(TOPICS[topic].rests_on)) if topic != "decide" else []
    assert missing == {topic: [] for topic in TOPICS}
    assert {key for topic in TOPICS.values() for key in topic.rests_on} == set(PARAMETERS)


def test_packs_with_unchecked_numbers_are_marked():
    titles = dict(packs(TOPICS["decide"].rests_on))
    assert titles["national-2025"].endswith("（有待核对）")
    assert not dict(packs(TOPICS["composition"].rests_on))["national-2025"].endswith("（有待核对）")
