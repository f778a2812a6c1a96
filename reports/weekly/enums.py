"""When the sheet of the week is sent, and how much of it one page holds."""

from dataclasses import dataclass

# Monday, in the hour in which the portal begins to remind people.
SENT_AT_HOUR = 7
# An agency that leads unfinished tasks and reported on none of them for so many days is silent.
SILENT_DAYS = 14
MOST_TRIALS_A_DAY = 5
WANTED, UNWANTED = "yes", "no"


@dataclass(frozen=True)
class Room:
    """How many rows of each list, and letters of each row, a sheet is tried with."""

    attention: int
    silent: int
    letters: int
    sentences: int


# From the fullest on; the first that fits one page is sent.
ROOMS = (
    Room(attention=10, silent=14, letters=220, sentences=20),
    Room(attention=7, silent=9, letters=160, sentences=8),
    Room(attention=4, silent=5, letters=120, sentences=5),
    Room(attention=2, silent=3, letters=90, sentences=3),
    Room(attention=0, silent=0, letters=90, sentences=1),
)
