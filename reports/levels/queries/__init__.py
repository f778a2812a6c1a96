"""What the page of a level shows, read in a fixed number of queries."""

from reports.levels.queries.level import Level, UnitLine, level_of
from reports.levels.queries.programs import ProgramLine

__all__ = ["Level", "ProgramLine", "UnitLine", "level_of"]
