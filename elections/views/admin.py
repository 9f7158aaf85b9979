"""用户与权限, 村（社区）名单: the administrator's pages. They show accounts and areas, never a roll."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from elections.forms.admin import AccountForm, AreasForm
from elections.permissions import allowed
from elections.selectors import accounts as reading
from elections.services import accounts, areas


@allowed("accounts.manage")
def accounts_page(request: HttpRequest) -> HttpResponse:
    """Show the accounts under this administrator and the form for a new one."""
    form = AccountForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        user, slip = accounts.open_account(**asked, actor=request.actor.user)
        context = {"title": "密码条", "account": user, "slip": slip, "crumbs": [("用户与权限", "/accounts/")]}
        return render(request, "elections/slip.html", context)
    context = {
        "title": "用户与权限",
        "form": form,
        "accounts": reading.listed(request.actor, request.GET.get("q", "")),
        "managed": set(reading.managed(request.actor).values_list("pk", flat=True)),
    }
    return render(request, "elections/accounts.html", context, status=422 if form.is_bound else 200)


@allowed("accounts.manage")
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a new password slip, once."""
    user = reading.one_of(request.actor, pk)
    slip = accounts.reset_password(user, actor=request.actor.user)
    context = {"title": "密码条", "account": user, "slip": slip, "crumbs": [("用户与权限", "/accounts/")]}
    return render(request, "elections/slip.html", context)


@allowed("accounts.manage")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account and end its sessions."""
    user = reading.one_of(request.actor, pk)
    accounts.close_account(user, actor=request.actor.user)
    messages.success(request, f"账号{user.username}已停用，正在使用的登录已经退出。")
    return redirect("accounts")


@allowed("accounts.manage")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End one duty from today on."""
    appointment = reading.appointment_of(request.actor, pk)
    accounts.withdraw(appointment, timezone.localdate(), actor=request.actor.user)
    messages.success(request, "职责已撤销，立即生效。")
    return redirect("accounts")


@allowed("areas.manage")
def areas_page(request: HttpRequest) -> HttpResponse:
    """Load townships and villages from a spreadsheet; show those that are there."""
    form = AreasForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = areas.load(form.cleaned_data["file"].read(), actor=request.actor.user, reach=request.actor)
        if not report.faults:
            messages.success(request, f"已导入{report.added}个，更新{report.changed}个，没有变化{report.same}个。")
            return redirect("areas")
    context = {"title": "村（社区）名单", "form": form, "report": report, "areas": reading.areas(request.actor)}
    return render(request, "elections/areas.html", context, status=422 if form.is_bound else 200)
