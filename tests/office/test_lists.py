"""Desk, overview, villages and schedule: the same few questions and a page of bounded length for any county."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from openpyxl import load_workbook

from elections.models import Election, Role, Summary, SummaryDeadline, SummaryTask
from elections.rules.kinds import Stage, Standing
from elections.services import summaries
from tests.elections.make_county import a_county
from tests.make import COUNTY, TOWN, VILLAGE, a_user

MARKS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
MOST_STATEMENTS, MOST_KB = 8, 60  # of a whole request: session, person and second factor among the statements

# A statement each for session, person, second factor, appointments with their offices; and on the
# desk: up to date? (and progress), counts, week, and the tasks if there are any;
# overview: up to date?, counts, townships, villages that are late or vote soon;
# list of villages: up to date?, townships, count, page;
# schedule: up to date?, townships, days, beginnings.
PAGES = (
    (Role.COUNTY, COUNTY, {"desk": 7, "overview": 8, "villages": 8, "schedule": 8}),
    (Role.TOWNSHIP, TOWN, {"desk": 8, "villages": 8, "schedule": 8}),
    (Role.VILLAGE, VILLAGE, {"villages": 8, "schedule": 8}),
)
A_PASS = 12  # statements that work out two hundred villages
SCHEDULE_BEFORE, FIRST_LOOK_BEFORE = 9900, 28138  # KB, statements: of a county of 600 villages

FURTHER = (
    "/desk/?due=overdue&page=2",
    "/overview/?page=9",
    "/villages/?page=3&sort=-stage",
    "/schedule/?group=later&page=2",
    "/schedule/?day=2000-01-01",
)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture(params=[1, 30, pytest.param(600, marks=pytest.mark.slow)])
def county(request, db, today) -> list[Election]:
    made = a_county(request.param, today)
    summaries.refresh_all(today)
    return made


def log_in(client, role: str, area: str) -> None:
    """With password and token, as these offices must."""
    user = a_user(role, area)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=user, name="手机令牌").persistent_id
    session.save()
    client.get(reverse("me"))  # once a session notes that it lives


def look(client, address: str) -> tuple[int, float]:
    """Statements of the whole request, and KB."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return sum(not each["sql"].startswith(MARKS) for each in asked), round(len(answer.content) / 1024, 1)


@pytest.mark.figure
def test_the_pages_ask_the_same_few_questions_and_stay_short(county, client, figure):
    for role, area, pages in PAGES:
        log_in(client, role, area)
        for page, exactly in pages.items():
            statements, size = look(client, reverse(page))
            name = f"{page} of the {role}, {len(county)} villages"
            before = SCHEDULE_BEFORE if (role, page, len(county)) == (Role.COUNTY, "schedule", 600) else ""
            figure(f"{name}: statements", now=statements, promised=MOST_STATEMENTS)
            figure(f"{name}: KB", now=size, promised=MOST_KB, before=before)
            assert statements == exactly, name


def test_further_pages_are_short_too(county, client):
    log_in(client, Role.COUNTY, COUNTY)
    for address in FURTHER:
        statements, size = look(client, address)
        assert (statements <= MOST_STATEMENTS, size <= MOST_KB) == (True, True), address


@pytest.mark.figure
def test_the_first_look_of_the_day_asks_a_bounded_number_of_questions(county, client, figure, today):
    Summary.objects.update(day=today - timedelta(days=1))
    log_in(client, Role.COUNTY, COUNTY)
    statements, _ = look(client, reverse("desk"))
    passes = -(-len(county) // summaries.PASS)
    before = FIRST_LOOK_BEFORE if len(county) == 600 else ""
    promised = MOST_STATEMENTS + 1 + passes * A_PASS  # one more: what it worked out is read again
    figure(
        f"first look at the desk, {len(county)} villages: statements", now=statements, promised=promised, before=before
    )
    assert not Summary.objects.exclude(day=today).exclude(election__standing=Standing.SUSPENDED).exists()


@pytest.mark.figure
def test_the_clock_works_a_county_out_in_passes(county, figure, today):
    with CaptureQueriesContext(connection) as asked:
        stored = summaries.refresh_all(today + timedelta(days=1))
    statements = sum(not each["sql"].startswith(MARKS) for each in asked)
    passes = -(-len(county) // summaries.PASS)
    figure(f"the lists of {len(county)} villages worked out: statements", now=statements, promised=1 + passes * A_PASS)
    assert stored == len(county) - len(county) // 50  # one in fifty is suspended and knows no day


def test_a_county_without_villages_has_its_pages_too(db, client):
    log_in(client, Role.COUNTY, COUNTY)
    desk, overview, villages, schedule = (client.get(reverse(page)).context for page in PAGES[0][2])
    assert (desk["waiting_count"], desk["progress"]["all"], desk["twice"], desk["week"]) == (0, 0, 0, [])
    assert (overview["attention"], overview["polls"], overview["twice"]) == ([], [], 0)
    assert (villages["all"], [section.count for section in schedule["sections"]]) == (0, [0, 0, 0, 0])


@pytest.fixture
def thirty(db, today) -> list[Election]:
    made = a_county(30, today)
    summaries.refresh_all(today)
    return made


def test_every_waiting_task_stands_on_some_page_of_the_desk_soonest_first(thirty, client):
    log_in(client, Role.TOWNSHIP, TOWN)
    first = client.get(reverse("desk"))
    count, pages = first.context["waiting_count"], first.context["page"].paginator.num_pages
    assert pages > 1
    shown = [
        (task["due"] or date.max, task["place"], task["title"])
        for number in range(1, pages + 1)
        for task in client.get(f"{reverse('desk')}?page={number}").context["waiting"]
    ]
    own = SummaryTask.objects.filter(owner="镇换届办")
    assert len(shown) == len(set(shown)) == count == own.count()
    assert [due for due, _, _ in shown] == sorted(due for due, _, _ in shown)


@pytest.mark.parametrize(("chosen", "due"), [("today", "due"), ("overdue", "due__lt")])
def test_the_desk_shows_what_is_due_today_or_late(thirty, client, today, chosen, due):
    SummaryTask.objects.filter(pk__in=SummaryTask.objects.filter(owner="镇换届办")[:3].values("pk")).update(due=today)
    log_in(client, Role.TOWNSHIP, TOWN)
    count = SummaryTask.objects.filter(owner="镇换届办", **{due: today}).count()
    assert client.get(f"{reverse('desk')}?due={chosen}").context["page"].paginator.count == count


def test_a_step_that_may_be_made_waits_for_those_who_may_make_it(thirty, client, today):
    summary = Summary.objects.get(pk=thirty[0].pk)
    SummaryTask.objects.create(
        summary=summary, place=0, step="open_poll", title="条件已满足：开始投票", owner="镇换届办", page="village",
        body="committee", status="doing",
    )  # fmt: skip
    log_in(client, Role.TOWNSHIP, TOWN)
    pages = range(1, client.get(reverse("desk")).context["page"].paginator.num_pages + 1)
    text = "".join(client.get(f"{reverse('desk')}?page={number}").content.decode() for number in pages)
    assert (text.count("条件已满足：开始投票</a>"), text.count("可以办理")) == (1, 1)
    log_in(client, Role.COUNTY, COUNTY)
    assert "条件已满足" not in client.get(reverse("desk")).content.decode()


def test_this_week_counts_the_villages_of_a_task_and_names_three(thirty, client, today):
    Election.objects.update(stage=Stage.AUDIT, poll_day=today + timedelta(days=4))
    Summary.objects.update(day=None)
    log_in(client, Role.TOWNSHIP, TOWN)
    week = client.get(reverse("desk")).context["week"]
    assert [(due.day, due.title, due.villages, len(due.names)) for due in week] == [
        (today + timedelta(days=3), "公示审计结果", 30, 3)
    ]
    assert week[0].names == ["101镇201村", "101镇202村", "101镇203村"]


def test_the_overview_adds_up_and_links_to_what_it_leaves_out(thirty, client, today):
    Election.objects.filter(standing=Standing.ACTIVE).update(poll_day=today + timedelta(days=2))
    Election.objects.filter(pk=thirty[0].pk).update(stage=Stage.HANDOVER, standing=Standing.CLOSED)
    Summary.objects.update(day=None)
    log_in(client, Role.COUNTY, COUNTY)
    answer = client.get(reverse("overview"))
    town = answer.context["townships"][0]
    assert (town.all, town.done, sum(n for _, n in town.stages), town.elected) == (30, 1, 29, 1)
    assert town.overdue == sum(Summary.objects.values_list("overdue", flat=True)) > 0
    poll = answer.context["polls"][0]
    assert (poll.day, poll.count, len(poll.villages)) == (today + timedelta(days=2), 29, 8)
    link = f"?poll_day={poll.day:%Y-%m-%d}&amp;standing=active"
    assert link in answer.content.decode()
    assert client.get(reverse("villages") + link.replace("&amp;", "&")).context["count"] == 29
    late = Summary.objects.filter(overdue__gt=0).count()
    assert len(answer.context["attention"]) == min(8, late)
    assert client.get(f"{reverse('villages')}?overdue=on").context["count"] == late


def test_every_deadline_stands_on_some_page_of_the_schedule_and_in_its_sheet(thirty, client, today):
    log_in(client, Role.COUNTY, COUNTY)
    shown = []
    for group in ("overdue", "today", "week", "later"):
        address = f"{reverse('schedule')}?group={group}"
        pages = client.get(address).context["page"].paginator.num_pages
        for number in range(1, pages + 1):
            shown += list(client.get(f"{address}&page={number}").context["page"])
    assert len(shown) == len({each.pk for each in shown})
    ahead = SummaryDeadline.objects.filter(latest__gte=today)
    assert len(shown) == ahead.count() + SummaryDeadline.objects.filter(latest__lt=today, open=True).count()
    rows = sheet(client.get(f"{reverse('schedule')}?export=xlsx").content)
    assert [row[1] for row in rows[1:]] == [each.label for each in shown]
    assert rows[0][0] == "村（社区）"


def test_the_schedule_shows_the_beginning_of_each_group_and_the_days_ahead(thirty, client, today):
    log_in(client, Role.COUNTY, COUNTY)
    answer = client.get(reverse("schedule"))
    sections = answer.context["sections"]
    assert [section.group.name for section in sections] == ["逾期", "今天", "7天内", "以后"]
    assert all(len(section.lines) == min(section.count, 10) for section in sections)
    day, count = answer.context["days"][0]
    assert day >= today
    of_day = client.get(f"{reverse('schedule')}?day={day:%Y-%m-%d}").context["page"]
    assert (of_day.paginator.count, {each.latest for each in of_day}) == (count, {day})


def test_the_schedule_of_one_township(db, client, today):
    a_county(31, today)  # the last one in a second township
    log_in(client, Role.COUNTY, COUNTY)
    everything = client.get(reverse("schedule")).context["sections"]
    second = client.get(f"{reverse('schedule')}?township=990100102").context["sections"]
    assert 0 < sum(each.count for each in second) < 32 < sum(each.count for each in everything)
    assert {line.summary.election.village_id for each in second for line in each.lines} == {"990100102201"}


def sheet(data: bytes) -> list[tuple]:
    return list(load_workbook(BytesIO(data)).active.iter_rows(values_only=True))


FILTERS = {
    "stage=audit": lambda each: each.stage == Stage.AUDIT,
    "standing=suspended": lambda each: each.standing == Standing.SUSPENDED,
    "q=205": lambda each: "205" in each.village.name,
    "overdue=on": lambda each: each.summary.overdue > 0,
    "done=1": lambda each: each.stage == Stage.HANDOVER,
    "township=990100102": lambda each: each.village_id.startswith("990100102"),
    "stage=nowhere": lambda each: True,  # an unreadable filter hides nothing
}


@pytest.mark.parametrize("asked", FILTERS)
def test_the_list_of_villages_is_filtered_and_its_sheet_is_whole(db, client, today, asked):
    made = a_county(60, today)
    Election.objects.filter(pk=made[3].pk).update(stage=Stage.HANDOVER)
    summaries.refresh_all(today)
    log_in(client, Role.COUNTY, COUNTY)
    every = Election.objects.filter(body="committee").select_related("village", "summary").order_by("village_id")
    wanted = [each.village.name for each in every if FILTERS[asked](each)]
    answer = client.get(f"{reverse('villages')}?{asked}")
    assert (answer.context["count"], answer.context["all"]) == (len(wanted), 60)
    rows = sheet(client.get(f"{reverse('villages')}?{asked}&export=xlsx").content)
    assert [row[1] for row in rows[1:]] == wanted


SORTS = {
    "stage": lambda each: each.stage_number,
    "next_item": lambda each: each.summary.next_due or date.max,
    "voters": lambda each: each.summary.voters,
    "poll_day": lambda each: each.poll_day or date.max,
    "township": lambda each: each.village_id,
}


@pytest.mark.parametrize("by", SORTS)
def test_the_list_of_villages_is_sorted_and_what_is_not_known_comes_last(thirty, client, by):
    Election.objects.filter(pk=thirty[0].pk).update(poll_day=None)
    Summary.objects.filter(pk=thirty[0].pk).update(day=None)
    Summary.objects.filter(pk=thirty[7].pk).update(voters=12)
    log_in(client, Role.COUNTY, COUNTY)
    shown = [row.record for row in client.get(f"{reverse('villages')}?sort={by}").context["table"].paginated_rows]
    assert [SORTS[by](each) for each in shown] == sorted(SORTS[by](each) for each in shown)
    back = [row.record for row in client.get(f"{reverse('villages')}?sort=-{by}").context["table"].paginated_rows]
    known = [SORTS[by](each) for each in back if SORTS[by](each) != date.max]
    assert known == sorted(known, reverse=True)
    assert len(shown) == len(back) == 30
    assert all(SORTS[by](each) == date.max for each in back[len(known) :])


def test_a_day_without_deadlines_says_what_to_do(thirty, client):
    log_in(client, Role.TOWNSHIP, TOWN)
    answer = client.get("/schedule/?day=2000-01-01").content.decode()
    assert "没有符合条件的时限。请放宽查询条件。" in answer
