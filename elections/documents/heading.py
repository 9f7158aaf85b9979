"""The head of every paper, whichever app it is about."""

from __future__ import annotations

from elections.documents.fingerprint import Snapshot
from elections.models import Area, Election
from elections.rules.wording import cn_weekday_date


def heading(election: Election) -> Snapshot:
    """Return what stands on every paper: the places, the term, the words for people and committee."""
    village = election.village
    names = dict(Area.objects.filter(code__in=[village.township_code, village.county_code]).values_list("code", "name"))
    return {
        "village": village.name,
        "code": village.code,
        "township": names.get(village.township_code, ""),
        "county": names.get(village.county_code, ""),
        "term_no": election.cycle.term_no,
        "attempt": election.attempt,
        "people": village.people,
        "committee": village.villagers_committee_name,
        "place": "社区" if village.is_community else "村",
        "poll_day": cn_weekday_date(election.poll_day) if election.poll_day else "",
    }
