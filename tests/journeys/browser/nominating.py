"""提名和资格审查: seats, nominees, a member of the election committee among them; checks, conclusions, the formal list."""

from __future__ import annotations

from playwright.sync_api import expect

from config.demo.people import Person
from tests.journeys.browser.clerk import Clerk, Said
from tests.journeys.browser.days import Days

NO_SEATS = ("职位和名额还没有决定", "提名公告还没有张贴")
OFFICES = ("主任", "主任", "副主任", "副主任", "委员", "委员", "委员", "委员")


def nominees(people: list[Person]) -> list[tuple[Person, str]]:
    """Two for chair, two women for deputy, four for three members: the last of them sits on the election committee."""
    rest = people[20:]
    men = [each for each in rest if each.sex == "M"][:5]
    women = [each for each in rest if each.sex == "F"][:2]
    return list(zip([*men[:2], *women, *men[2:5], people[3]], OFFICES, strict=True))


def decide_seats(clerk: Clerk, days: Days) -> None:
    clerk.task("决定职位职数")
    clerk.looks("nominations-empty")
    clerk.follow("登记职位职数")
    said: dict[str, Said] = {
        "主任（名）": 1, "副主任（名）": 1, "委员（名）": 3, "村民代表会议": True, "召开日期": days.day(-23),
        "代表（组成人员）应到人数": 45, "实到人数": 41, "赞成人数": 39, "职位职数公布日期": days.day(-23),
    }  # fmt: skip
    clerk.save("main", said, "保存")
    clerk.is_told("职位职数已登记")


def announce(clerk: Clerk, days: Days) -> None:
    clerk.task("张贴提名公告")
    clerk.save("#posting", {"公告": "职位职数和提名公告", "张贴日期": days.day(-22)}, "登记张贴")
    clerk.is_told("张贴已登记")


def nominate(clerk: Clerk, days: Days, person: Person, office: str, votes: int) -> None:
    """One nomination: the person is found on the roll."""
    clerk.open("nominee_find", query=f"?q={person.name}")
    clerk.follow(f"选择：{person.name}")
    said: dict[str, Said] = {
        office: True, "登记参加选举的村民提名": True, "提名票": votes, "提名日期": days.day(-19),
        "文化程度": "高中（中专）",
    }  # fmt: skip
    clerk.save("main", said, "登记提名")
    clerk.is_told(f"{person.name}的提名已登记")


def nominate_all(clerk: Clerk, days: Days, people: list[Person]) -> None:
    """The member of the election committee leaves it by being nominated, and the first reserve follows (EC-09, EC-10)."""
    for place, (person, office) in enumerate(nominees(people)):
        nominate(clerk, days, person, office, 150 - 9 * place)
    leaver, follower = people[3].name, people[7].name
    clerk.is_told(f"{leaver}已被提名，退出选举委员会，由{follower}递补")
    clerk.looks("nominations")
    clerk.open("election_committee")
    clerk.looks("committee-changed")


def first_check(clerk: Clerk, people: list[Person]) -> None:
    """镇初审, person by person."""
    for place, (person, _) in enumerate(nominees(people)):
        clerk.open("candidates")
        clerk.follow(person.name)
        if not place:
            clerk.looks("candidate-unchecked")
        clerk.write(clerk.part("main"), {"初审通过": True})
        clerk.press("登记初审意见")
        clerk.is_told(f"{person.name}的初审意见已登记")
    clerk.open("candidates")
    clerk.looks("candidates")


def conclude(clerk: Clerk, people: list[Person]) -> None:
    """县: one conclusion for the persons that are ticked, none for the others."""
    clerk.go("vetting")
    clerk.looks("vetting")
    boxes = clerk.page.locator("main table [type=checkbox]")
    expect(boxes).to_have_count(len(nominees(people)))
    for box in boxes.all():
        box.check()
    clerk.save("#batch", {"通过": True, "理由": "联审未发现问题"}, "对勾选的人员作出结论")
    clerk.is_told(f"已对{len(nominees(people))}人作出结论")
    clerk.looks("vetting-done")


def publish(clerk: Clerk, days: Days) -> None:
    """The formal list in the order of the rule pack: here by votes."""
    clerk.task("确定并公布正式候选人")
    clerk.looks("formal-list")
    votes = clerk.page.locator("#order section:last-of-type [data-label=提名票]").all_inner_texts()
    assert votes == sorted(votes, key=int, reverse=True)
    assert len(votes) == OFFICES.count("委员")
    clerk.write(clerk.part("main"), {"公布日期": days.day(-8), "张贴地点": "村务公开栏"})
    clerk.part("main form [type=checkbox]").check()
    clerk.press("公布正式候选人")
    clerk.is_told("正式候选人名单已公布（第1次，8人）")
