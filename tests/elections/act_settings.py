"""The settings of the tests with the addresses of the act tests, for processes that those start."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.elections.act_urls"
