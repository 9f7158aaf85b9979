"""Addresses of the audit."""

from django.urls import path

from audits import views

HERE = "villages/<str:code>/audit/"

urlpatterns = [
    path(HERE, views.show, name="audit"),
    path(f"{HERE}record/", views.record, name="audit_record"),
    path(f"{HERE}findings.xlsx", views.export, name="audit_export"),
    path(f"{HERE}findings/new/", views.add_finding, name="audit_finding_add"),
    path(f"{HERE}findings/<int:pk>/closure/", views.close_finding, name="audit_finding_close"),
    path(f"{HERE}findings/<int:pk>/reopening/", views.reopen_finding, name="audit_finding_reopen"),
    path(f"{HERE}findings/<int:pk>/removal/", views.remove_finding, name="audit_finding_remove"),
    path(f"{HERE}publications/new/", views.publish, name="audit_publish"),
    path(f"{HERE}publications/<int:pk>/last-day/", views.extend, name="audit_extend"),
    path(f"{HERE}publications/<int:pk>/removal/", views.remove_publication, name="audit_publication_remove"),
    path(f"{HERE}objections/new/", views.receive_objection, name="audit_objection_receive"),
    path(f"{HERE}objections/<int:pk>/answer/", views.answer_objection, name="audit_objection_answer"),
]
