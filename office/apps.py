"""总览与文书."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """An app without models: Django finds its commands and jobs."""

    name = "office"
    verbose_name = "总览与文书"
