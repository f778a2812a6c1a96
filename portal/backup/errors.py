"""Why an archive is not made or not put back: a sentence for the operator, and the exit status that tells which."""

from enum import IntEnum

from records.errors import Refusal


class Why(IntEnum):
    """What stands in the way, as the exit status of the commands."""

    FAULTS = 1
    NO_ARCHIVE = 3
    DAMAGED = 4
    KEY = 5
    FOREIGN = 6
    NEWER = 7
    OCCUPIED = 8
    REFUSED = 9


class NotDone(Refusal):
    """Nothing was changed, and the message says what to do."""

    def __init__(self, why: Why, message):
        self.why = why
        super().__init__(message)
