"""One form, one act: double click, back button, retry."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from elections.models import Act, JournalEntry, User
from tests.elections.act_urls import AREA

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.elections.act_urls")]


@pytest.fixture
def user(db) -> User:
    return User.objects.create_user("clerk", name="甲")


@pytest.fixture
def clerk(user) -> Client:
    """A signed-in browser that adds no key by itself."""
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def written() -> list[str]:
    return list(JournalEntry.objects.filter(area_code=AREA).values_list("act", flat=True))


def test_a_form_sent_twice_is_one_act_with_one_answer(clerk):
    form = {"act": uuid4(), "n": "7"}
    first, second = clerk.post("/act/go_on/", form), clerk.post("/act/go_on/", form)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (302, "/done/7")
    assert written() == ["test.act"]


def test_two_keys_are_two_acts(clerk):
    for _ in range(2):
        clerk.post("/act/go_on/", {"act": uuid4()})
    assert len(written()) == 2


def test_the_key_may_come_as_a_header(clerk):
    key = str(uuid4())
    for _ in range(2):
        assert clerk.post("/act/go_on/", headers={"X-Act": key}).status_code == 302
    assert len(written()) == 1


@pytest.mark.parametrize("form", [{}, {"act": ""}, {"act": "1"}, {"act": "x' OR 1=1"}])
def test_a_form_without_a_key_is_an_expired_page(clerk, form):
    answer = clerk.post("/act/go_on/", form)
    assert answer.status_code == 422
    assert "页面已过期，请返回上一页，刷新后重新提交。" in answer.content.decode()
    assert written() == []


def test_a_key_used_for_something_else_is_refused(clerk):
    key = uuid4()
    clerk.post("/act/go_on/", {"act": key, "n": "1"})
    for path, form in (("/act/go_on/", {"n": "2"}), ("/act/page/", {"n": "1"}), ("/act/go_on/?body=party", {"n": "1"})):
        answer = clerk.post(path, {"act": key, **form})
        assert answer.status_code == 422
        assert "这一页的内容已经提交过" in answer.content.decode()
    assert len(written()) == 1


def test_the_same_key_of_another_person_is_another_act(clerk):
    key = uuid4()
    clerk.post("/act/go_on/", {"act": key})
    other = Client()
    other.force_login(User.objects.create_user("other", name="乙"))
    assert other.post("/act/go_on/", {"act": key}).status_code == 302
    assert len(written()) == 2


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 500])
def test_a_refusal_rolls_everything_back(clerk, status):
    assert clerk.post(f"/act/refuse/{status}/", {"act": uuid4()}).status_code == status
    assert written() == []
    assert not Act.objects.exists()


@pytest.mark.parametrize(("path", "status"), [("/act/missing/", 404), ("/act/break_down/", 500), ("/nowhere/", 404)])
def test_what_breaks_down_leaves_nothing(clerk, path, status):
    assert clerk.post(path, {"act": uuid4()}).status_code == status
    assert written() == []
    assert not Act.objects.exists()


def test_an_answer_that_would_hide_a_loss_is_an_error(clerk):
    assert clerk.post("/act/lose/", {"act": uuid4()}).status_code == 500
    assert written() == []


def test_the_corrected_form_may_come_with_the_same_key(clerk):
    key = uuid4()
    assert clerk.post("/act/correct/", {"act": key}).status_code == 422
    assert clerk.post("/act/correct/", {"act": key, "n": "1"}).status_code == 302
    assert len(written()) == 1


def test_a_note_of_a_refusal_outlives_it(clerk):
    """The audit line of a denied access."""
    assert clerk.post("/act/denied/", {"act": uuid4()}).status_code == 404
    assert written() == ["access.denied"]


def test_the_page_is_given_again_and_kept_sealed(clerk):
    """What the page showed cannot be read in the database."""
    form = {"act": uuid4()}
    first, second = clerk.post("/act/page/", form), clerk.post("/act/page/", form)
    assert "990100196001013016" in second.content.decode()
    assert first.content == second.content
    assert b"990100196001013016" not in bytes(Act.objects.get().body)


def test_only_the_headers_of_the_answer_itself_are_kept(clerk):
    form = {"act": uuid4()}
    clerk.post("/act/slow/", form)
    again = clerk.post("/act/slow/", form)
    assert (again["HX-Trigger"], again["Content-Type"]) == ("counted", "text/html; charset=utf-8")
    assert "X-Other" not in again.headers


def test_a_file_is_not_kept_but_the_act_is_not_done_twice(clerk):
    form = {"act": uuid4()}
    clerk.post("/act/file/", form)
    assert "这一步已经办理，没有重复提交。" in clerk.post("/act/file/", form).content.decode()
    assert len(written()) == 1


def test_an_upload_counts_with_its_bytes(clerk):
    key = uuid4()

    def send(data: bytes):
        return clerk.post("/act/upload/", {"act": key, "roll": SimpleUploadedFile("roll.xlsx", data)})

    assert [send(b"abc").content, send(b"abc").content, send(b"abd").status_code] == [b"3", b"3", 422]


def test_nothing_of_the_form_can_be_read_from_its_digest(clerk, settings):
    """Two sites, or two keys, make two digests of the same id number."""
    form = {"n": "990100196001013016"}
    clerk.post("/act/go_on/", {"act": uuid4(), **form})
    settings.ID_KEYS = {**settings.ID_KEYS, "index": {1: b"x" * 32}}
    clerk.post("/act/go_on/", {"act": uuid4(), **form})
    assert len(set(Act.objects.values_list("digest", flat=True))) == 2


def test_reading_needs_no_key_and_a_stranger_none(clerk):
    assert clerk.get("/act/page/").status_code == 200
    assert not Act.objects.exists()
    assert Client(raise_request_exception=False).post("/nowhere/").status_code == 404


def test_login_needs_no_key(clerk):
    assert clerk.post("/login/nowhere/").status_code == 404


def test_csrf_is_looked_at_before_the_key(user):
    """Also a repetition is refused without the token."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    assert browser.post("/act/go_on/", {"act": uuid4()}).status_code == 403
    assert browser.post("/act/go_on/").status_code == 403
    assert not Act.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_senders_at_once_make_one_act(user):
    """The seven others wait for the first and get its answer."""
    form, start = {"act": uuid4()}, threading.Barrier(8)

    def send(_: int):
        browser = Client()
        browser.force_login(user)
        start.wait(30)
        try:
            return browser.post("/act/slow/", form)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))
    assert {(answer.status_code, answer.content.decode()) for answer in answers} == {(200, "已登记")}
    assert (len(written()), Act.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_next_sender_does_what_the_first_could_not(user):
    """The first is rolled back while the second waits for its key: the second is then the first."""
    form, start = {"act": uuid4()}, threading.Barrier(4)

    def send(_: int):
        browser = Client(raise_request_exception=False)
        browser.force_login(user)
        start.wait(30)
        try:
            return browser.post("/act/refuse/409/", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(send, range(4))) == {409}
    assert (written(), Act.objects.count()) == ([], 0)


SENDER = """
import django
django.setup()
from django.test import Client
from elections.models import User
browser = Client()
browser.force_login(User.objects.get())
answer = browser.post("/act/go_on/", {{"act": "{key}"}})
print(answer.status_code, answer["Location"])
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["act.before_commit", "act.after_commit"])
def test_a_server_killed_at_the_commit_and_a_retry_make_one_act(user, database_url, point):
    """Before the commit nothing is there and the retry does it; after it the retry gets the lost answer."""
    code = SENDER.format(key=uuid4())
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.elections.act_settings"}

    def send(**more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env={**environment, **more}, capture_output=True, text=True, timeout=60)

    assert send(CRASH_POINT=point).returncode == -signal.SIGKILL
    assert len(written()) == (point == "act.after_commit")
    retried = send()
    assert retried.stdout == "302 /done/\n", retried.stderr
    assert len(written()) == 1
