"""Asking whether an actor may do something: one answer with its reason, and one way to insist on it."""

from records.errors import Decision, NotAllowed

YES = Decision(True)


def no(reason: str) -> Decision:
    """A refusal the actor may read: the object itself is known to them."""
    return Decision(False, reason)


def unseen() -> Decision:
    """A refusal that must not tell whether the object exists."""
    return Decision(False, "", hidden=True)


def require(decision: Decision) -> None:
    """Go on only when the decision allows it.

    Raises: NotAllowed carrying the decision.
    """
    if not decision:
        raise NotAllowed(decision)
