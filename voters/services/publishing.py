"""公布名单 and its supplements: numbers are given, the text is frozen, the clocks start (VR-12, VR-15, NT-03, NT-04)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import connection

from elections.models import Election, Posting
from elections.permissions import Actor
from elections.rules import law
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import note
from voters.importing.bulk import update_many
from voters.models import RollChange, RollImport, RollObjection, RollVersion, Voter
from voters.selectors.frozen import why_not_changed_now
from voters.selectors.lines import lines
from voters.selectors.publishing import in_order, mark_as_shown, publish_conditions
from voters.selectors.roll import listed, published_versions
from voters.selectors.supplement import Supplement, waiting_supplement

ROLL, FIX = "roll", "roll_fix"  # keys of the notices
CHANGED = "打开核对页面以后名单又有改动，没有公布。请刷新页面，重新核对后公布。"


@act("roll.published", "公布选民名单")
def publish_roll(
    election: Election, *, place: str, posted_by: str, actor: Actor, today: date, seen: str = ""
) -> RollVersion:
    """Publish the roll today. From now on only decisions change it.

    ``seen``: the mark of the list that was looked through. Raises :class:`machine.Refused` with all reasons,
    :class:`Overtaken` when the list is another one by now.
    """
    insist(election, *publish_conditions(election, today))
    if seen and seen != mark_as_shown(election):
        raise Overtaken(CHANGED)
    voters = in_order(listed(election).only("pk", "place", "name", "birth", "group", "sex", "category"))
    for number, voter in enumerate(voters, 1):
        voter.number = number
    update_many(connection, Voter, ("number",), ((voter.pk, (voter.number,)) for voter in voters))
    version = _freeze(election, voters, number=1, place=place, actor=actor, today=today)
    _post(election, ROLL, place, posted_by, today)
    _forget_files(election)
    note(version, _figures(version))
    return version


@act("roll.supplemented", "补充公布选民名单")
def publish_supplement(
    election: Election, *, place: str, posted_by: str, actor: Actor, today: date, seen: str = ""
) -> RollVersion:
    """Publish what changed since the last time, and the decisions on objections (VR-14, VR-15). Raises the same."""
    found = waiting_supplement(election)
    insist(election, *supplement_conditions(election, found))
    last = published_versions(election).last()
    assert found is not None and last is not None  # noqa: PT018  insisted on just before
    if seen and seen != found.seen:
        raise Overtaken(CHANGED)
    counts = {"added": len(found.added), "removed": len(found.removed), "corrected": len(found.corrected)}
    voters = list(listed(election).exclude(number=None))
    version = _freeze(election, voters, number=last.number + 1, place=place, actor=actor, today=today, **counts)
    RollChange.objects.filter(election=election, after_publication=True, published_in=None).update(published_in=version)
    decided = RollObjection.objects.filter(election=election, published_in=None).exclude(decided_on=None)
    decided.update(published_in=version, published_on=today)
    _post(election, FIX, place, posted_by, today)
    note(version, _figures(version))
    return version


def supplement_conditions(election: Election, found: Supplement | None) -> list[tuple[law.Provision, str | None]]:
    """Return what a supplement needs; the page shows the same."""
    return [
        (law.ROLL_FROZEN, why_not_changed_now(election)),
        (law.ROLL_CHANGES, "选民名单还没有公布，不需要补充公告" if found is None else None),
        (
            law.ROLL_CHANGES,
            "上次公布以后没有变动，也没有要公布的处理决定" if found is not None and found.empty else None,
        ),
    ]


def _freeze(
    held: Election, voters: list[Voter], *, number: int, place: str, actor: Actor, today: date, **counts: int
) -> RollVersion:
    text = RollVersion.text_of(lines(voters))
    return RollVersion.objects.create(
        election=held,
        number=number,
        published_on=today,
        place=place,
        count=len(voters),
        snapshot=text,
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        made_by=actor.user,
        **counts,
    )


def _post(held: Election, key: str, place: str, posted_by: str, today: date) -> None:
    Posting.objects.create(election=held, key=key, posted_on=today, place=place, posted_by=posted_by)


def _forget_files(held: Election) -> None:
    """Forget the packets of imports, which have served: numbers are kept in one place only."""
    done = RollImport.objects.filter(election=held)
    done.update(source_sealed=b"", repairs_sealed=b"", before_sealed=b"")


def _figures(version: RollVersion) -> dict[str, Any]:
    return {
        "version": version.number,
        "count": version.count,
        "added": version.added,
        "removed": version.removed,
        "corrected": version.corrected,
        "published_on": version.published_on,
        "fingerprint": version.fingerprint,
    }
