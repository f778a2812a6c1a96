from typing import Any

from records.errors import Refusal


class RenderFailed(Refusal):
    """A PDF could not be made; the message tells the person who asked why and what to change."""


class RenderInterrupted(RenderFailed):
    """The engine was ended from outside before it was through; the same paper may well be drawn next time."""


class NotDrawnYet(Exception):
    """A paper has to be drawn first, and not here; `order` says what it is."""

    def __init__(self, order: Any):
        self.order = order
        super().__init__(order.digest)


class OrderLost(Exception):
    """What was to be drawn is no longer written down anywhere; it has to be asked for again."""
