"""What a reader narrows the comments to; it lives in the address, so that a forwarded link shows the same rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet

from coordination.consultation.enums import CommentState
from coordination.consultation.models import Comment

_LONGEST = 60


@dataclass(frozen=True)
class CommentFilters:
    """Round, agency and state as the address gives them; an unknown value filters nothing."""

    round: int | None = None
    agency: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "CommentFilters":
        """What the address asks for, as far as it can be read."""
        number, state = query.get("round", ""), query.get("state", "")
        return cls(
            round=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None,
            agency=query.get("agency", "")[:_LONGEST],
            state=state if state in CommentState.values else "",
        )

    def apply(self, comments: QuerySet[Comment]) -> QuerySet[Comment]:
        """The comments of the agency and in the state, where either is asked for."""
        if self.agency:
            comments = comments.filter(party__agency__code=self.agency)
        return comments.filter(state=self.state) if self.state else comments

    def among(self, agencies: set[str]) -> "CommentFilters":
        """Without an agency that was never asked."""
        return self if self.agency in agencies else replace(self, agency="")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.agency or self.state)

    @property
    def query(self) -> str:
        given = {"round": self.round, "agency": self.agency, "state": self.state}
        return f"?{urlencode({key: value for key, value in given.items() if value})}"

    def having(self, **changes) -> str:
        """The address with other choices."""
        return replace(self, **changes).query
