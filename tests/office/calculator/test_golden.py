"""What every example answers, as JSON and on its page, word for word."""

import json
import re
from pathlib import Path

import pytest

from office.calculator.topics import TOPICS, answer
from tests.elections.make_pages import text_of
from tests.office.calculator.test_pages import BODIES, ask

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).with_name("golden.json")


def shown(page: str) -> str:
    """The words of the page proper, without the choices of its lists and the hour of printing."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<option.*?</option>|<p class=.print-only.*?</p>|<[^>]*>", " ", main, flags=re.S).split())


def test_examples_are_answered_word_for_word(tmp_path):
    found = {
        f"{topic} {body}".strip(): {
            "answer": answer(topic, TOPICS[topic].example_for(body)),
            "page": shown(text_of(ask(topic, body))),
        }
        for topic, body in BODIES
    }
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    (tmp_path / GOLDEN.name).write_text(text, encoding="utf-8")
    wanted = GOLDEN.read_text(encoding="utf-8")
    different = [key for key, each in found.items() if each != json.loads(wanted)[key]]
    assert different == [], f"if the new words are meant, keep {tmp_path / GOLDEN.name}"
    assert text == wanted
