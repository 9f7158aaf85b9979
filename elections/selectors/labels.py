"""The names of columns as people read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models


def labels(model: type[models.Model], names: Iterable[str]) -> list[tuple[str, str]]:
    """Return columns with their heads."""
    heads = {field.name: str(field.verbose_name) for field in model._meta.concrete_fields}
    return [(name, heads[name]) for name in names]
