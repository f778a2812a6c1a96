"""A portal under faults whose clocks stand still: two machines can be asked the same at the same moment."""

from .faults import *  # noqa: F403
from .faults import MIDDLEWARE as _SERVED

MIDDLEWARE = ["tests.faults.standing.still", *_SERVED]
