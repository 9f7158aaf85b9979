"""The checks of /healthz: database, storage, migrations."""

import dataclasses
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView


@dataclasses.dataclass
class Migrations(HealthCheck):
    """The tables are those of this version of the program."""

    def run(self) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.temporary_connection():  # the check runs in a thread of its own, which must not keep one open
            applied = MigrationRecorder(connection).applied_migrations()
        waiting = newest_migrations() - applied.keys()
        if waiting:
            raise ServiceUnavailable(f"{len(waiting)} migrations wait")


@lru_cache(maxsize=1)
def newest_migrations() -> frozenset[tuple[str, str]]:
    """Return (app, name) of the last migration of each app on disk; they do not change while a process runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


class Health(HealthCheckView):
    """Plain text, one line a check: 200 when all is well, 500 otherwise. Names no path, no version, no person."""

    checks = ("health_check.checks.Database", "health_check.checks.Storage", "config.health.Migrations")

    async def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.META["HTTP_ACCEPT"] = "text/plain"
        return await super().get(request, *args, **kwargs)
