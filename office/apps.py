"""The roof as an app: Django finds its commands; it has no models."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "规则演算"
