"""A real Redis of our own on loopback, which keeps nothing."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from tests.browser.server import free_port
from tests.integration.vouched import key_of


@dataclass
class RedisServer:
    """It can be ended and started again at the same address; over TLS alone where it has a certificate."""

    folder: Path
    certificate: Path | None = None
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"{'rediss' if self.certificate else 'redis'}://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> Redis:
        return Redis(port=self.port)

    def start(self) -> "RedisServer":
        """Raises: RuntimeError where it ends by itself."""
        words = [*self._doors(), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(["redis-server", *words], stdout=subprocess.PIPE, text=True)
        while "Ready to accept connections" not in (line := self.process.stdout.readline()):
            if not line:
                raise RuntimeError("redis-server ended")
        return self

    def _doors(self) -> list[str]:
        if self.certificate is None:
            return ["--port", str(self.port)]
        shown = ["--tls-cert-file", str(self.certificate), "--tls-key-file", str(key_of(self.certificate))]
        return ["--port", "0", "--tls-port", str(self.port), "--tls-auth-clients", "no", *shown]

    def stop(self) -> None:
        """End it at once, with all it held."""
        self.process.kill()
        self.process.communicate()
