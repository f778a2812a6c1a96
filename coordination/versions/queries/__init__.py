"""Named reads about versions."""

from coordination.versions.queries.comparison import ClauseChange, Comparison, Group, Stretch, changes_between
from coordination.versions.queries.drift import Drift, DriftedTask, drift_of, drifted_count, signed_version
from coordination.versions.queries.editions import TODAY, Edition, chosen, contents_of, editions_of, name_of
from coordination.versions.queries.verification import damaged_versions

__all__ = [
    "TODAY",
    "ClauseChange",
    "Comparison",
    "Drift",
    "DriftedTask",
    "Edition",
    "Group",
    "Stretch",
    "changes_between",
    "chosen",
    "contents_of",
    "damaged_versions",
    "drift_of",
    "drifted_count",
    "editions_of",
    "name_of",
    "signed_version",
]
