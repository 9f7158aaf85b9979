"""The page of the election committee: the list at once, then one change after another (EC-02, EC-09…12)."""

from datetime import date

import pytest
import time_machine

from elections.models import CommitteeMember, JournalEntry, Kinship, Role
from elections.rules.kinds import Stage
from tests.elections.make_pages import a_browser, a_nominee, address, said, text_of
from tests.elections.make_persons import a_person
from tests.make import an_election

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LIST = (
    ("丁卫国", "M", "chair", 900),
    ("于小梅", "F", "deputy", 880),
    ("马建军", "M", "member", 850),
    ("胡大海", "M", "reserve", 310),
    ("唐丽", "F", "reserve", 280),
)


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
        yield


def grid(rows, blank: int = 3, **more: str) -> dict[str, str]:
    """The lines as the page sends them, with empty ones below; whoever is in no list is new."""
    data = {
        "members-TOTAL_FORMS": str(len(rows) + blank),
        "members-INITIAL_FORMS": "0",
        "members-all_new": "on",
        **more,
    }
    for number, row in enumerate([*rows, *[("", "", "", "")] * blank]):
        for name, value in zip(("name", "sex", "post", "votes"), row, strict=True):
            data[f"members-{number}-{name}"] = str(value)
    return data


def members(election) -> list[tuple[str, str, int]]:
    return list(CommitteeMember.objects.filter(election=election, left_on=None).values_list("name", "post", "votes"))


def an_election_committee(stage: Stage = Stage.NOMINATION, rows=LIST):
    election = an_election(stage)
    for name, sex, post, votes in rows:
        CommitteeMember.objects.create(election=election, name=name, sex=sex, post=post, votes=votes)
    return election


def test_the_whole_list_is_entered_at_once_and_empty_lines_say_nothing():
    election = an_election()
    browser = a_browser(Role.VILLAGE)
    response = browser.post(address("election_committee", part="members"), grid(LIST))
    assert response.url == f"{address('election_committee')}#members"
    assert members(election) == [(name, post, votes) for name, _, post, votes in LIST]
    assert said(browser.get(address("election_committee"))).startswith("名单已保存。这一页还差")


def test_a_line_that_is_emptied_is_taken_off_the_list():
    election = an_election_committee(Stage.PREPARATION)
    rows = [row for row in LIST if row[0] != "马建军"]
    a_browser().post(address("election_committee", part="members"), grid([LIST[0], ("", "", "", ""), *LIST[3:]]))
    assert [name for name, _, _ in members(election)] == ["丁卫国", "胡大海", "唐丽"]
    a_browser().post(address("election_committee", part="members"), grid(rows))
    assert [name for name, _, _ in members(election)] == [name for name, *_ in rows]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("丁卫国", "M", "chair", "")], "第1行：推选得票没有填写。请填写。"),
        ([("丁卫国", "", "chair", "9")], "第1行：性别没有选择。请选择一项。"),
        ([LIST[0], LIST[0]], "丁卫国填了两行。请删去一行。"),
        ([LIST[0], ("王芳", "F", "chair", "800")], "主任填了两名，选举委员会只有一名主任。请改正。"),
        ([], "名单还是空的。请至少填写一行。"),
    ],
)
def test_a_list_that_cannot_be_comes_back_with_the_sentence(rows, sentence):
    election = an_election()
    response = a_browser().post(address("election_committee", part="members"), grid(rows))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert members(election) == []


def test_a_member_who_leaves_is_followed_by_the_reserve_with_most_votes():
    election = an_election_committee()
    browser = a_browser(Role.VILLAGE)
    leaver = CommitteeMember.objects.get(name="马建军")
    response = browser.post(
        address("election_committee", part="leave"),
        {"leave-member": leaver.pk, "leave-left_on": "2026-12-19", "leave-why": "本人辞职"},
    )
    assert response.status_code == 302
    assert members(election) == [
        ("丁卫国", "chair", 900),
        ("于小梅", "deputy", 880),
        ("胡大海", "member", 310),
        ("唐丽", "reserve", 280),
    ]
    page = browser.get(address("election_committee"))
    assert "由胡大海递补" in said(page)
    assert "2026年12月19日退出：本人辞职" in text_of(page)
    assert [each["part"].key for each in page.context["parts"]] == ["meeting", "kin", "leave"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"leave-why": ""}, "退出原因没有填写。请填写。"),
        ({"leave-left_on": "2026-12-21"}, "退出日期2026年12月21日还没有到。请核对日期。"),
        ({"leave-member": "0"}, "退出的人不在可选的范围内。请重新选择。"),
    ],
)
def test_a_departure_that_cannot_be_is_not_recorded(change, sentence):
    an_election_committee()
    leaver = CommitteeMember.objects.get(name="马建军")
    data = {"leave-member": leaver.pk, "leave-left_on": "2026-12-19", "leave-why": "本人辞职"} | change
    response = a_browser().post(address("election_committee", part="leave"), data)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not JournalEntry.objects.exclude(area_code="000000").exists()


def test_nobody_of_another_village_can_be_made_to_leave():
    an_election_committee()
    an_election(Stage.NOMINATION, code="990100102201")
    stranger = CommitteeMember.objects.create(
        election=an_election(Stage.NOMINATION, code="990100102202"), name="外人", sex="M", post="member", votes=1
    )
    data = {"leave-member": stranger.pk, "leave-left_on": "2026-12-19", "leave-why": "辞职"}
    assert a_browser().post(address("election_committee", part="leave"), data).status_code == 422
    stranger.refresh_from_db()
    assert stranger.left_on is None


def test_a_new_chair_is_chosen_among_those_who_serve():
    """EC-11."""
    election = an_election_committee()
    browser = a_browser(Role.VILLAGE)
    chair = CommitteeMember.objects.get(name="丁卫国")
    assert "officer" not in [each["part"].key for each in browser.get(address("election_committee")).context["parts"]]
    browser.post(
        address("election_committee", part="leave"),
        {"leave-member": chair.pk, "leave-left_on": "2026-12-19", "leave-why": "迁出"},
    )
    page = browser.get(address("election_committee"))
    assert "需要另行推选主任" in text_of(page)
    reserve, member = CommitteeMember.objects.get(name="唐丽"), CommitteeMember.objects.get(name="马建军")
    wrong = browser.post(
        address("election_committee", part="officer"), {"officer-member": reserve.pk, "officer-post": "chair"}
    )
    assert wrong.status_code == 422
    browser.post(address("election_committee", part="officer"), {"officer-member": member.pk, "officer-post": "chair"})
    assert ("马建军", "chair", 850) in members(election)
    assert "需要另行推选主任" not in text_of(browser.get(address("election_committee")))


def test_equal_reserves_wait_for_the_meeting_that_chose_them():
    """EC-10: no order among equals is invented."""
    election = an_election_committee(rows=(*LIST[:3], ("胡大海", "M", "reserve", 310), ("唐丽", "F", "reserve", 310)))
    browser = a_browser(Role.VILLAGE)
    leaver = CommitteeMember.objects.get(name="马建军")
    browser.post(
        address("election_committee", part="leave"),
        {"leave-member": leaver.pk, "leave-left_on": "2026-12-19", "leave-why": "辞职"},
    )
    assert len(members(election)) == 4
    page = browser.get(address("election_committee"))
    assert "得票相同，请由原推选会议确定其中1人递补" in text_of(page)
    chosen = CommitteeMember.objects.get(name="唐丽")
    assert (
        browser.post(address("election_committee", part="follower"), {"follower-member": chosen.pk}).status_code == 302
    )
    assert ("唐丽", "member", 310) in members(election)


def test_where_nobody_can_follow_a_member_is_chosen_anew():
    election = an_election_committee(rows=LIST[:3])
    browser = a_browser(Role.VILLAGE)
    leaver = CommitteeMember.objects.get(name="马建军")
    browser.post(
        address("election_committee", part="leave"),
        {"leave-member": leaver.pk, "leave-left_on": "2026-12-19", "leave-why": "去世"},
    )
    assert "没有可以递补的候补" in text_of(browser.get(address("election_committee")))
    data = {"elect-name": "王　芳", "elect-sex": "F", "elect-votes": "500"}
    assert browser.post(address("election_committee", part="elect"), data).status_code == 422
    data |= {"elect-name_new-is_new": "on"}
    assert browser.post(address("election_committee", part="elect"), data).status_code == 302
    assert ("王芳", "member", 500) in members(election)
    assert CommitteeMember.objects.get(name="王芳").replaces == leaver


def test_kinship_that_comes_to_light_makes_a_member_quit():
    """EC-09: the daughter of a member is nominated."""
    election = an_election_committee()
    CommitteeMember.objects.filter(name="马建军").update(person=a_person(election, "马建军"))
    a_nominee(election, "马红", sex="F")
    browser = a_browser(Role.VILLAGE)
    browser.post(
        address("election_committee", part="kin"), {"kin-name": "马建军", "kin-other": "马红", "kin-relation": "child"}
    )
    assert Kinship.objects.get().relation == "child"
    assert ("胡大海", "member", 310) in members(election)
    assert "马建军" in said(browser.get(address("election_committee")))


def test_after_the_first_change_the_list_is_no_longer_entered_as_a_whole():
    election = an_election_committee(Stage.PREPARATION)
    CommitteeMember.objects.filter(name="马建军").update(left_on=date(2026, 12, 1), left_why="辞职")
    response = a_browser().post(address("election_committee", part="members"), grid(LIST))
    assert response.status_code == 404
    assert len(members(election)) == 4


def test_the_list_is_closed_after_preparation_and_changes_are_open():
    an_election_committee(Stage.NOMINATION)
    browser = a_browser(Role.VILLAGE)
    response = browser.post(address("election_committee", part="members"), grid(LIST))
    assert response.status_code == 409
    assert "登记会议和选举委员会在准备环节办理，现在是提名环节" in text_of(response)
    locked = {each["part"].key: each["locked"] for each in browser.get(address("election_committee")).context["parts"]}
    assert locked["members"] and locked["meeting"]
    assert locked["leave"] is None and locked["kin"] is None
