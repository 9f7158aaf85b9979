"""人员: the register of persons of a village, and who is meant by what is typed in a form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from elections.forms.persons import PICKED
from elections.models import Election
from elections.permissions import allowed
from elections.selectors import persons as read

RECORD = "persons.record"
LONGEST_FIELD = 60  # of the name of a field that asks


@allowed(RECORD)
def meant(request: HttpRequest, election: Election) -> HttpResponse:
    """Who is meant by what is being typed; never by digits of a number, which do not belong into an address."""
    field = request.GET.get("field", "")[:LONGEST_FIELD]
    text = request.GET.get(field, "")
    found = read.meant(election, "" if read.last_four(text) else text)
    return render(request, "elections/parts/person_meant.html", {"meant": found, "picked": field + PICKED})


V = "villages/<str:code>/persons/"

urlpatterns = [
    path(V + "meant/", meant, name="persons_meant"),
]
