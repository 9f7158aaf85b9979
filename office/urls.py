"""The addresses of the screens, the papers and the calculator that look across all apps."""

from django.urls import include, path

from office.papers import views as papers
from office.screens import views as screens

V = "villages/<str:code>/"

# fmt: off
urlpatterns = [
    path("desk/",                                 screens.desk_page,       name="desk"),
    path("overview/",                             screens.overview_page,   name="overview"),
    path("schedule/",                             screens.schedule_page,   name="schedule"),
    path("waivers/",                              screens.waivers_page,    name="waivers"),
    path("villages/",                             screens.villages_page,   name="villages"),
    path(V + "papers/",                           papers.of_village,       name="village_papers"),
    path(V + "papers/<str:kind>/make/",           papers.make,             name="paper_make"),
    path("docs/",                                 papers.index,            name="papers"),
    path("docs/<uuid:pk>/",                       papers.show,             name="paper"),
    path("docs/<uuid:pk>.pdf",                    papers.pdf,              name="paper_pdf"),
    path("check/<str:mark>/",                     papers.check,            name="check"),
    path("rules/",                                include("office.calculator.urls")),
]
# fmt: on
