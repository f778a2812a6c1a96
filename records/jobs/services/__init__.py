"""What happens to jobs: asked for, done, looked after."""

from records.jobs.services.asking import enqueue, hand_over_result, retry
from records.jobs.services.keeping import clear_old, look_after
from records.jobs.services.working import run_waiting

__all__ = ["clear_old", "enqueue", "hand_over_result", "look_after", "retry", "run_waiting"]
