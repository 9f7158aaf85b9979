"""Sorting and paging of tables by what stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tables2 import RequestConfig, Table

ROWS = 50  # a page; nobody sets it from the address


class CountedPaginator(Paginator):
    """Pages of rows whose number the page knows already; ``rows=None``: counted as usual."""

    def __init__(self, *args: Any, rows: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rows is not None:
            vars(self)["count"] = rows  # where the cached property keeps it


def in_pages(request: HttpRequest, table: Table, *, rows: int | None = None) -> None:
    """Sort the table and show one of its pages: the one the address asks for, the last one when there are fewer."""
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(paginator_class=CountedPaginator, per_page=ROWS, rows=rows)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int, count: int | None = None) -> Page:
    """Return the page of ``rows`` that the address asks for; ``count`` when it is known already."""
    return CountedPaginator(rows, size, rows=count).get_page(request.GET.get("page"))
