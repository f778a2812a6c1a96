"""How a service says no. Views translate: a page, a form error, the conflict page; never a stack trace."""

from dataclasses import dataclass, field


class Refusal(Exception):
    """What all refusals share: a sentence for the person who asked."""

    def __init__(self, message):
        self.message = message
        super().__init__(message)

    def __str__(self):
        return str(self.message)


class RuleBroken(Refusal):
    """A rule between rows or dates does not hold; `field` names the form field that can mend it."""

    def __init__(self, message, field: str | None = None):
        self.field = field
        super().__init__(message)


class Conflict(Refusal):
    """Someone else changed the row since the actor opened it; what was typed must be kept."""


@dataclass(frozen=True)
class Decision:
    """May the actor do this, and if not, why: a sentence for the actor and whether the object may be known to exist."""

    allowed: bool
    reason: str = ""
    hidden: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        return self.allowed


class NotAllowed(Refusal):
    """The actor may not do this; the decision carries the reason."""

    def __init__(self, decision: Decision):
        self.decision = decision
        super().__init__(decision.reason)
