"""What the journal says of a fact: dates, figures and choices; no key of a row and no word that was typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from elections.models import HandoverItem, JournalEntry, Posting, WorkingBody
from elections.rules.kinds import Stage
from elections.services import records
from tests.make import an_actor, an_election

pytestmark = pytest.mark.django_db


def test_figures_are_dates_counts_and_choices_and_nothing_else():
    election = an_election()
    body = WorkingBody.objects.create(
        election=election, kind="leading", head="李某", size=9, formed_on=date(2026, 11, 1)
    )
    assert records.figures(body) == {"kind": "leading", "size": 9, "formed_on": date(2026, 11, 1)}
    item = HandoverItem.objects.create(
        election=election, category="seal", name="公章", quantity=Decimal("1.5"), unit="枚"
    )
    assert records.figures(item) == {"category": "seal", "quantity": "1.5"}


def test_the_journal_line_of_a_fact_holds_no_key_of_a_row():
    election = an_election(Stage.REGISTRATION)
    row = Posting(election=election, key="registration", posted_on=date(2026, 11, 10), place="公开栏", posted_by="陈某")
    records.record(election, row, actor=an_actor())
    [line] = JournalEntry.objects.filter(act="posting.added")
    assert line.said["details"] == {"body": "committee", "posted_on": "2026-11-10"}
