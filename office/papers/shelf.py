"""The shelf of papers: what a village can print, what was printed, what a code says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from elections.documents import fingerprint
from elections.models import Area, Election, Paper
from elections.permissions import Actor, within
from elections.rules import law
from office.papers import catalogue


def kinds(election: Election) -> list[dict[str, Any]]:
    """Return each kind of the catalogue with what is missing and the newest paper of it."""
    newest = {
        (paper.kind, catalogue.BY_KEY[paper.kind].version_in(paper.snapshot)): paper
        for paper in of_election(election).order_by("number")
    }
    return [_shown(kind, election, newest) for kind in catalogue.CATALOGUE]


def _shown(kind: catalogue.Kind, election: Election, newest: dict[tuple[str, int], Paper]) -> dict[str, Any]:
    """Return one kind, and its paper; of a kind with versions, that of the last one."""
    paper = newest.get((kind.key, max(kind.versions_of(election), default=0)))
    return {
        "kind": kind,
        "title": kind.title_of(election),
        "missing": kind.missing(election),
        "paper": paper,
        "stale": paper is not None and is_stale(paper),
    }


def of_election(election: Election) -> QuerySet[Paper]:
    """Return the papers of one election, newest first."""
    return Paper.objects.filter(election=election).select_related("made_by")


def in_reach(actor: Actor, kind: str) -> QuerySet[Paper]:
    """Return the papers of all villages in reach, of one kind when asked."""
    found = actor.reaches(Paper.objects.all(), "village_id", "papers.view").select_related("village", "made_by")
    return found.filter(kind=kind) if kind in catalogue.BY_KEY else found


def one_of(actor: Actor, pk: UUID) -> Paper:
    """Return one of them or ``Http404``."""
    return within(
        actor, in_reach(actor, "").select_related("election__village", "election__cycle"), "village_id", pk=pk
    )


def is_stale(paper: Paper) -> bool:
    """Return whether the facts have changed since (数据已变更): the paper stays as it is, a new one can be made."""
    kind, election = catalogue.BY_KEY[paper.kind], paper.election
    if kind.missing(election):
        return True
    cite = law.cite(kind.provision, election.policy.law_version, residents=election.village.is_community)
    now = fingerprint.text_of(kind.facts(election, kind.version_in(paper.snapshot)) | {"law": cite})
    return now != paper.snapshot


def file_name(paper: Paper) -> str:
    """镇_村_文书名_20260301.pdf, made by us and free of anything anybody typed."""
    town = Area.objects.filter(code=paper.village.township_code).values_list("name", flat=True).first() or ""
    return f"{town}_{paper.village.name}_{paper.title.removeprefix(paper.village.name)}_{paper.made_at:%Y%m%d}.pdf"


def verdict(code: str) -> dict[str, Any]:
    """Return what ``/check/<code>/`` says: matches, superseded, or not issued here."""
    paper = Paper.objects.filter(code=code.upper()).select_related("village").first()
    if paper is None:
        return {"state": "unknown"}
    return {
        "state": "superseded" if _replaced(paper) else "valid",
        "paper": paper,
        "short": paper.fingerprint[:8].upper(),
    }


def _replaced(paper: Paper) -> bool:
    """Return whether a newer paper stands in its place: of the same version, where each version stands by itself."""
    kind = catalogue.BY_KEY[paper.kind]
    newer = Paper.objects.filter(election=paper.election_id, kind=paper.kind, number__gt=paper.number)
    told = kind.version_in(paper.snapshot)
    return any(kind.version_in(text) == told for text in newer.values_list("snapshot", flat=True))
