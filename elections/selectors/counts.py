"""Counting for a page: several queries, one statement."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, QuerySet, Value


def counts(**asked: QuerySet[Any]) -> dict[str, int]:
    """Return how many rows each query has, under the name it was given."""
    first, *others = (_counted(name, query) for name, query in asked.items())
    return dict.fromkeys(asked, 0) | dict(first.union(*others, all=True))  # what cannot have rows is left out of it


def _counted(name: str, query: QuerySet[Any]) -> QuerySet[Any]:
    """Return one row: the name and the number."""
    named = query.order_by().values(asked=Value(name, output_field=CharField()))
    return named.annotate(n=Count("pk")).values_list("asked", "n")
