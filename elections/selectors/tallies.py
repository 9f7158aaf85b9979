"""Counting the rows of many elections inside one statement: annotations for a queryset of elections."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], link: str = "election") -> Coalesce:
    """Return how many of ``rows`` belong to each election (or to whatever ``link`` points at)."""
    grouped = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), Value(0), output_field=IntegerField())


def first_of(rows: QuerySet[Any], field: str, link: str = "election") -> Subquery:
    """Return one field of the first of ``rows``, in their order; ``None`` without any."""
    return Subquery(rows.filter(**{link: OuterRef("pk")}).values(field)[:1])
