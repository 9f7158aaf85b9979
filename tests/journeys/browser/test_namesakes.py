"""Two candidates of one name before the clerk: found, nominated, told apart where a relative is entered, on list and sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from config.demo import walk as steps
from elections.models import Area
from tests.journeys.browser import made
from tests.journeys.browser.clerk import Clerk
from voters.models import Voter

pytestmark = pytest.mark.browser
NAMESAKES = {10: ("王伟", "3组"), 11: ("王伟", "5组")}


def test_two_of_one_name(clerk: Clerk, county: Area) -> None:
    """Both stand for chair already; one is nominated for a member too, with votes enough for the list."""
    election = made.walk(county, *steps.TO_VOTING[:6], poll_in=0, called=NAMESAKES)
    other = Voter.objects.get(election=election, name="王伟", group="5组")
    clerk.log_in("township")

    clerk.open("nominee_find", query="?q=王伟")
    clerk.looks("namesakes-found")
    clerk.follow(f"选择：王伟（5组，{other.birth.year}年生）")
    clerk.sees(f"王伟（5组，{other.birth.year}年生）")
    said = {"委员": True, "登记参加选举的村民提名": True, "提名票": 60, "提名日期": made.days_ago(1)}
    clerk.save("main", said, "登记提名")
    clerk.is_told("王伟（5组）的提名已登记")
    expect(clerk.page.locator("#nominees ~ .table-box, main table").last).to_contain_text("王伟（3组）")
    clerk.looks("namesakes-nominated")

    # Whose relative: both are offered below the field, one is picked.
    clerk.open("election_committee")
    kin = clerk.part("#kin")
    kin.locator("[name=kin-name]").press_sequentially("王伟")
    kin.get_by_label("王伟（3组").check()
    kin.get_by_text("登记新的人员", exact=True).last.click()
    clerk.looks("namesakes-relative")
    child = election.nominees.filter(office="member").order_by("-votes")[0]
    kin.locator("[name=kin-other]").fill(child.name)
    kin.locator("[name=kin-relation]").select_option(label="子女")
    clerk.press("登记亲属关系", within="#kin")
    clerk.open("nominations")
    clerk.sees(f"候选人王伟（3组）与{child.name}有近亲属关系")

    # On the list, and on the sheet of the count.
    onward = (*steps.TO_VOTING[6:], lambda walk: walk.step("open_poll", 0))
    made.onward(election, *onward, poll_in=0, called=NAMESAKES)
    clerk.open("candidates_publish")
    clerk.sees("王伟（3组）", "王伟（5组）")
    clerk.looks("namesakes-list")
    clerk.open("count_entry", clerk.code, 1)
    for field in ("王伟（3组）的主任票", "王伟（5组）的主任票", "王伟（5组）的委员票"):
        expect(clerk.page.get_by_label(field, exact=True)).to_be_visible()
    clerk.looks("namesakes-sheet")
