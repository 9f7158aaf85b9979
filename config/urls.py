"""All addresses of the site. The last line stops start-up when one of them names no permission."""

from django.urls import include, path

from config.health import Health
from elections.permissions import PUBLIC, require_permissions

health = Health.as_view()
health.permission = PUBLIC

urlpatterns = require_permissions(
    [
        path("healthz", health, name="healthz"),
        path("", include("elections.urls")),
        path("", include("audits.urls")),
        path("", include("voters.urls")),
        path("", include("candidates.urls")),
        path("", include("office.urls")),
    ]
)

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"
