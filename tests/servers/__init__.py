"""Real servers for the tests, on free ports of the loopback."""

from tests.servers.postgres import Postgres
from tests.servers.process import NotStarted, Server, free_port, wait_for
from tests.servers.programs import Web, Worker, url_of
from tests.servers.redis import Redis

__all__ = ["NotStarted", "Postgres", "Redis", "Server", "Web", "Worker", "free_port", "url_of", "wait_for"]
