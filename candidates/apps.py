"""提名与资格审查."""

from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"
    verbose_name = "提名与资格审查"
