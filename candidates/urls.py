"""Addresses of nomination and vetting."""

from django.urls import path

from candidates.views import candidates, nomination, publication, vetting

V = "villages/<str:code>/"
N, C = f"{V}nominations/", f"{V}candidates/"

urlpatterns = [
    path(N, nomination.show, name="nominations"),
    path(f"{N}seats/", nomination.seats, name="nomination_seats"),
    path(f"{N}new/", nomination.find, name="nominee_find"),
    path(f"{N}new/<uuid:voter>/", nomination.propose, name="nominee_propose"),
    path(f"{N}<int:pk>/", nomination.change, name="nominee_change"),
    path(f"{N}<int:pk>/withdrawal/", nomination.withdraw, name="nominee_withdraw"),
    path(f"{N}committee/", nomination.settle_election_committee, name="nomination_election_committee"),
    path(C, candidates.show, name="candidates"),
    path(f"{V}candidates.xlsx", candidates.export, name="candidates_export"),
    path("candidates/<int:pk>/", candidates.file, name="candidate"),
    path(f"{C}<int:pk>/first-check/", candidates.first_check, name="candidate_first_check"),
    path(f"{C}<int:pk>/conclusion/", candidates.conclude, name="candidate_conclude"),
    path(f"{C}<int:pk>/reopening/", candidates.reopen, name="candidate_reopen"),
    path(f"{C}publish/", publication.check, name="candidates_publish"),
    path(f"{C}publication/", publication.publish, name="candidates_publication"),
    path(f"{C}meeting/", publication.meet, name="candidates_meet"),
    path("vetting/", vetting.show, name="vetting"),
    path("vetting/conclusions/", vetting.conclude, name="vetting_conclude"),
    path("vetting.xlsx", vetting.export, name="vetting_export"),
]
