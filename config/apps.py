"""The site itself as an app: its start-up checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "系统设置"

    def ready(self) -> None:
        from config import checks, surroundings  # noqa: F401  (they register themselves)
