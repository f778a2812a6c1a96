"""In which roles someone can act, and in which one goes on acting."""

from collections.abc import Sequence
from datetime import date

from agencies.people.models import Membership
from records.prepared import Prepared


def usable_memberships(account: int, day: date) -> list[Membership]:
    """The memberships an account can act in on a day, in protocol order, each with its agency and unit. One query.

    Rule: R-ACCESS-2. Asked at every request.
    """
    return _USABLE.models(account=account, day=day)


_USABLE = Prepared(lambda account, day: Membership.objects.usable_by(account, day))


def going_on_from(chosen: int | None, usable: Sequence[Membership]) -> Membership | None:
    """The same role in the agency that took over the one chosen earlier, among those that can be used now.

    Rule: R-SUCC-3. Whoever acted in an agency that has ended acts in its successor, also with other roles beside it.
    Shape: no query while there is nothing to choose between.
    """
    if chosen is None or len(usable) < 2:
        return None
    ended = Membership.objects.filter(pk=chosen, user=usable[0].user_id).first()
    if ended is None:
        return None
    return next((one for one in usable if one.role == ended.role and one.acts_for(ended.agency_id)), None)
