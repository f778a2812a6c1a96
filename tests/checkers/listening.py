"""A server on loopback that counts who comes: what is laid out must never ask anybody for anything."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """Its port, and what every visitor said; at the end the server is gone."""
    visitors: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _address = server.accept()
            except TimeoutError:
                continue
            visitors.append(connection.recv(200))
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server.getsockname()[1], visitors
    finally:
        stop.set()
        thread.join()
        server.close()
