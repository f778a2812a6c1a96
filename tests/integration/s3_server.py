"""A real S3-compatible server on loopback, `rclone serve s3`, over a folder a test can look into."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.integration.vouched import key_of

KEY_ID, SECRET, BUCKET = "cong-phoi-hop", "mat-khau/cua+kho", "ho-so"
_RCLONE = Path(sys.executable).with_name("rclone")
_LONGEST_SECONDS = 20


@dataclass
class ObjectStore:
    """Where the server keeps its objects and how it is reached; it can be ended and started again at the same place."""

    root: Path
    port: int
    certificate: Path | None = None
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def environment(self) -> dict[str, str]:
        """What a portal is told to work with it."""
        scheme, trusted = ("https", str(self.certificate)) if self.certificate else ("http", "")
        return {
            "PORTAL_FILES_BUCKET": f"{scheme}://127.0.0.1:{self.port}/{BUCKET}",
            "PORTAL_FILES_KEY_ID": KEY_ID,
            "PORTAL_FILES_SECRET": SECRET,
            "PORTAL_FILES_CA": trusted,
        }

    def path_of(self, sha256: str, within: str = "") -> Path:
        return self.root / BUCKET / within / sha256[:2] / sha256

    def objects(self) -> list[str]:
        return sorted(path.name for path in (self.root / BUCKET).rglob("*") if path.is_file())

    def start(self) -> None:
        """Returns when it answers: it says so on its log."""
        command = [str(_RCLONE), "serve", "s3", "--addr", f"127.0.0.1:{self.port}", "--auth-key", f"{KEY_ID},{SECRET}"]
        if self.certificate:
            command += ["--cert", str(self.certificate), "--key", str(key_of(self.certificate))]
        command += ["--config", "", "--dir-cache-time", "0s", "--poll-interval", "0", "--log-level", "NOTICE"]
        self.process = subprocess.Popen(
            [*command, str(self.root)], env={**os.environ, "GOMAXPROCS": "1"}, stderr=subprocess.PIPE, text=True
        )
        late = threading.Timer(_LONGEST_SECONDS, self.process.kill)
        late.start()
        said = next((line for line in self.process.stderr if "Starting" in line), None)
        late.cancel()
        assert said, "the store did not start"

    def stop(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait(_LONGEST_SECONDS)
            self.process.stderr.close()
            self.process = None


@contextmanager
def object_store(root: Path, certificate: Path | None = None) -> Iterator[ObjectStore]:
    """A server that listens until the test is over, with one empty bucket; over TLS where it has a certificate."""
    (root / BUCKET).mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    store = ObjectStore(root, port, certificate)
    store.start()
    try:
        yield store
    finally:
        store.stop()
