"""Which engine runs which test in `make test`: every test on at least one, none on two without a reason.

a real browser (``browser``)                     Chromium
a race, a kill, a trigger (``postgres``)         PostgreSQL
no database asked for                            SQLite, the quicker run: rules know no engine
pages, forms, papers, whoever asks for `client`  PostgreSQL, the production engine: HTML knows no engine either
about SQLite itself (``sqlite``)                 SQLite
everything else: services, selectors, importing, journal, append-only, locks, upgrades, one journey   both

The division holds only for the whole suite (``--share``, which `make test` gives when no tests are named). A test that
is asked for by name runs wherever it is asked for.
"""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

SQLITE, POSTGRESQL, CHROMIUM = "SQLite", "PostgreSQL", "Chromium"
ENGINES = {SQLITE: "not browser", POSTGRESQL: "not browser", CHROMIUM: "browser"}  # name → marker of its tests
DATABASE = {"db", "transactional_db", "django_db_serialized_rollback", "django_db_setup", "live_server", "database_url"}
JOURNEYS = "tests/journeys"  # where every test with a browser lies: Chromium's run looks nowhere else
COLLECTED = pytest.StashKey[list[pytest.Item]]()  # everything a run found, before anything is left out
# What a reader sees: the words and the HTML are made above the database.
PAGES = (
    "*/pages/*",
    "*/test_pages_*.py",
    "*/test_views*.py",
    "*/test_*_pages.py",
    "*/test_forms_*.py",
    "*/test_*paper*.py",
    "*/test_cards.py",
    "*/test_hostile_use.py",
)
# Pages all the same on both engines: each presses a lock, a unique row or the engine's own state.
BOTH = (
    "*/test_acts.py",  # one act once, two clicks at once, a busy database
    "*/test_health.py",
    "*/test_walker*.py",  # on SQLite: they leave themselves out elsewhere
    "*/test_login.py",  # the counter of failed attempts
    "*/test_pages_journey.py",  # a whole election by its pages
    "*/pages/test_import_steps.py",  # the journey of a roll file by its pages, from the upload to the roll
)


def engines_of(item: pytest.Item) -> frozenset[str]:
    """The engines whose share of the whole suite this test belongs to."""
    marks = {mark.name for mark in item.iter_markers()}
    if "browser" in marks:
        return frozenset({CHROMIUM})
    if "postgres" in marks:
        return frozenset({POSTGRESQL})
    if "sqlite" in marks or not needs_database(item):
        return frozenset({SQLITE})
    if is_a_page(item):
        return frozenset({POSTGRESQL})
    return frozenset({SQLITE, POSTGRESQL})


def needs_database(item: pytest.Item) -> bool:
    """By mark or by a fixture, its own or one behind another."""
    return bool(item.get_closest_marker("django_db") or DATABASE.intersection(getattr(item, "fixturenames", ())))


def is_a_page(item: pytest.Item) -> bool:
    path = str(item.path)
    if any(fnmatch(path, pattern) for pattern in BOTH):
        return False
    return "client" in getattr(item, "fixturenames", ()) or any(fnmatch(path, pattern) for pattern in PAGES)
