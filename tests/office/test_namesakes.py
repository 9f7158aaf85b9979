"""Two candidates, two of the staff and two relatives of one name, from nomination to result and papers."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

import pytest
from django.urls import reverse

from candidates.models import FormalList, Nominee
from config.demo import walk as steps
from config.demo.walk import Walk
from elections import tasks
from elections.documents import store
from elections.models import Election, Job, Paper, Seated, StaffMember
from elections.selectors.persons import meant
from office.papers.snapshots import by_votes
from tests.client import Browser
from tests.elections.make_pages import address, text_of
from tests.elections.make_persons import renamed
from tests.elections.test_pages_journey import a_walk

# Place among the villagers → name and group. Two stand for chair, two are staff, two are relatives.
NAMESAKES = {
    10: ("王伟", "3组"), 11: ("王伟", "5组"), 60: ("李静", "2组"), 61: ("李静", "4组"), 70: ("张敏", "1组"), 71: ("张敏", "6组"),
}  # fmt: skip
ONE, OTHER = "王伟（3组）", "王伟（5组）"


@pytest.fixture
def walk() -> Walk:
    walk = a_walk()
    walk.villagers = renamed(walk.villagers, NAMESAKES)
    return walk


@pytest.fixture
def office(walk) -> Browser:
    browser = Browser()
    browser.force_login(walk.township.user)
    return browser


def key_of(election: Election, name: str, group: str) -> str:
    """What picking one of several sends back."""
    return next(each.key for each in meant(election, name).people if each.known.group == group)


def declares(office: Browser, one: str, other: str, relation: str, **picked: str) -> None:
    """A relation by the page of the election committee: ``other`` is the ``relation`` of ``one``."""
    typed = {"kin-name": one, "kin-other": other, "kin-relation": relation} | picked
    answer = office.post(address("election_committee", part="kin"), typed)
    assert answer.status_code == 302, text_of(answer)


def names_staff(office: Browser, name: str, picked: str = ""):
    return office.post(
        address("poll", part="staff"), {"staff-name": name, "staff-name_picked": picked, "staff-task": "teller"}
    )


def text_in(paper: Paper) -> str:
    """What stands on the printed paper, without spaces."""
    out = subprocess.run(
        [shutil.which("pdftotext") or "", "-layout", "-", "-"],
        input=store.get(paper.pdf),
        capture_output=True,
        check=True,
    )
    return out.stdout.decode().replace(" ", "")


def printed() -> dict[str, Paper]:
    """Every paper, printed as a worker would."""
    for job in Job.objects.filter(kind="print_paper"):
        tasks.run(str(job.pk))
    return {paper.kind: paper for paper in Paper.objects.order_by("number")}


@dataclass
class Story:
    """The village after the nominations, and who was meant."""

    walk: Walk
    office: Browser
    child: Nominee  # of the first 王伟, nominated for a member
    sibling: Nominee  # of the other one, likewise

    @property
    def election(self) -> Election:
        return self.walk.election


def nominated(walk: Walk, office: Browser) -> Story:
    """Both are found on the roll and stand for chair; the child of one and the sibling of the other for members."""
    for act in steps.TO_VOTING[:6]:
        act(walk)
    found = text_of(office.get(address("nominee_find", q="王伟")))
    for villager in walk.villagers[10:12]:
        assert f"<td>{villager.name}（{villager.group}，{villager.birth.year}年生）</td>" in found
    by_votes = Nominee.objects.filter(election=walk.election).order_by("-votes")
    assert [each.name for each in by_votes.filter(office="chair")] == [ONE, OTHER]
    return Story(walk, office, *by_votes.filter(office="member")[:2])


def relatives_are_declared(story: Story) -> None:
    """Which of the two is meant is asked, and picked."""
    typed = {"kin-name": "王伟", "kin-other": story.child.name, "kin-relation": "child"}
    asked = story.office.post(address("election_committee", part="kin"), typed)
    assert (asked.status_code, "有2人符合“王伟”。请选择其中一人。" in text_of(asked)) == (422, True)
    one, other = (key_of(story.election, "王伟", group) for group in ("3组", "5组"))
    spouse, parent = (key_of(story.election, "张敏", group) for group in ("1组", "6组"))
    clerk = key_of(story.election, "李静", "2组")
    declares(story.office, "王伟", story.child.name, "child", **{"kin-name_picked": one})
    declares(story.office, "王伟", story.sibling.name, "sibling", **{"kin-name_picked": other})
    declares(story.office, "王伟", "张敏", "spouse", **{"kin-name_picked": one, "kin-other_picked": spouse})
    declares(story.office, "李静", "张敏", "parent", **{"kin-name_picked": clerk, "kin-other_picked": parent})


def vetted_and_published(story: Story) -> None:
    """The file says whose relative one is; the list has both in the order of their votes."""
    steps.vet(story.walk)
    chair = Nominee.objects.get(name=ONE)
    file = text_of(story.office.get(reverse("candidate", args=[chair.pk])))
    assert "名单上有2人同名，本人是王伟（3组，" in file
    assert f"候选人{ONE}与{story.child.name}有近亲属关系（子女与父母），不能同时当选" in file
    assert story.sibling.name not in file
    queue = text_of(story.office.get(reverse("vetting"), {"q": "王伟"}))
    assert (f">{ONE}</a>" in queue, f">{OTHER}</a>" in queue, story.child.name in queue) == (True, True, True)
    steps.conclude(story.walk)
    assert [each.name for each in FormalList.objects.get().candidates[:2]] == [ONE, OTHER]


def staff_is_named(story: Story) -> None:
    """The relative of the one candidate is refused, his namesake serves; so do two of the staff of one name."""
    steps.arrange(story.walk)
    spouse, other = (key_of(story.election, "张敏", group) for group in ("1组", "6组"))
    refused = names_staff(story.office, "张敏", spouse)
    assert (refused.status_code, f"计票人张敏（1组）是候选人{ONE}的近亲属，请更换。" in text_of(refused)) == (422, True)
    assert names_staff(story.office, "张敏", other).status_code == 302
    serving = StaffMember.objects.filter(election=story.election).values_list("name", "task")
    assert {("李静（2组）", "chief"), ("李静（4组）", "scrutineer"), ("张敏（6组）", "teller")} <= set(serving)


def voted(story: Story) -> None:
    """The sheet asks for both; the first is elected, his child with enough votes is not, the other's sibling is."""
    story.walk.step("open_poll", 0)
    sheet = text_of(story.office.get(address("count_entry", 1)))
    assert (ONE in sheet, OTHER in sheet) == (True, True)
    steps.tally(story.walk)
    elected = dict(Seated.objects.filter(election=story.election).values_list("name", "person__group"))
    assert elected[ONE] == "3组"
    assert {OTHER, story.child.name} & elected.keys() == set()
    assert story.sibling.name in elected


def test_the_notice_of_the_result_goes_by_votes_then_by_name_then_by_group():
    votes = {"王伟强": 5, "王伟（10组）": 5, "王伟（3组）": 5, "赵大": 9}
    assert [name for name, _ in sorted(votes.items(), key=by_votes)] == [
        "赵大",
        "王伟（3组）",
        "王伟（10组）",
        "王伟强",
    ]


@pytest.mark.slow
@pytest.mark.django_db
def test_two_of_one_name_from_nomination_to_papers(walk, office):
    story = nominated(walk, office)
    relatives_are_declared(story)
    vetted_and_published(story)
    staff_is_named(story)
    voted(story)
    papers = printed()
    formal, result = text_in(papers["formal"]), text_in(papers["result"])
    assert formal.index(ONE) < formal.index(OTHER)
    assert result.index(ONE) < result.index(OTHER)
    assert (f"主任：{ONE}" in result, f"主任：{OTHER}" in result) == (True, False)
