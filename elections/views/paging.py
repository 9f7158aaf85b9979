"""Sorting and paging of tables by what stands in the address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
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
