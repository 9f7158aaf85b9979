"""投票: arrangement and staff, announcement and report. The count has a file of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path

from elections.forms.voting import ArrangementForm, ResultReportForm, StaffForm
from elections.models import Election
from elections.rules.facts import Facts
from elections.selectors.pages import ledger, single
from elections.views.addresses import address
from elections.views.parts import Page, Part
from elections.views.records import facts_page

ON_THE_DAY = (("选民证和发票表", "roll_cards"), ("验证发票", "check_in"))


def _links(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    return {"links": [(label, address(name, election)) for label, name in ON_THE_DAY]}


POLL = Page(
    name="poll",
    title="投票准备",
    rule="poll.arrange",
    more=_links,
    parts=(
        Part(
            key="arrangement",
            title="投票安排",
            rule="poll.arrange",
            form=ArrangementForm,
            rows=single("arrangement"),
            saved="投票安排已保存。",
            submit="保存投票安排",
        ),
        Part(
            key="staff",
            title="选举工作人员",
            rule="poll.arrange",
            form=StaffForm,
            rows=ledger("staff"),
            many=True,
            columns=("name", "task"),
            template="elections/_ledger.html",
            saved="工作人员已登记。",
            submit="新增工作人员",
            hint="候选人和候选人的近亲属不能担任工作人员，录入时自动核对",
            empty="还没有工作人员。总监票人、监票人、计票人、唱票人等由选举委员会提出，经会议通过后在下面登记。",
        ),
    ),
)

RESULT_REPORT = Page(
    name="result_report",
    title="结果公布和备案",
    rule="result.report",
    parts=(
        Part(
            key="report",
            title="",
            rule="result.report",
            form=ResultReportForm,
            rows=single("result_report"),
            saved="结果公布和备案已登记。",
        ),
    ),
)

PAGES = (POLL, RESULT_REPORT)
V = "villages/<str:code>/"

urlpatterns = [
    path(V + "poll/", facts_page(POLL), name="poll"),
    path(V + "result/", facts_page(RESULT_REPORT), name="result_report"),
]
