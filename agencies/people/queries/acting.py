"""In which role someone goes on acting."""

from collections.abc import Sequence

from agencies.people.models import Membership


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
