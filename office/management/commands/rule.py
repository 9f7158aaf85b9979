"""`rule TOPIC`: the rules as a calculator. JSON in, JSON out, no database."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from office.calculator.topic import CalculatorError
from office.calculator.topics import TOPICS, answer


class Command(BaseCommand):
    help = "规则演算：从标准输入读一个JSON对象或者一组对象，输出演算结果。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("topic", metavar="TOPIC", help="、".join(TOPICS))

    def handle(self, *args, topic: str, **options):
        try:
            found = answer(topic, read_question())
        except CalculatorError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(found, ensure_ascii=False))


def read_question() -> Any:
    """Return the JSON value on standard input, in UTF-8 whatever the terminal's own encoding. Raises
    CalculatorError."""
    try:
        return json.loads(sys.stdin.buffer.read())
    except json.JSONDecodeError as error:
        place = f"第{error.lineno}行第{error.colno}个字符"
        raise CalculatorError(f"标准输入不是有效的JSON，{place}附近有误") from error
    except UnicodeDecodeError as error:
        raise CalculatorError("标准输入不是UTF-8编码的文字") from error
    except ValueError as error:
        raise CalculatorError("标准输入的JSON中有太长的数") from error
    except RecursionError as error:
        raise CalculatorError("标准输入的JSON嵌套过深") from error
