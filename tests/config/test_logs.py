"""No id number leaves by the log, however it came in."""

import io
import json
import logging
import logging.config

import pytest

from config import logs

ID = "990100198503124539"
ID_X = "99010019850312453X"


@pytest.fixture
def written():
    """Log through the real configuration into memory; give back the parsed lines."""
    stream = io.StringIO()
    configuration = logs.configuration("INFO")
    configuration["handlers"]["stderr"]["stream"] = stream
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logging.config.dictConfig(configuration)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before


@pytest.mark.parametrize("number", [ID, ID_X, ID_X.lower(), "９９０１００１９８５０３１２４５３９"])
def test_an_id_number_becomes_stars(written, number):
    logging.getLogger("any").info("读到 %s", number)
    assert written()[0]["event"] == "读到 ******"


def test_also_in_nested_values_keys_and_whole_numbers(written):
    logging.getLogger("any").warning("行", extra={"row": {"id": [ID, {ID_X: int(ID)}]}, "village": 990100101201})
    line = written()[0]
    assert line["row"] == {"id": ["******", {"******": "******"}]}
    assert line["village"] == 990100101201


def test_also_in_a_traceback(written):
    try:
        raise ValueError(f"duplicate key {ID}")
    except ValueError:
        logging.getLogger("any").exception("失败")
    assert "duplicate key ******" in written()[0]["exception"]
    assert ID not in json.dumps(written())


def test_a_line_break_in_a_field_forges_no_second_line(written):
    logging.getLogger("any").info("姓名 %s", '甲\n{"event": "假"}')
    assert len(written()) == 1


def test_chinese_stays_readable(written, capsys):
    logging.getLogger("any").info("石门村")
    assert written()[0]["event"] == "石门村"


def test_reports_hold_names_of_variables_but_no_values(rf):
    report = logs.WithoutValues()
    request = rf.post("/", {"id_number": ID})
    assert report.get_post_parameters(request) == {"id_number": report.cleansed_substitute}


def test_the_log_of_a_request_has_no_query(rf):
    assert logs.RequestLog.format_request(rf.get("/villages/", {"q": ID})) == "GET /villages/"
