"""`manage.py rule TOPIC`: JSON in, JSON out, exit code 2 in plain words, no database."""

import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line

from office.calculator.topics import TOPICS, answer

BASE = Path(__file__).resolve().parents[3]
PROMISED_SECONDS = 5  # for 1,000 cases of `decide`, of which half is the start of the process


def run(topic, text):
    """The command as a script calls it, with a database that cannot be reached."""
    nowhere = os.environ | {"DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none", "LC_ALL": "C"}
    command = [sys.executable, "manage.py", "rule", *([topic] if topic else [])]
    raw = text if isinstance(text, bytes) else text.encode()
    return subprocess.run(command, input=raw, capture_output=True, cwd=BASE, env=nowhere, check=False)


def test_an_object_in_an_object_out():
    question = TOPICS["name_order"].example
    done = run("name_order", json.dumps(question, ensure_ascii=False))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == answer("name_order", question)
    assert "欧阳少东" in done.stdout.decode()


@pytest.mark.parametrize(
    ("topic", "text", "message"),
    [
        ("timetable", '{"election_day": "2026-12-20", "colour": 1}', "timetable 中有不认识的键：colour"),
        ("timetable", '{"election_day": "2026-13-20"}', "election_day 应当是形如2026-12-20的日期"),
        ("timetable", "{}", "timetable 缺少 election_day"),
        ("weather", "{}", "没有“weather”这个演算"),
        ("decide", "{", "标准输入不是有效的JSON，第1行第2个字符附近有误"),
        ("decide", "", "标准输入不是有效的JSON"),
        ("decide", b"\xff\xfe\xfa", "标准输入不是UTF-8编码的文字"),
        ("decide", '{"a": ' + "9" * 5000 + "}", "标准输入的JSON中有太长的数"),
        ("decide", '{"policy": "\\ud800"}', "题目中有不完整的字符"),
        ("decide", "[" * 100_000, "标准输入的JSON嵌套过深"),
    ],
)
def test_what_is_not_understood_ends_with_2_and_a_plain_message(topic, text, message, monkeypatch, capsys):
    raw = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "rule", topic])
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert message in said.err


def test_a_process_that_was_misunderstood_says_so_in_words():
    done = run("weather", "{}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "没有“weather”这个演算" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_without_a_topic_it_ends_with_2():
    assert run(None, "{}").returncode == 2


def test_a_thousand_rounds_in_one_call():
    """An array in, an array out, in order, and well inside the promise by the processor's own clock."""
    example = TOPICS["decide"].example
    cases = [example | {"returned": 700 + place % 300, "registered": 1000 + place % 500} for place in range(1000)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run("decide", json.dumps(cases))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = json.loads(done.stdout)
    assert len(found) == 1000
    assert found[7] == answer("decide", cases[7])
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < PROMISED_SECONDS
