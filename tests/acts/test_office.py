"""The acts of the offices: accounts, areas, the beginning of a cycle, background work, summaries."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice
from openpyxl import Workbook

from elections.journal import ROOT, reference
from elections.models import Appointment, Area, Job, Role
from elections.rules.kinds import Body, Standing
from elections.services import accounts, areas, beginning, jobs, summaries
from elections.services.hold import Overtaken
from tests.acts.table import of
from tests.acts.world import COUNTY, HERE, THERE, World
from tests.footprint import only
from tests.make import an_area

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 20)


def signed_in(user) -> Session:
    """A session of this person, as a sign-in leaves it."""
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store.create()
    return Session.objects.get(pk=store.session_key)


@of(accounts.open_account)
def test_an_account_is_opened_with_one_duty(world: World):
    line = (THERE, "appointment.made", "elections.appointment:new", "role")
    with only(
        at=THERE, by=world.user("admin"), added=["elections.User@", "elections.Appointment"], lines=[line]
    ):  # fmt: skip
        accounts.open_account(
            "newcomer", "新来的", Role.VILLAGE, Area.objects.get(code=THERE), actor=world.user("admin")
        )


@of(accounts.appoint)
def test_a_second_duty_is_given(world: World):
    line = (THERE, "appointment.made", "elections.appointment:new", "role")
    with only(at=THERE, by=world.user("admin"), added=["elections.Appointment"], lines=[line]):
        accounts.appoint(world.user("village"), Role.VILLAGE, Area.objects.get(code=THERE), actor=world.user("admin"))


@of(accounts.withdraw)
def test_one_of_two_duties_of_one_account_ends(world: World):
    village = world.user("village")
    second = accounts.appoint(village, Role.VILLAGE, Area.objects.get(code=THERE), actor=None)
    line = (THERE, "appointment.withdrawn", reference(second), "role")
    with only(by=world.user("admin"), changed={second: "until"}, lines=[line]):
        accounts.withdraw(second, TODAY, actor=world.user("admin"))
    assert Appointment.objects.get(user=village, area=HERE).until is None
    with only(by=None), pytest.raises(Overtaken, match="已由他人撤销"):
        accounts.withdraw(second, TODAY + timedelta(days=1), actor=world.user("admin"))


@of(accounts.close_account)
def test_a_closed_account_loses_all_its_sessions_and_nobody_else_his(world: World):
    village = world.user("village")
    mine, others = [signed_in(village), signed_in(village)], signed_in(world.user("village2"))
    accounts.appoint(village, Role.VILLAGE, Area.objects.get(code=THERE), actor=None)
    lines = [(code, "account.closed", reference(village), "") for code in (HERE, THERE)]
    with only(by=world.user("admin"), changed={village: "is_active"}, removed=mine, lines=lines):
        accounts.close_account(village, actor=world.user("admin"))
    assert Session.objects.get() == others


@of(accounts.reset_password)
def test_a_reset_password_replaces_the_old_one(world: World):
    village = world.user("village")
    with only(
        by=world.user("admin"), changed={village: "password"},
        lines=[(HERE, "password.reset", reference(village), "")],
    ):  # fmt: skip
        slip = accounts.reset_password(village, actor=world.user("admin"))
    village.refresh_from_db()
    assert village.check_password(slip)
    assert not village.check_password("demo-2026")


@of(accounts.note_password_change)
def test_the_owner_changed_his_password(world: World):
    village = world.user("village")
    with only(by=village, lines=[(HERE, "password.changed", reference(village), "")]):
        accounts.note_password_change(village)


@of(accounts.change_font)
def test_the_size_of_type_is_nobody_elses_and_no_act(world: World):
    village = world.user("village")
    with only(by=None, changed={village: "font_scale"}):
        accounts.change_font(village, "3")
        accounts.change_font(village, "gigantic")


@of(accounts.token_being_set_up, accounts.confirm_token)
def test_a_token_is_made_once_and_confirmed(world: World):
    village, other = world.user("village"), world.user("village2")
    accounts.token_being_set_up(other)
    with only(by=None, added=["otp_totp.TOTPDevice@"]):
        device = accounts.token_being_set_up(village)
        assert accounts.token_being_set_up(village) == device
    with only(
        by=village, changed={device: "confirmed"}, lines=[(HERE, "second_factor.set_up", reference(village), "")]
    ):
        accounts.confirm_token(device)
    assert list(TOTPDevice.objects.filter(confirmed=True)) == [device]


@of(areas.load)
def test_a_file_of_areas_adds_one_corrects_one_and_leaves_the_rest(world: World):
    book = Workbook()
    for row in (
        ("区划代码", "名称", "类别", "户数"), (HERE, "石门村", "村", 700), (THERE, "沙溪村", "村", 512),
        ("990100101299", "新设村", "村", 12),
    ):  # fmt: skip
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    admin = world.actor("admin")
    with only(
        at="990100101299", by=admin.user, added=["elections.Area"], changed={Area.objects.get(code=HERE): "households"},
        marks=[HERE], lines=[(COUNTY, "areas.loaded", "", "added changed")],
    ):  # fmt: skip
        report = areas.load(out.getvalue(), actor=admin.user, reach=admin)
    assert (report.added, report.changed, report.same, report.faults) == (1, 1, 1, [])
    assert Area.objects.get(code=HERE).households == 700


@of(beginning.begin_cycle)
def test_a_cycle_begins_in_one_county_only(world: World):
    villages = ["990200101201", "990200101202"]
    for code in villages:
        an_area(code)
    opened = [(ROOT, "chain_opened", f"chain:{code}", "") for code in (*villages, "990200")]
    begun = "elections.election:new"
    lines = [
        line
        for code, chain in zip(villages, opened, strict=False)
        for line in (
            (code, "election.begun", begun, "body pack"), chain, *[(code, "election.begun", begun, "body pack")] * 2,
        )
    ]  # fmt: skip
    with only(
        by=world.county.user,
        added=["elections.Cycle@990200", *[f"elections.Election@{code}" for code in villages for _ in Body]],
        lines=[*lines, ("990200", "cycle.begun", "elections.cycle:new", "pack villages"), opened[2]],
    ):
        beginning.begin_cycle(
            Area.objects.get(code="990200"), "别县换届", term_no=12, starts_on=date(2026, 9, 1),
            ends_on=date(2027, 6, 30), pack="national-2025", actor=world.county.user,
        )  # fmt: skip


@of(beginning.begin_election)
def test_one_election_is_begun(world: World):
    line = (HERE, "election.begun", "elections.election:new", "body pack")
    with only(at=HERE, by=world.county.user, added=["elections.Election"], lines=[line]):
        beginning.begin_election(
            Area.objects.get(code=HERE), world.cycle, Body.PARTY, actor=world.county.user, attempt=2
        )


@of(beginning.begin_again)
def test_a_void_election_is_begun_again_and_stays_as_it_was(world: World):
    void = world.here.put(standing=Standing.ANNULLED)
    line = (HERE, "election.begun", "elections.election:new", "body pack")
    with only(at=HERE, by=world.township.user, added=["elections.Election"], lines=[line]):
        again = beginning.begin_again(void, actor=world.township)
    assert (again.attempt, again.stage, again.cycle_id) == (2, "preparation", void.cycle_id)


@of(jobs.ask)
def test_asking_for_work_is_noted_by_the_act_that_asks(world: World):
    with only(at=HERE, by=None, added=["elections.Job"]):
        jobs.ask("print_paper", {"paper": "1"}, by=world.township.user, area_code=HERE)


@of(jobs.cancel, jobs.again)
def test_one_of_two_jobs_is_taken_back_and_asked_for_again(world: World):
    job = Job.objects.filter(area_code=HERE, kind="print_cards").get()
    cancelled, again = ((HERE, name, reference(job), "kind") for name in ("job.cancelled", "job.asked_again"))
    with only(by=job.asked_by, changed={job: "finished message state"}, lines=[cancelled]):
        assert jobs.cancel(job)
    with only(by=job.asked_by, changed={job: "finished message rung_at state"}, lines=[again]):
        assert jobs.again(job)


@of(summaries.refresh_all)
def test_all_summaries_of_running_elections_are_worked_out_and_nothing_else(world: World):
    world.there.put(standing=Standing.CLOSED)
    running = set(Area.objects.filter(elections__standing=Standing.ACTIVE).values_list("code", flat=True))
    with only(by=None, marks=running):
        assert summaries.refresh_all(TODAY) == len(running)
