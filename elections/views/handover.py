"""移交: the itemised list with its totals, the signatures and the ten-day clock, the archive box."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path

from elections.forms.handover import ArchiveForm, HandoverItemForm, SignatureForm
from elections.models import Election
from elections.rules.facts import Facts
from elections.rules.wording import money
from elections.selectors import handover as read
from elections.selectors.pages import NO_DATA, ledger, single
from elections.views.parts import Page, Part
from elections.views.records import facts_page


def _clock(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    return {
        "totals": read.totals(election),
        "elected_on": facts.handover.elected_on,
        "last_day": read.last_day(election),
        "completed_on": facts.handover.completed_on,
    }


def _box(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    box = read.box(election)
    return {
        "box": box,
        "filed": sum(line["row"] is not None for line in box),
        "missing": sum(line["row"] is None and line["required"] for line in box),
    }


HANDOVER = Page(
    name="handover",
    title="工作移交",
    rule="handover.record",
    template="elections/handover.html",
    more=_clock,
    parts=(
        Part(
            key="items",
            title="移交清单",
            rule="handover.record",
            form=HandoverItemForm,
            rows=read.items_of,
            many=True,
            columns=("category", "name", "quantity", "unit", "value", "place", "remark"),
            numbers=("quantity", "value"),
            say={"value": lambda row: NO_DATA if row.value is None else money(row.value)},
            template="elections/_ledger.html",
            saved="移交项目已登记。",
            submit="新增项目",
            empty="清单还是空的。新一届产生后，把印章、账簿、资产、合同、债权债务和未了事项逐项登记。",
        ),
        Part(
            key="signatures",
            title="签字和完成",
            rule="handover.record",
            form=SignatureForm,
            rows=single("handover"),
            saved="签字和完成日期已登记。",
            submit="登记移交完成",
            hint="由选举委员会主持、镇（街道）监督；三方在打印的清单上签字后登记",
        ),
    ),
)
ARCHIVE = Page(
    name="archive",
    title="归档",
    rule="archive.record",
    template="elections/archive.html",
    more=_box,
    parts=(
        Part(
            key="box",
            title="登记归档材料",
            rule="archive.record",
            form=ArchiveForm,
            rows=ledger("archive_items"),
            many=True,
            columns=("kind", "pages", "keeper", "filed_on"),
            template="elections/_box.html",
            saved="材料已归档。",
            submit="登记归档",
        ),
    ),
)
PAGES = (HANDOVER, ARCHIVE)
V = "villages/<str:code>/"

urlpatterns = [
    path(V + "handover/", facts_page(HANDOVER), name="handover"),
    path(V + "archive/", facts_page(ARCHIVE), name="archive"),
]
