"""The official letters some notices tell of."""

from collections.abc import Iterable

from agencies.models import Membership
from coordination.reminders.models import Notice
from coordination.urging.queries import Received, letters_about

Letters = dict[int, Received]


def letters_behind(actor: Membership, notices: Iterable[Notice]) -> Letters:
    """Under the number of each notice of a letter that letter, where it still stands. No query without such notices."""
    told = {notice.pk: (notice.task_id, notice.about_on) for notice in notices if notice.is_of_letter}
    found = letters_about(actor, set(told.values()))
    return {number: found[thing] for number, thing in told.items() if thing in found}
