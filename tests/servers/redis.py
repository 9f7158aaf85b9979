"""A throwaway Redis."""

import redis

from tests.servers.process import Server, free_port


class Redis(Server):
    """A throwaway Redis that keeps nothing."""

    def __init__(self) -> None:
        super().__init__("redis")
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder),
                "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]  # fmt: skip

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=3)

    def ready(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False
