"""What /healthz looks at: database, storage, migrations."""

import dataclasses

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView


@dataclasses.dataclass
class Migrations(HealthCheck):
    """The tables are those of this version of the program."""

    def run(self) -> None:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            raise ServiceUnavailable(f"{len(waiting)} migrations wait")


class Health(HealthCheckView):
    """Plain text, one line a check: 200 when all is well, 500 otherwise. Names no path, no version, no person."""

    checks = ("health_check.checks.Database", "health_check.checks.Storage", "config.health.Migrations")

    async def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.META["HTTP_ACCEPT"] = "text/plain"
        return await super().get(request, *args, **kwargs)
