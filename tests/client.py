"""A browser for tests: its forms carry a fresh key, as `{% act_token %}` prints it into every form."""

from typing import Any
from uuid import uuid4

from django.test import Client


class Browser(Client):
    """Django's test client; a posted form without `act` gets a key of its own."""

    def post(self, path: str, data: Any = None, *args: Any, headers: dict[str, str] | None = None, **kwargs: Any):
        if "act" not in (data or {}):
            headers = {"X-Act": str(uuid4()), **(headers or {})}
        return super().post(path, data, *args, headers=headers, **kwargs)
