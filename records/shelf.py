"""What a process keeps to itself for a while, so much of it and no more."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any


class Shelf:
    """Things by key; when there are more than `most`, those not asked for longest go.

    Whoever takes something off it must see by itself whether it still holds: nobody else's writing is noticed here.
    """

    def __init__(self, most: int):
        self._most, self._things, self._lock = most, OrderedDict(), Lock()

    def get(self, key: Hashable) -> Any:
        """The thing of this key, or None."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: Hashable, thing: Any) -> None:
        """Keep a thing in the place of the one there was."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
