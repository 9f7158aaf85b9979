"""Addresses of the act tests: each view writes one journal line, then answers in its own way."""

import time

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from config.urls import urlpatterns as site
from elections import journal

AREA = "990100101201"


def write(request: HttpRequest) -> None:
    journal.record(AREA, "test.act", actor=request.user)


def go_on(request: HttpRequest) -> HttpResponse:
    write(request)
    return redirect(f"/done/{request.POST.get('n', '')}")


def slow(request: HttpRequest) -> HttpResponse:
    write(request)
    time.sleep(0.5)
    return HttpResponse("已登记", headers={"HX-Trigger": "counted", "X-Other": "1"})


def refuse(request: HttpRequest, status: int) -> HttpResponse:
    write(request)
    return HttpResponse("没有办成", status=status)


def correct(request: HttpRequest) -> HttpResponse:
    """Refuses an empty field, as a form does."""
    write(request)
    return redirect("/done/") if request.POST.get("n") else HttpResponse("请填写", status=422)


def missing(request: HttpRequest) -> HttpResponse:
    write(request)
    raise Http404


def denied(request: HttpRequest) -> HttpResponse:
    write(request)
    request.after_refusal.append(lambda: journal.record(AREA, "access.denied", actor=request.user))
    return HttpResponse(status=404)


def break_down(request: HttpRequest) -> HttpResponse:
    write(request)
    raise RuntimeError("broken")


def lose(request: HttpRequest) -> HttpResponse:
    """Answers well although its transaction cannot be kept: a fault of the program."""
    write(request)
    transaction.set_rollback(True)
    return HttpResponse("已登记")


def page(request: HttpRequest) -> HttpResponse:
    write(request)
    return TemplateResponse(request, "errors/act.html", {"words": "身份证号 990100196001013016"})


def file(request: HttpRequest) -> HttpResponse:
    write(request)
    return FileResponse(iter([b"\xff\xfe"]), filename="x.bin")


def upload(request: HttpRequest) -> HttpResponse:
    write(request)
    return HttpResponse(str(len(request.FILES["roll"].read())))


urlpatterns = [
    *site,
    *(
        path(f"act/{view.__name__}/", view)
        for view in (go_on, slow, correct, missing, denied, break_down, lose, page, file, upload)
    ),
    path("act/refuse/<int:status>/", refuse),
    path("login/again/", go_on),
]
