"""The addresses of 规则演算."""

from django.urls import path

from office.calculator import views

urlpatterns = [
    path("", views.index, name="rules"),
    path("<str:topic>/", views.topic, name="rule"),
]
