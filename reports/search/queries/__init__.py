"""Named reads of the portal's search."""

from reports.search.queries.documents import FoundDocument
from reports.search.queries.groups import MOST, Found, Group, find, kinds_for
from reports.search.queries.suggesting import shorter

__all__ = ["MOST", "Found", "FoundDocument", "Group", "find", "kinds_for", "shorter"]
