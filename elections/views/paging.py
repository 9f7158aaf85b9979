"""Sorting and paging of tables by what stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tables2 import RequestConfig, Table

ROWS = 50  # a page; nobody sets it from the address


def in_pages(request: HttpRequest, table: Table) -> None:
    """Sort the table and show one of its pages: the one the address asks for, the last one when there are fewer."""
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int, count: int | None = None) -> Page:
    """The page of ``rows`` that the address asks for; ``count`` when it is known already."""
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))
