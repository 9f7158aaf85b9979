"""The addresses of the spine. One noun each; what changes something is a POST."""

from django.urls import path

from elections.views import (
    admin,
    bodies,
    count,
    cycles,
    election_committee,
    handover,
    home,
    jobs,
    moves,
    poll_day,
    postings,
    preparation,
    removals,
    village,
    voting,
)

V = "villages/<str:code>/"

# fmt: off
urlpatterns = [
    path("",                                   home.home,             name="home"),
    path("login/",                             home.login,            name="login"),
    path("logout/",                            home.logout,           name="logout"),
    path("me/",                                home.me,               name="me"),
    path("me/second-factor/",                  home.second_factor,    name="second_factor"),
    path("me/font/",                           home.font_scale,       name="font_scale"),
    path(V,                                    village.show,          name="village"),
    path(V + "stages/<str:stage>/",            village.stage,         name="stage"),
    path(V + "log/",                           village.log,           name="log"),
    path(V + "steps/<str:step>/",              moves.step,            name="step"),
    path(V + "waive/<str:guard>/",             moves.waive,           name="waive"),
    path(V + "standing/<str:act>/",            moves.standing,        name="standing"),
    path(V + "election-day/",                  poll_day.show,         name="poll_day"),
    path(V + "election-day/confirm/",          poll_day.confirm,      name="poll_day_confirm"),
    path("jobs/",                              jobs.index,            name="jobs"),
    path("jobs/<uuid:pk>/",                    jobs.show,             name="job"),
    path("jobs/<uuid:pk>/cancel/",             jobs.cancel,           name="job_cancel"),
    path("jobs/<uuid:pk>/again/",              jobs.again,            name="job_again"),
    path("jobs/<uuid:pk>/result/",             jobs.result,           name="job_result"),
    path(V + "again/",                         cycles.again,          name="election_again"),
    path("cycles/",                            cycles.index,          name="cycles"),
    path("accounts/",                          admin.accounts_page,   name="accounts"),
    path("accounts/<int:pk>/reset/",           admin.reset,           name="account_reset"),
    path("accounts/<int:pk>/close/",           admin.close,           name="account_close"),
    path("duties/<int:pk>/withdraw/",          admin.withdraw,        name="duty_withdraw"),
    path("areas/",                             admin.areas_page,      name="areas"),
]
# fmt: on

# The pages of facts: each file lists its own.
for _views in (preparation, election_committee, voting, count, handover, postings, bodies, removals):
    urlpatterns += _views.urlpatterns
