"""A real Redis of our own on loopback, which keeps nothing."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from tests.browser.server import free_port


@dataclass
class RedisServer:
    """It can be ended and started again at the same address."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> Redis:
        return Redis(port=self.port)

    def start(self) -> "RedisServer":
        """Raises: RuntimeError where it ends by itself."""
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(["redis-server", *words], stdout=subprocess.PIPE, text=True)
        while "Ready to accept connections" not in (line := self.process.stdout.readline()):
            if not line:
                raise RuntimeError("redis-server ended")
        return self

    def stop(self) -> None:
        """End it at once, with all it held."""
        self.process.kill()
        self.process.communicate()
