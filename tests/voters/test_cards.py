"""Cards, household sheets, issue sheets: one number on all of them, no number of a person, the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from django.db import transaction
from django.urls import reverse

from elections import tasks
from elections.documents import store
from elections.models import Appointment, Job, Role
from elections.rules.machine import Refused
from elections.services import jobs
from tests.elections.make_pages import a_browser, address
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_voter
from voters.documents.polling import Kind, PrintRequest, Split, parts_of, tables_of
from voters.models import ProxyVote, RovingVoter, Voter
from voters.rules import cards
from voters.services.printing import ask_print
from voters.services.publishing import publish_roll

NUMBERS = re.compile(r"(?<!\d)\d{6}(19|20)\d{9}[\dXx]|(?<!\d)1[3-9]\d{9}(?!\d)")
RARE = ("欧阳䶮", "𠮷田一", "阿依古丽·买买提")


# ── the code on the card ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("election", "number"), [(1, 1), (12, 345), (99_999_999, 999_999)])
def test_a_code_tells_election_and_number(election, number):
    code = cards.code_of(election, number)
    assert (len(code), cards.read(code)) == (16, cards.Scan(number, election))
    assert cards.read(cards.spaced(code)) == cards.Scan(number, election)


def test_full_width_digits_of_an_input_method_are_read():
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    assert cards.read(cards.code_of(12, 345).translate(wide)) == cards.Scan(345, 12)
    assert cards.read("　３４５ ") == cards.Scan(345)


def test_every_wrong_digit_and_every_swap_of_neighbours_is_noticed():
    code = cards.code_of(12, 3457)
    wrong = [code[:at] + digit + code[at + 1 :] for at in range(16) for digit in "0123456789" if digit != code[at]]
    wrong += [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(15) if code[at] != code[at + 1]]
    for each in wrong:
        with pytest.raises(cards.Unreadable):
            cards.read(each)


@pytest.mark.parametrize("typed", ["", "0", "王芳", "1234567", "99010019800506101X", "13800138000", "000012000345 31"])
def test_what_is_no_code_and_no_number_of_the_roll_is_refused(typed):
    with pytest.raises(cards.Unreadable, match="不要输入身份证号"):
        cards.read(typed)


# ── the papers ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def election(db):
    """Forty people of four groups, three with rare names, published."""
    election, clerk = a_roll_election(), a_clerk()
    for serial in range(1, 41):
        cells = {"村民小组": f"{serial % 4 + 1}组", "电话": f"138001380{serial:02d}"}
        a_voter(election, serial, actor=clerk, **cells, **({"姓名": RARE[serial - 1]} if serial <= 3 else {}))
    return election


@pytest.fixture
def published(election):
    with transaction.atomic():
        publish_roll(election, place="公开栏", posted_by="张贴员", actor=a_clerk(), today=TODAY)
    return election


def printed(election, asked: PrintRequest, actor=None) -> tuple[Job, bytes]:
    """Ask, and do the job as a worker would."""
    job = ask_print(election, asked, actor=actor or a_clerk())
    tasks.run(str(job.pk))
    job.refresh_from_db()
    return job, store.get(job.result)


def text_of(data: bytes) -> str:
    out = subprocess.run([shutil.which("pdftotext"), "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return out.stdout.decode()


def words_of(data: bytes) -> str:
    return re.sub(r"\s", "", text_of(data))


def test_a_card_has_the_number_of_the_roll_and_nothing_of_the_person_beyond_the_notice(published):
    job, data = printed(published, PrintRequest(Kind.CARDS))
    text = text_of(data)
    assert (job.state, job.done, job.total, job.message) == (Job.State.DONE, 40, 40, "共5页")
    assert job.result_name.endswith("_选民证_" + job.result_name[-12:])
    assert [text.count(name) for name in RARE] == [2, 2, 1], "on the card and on its stub, where a long name is broken"
    for voter in Voter.objects.filter(name__in=RARE):
        assert cards.spaced(cards.code_of(published.pk, voter.number)) in text
    assert text.count("选 民 证") + text.count("选民证") == 40
    assert NUMBERS.search(text) is None


def test_the_same_roll_gives_the_same_bytes_and_another_roll_others(published):
    first, again = printed(published, PrintRequest(Kind.CARDS)), printed(published, PrintRequest(Kind.CARDS))
    assert first[0].pk != again[0].pk
    assert first[0].result == again[0].result
    Voter.objects.filter(number=1).update(version=7)
    assert printed(published, PrintRequest(Kind.CARDS))[0].result == first[0].result
    households = printed(published, PrintRequest(Kind.HOUSEHOLDS))[0].result
    assert households == printed(published, PrintRequest(Kind.HOUSEHOLDS))[0].result != first[0].result


def test_household_sheets_stand_before_publication_and_keep_a_house_together(election):
    _, data = printed(election, PrintRequest(Kind.HOUSEHOLDS))
    text = words_of(data)
    assert NUMBERS.search(text_of(data)) is None
    assert text.count("本户签字") == Voter.objects.values("group", "household").distinct().count()
    assert all(name in text for name in RARE)
    apart, _ = printed(election, PrintRequest(Kind.HOUSEHOLDS, apart=True))
    assert apart.message == f"共{text.count('本户签字')}页"


def test_issue_sheets_spread_all_voters_over_the_tables_once(published):
    _, data = printed(published, PrintRequest(Kind.ISSUE, tables=3))
    text = words_of(data)
    assert [text.count(f"第{n}发票处（共3处）") > 0 for n in (1, 2, 3)] == [True] * 3
    assert sum(text.count(voter.name) for voter in Voter.objects.filter(name__in=RARE)) == 3
    assert "本处合计发出选票" in text
    assert NUMBERS.search(text_of(data)) is None


def test_an_issue_sheet_says_who_comes_with_a_proxy_and_to_whom_the_box_goes(published):
    principal, agent, old = Voter.objects.order_by("number")[:3]
    user = a_clerk().user
    ProxyVote.objects.create(
        election=published, number=1, principal=principal, agent=agent, relation="other", reason="外出",
        applied_on=TODAY, consented_by="主任", made_by=user,
    )  # fmt: skip
    RovingVoter.objects.create(election=published, voter=old, why="old", route="东片", applied_on=TODAY, made_by=user)
    (part,) = parts_of(published, PrintRequest(Kind.ISSUE))
    remarks = {line[0]: line[4] for page in part.values["pages"] for line in page if line[4]}
    assert remarks == {principal.number: f"委托{agent.name}", old.number: "流动票箱（东片）"}


@pytest.mark.parametrize(("split", "sizes"), [(Split.NUMBERS, [14, 14, 12]), (Split.GROUPS, [10, 20, 10])])
def test_tables_are_groups_side_by_side_or_runs_of_numbers(published, split, sizes):
    voters = list(Voter.objects.order_by("number"))
    tables = tables_of(voters, 3, split)
    assert [len(each) for each in tables] == sizes
    assert sorted(voter.number for each in tables for voter in each) == list(range(1, 41))
    if split == Split.GROUPS:
        assert sum(len({voter.group for voter in each}) for each in tables) == 4


# ── what stands against it ─────────────────────────────────────────────────────────────────────────────────


def reasons(election, kind) -> list[str]:
    with pytest.raises(Refused) as refused, transaction.atomic():
        ask_print(election, PrintRequest(kind), actor=a_clerk())
    return [problem.text for problem in refused.value.problems]


@pytest.mark.parametrize("kind", [Kind.CARDS, Kind.ISSUE])
def test_there_is_no_number_before_the_roll_is_published(election, kind):
    assert reasons(election, kind) == ["选民名单还没有公布，公布后才有名单序号"]
    assert not Job.objects.exists()


def test_a_letter_without_a_face_is_told_before_printing(election):
    Voter.objects.filter(name=RARE[0]).update(name="王\U0003fffd")
    assert reasons(election, Kind.HOUSEHOLDS) == ["“\U0003fffd”在打印字体中缺字，请先联系管理员安装含这些字的字体"]


def test_an_empty_roll_has_no_households(db):
    assert reasons(a_roll_election(), Kind.HOUSEHOLDS) == ["还没有登记选民"]


def test_a_cancelled_job_makes_no_file(published):
    job = ask_print(published, PrintRequest(Kind.CARDS), actor=a_clerk())
    assert jobs.cancel(job)
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.CANCELLED, "")


# ── the page and the file ──────────────────────────────────────────────────────────────────────────────────


def test_the_page_asks_and_shows_the_job(published):
    village = a_browser(Role.VILLAGE)
    page = village.get(address("roll_cards")).content.decode()
    assert all(word in page for word in ("生成选民证", "生成核对表", "生成领票登记表"))
    answer = village.post(address("roll_cards"), {"kind": "issue", "tables": "３", "split": "groups"})
    job = Job.objects.get(kind="print_issue")
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert (job.args["tables"], job.total) == (3, 40)
    bad = village.post(address("roll_cards"), {"kind": "issue", "tables": "21", "split": "groups"})
    assert (bad.status_code, "发票处（个）填了21，最多20" in bad.content.decode()) == (422, True)
    assert village.post(address("roll_cards"), {"kind": "ballots"}).status_code == 404


def test_a_file_is_given_only_to_who_asked_and_still_may_have_it(published):
    village = a_browser(Role.VILLAGE)
    village.post(address("roll_cards"), {"kind": "cards"})
    job = Job.objects.get(kind="print_cards")
    tasks.run(str(job.pk))
    file = reverse("job_result", args=[job.pk])
    assert b"".join(village.get(file).streaming_content)[:5] == b"%PDF-"
    assert a_browser(Role.VILLAGE).get(file).status_code == 404
    Appointment.objects.filter(user=job.asked_by).update(role=Role.AUDITOR)
    assert village.get(file).status_code == 404
    Appointment.objects.filter(user=job.asked_by).delete()
    assert village.get(file).status_code == 404


def test_a_lost_card_is_printed_alone(published):
    job, data = printed(published, PrintRequest(Kind.CARDS, first=7, last=9))
    assert (job.total, job.done, job.message) == (3, 3, "共1页")
    shown = [number for number in range(1, 41) if cards.spaced(cards.code_of(published.pk, number)) in text_of(data)]
    assert shown == [7, 8, 9]
    village = a_browser(Role.VILLAGE)
    refused = village.post(address("roll_cards"), {"kind": "cards", "first": "41"})
    assert (refused.status_code, "名单上没有这些序号的人" in refused.content.decode()) == (409, True)
