"""What results look like, computed or frozen."""

from dataclasses import dataclass, field
from decimal import Decimal

from agencies.models import Agency
from coordination.evaluations.models import GradeBand
from coordination.evaluations.queries.outcomes import TaskCounts


@dataclass(frozen=True)
class Concluded:
    """The grade the leader gave with the remark; no band where it is none of the scheme's."""

    band: GradeBand | None
    label: str
    remark: str


@dataclass(frozen=True)
class AgencyResult:
    """What one agency reached: the points of each part, the weighted total, the grade proposed and the one published.

    None or blank where unknown. `band` is what the scheme proposes; `grade` is what counts.
    """

    agency: Agency
    results_points: Decimal | None
    self_points: Decimal | None
    cross_points: Decimal | None
    total: Decimal | None
    band: GradeBand | None
    verified_points: Decimal | None = None
    counts: TaskCounts = field(default_factory=TaskCounts)
    self_grade: str = ""
    cross_grades: tuple[str, ...] = ()
    verified_grade: str = ""
    concluded: Concluded | None = None
    is_beyond_cap: bool = False

    @property
    def grade(self) -> GradeBand | None:
        """The grade published: the leader's where one was given, otherwise the one proposed."""
        return self.concluded.band if self.concluded is not None else self.band

    @property
    def grade_label(self) -> str:
        return self.concluded.label if self.concluded is not None else self.band.label if self.band else ""

    @property
    def cross_grade(self) -> str:
        """The grades the others gave, with how often: "Tốt (3), Khá (1)"."""
        return ", ".join(f"{one} ({self.cross_grades.count(one)})" for one in dict.fromkeys(self.cross_grades))
