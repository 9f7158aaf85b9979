"""How thorough a run is: by day, while somebody waits for it, or by night (``TEST_PROFILE=night make test``)."""

import os

NIGHT = os.environ.get("TEST_PROFILE") == "night"
RACE_ROUNDS = 100 if NIGHT else 20  # of eight processes at each of twelve transitions
ORACLE_ELECTIONS = 1_000 if NIGHT else 100  # invented elections for each law of counting
EXAMPLES = 20_000 if NIGHT else 200  # of a property that does not say how many
PICTURES = (
    NIGHT or "PICTURES" in os.environ
)  # of every page looked at, under var/screenshots: for people, not for tests
