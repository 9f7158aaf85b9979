"""The addresses of 规则演算."""

from django.urls import path

from office.calculator import views

urlpatterns = [
    path("rules/", views.index, name="rules"),
    path("rules/<str:topic>/", views.topic, name="rule"),
]
