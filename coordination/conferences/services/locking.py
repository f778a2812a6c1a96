"""What every act at a conference does first: hold its row, and find the next free place in one of its lists."""

from django.db.models import Manager, Max

from coordination.conferences.models import Conference


def locked(conference: Conference) -> Conference:
    """The conference held for this transaction, so that two clerks never take the same place in a list."""
    return Conference.objects.select_for_update(of=("self",)).select_related("organiser").get(pk=conference.pk)


def next_position(rows: Manager) -> int:
    """The place after the last row."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1
