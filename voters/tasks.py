"""What the roll asks the worker for: reading a large file (5.10, C52)."""

from __future__ import annotations

from django.utils import timezone

from elections import journal
from elections.leases import JobFailed, Work
from elections.tasks import handler
from voters import importing, spreadsheet
from voters.models import RollImport


@handler("roll_read")
def read_roll(work: Work) -> None:
    """Read and judge the file of one import; harmless twice. Ends with the import open for its next step."""
    batch = RollImport.objects.select_related("election__village", "election__cycle").get(pk=work.job.args["import"])
    if batch.state != RollImport.State.READING:
        return  # given up meanwhile, or read by another worker
    work.progress(0, 2, "正在读取文件")
    try:
        given = importing.Given.read(importing.file_of(batch), batch.file_name)
    except spreadsheet.FileFault as fault:
        raise JobFailed(str(fault).rstrip("。")) from None
    importing.keep_given(batch, given)
    work.progress(1, 2, f"读到{len(given.sheet.rows)}行，正在检查")
    today = timezone.localdate()
    plan = importing.check(batch.election, importing.work_of(batch), today=today, names_villages=False)
    batch.summary = journal.canonical(plan.report.summary())
    with work.finishing(message=f"读到{plan.report.read}行，可导入{plan.report.new + plan.report.changed}人"):
        _open(batch)


def _open(batch: RollImport) -> None:
    """The import leaves reading only once, whoever read it."""
    RollImport.objects.filter(pk=batch.pk, state=RollImport.State.READING).update(
        state=RollImport.State.OPEN,
        file_sealed=batch.file_sealed,
        source_sealed=batch.source_sealed,
        headings_mark=batch.headings_mark,
        choices=batch.choices,
        summary=batch.summary,
    )
