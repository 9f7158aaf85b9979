"""The addresses of the screens, the papers and the calculator that look across all apps."""

from django.urls import include, path

from office.papers import views as papers
from office.screens import views as screens
from office.teams.views import imports as team_imports
from office.teams.views import villages as teams

V = "villages/<str:code>/"

# fmt: off
urlpatterns = [
    path("desk/",                                 screens.desk_page,       name="desk"),
    path("overview/",                             screens.overview_page,   name="overview"),
    path("schedule/",                             screens.schedule_page,   name="schedule"),
    path("waivers/",                              screens.waivers_page,    name="waivers"),
    path("villages/",                             screens.villages_page,   name="villages"),
    path("teams/",                                teams.villages,          name="teams"),
    path("teams/import/",                         team_imports.of_township, name="teams_import"),
    path("teams/lists/<uuid:pk>/undo/",           teams.take_back,         name="team_list_undo"),
    path(V + "team/",                             teams.team,              name="team"),
    path(V + "team/new/",                         teams.new,               name="tenure_new"),
    path(V + "team/import/",                      team_imports.of_village, name="team_import"),
    path(V + "team/<int:pk>/",                    teams.change,            name="tenure"),
    path(V + "team/<int:pk>/end/",                teams.end,               name="tenure_end"),
    path(V + "papers/",                           papers.of_village,       name="village_papers"),
    path(V + "papers/<str:kind>/make/",           papers.make,             name="paper_make"),
    path("docs/",                                 papers.index,            name="papers"),
    path("docs/<uuid:pk>/",                       papers.show,             name="paper"),
    path("docs/<uuid:pk>.pdf",                    papers.pdf,              name="paper_pdf"),
    path("check/<str:mark>/",                     papers.check,            name="check"),
    path("rules/",                                include("office.calculator.urls")),
]
# fmt: on
