"""Background work of the roll: reading a large file, printing cards and sheets."""

from __future__ import annotations

from django.utils import timezone

from elections.documents import store
from elections.handlers import handler
from elections.leases import JobFailed, Work
from elections.models import Area, Election, Job
from voters import spreadsheet
from voters.documents.conditions import conditions_of
from voters.documents.polling import Kind, PrintRequest, parts_of, people_on
from voters.importing.checking import check
from voters.importing.source import SourceTable, file_of, keep_source
from voters.importing.staging import work_of
from voters.importing.tally import note_file
from voters.models import RollImport


@handler("roll_read", title="读取选民名单")
def read_roll(work: Work) -> None:
    """Read and judge the file of one import; harmless twice. Ends with the import open for its next step."""
    batch = RollImport.objects.select_related("election__village", "election__cycle").get(pk=work.job.args["import"])
    if batch.state != RollImport.State.READING:
        return  # given up meanwhile, or read by another worker
    work.progress(0, 2, "正在读取文件")
    try:
        given = SourceTable.read(file_of(batch), batch.file_name)
    except spreadsheet.FileFault as fault:
        raise JobFailed(str(fault).rstrip("。")) from None
    keep_source(batch, given)
    work.progress(1, 2, f"读到{len(given.sheet.rows)}行，正在检查")
    today = timezone.localdate()
    plan = check(batch.election, work_of(batch), today=today, names_villages=False)
    batch.summary = plan.report.summary().text
    with work.finishing(message=f"读到{plan.report.read}行，可导入{plan.report.new + plan.report.changed}人"):
        if _open(batch):
            note_file(batch)


def _open(batch: RollImport) -> bool:
    """Open an import that was being read, only once, whoever read it; return whether this was it."""
    left = RollImport.objects.filter(pk=batch.pk, state=RollImport.State.READING).update(
        state=RollImport.State.OPEN,
        file_sealed=batch.file_sealed,
        source_sealed=batch.source_sealed,
        headings_mark=batch.headings_mark,
        choices=batch.choices,
        summary=batch.summary,
    )
    return bool(left)


def print_roll(work: Work) -> None:
    """Print cards, household sheets or issue sheets part by part; the same roll gives the same bytes."""
    from elections.documents.typeset import bound, pages_of, typeset  # only a worker loads the printer

    said = dict(work.job.args)
    election = Election.objects.select_related("village", "cycle").get(pk=said.pop("election"))
    asked = PrintRequest(**said)
    against = [text for _, text in conditions_of(election, asked) if text]
    if against:
        raise JobFailed("；".join(against))
    made, pages, people, total = [], 0, 0, people_on(election, asked)
    work.progress(0, total, "正在排版")
    for part in parts_of(election, asked):
        made.append(typeset(f"documents/{asked.kind}.typ", part.values | {"first_page": pages + 1}))
        pages, people = pages + pages_of(made[-1]), people + part.people
        work.progress(people, total)
    data, pages = bound(made)
    with work.finishing(result=store.put(data), name=_name(election, asked), message=f"共{pages}页"):
        Job.objects.filter(pk=work.job.pk).update(done=people, total=people)


def _name(election: Election, asked: PrintRequest) -> str:
    """镇_村_选民证_20260301.pdf"""
    village = election.village
    town = Area.objects.filter(code=village.township_code).values_list("name", flat=True).first() or ""
    return f"{town}_{village.name}_{Kind(asked.kind).label}_{timezone.localdate():%Y%m%d}.pdf"


PRINTS: dict[str, str] = {kind: f"print_{kind}" for kind in Kind}  # a kind of job each, with its own name on the list
for each in Kind:
    handler(PRINTS[each], title=f"生成{each.label}", rule="roll.print")(print_roll)
