"""The jobs of the roof: printing a paper in the background."""

from __future__ import annotations

from elections.documents import store
from elections.leases import Work
from elections.models import Job, Paper
from elections.tasks import handler
from office.papers import catalogue


@handler("print_paper")
def print_paper(work: Work) -> None:
    """Print one paper from its snapshot and store the bytes under their hash. Twice gives the same bytes."""
    from elections.documents.pdf import print_pdf  # loading the printer takes a second: only a worker pays for it

    paper = Paper.objects.get(pk=work.job.args["paper"])
    kind = catalogue.BY_KEY[paper.kind]
    printed = print_pdf(
        template=kind.template,
        title=paper.title,
        snapshot=paper.snapshot,
        issuer=kind.issuer_of(paper.snapshot),
        fingerprint=paper.fingerprint,
        code=paper.code,
    )
    digest = store.put(printed.data)
    with work.finishing(result=digest, name=f"{paper.title}.pdf", message=f"共{printed.pages}页"):
        Paper.objects.filter(pk=paper.pk).update(pdf=digest, pages=printed.pages)
        Job.objects.filter(pk=work.job.pk).update(done=1)
