"""Papers: made only from a frozen snapshot, printed in the background, never changed."""

from __future__ import annotations

from django.db.models import Max

from elections.documents import fingerprint, fonts
from elections.models import Election, Job, Paper
from elections.permissions import Actor
from elections.rules import law, machine
from elections.services import jobs
from elections.services.act import act
from elections.services.lines import note, unchanged
from office.papers import catalogue


@act("paper.made", "生成文书")
def make_paper(election: Election, kind_key: str, *, actor: Actor, version: int = 0) -> tuple[Paper, Job | None]:
    """Freeze the facts of a paper and ask for its printing.

    The same facts give the paper that is already there, with no second job. ``version``: of a kind that has several
    (the roll's supplements), an older one as it was; 0 for the newest. Raises :class:`machine.Refused` with
    everything that is missing, ``KeyError`` for a kind the catalogue does not have.
    """
    kind = catalogue.BY_KEY[kind_key]
    problems = paper_problems(election, kind, version)
    if problems:
        raise machine.Refused(problems)
    snapshot = fingerprint.text_of(snapshot_of(election, kind, version))
    digest = fingerprint.fingerprint(kind.key, catalogue.TEMPLATE_VERSION, snapshot)
    existing = Paper.objects.filter(fingerprint=digest).first()
    if existing is not None:
        return unchanged((existing, None if existing.pdf else _ask(existing, actor)))
    paper = _store(election, kind, snapshot, digest, actor)
    job = _ask(paper, actor)
    note(paper, {"kind": kind.key, "number": paper.number, "fingerprint": digest})
    return paper, job


def snapshot_of(election: Election, kind: catalogue.Kind, version: int = 0) -> dict:
    """Return the facts of the paper with the provision it rests on, in the edition and for the body of this
    election."""
    cite = law.cite(kind.provision, election.policy.law_version, residents=election.village.is_community)
    return kind.facts(election, version) | {"law": cite}


def paper_problems(election: Election, kind: catalogue.Kind, version: int = 0) -> tuple[machine.Problem, ...]:
    """Return what is missing before the paper can be made, and names that no face here can draw."""
    cite = law.cite(kind.provision, election.policy.law_version, residents=election.village.is_community)
    found = [machine.Problem(need.page, need.text, cite, soft=False) for need in kind.missing(election)]
    if not found:
        letters = fonts.missing(fingerprint.text_of(snapshot_of(election, kind, version)))
        if letters:
            text = f"“{'”“'.join(letters)}”在打印字体中缺字，请先联系管理员安装含这些字的字体"
            found.append(machine.Problem("fonts", text, cite, soft=False))
    return tuple(found)


def _store(held: Election, kind: catalogue.Kind, snapshot: str, digest: str, actor: Actor) -> Paper:
    earlier = Paper.objects.filter(election=held, kind=kind.key).order_by("-number")
    told = kind.version_in(snapshot)
    same = (paper for paper in earlier if kind.version_in(paper.snapshot) == told)
    return Paper.objects.create(
        election=held,
        village=held.village,
        kind=kind.key,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=kind.title_of(held),
        snapshot=snapshot,
        fingerprint=digest,
        code=fingerprint.code_of(digest),
        replaces=next(same, None),
        made_by=actor.user,
    )


def _ask(paper: Paper, actor: Actor) -> Job:
    return jobs.ask("print_paper", {"paper": str(paper.pk)}, by=actor.user, area_code=paper.village_id, total=1)
