"""Sorting and paging of tables by what stands in the address."""

from __future__ import annotations

from django.http import HttpRequest
from django_tables2 import RequestConfig, Table

ROWS = 50  # a page; nobody sets it from the address


def in_pages(request: HttpRequest, table: Table) -> None:
    """Sort the table and show one of its pages: the one the address asks for, the last one when there are fewer."""
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))
