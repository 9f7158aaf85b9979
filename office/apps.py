"""总览、文书与演算."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """An app without models: Django finds its commands and jobs."""

    name = "office"
    verbose_name = "总览、文书与演算"
