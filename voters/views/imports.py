"""名单导入 in five steps: source, columns, check and repair, confirm, done. Everything is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from elections.models import Election
from elections.permissions import allowed
from elections.selectors.jobs import as_line
from elections.services.hold import Overtaken
from elections.views.addresses import address, breadcrumbs
from elections.views.sheets import attachment
from voters.forms.imports import ColumnsForm, PasteForm, RepairedForm, RowsForm, SheetForm, UploadForm, VersionForm
from voters.importing.checking import check
from voters.importing.grid import grid_row, has_required, listed_more, with_original, words_for_omissions
from voters.importing.groups import BY_KEY, groups, rows_with_faults
from voters.importing.plan import Outcome, Plan
from voters.importing.source import SourceTable
from voters.importing.staging import work_of
from voters.models import RollImport
from voters.selectors.imports import find_import, imports_of, noted, open_import_of, why_not_read
from voters.selectors.lists import totals
from voters.selectors.publishing import last_election
from voters.services import imports, repairs
from voters.spreadsheet import FileFault
from voters.spreadsheet.writing import with_reasons, without_ours

Page = Callable[[HttpRequest, RollImport], HttpResponse]
STEPS = ("来源", "对应列", "检查修改", "确认", "完成")
ROWS_A_PAGE = 50
IN_GRID = 200  # rows; more are repaired in a spreadsheet
CHANGES_SHOWN = 200


@allowed("roll.import")
def index(request: HttpRequest) -> HttpResponse:
    """数据导入记录 of the villages in reach."""
    page = Paginator(imports_of(request.actor).exclude(state=RollImport.State.DROPPED), 50)
    context = {"title": "数据导入", "page": page.get_page(request.GET.get("page"))}
    return render(request, "voters/imports.html", context)


@allowed("roll.import")
def source(request: HttpRequest, election: Election) -> HttpResponse:
    """Show step 1: upload, paste, or the roll of the last term."""
    upload, paste = UploadForm(*_sent(request, "upload")), PasteForm(*_sent(request, "paste"))
    sent = next((form for form in (upload, paste) if form.is_bound), None)
    earlier = last_election(election)
    if sent and sent.is_valid():
        return redirect("import", pk=_begin(request, election, sent).pk)
    if request.POST.get("way") == "last_term" and earlier:
        given = SourceTable.last_term(election)
        batch = imports.open_import(election, given, actor=request.actor, today=timezone.localdate())
        return redirect("import", pk=batch.pk)
    context = _context(election, 1) | {
        "upload": upload,
        "paste": paste,
        "form": sent,
        "last_election": earlier,
        "open_import": open_import_of(election),
    }
    return render(request, "voters/import_source.html", context, status=422 if sent else 200)


def _begin(request: HttpRequest, election: Election, form: Any) -> RollImport:
    if getattr(form, "large", False):
        file = form.cleaned_data["file"]
        return imports.queue_import(election, file.read(), file.name, actor=request.actor)
    return imports.open_import(election, form.given, actor=request.actor, today=timezone.localdate())


def _sent(request: HttpRequest, way: str) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.POST.get("way") == way else (None, None)


def _context(election: Election, step: int, batch: RollImport | None = None) -> dict[str, Any]:
    return {
        "title": "选民名单导入",
        "election": election,
        "crumbs": breadcrumbs(election, ("选民名单", "roll")),
        "steps": list(enumerate(STEPS, 1)),
        "step": step,
        "batch": batch,
        "roll_url": address("roll", election),
    }


@allowed("roll.import")
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where the import stands."""
    batch = find_import(request.actor, pk)
    if batch.state == RollImport.State.READING:
        more = {"job": as_line(batch.job) if batch.job else None, "stopped": why_not_read(batch)}
        return render(request, "voters/import_reading.html", _context(batch.election, 1, batch) | more)
    if batch.state != RollImport.State.OPEN:
        return redirect("import_step", pk=pk, step=5)
    ready = has_required(work_of(batch).mapping)
    return redirect("import_step", pk=pk, step=3 if ready else 2)


@allowed("roll.import")
def step(request: HttpRequest, pk: UUID, step: int) -> HttpResponse:
    """Show one of the steps 2 to 5; what is done in it is posted to addresses of its own."""
    batch = find_import(request.actor, pk)
    pages: dict[int, Page] = {2: _columns, 3: _rows, 4: _confirm, 5: _end}
    if step not in pages:
        raise Http404
    open_ = batch.state == RollImport.State.OPEN
    if (step == 5) == open_ or batch.state == RollImport.State.READING:
        return redirect("import", pk=pk)
    return pages[step](request, batch)


def _columns(request: HttpRequest, batch: RollImport, form: Form | None = None) -> HttpResponse:
    work = work_of(batch)
    form = form or ColumnsForm(sheet=work.sheet, mapping=dict(work.mapping), initial={"version": batch.version})
    context = _context(batch.election, 2, batch) | {"form": form, "sheet": work.sheet}
    if batch.file_sealed and len(work.sheet.names) > 1:
        chosen = {"sheet": work.sheet.name, "version": batch.version}
        context["sheets"] = SheetForm(names=work.sheet.names, initial=chosen)
    context["left_over"] = [
        heading
        for place, heading in enumerate(without_ours(work.sheet.headings))
        if heading and place not in work.mapping.values()
    ]
    return render(request, "voters/import_columns.html", context, status=422 if form.is_bound else 200)


@allowed("roll.import")
@require_POST
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep which column is which."""
    batch = imports.insist_kept(find_import(request.actor, pk))
    work = work_of(batch)
    form = ColumnsForm(request.POST, sheet=work.sheet, mapping=dict(work.mapping))
    if not form.is_valid():
        return _columns(request, batch, form)
    repairs.note_columns(
        batch, form.mapping, actor=request.actor, today=timezone.localdate(), version=form.cleaned_data["version"]
    )
    return redirect("import_step", pk=pk, step=3)


@allowed("roll.import")
@require_POST
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read another sheet of the same file."""
    batch = imports.insist_kept(find_import(request.actor, pk))
    form = SheetForm(request.POST, names=work_of(batch).sheet.names)
    if not form.is_valid():
        raise Http404
    chosen, today = form.cleaned_data, timezone.localdate()
    try:
        imports.choose_sheet(batch, chosen["sheet"], actor=request.actor, today=today, version=chosen["version"])
    except FileFault as fault:
        messages.error(request, f"“{chosen['sheet']}”：{fault}")
    return redirect("import_step", pk=pk, step=2)


def _plan(request: HttpRequest, batch: RollImport) -> Plan:
    named = imports.names_villages(request.actor, batch.election)
    work = work_of(batch)
    return check(batch.election, work, today=timezone.localdate(), names_villages=named)


def _rows(request: HttpRequest, batch: RollImport, *, status: int = 200, **more: Any) -> HttpResponse:
    plan, key = _plan(request, batch), request.GET.get("group", "")
    found = rows_with_faults(plan, key)
    page = Paginator(found[:IN_GRID], ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = _context(batch.election, 3, batch) | {
        "plan": plan,
        "report": plan.report,
        "ready": plan.report.new + plan.report.changed,
        "groups": groups(plan),
        "chosen": key,
        "page": page,
        "rows": [grid_row(row) for row in page],
        "beyond": max(0, len(found) - IN_GRID),
        "in_grid": IN_GRID,
        "known": imports.is_known(batch.election, batch.file_hash),
        "to_repair": plan.report.refused - plan.report.skipped - plan.report.under_age,
        "left_out": plan.report.skipped + plan.report.under_age,
        "repaired": RepairedForm(initial={"version": batch.version}),
    }
    return render(request, "voters/import_rows.html", context | more, status=status)


@allowed("roll.import")
@require_POST
def rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what was ticked, left out and typed on one page of rows; then judge again."""
    batch = find_import(request.actor, pk)
    form = RowsForm(request.POST)
    if not form.is_valid():
        raise Http404
    version = form.cleaned_data["version"]
    try:
        batch = repairs.note_row_decisions(
            batch, form.decisions, actor=request.actor, today=timezone.localdate(), version=version
        )
    except Overtaken as overtaken:
        if find_import(request.actor, pk).state != RollImport.State.OPEN or "X-Autosave" in request.headers:
            raise
        return _overtaken(request, batch, form, str(overtaken))
    if "X-Autosave" in request.headers:
        return JsonResponse({"version": batch.version})
    messages.success(request, "已保存并重新检查。")
    return redirect(request.get_full_path().replace("/rows/", "/3/"))


def _overtaken(request: HttpRequest, batch: RollImport, form: RowsForm, words: str) -> HttpResponse:
    """Show the rows that somebody else changed too: what was typed stays in its cells, to be looked at and saved
    again."""
    plan = _plan(request, batch)
    rows = [grid_row(row).with_typed(form.decisions) for row in plan.rows if row.number in form.decisions.shown]
    return _rows(request, batch, status=409, rows=rows, overtaken=words)


@allowed("roll.import")
@require_POST
def group(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Settle a whole group by one press."""
    batch, form = find_import(request.actor, pk), VersionForm(request.POST)
    if key not in BY_KEY or not form.is_valid():
        raise Http404
    version = form.cleaned_data["version"]
    repairs.settle_group(batch, key, actor=request.actor, today=timezone.localdate(), version=version)
    messages.success(request, f"“{BY_KEY[key].title}”已处理。")
    return redirect("import_step", pk=pk, step=3)


@allowed("roll.import")
@require_POST
def take_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note the download of the faulty rows (下载错误行) first, for they hold full numbers."""
    imports.note_download(find_import(request.actor, pk), actor=request.actor)
    query = {"group": request.POST.get("group", "")}
    return redirect(f"{reverse('import_bad_rows', args=[pk])}?{urlencode(query)}")


@allowed("roll.import")
def bad_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the original rows with their reasons, just after the button was pressed."""
    batch = find_import(request.actor, pk)
    if not noted(request.actor, batch, imports.DOWNLOADED):
        return redirect("import", pk=pk)
    imports.insist_kept(batch)
    plan, work = _plan(request, batch), work_of(batch)
    found = with_original(rows_with_faults(plan, request.GET.get("group", "")), work)
    return attachment(with_reasons(work.sheet.headings, found), "名单中需要修改的行.xlsx")


@allowed("roll.import")
@require_POST
def returned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the corrected rows (上传改好的错误行), laid over the rows they were taken from."""
    batch = imports.insist_kept(find_import(request.actor, pk))
    form = RepairedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _rows(request, batch, repaired=form, status=422)
    sheet, version = form.given.sheet, form.cleaned_data["version"]
    changed, strangers = repairs.note_returned(
        batch, sheet, actor=request.actor, today=timezone.localdate(), version=version
    )
    messages.success(request, f"已读入改好的{changed}行，并重新检查。")
    if strangers:
        messages.warning(request, f"有{strangers}行没有对应的原行号，没有读取。请核对“原行号”一列。")
    return redirect("import_step", pk=pk, step=3)


def _confirm(request: HttpRequest, batch: RollImport) -> HttpResponse:
    plan = _plan(request, batch)
    changed = plan.with_outcome(Outcome.CHANGED)
    context = _context(batch.election, 4, batch) | {
        "plan": plan,
        "report": plan.report,
        "ready": plan.report.new + plan.report.changed,
        "changed": changed[:CHANGES_SHOWN],
        "more_changed": max(0, len(changed) - CHANGES_SHOWN),
        "not_listed": words_for_omissions(plan.report),
        "listed_now": totals(batch.election).listed,
        "listed_then": totals(batch.election).listed + listed_more(plan),
    }
    return render(request, "voters/import_confirm.html", context)


@allowed("roll.import")
@require_POST
def commit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Store the import (导入N人)."""
    batch, form = find_import(request.actor, pk), VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    version = form.cleaned_data["version"]
    plan = imports.commit_import(batch, actor=request.actor, today=timezone.localdate(), version=version)
    messages.success(request, f"已导入：新增{plan.report.new}人，更新{plan.report.changed}人。")
    return redirect("import_step", pk=pk, step=5)


def _end(request: HttpRequest, batch: RollImport) -> HttpResponse:
    context = _context(batch.election, 5, batch) | {
        "said": batch.said,
        "may_undo": batch.state == RollImport.State.DONE and imports.why_not_undone(batch) is None,
        "why_not_undo": imports.why_not_undone(batch),
        "left": batch.said.left if batch.said else 0,
    }
    return render(request, "voters/import_end.html", context)


@allowed("roll.import")
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo the import (撤销本次导入)."""
    batch = find_import(request.actor, pk)
    kept = imports.undo_import(batch, actor=request.actor)
    messages.success(request, f"已撤销这次导入。{f'其中{kept}人后来手工改过，已保留。' if kept else ''}")
    return redirect(address("roll", batch.election))


@allowed("roll.import")
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the import up (放弃这次导入)."""
    batch = imports.drop_import(find_import(request.actor, pk), actor=request.actor)
    messages.success(request, "已放弃这次导入，名单没有变化。")
    return redirect(address("roll", batch.election))


@allowed("roll.import")
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with the remaining rows (继续处理其余的行)."""
    batch = imports.continue_import(find_import(request.actor, pk), actor=request.actor, today=timezone.localdate())
    return redirect("import", pk=batch.pk)
