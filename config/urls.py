"""All addresses of the site."""

from django.urls import path

from config.health import Health

urlpatterns = [
    path("healthz", Health.as_view(), name="healthz"),
]
